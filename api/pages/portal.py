"""What citizens see without a login: the services, each with what to bring, its steps and its time."""

from itertools import groupby

from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.rendering import list_or_page, page
from api.pages.visitor import signed_in, someone
from engine.assignment import APPLICANT, may_start
from engine.errors import NotFound
from engine.queries.definitions import list_definitions
from engine.queries.promise import promised
from engine.queries.services import services
from engine.queries.sop import sop

PER_PAGE = 24
PER_LIST = 200  # definitions looked through for those that the visitor may start


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
    return page(
        list_or_page("services"), groups=groups, total=len(found), agencies=agencies, q=wanted, agency=agency,
        number=number, more=len(found) > number * PER_PAGE,
    )  # fmt: skip


@pages.get("/layanan/<key>")
def service_page(key: str) -> Response:
    """One service: what to bring, steps, promised time; an SOP that only staff may start is for those who log in."""
    about = sop(context(), key)
    visitor = someone()
    if about.start_kind != APPLICANT and visitor is None:
        raise NotFound(f"Expected a service '{key}', but there is none.")
    may_ask = visitor is None or may_start(visitor, about.start_role, about.start_kind)
    return page("service.html", sop=about, may_ask=may_ask, time=promised(context(), key))


@pages.get("/mulai")
@signed_in
def start_page() -> Response:
    """The SOPs that the visitor may start, by name."""
    wanted, cursor = request.args.get("q", "").strip(), request.args.get("kursor")
    every = list_definitions(context(), q=wanted or None, limit=PER_LIST, cursor=cursor)
    mine = [one for one in every["items"] if may_start(actor(), one["start_role"], one["start_kind"])]
    return page("start.html", mine=mine, next_cursor=every["next_cursor"], filters={"q": wanted})
