"""The process that is measured: `n` activities in a row, a time limit on each, and a loop from the fourth to the first.

With seven activities this is the shape of the SPLP account SOP (the fourth checks the request and may send it back).
The same diagram is written in two dialects: Python texts for SpiffWorkflow alone, FEEL for Alur.
"""

from typing import Literal

Dialect = Literal["python", "feel"]

CHECK = 4  # the activity whose answer `lengkap` decides
KEY = "bench"


def element(number: int) -> str:
    """The id of the `number`-th activity, counted from 1."""
    return f"kegiatan_{number}"


def diagram(activities: int, dialect: Dialect, key: str = KEY, limit: str = "P30D") -> bytes:
    """The BPMN XML of the process with that many activities (at least five), each with the time limit `limit`."""
    condition, limit = ("lengkap == False", f"'{limit}'") if dialect == "python" else ("lengkap = false", limit)
    after = {number: element(number + 1) for number in range(1, activities)} | {CHECK: "periksa", activities: "selesai"}
    parts = [_activity(number, limit) for number in range(1, activities + 1)]
    flows = [("mulai", element(1)), *((element(number), target) for number, target in after.items())]
    parts += [f'<sequenceFlow id="f_{source}" sourceRef="{source}" targetRef="{target}"/>' for source, target in flows]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
             targetNamespace="urn:alur:bench">
  <process id="{key}" name="Bench" isExecutable="true">
    <startEvent id="mulai"/><endEvent id="selesai"/>
    {"".join(parts)}
    <exclusiveGateway id="periksa" name="Lengkap?" default="f_lengkap"/>
    <sequenceFlow id="f_lengkap" name="ya" sourceRef="periksa" targetRef="{element(CHECK + 1)}"/>
    <sequenceFlow id="f_kembali" name="tidak" sourceRef="periksa" targetRef="{element(1)}">
      <conditionExpression xsi:type="tFormalExpression">{condition}</conditionExpression>
    </sequenceFlow>
  </process>
</definitions>""".encode()


def _activity(number: int, limit: str) -> str:
    return (
        f'<userTask id="{element(number)}" name="Kegiatan {number}"/>'
        f'<boundaryEvent id="batas_{number}" attachedToRef="{element(number)}" cancelActivity="false">'
        f'<timerEventDefinition id="timer_{number}"><timeDuration xsi:type="tFormalExpression">{limit}</timeDuration>'
        f'</timerEventDefinition></boundaryEvent><endEvent id="lewat_{number}"/>'
        f'<sequenceFlow id="f_lewat_{number}" sourceRef="batas_{number}" targetRef="lewat_{number}"/>'
    )
