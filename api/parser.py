"""How bodies and queries become checked values: webargs over our strict JSON; anything unknown is refused."""

from typing import Any

from flask import Request
from webargs.flaskparser import FlaskParser

from api.body import json_object
from api.schemas.fields import RAISE


class StrictParser(FlaskParser):
    """webargs with one JSON door for all views and no silent dropping of unknown fields."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE}  # noqa: RUF012 - declared so by webargs

    def load_json(self, req: Request, schema: Any) -> Any:
        """The JSON object of the body; other content types and broken JSON are refused as such."""
        return json_object()
