"""bpmn/sop.moddle.json, the vocabulary for the modeler, says what the parser and the rules know."""

import json
from pathlib import Path

from engine.diagram.names import SOP
from engine.diagram.rules.sop_vocabulary import TEXTS, WORDS

MODDLE = json.loads((Path(__file__).parents[3] / "bpmn" / "sop.moddle.json").read_text(encoding="utf-8"))
TYPES = {kind["name"][0].lower() + kind["name"][1:]: kind for kind in MODDLE["types"]}


def test_namespace_and_words_are_the_same() -> None:
    texts = {text for found in TEXTS.values() for text in found}
    assert (MODDLE["uri"], MODDLE["prefix"]) == (SOP, "sop")
    assert set(TYPES) == set(WORDS) | texts | {"teks"}


def test_attributes_are_the_same() -> None:
    for name, (_, attributes) in WORDS.items():
        properties = TYPES[name].get("properties", [])
        assert {one["name"] for one in properties if one.get("isAttr")} == attributes
        assert {one["name"] for one in properties if one.get("isMany")} == TEXTS.get(name, set())


def test_every_type_named_is_defined() -> None:
    known = {kind["name"] for kind in MODDLE["types"]} | {one["name"] for one in MODDLE["enumerations"]}
    known |= {"String", "Boolean", "Element"}
    for kind in MODDLE["types"]:
        assert set(kind["superClass"]) <= known
        assert {one["type"] for one in kind.get("properties", [])} <= known
