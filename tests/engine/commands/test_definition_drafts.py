"""Drafts: kept whatever their problems, byte for byte, and nobody overwrites a colleague unawares."""

import pytest

from engine.assignment import Actor
from engine.commands.delete_definition_draft import delete_definition_draft
from engine.commands.save_definition_draft import save_definition_draft
from engine.context import Context
from engine.errors import Conflict, Forbidden, InvalidInput, NotFound
from engine.queries.drafts import draft, list_drafts

BROKEN = b"<bpmn:definitions><not closed"


def test_a_broken_drawing_is_kept_byte_for_byte(service: Context, analyst: Actor) -> None:
    assert save_definition_draft(service, analyst, "cuti", BROKEN)["version"] == 1
    facts, xml = draft(service, analyst, "cuti")
    assert (facts["updated_by"], xml) == ("analis", BROKEN)


def test_a_stale_base_is_a_conflict(service: Context, analyst: Actor) -> None:
    save_definition_draft(service, analyst, "cuti", BROKEN)
    save_definition_draft(service, analyst, "cuti", b"<two/>", base_version=1)
    with pytest.raises(Conflict):
        save_definition_draft(service, analyst, "cuti", b"<three/>", base_version=1)
    assert draft(service, analyst, "cuti")[1] == b"<two/>"


def test_drafts_are_listed_by_pages_and_deleted(service: Context, analyst: Actor) -> None:
    for key in ("a", "b", "c"):
        save_definition_draft(service, analyst, key, BROKEN)
    delete_definition_draft(service, analyst, "b")
    first = list_drafts(service, analyst, limit=1)
    second = list_drafts(service, analyst, limit=1, cursor=first["next_cursor"])
    assert [one["key"] for one in first["items"] + second["items"]] == ["a", "c"]
    with pytest.raises(NotFound):
        draft(service, analyst, "b")


def test_only_analysts_and_only_proper_keys(service: Context, analyst: Actor, admin: Actor) -> None:
    with pytest.raises(Forbidden):
        save_definition_draft(service, admin, "cuti", BROKEN)
    with pytest.raises(InvalidInput):
        save_definition_draft(service, analyst, "../cuti", BROKEN)
