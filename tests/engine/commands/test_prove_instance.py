"""A proof stands for itself: checked far from the database, and whatever is changed in it is found."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from engine.assignment import AUDITOR, Actor
from engine.commands.anchor_history import anchor_history
from engine.commands.complete_task import complete_task
from engine.commands.deploy_definition import deploy_definition
from engine.commands.prove_instance import prove_instance
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.documents.proof_bundle import pack, unpack
from engine.documents.proof_statement import statement_html, statement_pdf
from engine.errors import InvalidInput, NotFound
from engine.history.proof import check_proof
from engine.queries.search import RequestFilter
from engine.queries.verify import verification_badge
from engine.queries.verify_requests import verify_requests
from engine.signing import signed_by
from tests_support import ACCOUNT, ROOT, MakeActor, deploy_sop, forms_of_sop


@pytest.fixture
def request_id(service: Context, warga: Actor) -> str:
    """A request of two requests that an anchor holds, which went on a step afterwards."""
    deploy_sop(service, ACCOUNT)
    view = start_instance(service, warga, ACCOUNT, {"perihal": "<b>akun</b>"})
    start_instance(service, warga, ACCOUNT, {})
    anchor_history(service)
    complete_task(service, warga, view["tasks"][0]["id"], {"kelengkapan": ["butir_1"]})
    return str(view["id"])


def forge(context: Context, statement: str) -> None:
    """Changes the database behind the triggers' back."""
    with context.database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text(statement))
            connection.execute(text("SET session_replication_role = DEFAULT"))
            return
        for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'")).scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(statement))


def test_a_proof_is_checked_without_the_database(service: Context, auditor: Actor, request_id: str) -> None:
    proof = prove_instance(service, auditor, request_id)
    again = unpack(pack(proof))
    assert unpack(json.dumps(proof).encode()) == again == proof
    verdict = check_proof(again, signed_by)
    assert (verdict["valid"], verdict["says_valid"], verdict["problems"]) == (True, True, [])
    assert verdict["entries"] == proof["statement"]["entries"] > verdict["anchored_seq"] > 0
    assert proof["statement"]["execution"] == "agrees"
    assert proof["statement"]["made_for"]["person"] == "auditor"
    assert pack(proof) == pack(proof)


def test_a_request_that_no_anchor_holds_yet_says_so(service: Context, warga: Actor, auditor: Actor) -> None:
    deploy_sop(service, ACCOUNT)
    proof = prove_instance(service, auditor, start_instance(service, warga, ACCOUNT, {})["id"])
    assert (proof["anchor"], proof["statement"]["anchor"]) == (None, {})
    assert check_proof(proof, signed_by)["valid"] is True
    assert "belum dijangkarkan" in statement_html(proof)


Change = Callable[[dict[str, Any]], Any]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda proof: proof["entries"][1]["data"].update(token="9"), "changed"),
        (lambda proof: proof["entries"].pop(2), "missing"),
        (lambda proof: proof["entries"].pop(), "head"),
        (lambda proof: proof["entries"].insert(5, proof["entries"][2]), "inserted"),
        (lambda proof: proof["entries"].insert(5, {**proof["entries"][2], "data": {"sisipan": True}}), "inserted"),
        (lambda proof: proof["anchor"].update(id=7), "anchor"),
        (lambda proof: proof["statement"].update(registration_number="LAIN-2026-000001"), "signature"),
        (lambda proof: proof["statement"].update(valid=True, status="completed"), "signature"),
        (lambda proof: proof.update(signature="00" * 64), "signature"),
        (lambda proof: proof["anchor"].update(seq=3), "anchor"),
        (lambda proof: proof["anchor"].update(root="00" * 32), "anchor"),
        (lambda proof: proof["anchor"]["path"].clear(), "anchor"),
        (lambda proof: proof.update(diagram="PGEvPg=="), "definition"),
        (lambda proof: proof["forms"].popitem(), "definition"),
    ],
)
def test_every_change_is_found(service: Context, auditor: Actor, request_id: str, change: Change, kind: str) -> None:
    proof = prove_instance(service, auditor, request_id)
    change(proof)
    verdict = check_proof(proof, signed_by)
    assert verdict["valid"] is False
    assert kind in {problem["kind"] for problem in verdict["problems"]}


def test_another_key_cannot_take_the_place_of_the_first(service: Context, auditor: Actor, request_id: str) -> None:
    proof = prove_instance(service, auditor, request_id)
    proof["public_key"] = "11" * 32
    assert {"signature", "anchor"} <= {one["kind"] for one in check_proof(proof, signed_by)["problems"]}


def test_a_forged_history_gets_a_proof_that_says_so(service: Context, auditor: Actor, request_id: str) -> None:
    forge(service, f"UPDATE history SET data = '{{}}' WHERE seq = 2 AND instance_id = '{request_id}'")
    proof = prove_instance(service, auditor, request_id)
    verdict = check_proof(proof, signed_by)
    assert (verdict["valid"], verdict["says_valid"]) == (False, False)
    assert proof["statement"]["execution"] == "not_run"
    page = statement_html(proof)
    assert "TIDAK DAPAT DIPERCAYA" in page
    assert "Catatan 2: diubah, ditukar atau disisipkan." in page
    badge = verification_badge(service, auditor, request_id)
    assert badge is not None
    assert badge["valid"] is False
    done = verify_requests(service, auditor, RequestFilter(), execute=True)
    assert (done["checked"], [one["instance_id"] for one in done["broken"]]) == (2, [request_id])


@pytest.mark.parametrize("body", [{}, {"format": "alur-proof-1"}, {"format": "lain"}, [], "teks"])
def test_what_is_no_proof_is_refused(body: Any) -> None:
    with pytest.raises(InvalidInput):
        check_proof(body, signed_by)


def test_files_that_hold_no_proof(service: Context) -> None:
    assert unpack(b'{"seq": 1}\n{"seq": 2}') is None
    with pytest.raises(InvalidInput):
        unpack(b"PK no archive")


def test_the_statement_escapes_and_prints(service: Context, auditor: Actor, request_id: str) -> None:
    proof = prove_instance(service, auditor, request_id)
    proof["statement"]["definition"]["name"] = "<script>SOP</script>"
    page = statement_html(proof)
    assert "<script>" not in page
    assert proof["signature"] in page
    assert statement_pdf(proof).startswith(b"%PDF")


def test_the_badge_says_what_the_anchor_holds(service: Context, auditor: Actor, request_id: str) -> None:
    badge = verification_badge(service, auditor, request_id)
    assert badge is not None
    assert badge["valid"] is True
    assert badge["anchor"]["holds"] is True
    assert 0 < badge["anchor"]["seq"] < badge["entries"]
    forge(service, "UPDATE anchors SET signature = root")
    forged = verification_badge(service, auditor, request_id)
    assert forged is not None
    assert forged["anchor"]["holds"] is False
    assert prove_instance(service, auditor, request_id)["statement"]["valid"] is False


def test_nobody_proves_what_is_hidden_from_them(service: Context, warga: Actor, actor: MakeActor) -> None:
    xml = (ROOT / "bpmn" / f"{ACCOUNT}.bpmn").read_bytes().replace(b'kerahasiaan="biasa"', b'kerahasiaan="rahasia"')
    deploy_definition(service, None, xml, forms=forms_of_sop(ACCOUNT))
    secret = start_instance(service, warga, ACCOUNT, {})["id"]
    stranger = actor("auditor", AUDITOR)
    with pytest.raises(NotFound):
        prove_instance(service, stranger, secret)
    with pytest.raises(NotFound):
        verification_badge(service, stranger, secret)
    assert verify_requests(service, stranger, RequestFilter(), execute=False)["checked"] == 0
