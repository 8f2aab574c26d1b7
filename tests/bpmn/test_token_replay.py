"""Whatever runs as drawn also conforms: the token replay finds no deviation in any feature of BPMN that runs."""

import pytest

from engine.diagram.parse import parse_diagram
from engine.diagram.prepare import prepare
from engine.history.chain import Entry, canonical
from engine.history.conformance import INTERVENTIONS, deviations
from tests.bpmn.test_conformance import EXPECTED, FILES, RUNNING, play

BY_HAND = [name for name in RUNNING if any("modify" in step for step in EXPECTED[name]["steps"])]


def strays(name: str) -> list[str]:
    """Deviations of a run that nobody intervened in, but for cancelling it."""
    events = play(name, restart=False).events
    drawing = prepare(parse_diagram(FILES[name].read_bytes()))[0].main
    entries = [
        Entry("uji", seq, event.type, event.element_id, "", None, canonical(event.data), "")
        for seq, event in enumerate(events, 1)
    ]
    found = deviations(entries, 1, lambda _version: drawing)
    return [f"{one.seq} {one.kind} {one.element_id}" for one in found if one.kind not in INTERVENTIONS.values()]


def test_every_feature_that_runs_conforms() -> None:
    found = {name: strays(name) for name in RUNNING if name not in BY_HAND}
    assert {name: stray for name, stray in found.items() if stray} == {}
    assert len(found) > 200


@pytest.mark.parametrize("name", ["intervention/move", "intervention/into_subprocess"])
def test_tokens_moved_without_a_recorded_intervention_are_found(name: str) -> None:
    assert strays(name)[0].split()[1] == "unexpected_element"
