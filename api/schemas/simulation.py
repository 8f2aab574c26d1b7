"""Simulation: the scenario's JSON for the OpenAPI document (engine.simulation judges it), and the answer."""

from typing import Any

from marshmallow import Schema, fields

_NUMBER = {"type": "number"}
_DURATION = {"type": "string", "description": "ISO 8601 duration, e.g. PT30M, P3D", "maxLength": 60}
_CALENDAR = {"type": "string", "enum": ["kerja", "kalender"]}
_SPREAD = {
    "type": "object",
    "additionalProperties": False,
    "required": ["kind"],
    "properties": {
        "kind": {"type": "string", "enum": ["triangular", "uniform", "exponential", "constant", "samples"]},
        "min": _DURATION,
        "mode": _DURATION,
        "max": _DURATION,
        "mean": _DURATION,
        "samples": {"type": "array", "maxItems": 10_000, "items": {"oneOf": [_NUMBER, _DURATION]}},
        "calendar": _CALENDAR,
    },
}
_ACTIVITY = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"duration": _SPREAD, "effort": _NUMBER, "occupies": {"type": "boolean"}},
}
_PEOPLE = {"type": "integer", "minimum": 1, "maximum": 10_000, "nullable": True}
_SCENARIO: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "requests": {"type": "integer", "minimum": 1, "maximum": 20_000, "default": 1000},
        "seed": {"type": "integer", "minimum": 0, "default": 1},
        "start": {"type": "string", "description": "Date and time; now without."},
        "arrivals": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"per_day": _NUMBER, "calendar": _CALENDAR},
        },
        "warm_up": {"type": "integer", "minimum": 0},
        "staff": {"type": "object", "additionalProperties": _PEOPLE},
        "default_staff": _PEOPLE,
        "activities": {"type": "object", "additionalProperties": _ACTIVITY},
        "branches": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _NUMBER}},
        "durations": {"type": "string", "enum": ["mutu_baku", "history"], "default": "mutu_baku"},
        "reading": {"type": "string", "enum": ["triangular", "uniform", "exponential", "constant"]},
        "open_time": _DURATION,
        "effort": _NUMBER,
        "target": {
            "type": "object",
            "additionalProperties": False,
            "required": ["duration"],
            "properties": {"duration": _DURATION, "calendar": _CALENDAR},
        },
    },
}
SCENARIO_BODY = {"content": {"application/json": {"schema": _SCENARIO}}}


class SummarySchema(Schema):
    """A distribution."""

    mean = fields.Float(required=True)
    deviation = fields.Float(required=True)
    q05 = fields.Float(required=True)
    q25 = fields.Float(required=True)
    median = fields.Float(required=True)
    q75 = fields.Float(required=True)
    q90 = fields.Float(required=True)
    q95 = fields.Float(required=True)
    q99 = fields.Float(required=True)
    most = fields.Float(required=True)


class ActivitySchema(Schema):
    """One activity; hours are office hours."""

    element = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    visits = fields.Integer(required=True)
    per_request = fields.Float(required=True)
    wait_hours = fields.Float(required=True)
    wait_q90_hours = fields.Float(required=True)
    hours = fields.Float(required=True)
    calendar_hours = fields.Float(required=True)
    on_time = fields.Float(required=True, allow_none=True)
    late = fields.Integer(required=True)
    timers_fired = fields.Integer(required=True)


class RoleLoadSchema(Schema):
    """The people of one role."""

    role = fields.String(required=True)
    name = fields.String(required=True)
    staff = fields.Integer(required=True, allow_none=True)
    utilisation = fields.Float(required=True, allow_none=True)
    busy_mean = fields.Float(required=True)
    queue_mean = fields.Float(required=True)
    queue_most = fields.Integer(required=True)
    wait_hours = fields.Float(required=True)
    wait_q90_hours = fields.Float(required=True)
    jobs = fields.Integer(required=True)


class BarSchema(Schema):
    """One bar of the histogram of office hours."""

    class Meta:
        """Names that are no identifiers."""

        include = {"from": fields.Float(required=True)}  # noqa: RUF012 - declared so by marshmallow

    to = fields.Float(required=True)
    requests = fields.Integer(required=True)


class SimulationSchema(Schema):
    """What a scenario leads to."""

    seed = fields.Integer(required=True)
    requests = fields.Integer(required=True)
    office_hours = fields.Nested(SummarySchema, required=True)
    own_hours = fields.Nested(SummarySchema, required=True)
    calendar_days = fields.Nested(SummarySchema, required=True)
    on_time = fields.Float(required=True)
    within_target = fields.Float(required=True, allow_none=True)
    in_system = fields.Float(required=True)
    arrivals_per_hour = fields.Float(required=True)
    activities = fields.List(fields.Nested(ActivitySchema), required=True)
    roles = fields.List(fields.Nested(RoleLoadSchema), required=True)
    bottleneck = fields.String(required=True, allow_none=True)
    stable = fields.Boolean(required=True)
    histogram = fields.List(fields.Nested(BarSchema), required=True)
    assumptions = fields.List(fields.String(), required=True)
