"""What citizens see without a login: the services, each with what to bring and its steps; and asking for one."""

from itertools import groupby
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.body import answer, json_object
from api.extensions import context
from api.headers import idempotency_key
from api.pages.blueprint import pages
from api.pages.errors import explain
from api.pages.forms_plain import posted_data
from api.pages.rendering import page
from api.pages.visitor import signed_in, someone
from engine.assignment import APPLICANT, may_start
from engine.commands.attach_file import attach_file
from engine.commands.start_instance import start_instance
from engine.errors import AlurError, InvalidInput, NotFound
from engine.queries.definitions import list_definitions
from engine.queries.services import services
from engine.queries.sop import sop, start_form

PER_PAGE = 24
PER_LIST = 200  # definitions looked through for those that the visitor may start
_SHOWN_WITH_FORM = frozenset({413, 422})


@pages.get("/")
def services_page() -> Response:
    """The services by agency, with search."""
    wanted = request.args.get("q", "").strip()
    agency = request.args.get("instansi", "")
    words = wanted.lower().split()
    every = [one | {"agency": one["agency"] or ""} for one in services(context())]
    found = [
        one
        for one in every
        if (not agency or one["agency"] == agency)
        and all(word in f"{one['name']} {one['agency']}".lower() for word in words)
    ]
    number = max(1, request.args.get("hal", 1, type=int))
    found.sort(key=lambda one: (not one["agency"], one["agency"], one["name"]))  # nobody's services come last
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    groups = [(name, list(group)) for name, group in groupby(shown, key=lambda one: str(one["agency"]))]
    agencies = sorted({str(one["agency"]) for one in every} - {""})
    template = "services_list.html" if request.headers.get("HX-Request") else "services.html"
    return page(
        template, groups=groups, total=len(found), agencies=agencies, q=wanted, agency=agency, number=number,
        more=len(found) > number * PER_PAGE,
    )  # fmt: skip


@pages.get("/layanan/<key>")
def service_page(key: str) -> Response:
    """One service: what to bring, steps, promised time; an SOP that only staff may start is for those who log in."""
    about = sop(context(), key)
    visitor = someone()
    if about.start_kind != APPLICANT and visitor is None:
        raise NotFound(f"Expected a service '{key}', but there is none.")
    may_ask = visitor is None or may_start(visitor, about.start_role, about.start_kind)
    return page("service.html", sop=about, may_ask=may_ask)


@pages.get("/mulai")
@signed_in
def start_page() -> Response:
    """The SOPs that the visitor may start, by name."""
    wanted, cursor = request.args.get("q", "").strip(), request.args.get("kursor")
    every = list_definitions(context(), q=wanted or None, limit=PER_LIST, cursor=cursor)
    mine = [one for one in every["items"] if may_start(actor(), one["start_role"], one["start_kind"])]
    return page("start.html", mine=mine, next_cursor=every["next_cursor"], filters={"q": wanted})


@pages.get("/layanan/<key>/ajukan")
@signed_in
def request_form(key: str) -> Response:
    """The form that asks for a service."""
    return _form(key, {}, [])


@pages.post("/layanan/<key>/ajukan")
@signed_in
def post_request(key: str) -> Response:
    """Starts the request; what is wrong comes back beside the fields."""
    if request.is_json:
        started = start_instance(context(), actor(), key, _data(), idempotency_key=idempotency_key())
        return answer({"location": url_for("pages.receipt_page", instance_id=started["id"])})
    data: dict[str, Any] = {}
    try:
        data = posted_data(start_form(context(), key))
        started = start_instance(context(), actor(), key, data)
    except AlurError as error:
        if error.status not in _SHOWN_WITH_FORM:
            raise
        return _form(key, data, error.errors, error)
    return redirect(url_for("pages.receipt_page", instance_id=started["id"]), 303)


@pages.post("/unggah")
@signed_in
def post_upload() -> Response:
    """Takes one file ahead of its form."""
    file = request.files.get("file")
    if file is None:
        raise InvalidInput("Expected a file in the field 'file', but none came.")
    stored = attach_file(context(), actor(), None, file.filename or "", file.read())
    return answer(stored, 201)


def _data() -> dict[str, Any]:
    data = json_object().get("data", {})
    if not isinstance(data, dict):
        raise InvalidInput("Expected {data: {…}} with the form's fields inside, but got something else.")
    return data


def _form(key: str, data: dict[str, Any], errors: list[dict[str, Any]], why: AlurError | None = None) -> Response:
    return page(
        "request_form.html", why.status if why else 200, sop=sop(context(), key), form=start_form(context(), key),
        data=data, errors=errors, message=explain(why) if why else "",
    )  # fmt: skip
