"""The form editor's page: what it is given, the server's check, the preview that tries a form, and who may."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from pages_support import Visitor, begin_draft

KEY = "prosedur-pembuatan-akun-splp"
FORM = f"/sop/{KEY}/formulir/{KEY}.kegiatan_4"
Visit = Callable[[], Visitor]


@pytest.fixture
def analyst(visitor: Visit) -> Visitor:
    """An analyst with a draft of the SOP."""
    return begin_draft(visitor().log_in("analis"), KEY)


def test_the_editor_knows_the_form_and_who_uses_it(analyst: Visitor) -> None:
    assert analyst.get(FORM).status_code == 200
    assert "Mengecek kelengkapan surat permohonan" in analyst.body
    assert "Pejabat Fungsional/Pelaksana" in analyst.body
    assert "keputusan_kegiatan_4" in analyst.body


def test_a_form_that_is_not_there_yet_is_an_empty_one(analyst: Visitor) -> None:
    analyst.get(f"/sop/{KEY}/formulir/{KEY}.baru")
    assert "Formulir baru" in analyst.body
    assert 'data-known="no"' in analyst.body


def test_every_problem_names_its_component_in_both_languages(analyst: Visitor) -> None:
    schema = {"type": "default", "id": "x", "components": [
        {"type": "textfield", "id": "a", "key": "nama", "label": "Nama", "validate": {"minLength": 5, "maxLength": 2}},
        {"type": "group", "id": "g", "components": [{"type": "number", "id": "b", "key": "1x"}]},
    ]}  # fmt: skip
    verdict = analyst.send(f"{FORM}/periksa", {"schema": schema}).get_json()
    found = {one["element"]: one for one in verdict["findings"]}
    assert not verdict["valid"]
    assert set(found) == {"components[0] (nama).validate", "components[1] (g).components[0] (1x)"}
    assert found["components[0] (nama).validate"]["message"] == "Panjang terkecil 5 melebihi panjang terbesar 2."
    assert found["components[0] (nama).validate"]["message_en"].startswith("Expected minLength <= maxLength")


def test_a_good_form_says_which_data_it_yields(analyst: Visitor) -> None:
    schema = {"type": "default", "id": "x", "components": [
        {"type": "number", "id": "a", "key": "modal", "label": "Modal", "validate": {"required": True}}]}  # fmt: skip
    verdict = analyst.send(f"{FORM}/periksa", {"schema": schema}).get_json()
    assert verdict == {"valid": True, "findings": [], "fields": [
        {"name": "modal", "label": "Modal", "type": "number", "required": True}]}  # fmt: skip


@pytest.mark.parametrize("body", [{}, {"schema": 3}, {"schema": []}, {"schema": {"components": "x"}}, {"schema": {}}])
def test_bad_input_is_no_surprise(analyst: Visitor, body: dict[str, Any]) -> None:
    assert analyst.send(f"{FORM}/periksa", body).status_code in (200, 422)
    assert analyst.send(f"{FORM}/pratinjau", body).status_code == 422


def test_an_edited_form_is_tried_as_a_task_would(analyst: Visitor) -> None:
    draft = analyst.get(f"/sop/{KEY}/konsep").get_json()
    schema = draft["forms"][f"{KEY}.kegiatan_4"]
    schema["components"].insert(1, {"type": "filepicker", "id": "f", "key": "ktp", "label": "KTP", "accept": ".pdf",
                                    "validate": {"required": True}})  # fmt: skip
    saved = analyst.send(f"/sop/{KEY}/konsep/formulir/{KEY}.kegiatan_4", {"schema": schema}, "PUT",
                 **{"If-Match": draft["etag"]})  # fmt: skip
    assert saved.status_code == 200, saved.get_data(as_text=True)
    analyst.get(f"{FORM}/pratinjau")
    assert "KTP" in analyst.body
    upload = {"file": (io.BytesIO(b"x"), "ktp.pdf")}
    number = analyst.post(f"{FORM}/pratinjau/berkas", upload).get_json()["id"]
    wrong = analyst.send(f"{FORM}/pratinjau", {"data": {"keputusan_kegiatan_4": "lengkap", "ktp": [number]}})
    assert wrong.status_code == 422
    assert wrong.get_json()["errors"][0]["field"] == "kelengkapan"
    right = {"keputusan_kegiatan_4": "lengkap", "ktp": [number], "kelengkapan": ["butir_1"]}
    assert analyst.send(f"{FORM}/pratinjau", {"data": right}).get_json()["data"]["ktp"] == [number]
    refused = analyst.post(f"{FORM}/pratinjau/berkas", {"file": (io.BytesIO(b"x"), "virus.exe")})
    assert refused.status_code == 415


@pytest.mark.parametrize("who", ["warga", "auditor", "trenggalek-kabid-aptika"])
def test_others_may_neither_see_nor_check(visitor: Visit, analyst: Visitor, who: str) -> None:
    other = visitor().log_in(who)
    assert other.get(FORM).status_code == 403
    assert other.get(f"{FORM}/pratinjau").status_code == 403
    for path, body in (("periksa", {"schema": {}}), ("pratinjau", {"data": {}})):
        assert other.send(f"{FORM}/{path}", body).status_code == 403
    assert other.post(f"{FORM}/pratinjau/berkas", {"file": (io.BytesIO(b"x"), "a.pdf")}).status_code == 403


def test_without_a_draft_there_is_no_editor(visitor: Visit) -> None:
    assert visitor().log_in("analis").get(FORM).status_code == 404
    assert visitor().get(FORM).status_code == 302
