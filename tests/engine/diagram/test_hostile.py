"""Hostile and broken files against `validate`: an answer, quickly, never an exception."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.diagram.lint import MOST_FINDINGS, validate

FILES = sorted((Path(__file__).parents[2] / "diagrams").glob("*/*.bpmn"))
HEAD = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">'
TAIL = b"</process></definitions>"


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + HEAD + b"&x;</definitions>",
        HEAD + b'<process id="p">' + b"<subProcess>" * 100_000 + b"</subProcess>" * 100_000 + TAIL,
        HEAD + b'<process id="p" ' + b" ".join(b'a%d="x"' % i for i in range(900_000)) + b">" + TAIL,
        HEAD + b'<process id="p" name="' + b"x" * 10_000_000 + b'">' + TAIL,
        b"\x00" * 1000,
        b"+ADw-definitions+AD4-",
        b'<?xml version="1.0" encoding="UTF-7"?>+ADw-definitions+AD4-',
        b"PK\x03\x04" + b"\xff" * 1000,
        HEAD[:-20],
        b"\xff\xfe\x00\x00<\x00\x00\x00",
        b"\xfe\xff\xd8\x00",
    ],
    ids=lambda data: f"{data[:12]!r}-{len(data)}",
)
def test_attacks_are_answered_quickly(data: bytes) -> None:
    began = time.process_time()
    answer = validate(data)
    assert not answer.valid
    assert len(answer.findings) == 1
    assert answer.findings[0].message_id
    assert answer.findings[0].message_en
    assert time.process_time() - began < 1.5


def test_the_deepest_readable_nesting_is_judged() -> None:
    depth = 200
    nested = b"".join(b'<subProcess id="s%d">' % i for i in range(depth)) + b"</subProcess>" * depth
    assert validate(HEAD + b'<process id="p" isExecutable="true">' + nested + TAIL, "bpmn").diagram is not None


def many(pattern: bytes, count: int = 5_000) -> bytes:
    return b"".join(pattern.replace(b"#", b"%d" % number) for number in range(count))


FLOW = b'<sequenceFlow id="f#" sourceRef="g" targetRef="h"/>'
WIDE = b'<task id="t#"/><sequenceFlow id="f#" sourceRef="g" targetRef="t#"/>'
END = b'<endEvent id="e#"><errorEventDefinition errorRef="x"/></endEvent>'


@pytest.mark.parametrize(
    "body",
    [
        b'<exclusiveGateway id="g"/><exclusiveGateway id="h"/>' + many(FLOW),
        b'<parallelGateway id="g"/><parallelGateway id="h"/>' + many(FLOW),
        b'<inclusiveGateway id="g"/>'
        + many(WIDE, 2_000),
        many(b'<callActivity id="c#" calledElement="p"/>'),
        many(b'<task id="sama"/>', 20_000),
        many(b'<subProcess id="s#">', 150) + many(END) + b"</subProcess>" * 150,
        b"<laneSet>" + many(b'<lane id="l#"><flowNodeRef>a</flowNodeRef></lane>') + b'</laneSet><task id="a"/>',
    ],
    ids=["choices", "forks", "subsets", "calls", "one-id", "nested-errors", "lanes"],
)
def test_large_nonsense_costs_no_more_than_its_size(body: bytes) -> None:
    began = time.process_time()
    answer = validate(HEAD + b'<process id="p" isExecutable="true">' + body + TAIL, "bpmn")
    assert time.process_time() - began < 3
    assert len(answer.findings) <= MOST_FINDINGS + 1


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_mutilated_files_never_raise(path: Path, data: st.DataObject) -> None:
    text = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        kind = data.draw(st.sampled_from(["cut", "drop", "put", "swap"]))
        if kind == "cut" and len(text) > 50:
            del text[max(50, at) :]
        elif kind == "drop":
            del text[at : at + data.draw(st.integers(1, 40))]
        elif kind == "put":
            text[at:at] = data.draw(st.sampled_from([b"<", b">", b'"', b"\x00", b"&x;", b"]]>", b"\xff", b"<task/>"]))
        else:
            text[at : at + 1] = data.draw(st.binary(min_size=1, max_size=1))
        if not text:
            break
    for profile in ("sop", "bpmn"):
        validate(bytes(text), "sop" if profile == "sop" else "bpmn")


WORDS = (
    b"userTask startEvent endEvent parallelGateway exclusiveGateway inclusiveGateway subProcess eventBasedGateway "
    b"intermediateCatchEvent intermediateThrowEvent boundaryEvent callActivity lane"
).split()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 6), st.integers(0, 6)), max_size=12),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14),
)
def test_well_formed_nonsense_never_raises(nodes: list[tuple[bytes, int, int]], flows: list[tuple[int, int]]) -> None:
    body = b"".join(
        b'<%s id="n%d" attachedToRef="n%d" default="f%d" calledElement="p"/>' % (kind, number, other, other)
        for kind, number, other in nodes
    )
    body += b"".join(
        b'<sequenceFlow id="f%d" sourceRef="n%d" targetRef="n%d"/>' % (i, a, b) for i, (a, b) in enumerate(flows)
    )
    validate(HEAD + b'<process id="p" isExecutable="true">' + body + TAIL, "sop")


def large(activities: int) -> bytes:
    parts = [b'<startEvent id="s"/>']
    before = b"s"
    for number in range(activities):
        task = b"t%d" % number
        parts.append(
            b'<userTask id="%s" name="Langkah"/><sequenceFlow id="f_%s" sourceRef="%s" targetRef="%s"/>'
            b'<boundaryEvent id="b_%s" attachedToRef="%s" cancelActivity="false"><timerEventDefinition>'
            b'<timeDuration>P3D</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="e_%s"/>'
            b'<sequenceFlow id="g_%s" sourceRef="b_%s" targetRef="e_%s"/>'
            % (task, task, before, task, task, task, task, task, task, task)
        )
        before = task
    parts.append(b'<endEvent id="e"/><sequenceFlow id="last" sourceRef="%s" targetRef="e"/>' % before)
    return HEAD + b'<process id="p" isExecutable="true">' + b"".join(parts) + TAIL


@pytest.mark.parametrize(("activities", "seconds"), [(20, 0.03), (300, 1.0)])
def test_validation_is_fast(activities: int, seconds: float) -> None:
    data = large(activities)
    validate(data)
    best = min(_timed(data) for _ in range(3))
    assert best < seconds


def _timed(data: bytes) -> float:
    began = time.process_time()
    assert validate(data, "bpmn").valid
    return time.process_time() - began
