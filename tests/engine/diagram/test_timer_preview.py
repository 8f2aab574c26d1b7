"""The next three moments of every timer, by the same calendar that will arm it."""

from datetime import UTC, datetime

from engine.diagram.parse import parse_diagram
from engine.diagram.timer_preview import preview_timers
from engine.working_calendar import WorkingCalendar

CALENDAR = WorkingCalendar(1, "Asia/Jakarta")
MONDAY = datetime(2026, 7, 6, 1, 0, tzinfo=UTC)  # 08:00 in Jakarta
BOUNDARY = (
    '<boundaryEvent id="{0}" attachedToRef="a"><timerEventDefinition><{1}>{2}</{1}></timerEventDefinition>'
    "</boundaryEvent>"
)


def test_moments_by_working_time_elapsed_time_and_not_at_all() -> None:
    body = "".join(
        BOUNDARY.format(*timer)
        for timer in (
            ("jam", "timeDuration", "PT10H"),
            ("ulang", "timeCycle", "R2/PT1H"),
            ("feel", "timeDuration", '=duration("P1D")'),
            ("rusak", "timeDuration", "besok"),
        )
    )
    data = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:sop="urn:alur:sop:1">
      <process id="p" isExecutable="true"><userTask id="a"><extensionElements><sop:mutuBaku max="P3D" kalender="kerja"/>
      </extensionElements></userTask>{body}
      <intermediateCatchEvent id="tunggu"><timerEventDefinition><timeDuration>PT10H</timeDuration>
      </timerEventDefinition></intermediateCatchEvent></process></definitions>"""
    shown = {
        preview.element: [moment.isoformat(timespec="minutes")[5:16] for moment in preview.moments]
        for preview in preview_timers(parse_diagram(data.encode()), MONDAY, CALENDAR)
    }
    assert shown == {
        "jam": ["07-07T03:30"],
        "ulang": ["07-06T02:00", "07-06T03:00"],
        "feel": [],
        "rusak": [],
        "tunggu": ["07-06T11:00"],
    }
