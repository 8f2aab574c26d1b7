"""Moves the test clock. Mounted only where ALUR_TEST_CLOCK=1; timers that become due fire before it answers."""

from typing import Any

from flask import Response

from api.auth import public
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.test_clock import MoveSchema, NowSchema
from api.worker import settle
from engine.clock import TestClock
from engine.durations import parse_duration
from engine.errors import InvalidInput, NotFound
from engine.history.chain import moment

blueprint = Resource("test_clock", "Jam uji")
YEARS = range(1990, 2200)


@blueprint.route("/test-clock", methods=["POST"])
@public
@blueprint.doc(security=[])
@blueprint.arguments(MoveSchema)
@blueprint.response(200, NowSchema)
def post_test_clock(body: dict[str, Any]) -> Response:
    """Sets the clock to `now` or moves it by `advance`."""
    clock = context().clock
    if not isinstance(clock, TestClock):
        raise NotFound("Expected a test clock, but this service runs on the system's; see ALUR_TEST_CLOCK.")
    if len(body) != 1:
        message = "Expected either now or advance, but got both or none."
        raise InvalidInput(message, [{"field": "now", "message": message}])
    target = body["now"] if "now" in body else parse_duration(body["advance"]).add_to(clock.now())
    if target.year not in YEARS:
        message = f"Expected a moment from {YEARS.start} to {YEARS.stop - 1}, but got {target.year}."
        raise InvalidInput(message, [{"field": next(iter(body)), "message": message}])
    clock.set(target)
    fired = settle(context())
    return answer({"now": moment(clock.now()), "fired": fired})
