"""The analyst's modeler: the page with the canvas, and what it asks the server while somebody draws.

Drafts themselves are kept by their own addresses; here is nothing that changes anything.
"""

from typing import Any

from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from api.auth import actor
from api.body import answer, json_object
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.visitor import csrf_token, signed_in
from api.schemas.feel import FeelSchema
from engine.diagram.edit import readable
from engine.errors import InvalidInput
from engine.queries.flow_counts import flow_counts
from engine.queries.modeling import check_expression, modeling_choices, read_waktu, relayout
from engine.queries.simulation import simulate_draft

MOST_REQUESTS = 5_000  # what one page may keep a processor busy with: some seconds
LONGEST_WORDS = 500


@pages.get("/sop/<key>/rancang")
@signed_in
def modeler_page(key: str) -> Response:
    """The canvas with its panel; the drawing itself is fetched by the script."""
    choices = modeling_choices(context(), actor())
    setup = {"key": key, "csrf": csrf_token(), "most_requests": MOST_REQUESTS, "person": actor().username, **choices}
    return page("modeler/modeler.html", key=key, setup=setup)


@pages.post("/sop/waktu")
@signed_in
def post_read_waktu() -> FlaskResponse:
    """How the words of a Waktu cell are read."""
    return answer(read_waktu(actor(), _text(json_object(), "words", LONGEST_WORDS)))


@pages.post("/sop/feel")
@signed_in
def post_check_feel() -> FlaskResponse:
    """What is wrong with an expression, as it is typed."""
    body = json_object()
    problems = FeelSchema().validate(body)
    if problems:
        raise InvalidInput(
            "Expected {expression, kind?, names?}, but got something else.",
            [{"field": field, "message": str(message)} for field, message in problems.items()],
        )
    return answer(check_expression(body["expression"], body.get("kind", "expression"), body.get("names")))


@pages.post("/sop/<key>/tata")
@signed_in
def post_lay_out_sop(key: str) -> FlaskResponse:
    """The drawing in the body with everything at a new place; nothing is saved."""
    return answer({"key": key, "xml": readable(relayout(actor(), _text(json_object(), "xml", None).encode()))})


@pages.get("/sop/<key>/simulasi")
@signed_in
def get_flow_counts(key: str) -> FlaskResponse:
    """How often each flow was taken so far, for the weights of a simulation's branches."""
    return answer(flow_counts(context(), actor(), key))


@pages.post("/sop/<key>/simulasi")
@signed_in
def post_simulate_draft(key: str) -> FlaskResponse:
    """What the drawing in the body would do under the scenario in the body."""
    body = json_object()
    scenario = body.get("scenario", {})
    if not isinstance(scenario, dict):
        raise InvalidInput(
            "Expected a scenario, but got something else.", [{"field": "scenario", "message": "Bukan skenario."}]
        )
    xml = _text(body, "xml", None).encode()
    return answer(simulate_draft(context(), actor(), key, xml, scenario, most_requests=MOST_REQUESTS).to_dict())


def _text(body: dict[str, Any], name: str, longest: int | None) -> str:
    value = body.get(name)
    if not isinstance(value, str) or (longest is not None and len(value) > longest):
        message = f"Expected '{name}' as text" + (f" of at most {longest} characters." if longest else ".")
        raise InvalidInput(message, [{"field": name, "message": message}])
    return value
