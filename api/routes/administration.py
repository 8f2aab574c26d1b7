"""The administration's own history and the queues, as operators' tools read them."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.routes.instances import whole
from api.schemas.administration import (
    ActsQuery,
    AdministrationVerdict,
    CalendarYear,
    DecreePage,
    DecreesQuery,
    PreviewPage,
    PreviewSchema,
    SettingChanged,
    SettingSchema,
    WorkerList,
    YearQuery,
)
from api.schemas.history import HistoryPage
from engine.commands.change_setting import change_setting
from engine.queries.administration_log import ActFilter, list_acts, verify_administration
from engine.queries.calendar_preview import preview_decree
from engine.queries.calendar_year import calendar_year, list_decrees
from engine.queries.workers import list_workers

blueprint = Resource("administration", "Riwayat administrasi, kalender, pekerja")


@blueprint.route("/administration/history", methods=["GET"])
@blueprint.arguments(ActsQuery, location="query")
@blueprint.response(200, HistoryPage)
def get_acts(query: dict[str, Any]) -> Response:
    """Acts of administration, newest first."""
    limit, cursor = query.pop("limit"), query.pop("cursor", None)
    return answer(list_acts(context(), actor(), ActFilter(**query), limit=limit, cursor=cursor))


@blueprint.route("/administration/verify", methods=["POST"])
@blueprint.response(200, AdministrationVerdict)
def post_verification() -> Response:
    """Whether the chain of acts of administration holds."""
    return answer(verify_administration(context(), actor()))


@blueprint.route("/calendar", methods=["GET"])
@blueprint.arguments(YearQuery, location="query")
@blueprint.response(200, CalendarYear)
def get_calendar(query: dict[str, Any]) -> Response:
    """The days of a year, nationally or of one agency."""
    return answer(calendar_year(context(), query["year"], query.get("agency")))


@blueprint.route("/calendar/decrees", methods=["GET"])
@blueprint.arguments(DecreesQuery, location="query")
@blueprint.response(200, DecreePage)
def get_decrees(query: dict[str, Any]) -> Response:
    """Calendar versions, newest first, and how far open deadlines follow each."""
    return answer(list_decrees(context(), actor(), limit=query["limit"], cursor=query.get("cursor")))


@blueprint.route("/calendar/preview", methods=["POST"])
@blueprint.arguments(PreviewSchema)
@blueprint.response(200, PreviewPage)
def post_preview(body: dict[str, Any]) -> Response:
    """Which open deadlines a decree would move; nothing is stored."""
    changes = [
        change | {name: change[name] and change[name].isoformat() for name in ("date", "until")}
        for change in body["changes"]
    ]
    return answer(preview_decree(context(), actor(), changes, decree=body["decree"], cursor=body.get("cursor")))


@blueprint.route("/workers", methods=["GET"])
@blueprint.response(200, WorkerList)
def get_workers() -> Response:
    """When each job of each worker process last looked for work."""
    return whole(list_workers(context(), actor()))


@blueprint.route("/settings/<key>", methods=["PUT"])
@blueprint.arguments(SettingSchema)
@blueprint.response(200, SettingChanged)
def put_setting(body: dict[str, Any], key: str) -> Response:
    """Changes a stored setting of the site, with a reason."""
    return answer(change_setting(context(), actor(), key, body["value"], body["reason"]))
