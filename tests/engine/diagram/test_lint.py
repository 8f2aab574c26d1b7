"""`validate`: one answer for everything, never an exception; the shape and the order of its findings."""

from engine.diagram.lint import validate

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">'


def test_a_file_that_cannot_be_read_is_a_finding() -> None:
    for data in (b"", b"halo", b"<a", b"<svg/>", b"\x00" * 100, b"<!DOCTYPE a><a/>", b"<a>" * 5000):
        answer = validate(data)
        assert not answer.valid
        assert [finding.rule for finding in answer.findings] == ["xml"]
        assert answer.diagram is None


def test_all_problems_come_in_one_answer_errors_first() -> None:
    data = f"""{HEAD}<process id="p" isExecutable="true">
      <startEvent id="s"/>
      <sequenceFlow id="f" sourceRef="s" targetRef="hilang"/>
      <userTask id="a" name="Periksa"/>
      <userTask id="a" name="Periksa lagi"/></process></definitions>"""
    answer = validate(data.encode(), "bpmn")
    found = {(finding.rule, finding.element) for finding in answer.findings}
    assert {("flow_ends", "f"), ("unique_ids", "a")} <= found
    severities = [finding.severity for finding in answer.findings]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    twice = next(finding for finding in answer.findings if finding.rule == "unique_ids")
    assert (twice.line, twice.name) == (5, "Periksa")
    assert twice.message_id
    assert twice.cure_en


def test_a_process_that_is_only_drawn_keeps_nothing_from_running() -> None:
    drawn = '<process id="q" isExecutable="false"><boundaryEvent id="b"/></process>'
    data = f"""{HEAD}<process id="p" isExecutable="true"><startEvent id="s"/><userTask id="a"/>
      <sequenceFlow id="f" sourceRef="s" targetRef="a"/></process>{drawn}</definitions>"""
    answer = validate(data.encode(), "bpmn")
    assert answer.valid
    assert ("boundary_host", "b", "warning") in {(one.rule, one.element, one.severity) for one in answer.findings}
    alone = validate(f"{HEAD}{drawn}</definitions>".encode(), "bpmn")
    assert ("boundary_host", "b", "error") in {(one.rule, one.element, one.severity) for one in alone.findings}


def test_a_nameless_flow_is_known_by_the_node_it_leaves() -> None:
    data = f"""{HEAD}<process id="p" isExecutable="true"><startEvent id="s"/>
      <sequenceFlow sourceRef="s" targetRef="hilang"/></process></definitions>"""
    finding = next(one for one in validate(data.encode(), "bpmn").findings if one.rule == "flow_ends")
    assert finding.element == "s"
