"""The satisfaction survey at the end of a request: nine questions, plain radio buttons, no script."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.rendering import page
from api.pages.survey_words import QUESTIONS
from api.pages.visitor import signed_in
from engine.commands.submit_survey import submit_survey
from engine.errors import InvalidInput
from engine.queries.surveys import survey
from engine.satisfaction import ELEMENTS


@pages.get("/permohonan/<instance_id>/penilaian")
@signed_in
def survey_page(instance_id: str) -> Response:
    """The questions; after the answer, or before the end of the request, a sentence instead."""
    return _questions(instance_id, {}, [])


@pages.post("/permohonan/<instance_id>/penilaian")
@signed_in
def post_survey(instance_id: str) -> Response:
    """Takes the answers; what is missing is marked and what was chosen stays."""
    given = request.form
    chosen = {code: int(given[code]) for code in QUESTIONS if given.get(code) in ("1", "2", "3", "4")}
    try:
        submit_survey(context(), actor(), instance_id, chosen)
    except InvalidInput as error:
        return _questions(instance_id, chosen, [one["field"] for one in error.errors], error.status)
    flash(text("Terima kasih. Penilaian Anda sudah kami terima."))
    return redirect(url_for("pages.my_requests"), 303)


def _questions(instance_id: str, chosen: dict[str, int], missing: list[str], status: int = 200) -> Response:
    about = survey(context(), actor(), instance_id)
    return page(
        "survey.html", status, about=about, questions=QUESTIONS, elements=ELEMENTS, chosen=chosen, missing=missing
    )
