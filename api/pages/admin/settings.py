"""Settings: what the environment decides, with secrets masked; what the site says of itself, to be changed."""

from flask import current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.config import Config
from api.extensions import context
from api.pages.admin.common import CORRECTABLE, admin_page, for_administrators, refusal
from api.pages.admin.words import SETTING_CHOICES, SETTINGS
from api.pages.blueprint import pages
from api.pages.language import text
from api.shown_settings import shown_settings
from engine.commands.change_setting import change_setting
from engine.errors import AlurError, StorageUnavailable
from engine.queries.site import site
from engine.site import LONGEST, Site


@pages.app_context_processor
def _site_words() -> dict[str, Site]:
    """Every page's frame shows them; without a database the page that says so is still shown."""
    try:
        return {"site": site(context())}
    except StorageUnavailable:
        return {"site": Site()}


@pages.get("/admin/pengaturan")
@for_administrators
def admin_settings() -> Response:
    """Both kinds of settings."""
    return _settings()


def _settings(error: AlurError | None = None, key: str = "", value: str = "") -> Response:
    config: Config = current_app.config["ALUR"]
    return admin_page(
        "settings.html", error.status if error else 200, words=SETTINGS, longest=LONGEST, choices=SETTING_CHOICES,
        environment=shown_settings(config), wrong=key, typed_value=value, refusal=refusal(error) if error else None,
    )  # fmt: skip


@pages.post("/admin/pengaturan/<key>")
@for_administrators
def post_setting(key: str) -> Response:
    """Changes one stored setting, with a reason."""
    value = request.form.get("value", "")
    try:
        change_setting(context(), actor(), key, value, request.form.get("reason", ""))
    except CORRECTABLE as error:
        return _settings(error, key, value)
    flash(text("Pengaturan disimpan dan dicatat."))
    return redirect(url_for("pages.admin_settings"), 303)
