"""The official document on a page: versions, the draft, files; the frame may hold nothing but the document."""

from collections.abc import Callable

import pytest

from engine.commands.save_definition_draft import save_definition_draft
from engine.context import Context
from engine.queries.definitions import definition_xml
from engine.storage.people import actor_by_username
from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"
PAGE = f"/sop/{KEY}/dokumen"
Visit = Callable[[], Visitor]


def save(service: Context, xml: bytes, key: str = KEY) -> None:
    with service.database.read() as connection:
        analyst = actor_by_username(connection, "analis", service.clock.now())
    save_definition_draft(service, analyst, key, xml, name="Konsep SPLP")


def test_a_deployed_version_is_shown_and_can_be_taken_along(visitor: Visit) -> None:
    reader = visitor().log_in("auditor")
    answer = reader.get(PAGE)
    assert "sandbox title=" in reader.body
    assert "frame-src 'self';" in answer.headers["Content-Security-Policy"]
    shown = reader.get(reader.link(r"/sop/[^\"]+/dokumen\.html[^\"]*"))
    assert "STANDAR OPERASIONAL PROSEDUR" in reader.body
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    for name, start in (("dokumen.pdf?kertas=a4", b"%PDF"), ("dokumen.docx?versi=1", b"PK"), ("lembar.csv", b"\xef")):
        file = reader.get(f"/sop/{KEY}/{name}")
        assert file.data.startswith(start)
        assert "attachment" in file.headers["Content-Disposition"]


def test_a_draft_is_shown_before_it_is_deployed(visitor: Visit, service: Context) -> None:
    xml = definition_xml(service, KEY).replace(b"PROSEDUR PEMBUATAN AKUN SPLP", "PROSEDUR ÉBRU".encode())
    save(service, xml)
    analyst = visitor().log_in("analis")
    assert '<option value="konsep">' in analyst.get(PAGE).text
    analyst.get(f"{PAGE}?versi=konsep")
    analyst.get(analyst.link(r"/sop/[^\"]+/dokumen\.html[^\"]*"))
    assert "PROSEDUR ÉBRU" in analyst.body
    assert analyst.get(f"{PAGE}.pdf?versi=konsep").data.startswith(b"%PDF")


def test_a_draft_that_is_no_diagram_yet_says_so(visitor: Visit, service: Context) -> None:
    save(service, b"<setengah", "sop-baru")
    analyst = visitor().log_in("analis")
    assert analyst.get("/sop/sop-baru/dokumen").status_code == 200
    assert "belum dapat dicetak" in analyst.body
    assert analyst.get("/sop/sop-baru/dokumen.pdf?versi=konsep").status_code == 422


@pytest.mark.parametrize("who", ["warga", "auditor", "trenggalek-kabid-aptika"])
def test_drafts_are_for_analysts(visitor: Visit, service: Context, who: str) -> None:
    save(service, definition_xml(service, KEY))
    other = visitor().log_in(who)
    assert "konsep" not in other.get(PAGE).text
    assert other.get(f"{PAGE}?versi=konsep").status_code == 404
    assert other.get(f"{PAGE}.html?versi=konsep").status_code == 403


@pytest.mark.parametrize("path", ["dokumen?versi=99", "dokumen?versi=x", "dokumen.exe", "dokumen.pdf?kertas=a9",
                                  "dokumen.pdf?versi=99999999999", "lembar.exe"])  # fmt: skip
def test_what_there_is_not(visitor: Visit, path: str) -> None:
    reader = visitor().log_in("auditor")
    assert reader.get(f"/sop/{KEY}/{path}").status_code == 404
    assert reader.get(f"/sop/tidak-ada/{path}").status_code == 404


def test_strangers_are_sent_to_the_login(visitor: Visit) -> None:
    assert visitor().get(PAGE).status_code == 302
