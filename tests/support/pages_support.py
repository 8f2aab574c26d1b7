"""A browser without script, for tests of pages."""

import re
from html import unescape
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from engine.demo import PASSWORD


class Visitor:
    """A browser without script: keeps cookies, sends the token of the page it last saw."""

    def __init__(self, app: Flask) -> None:
        self.client, self.body = app.test_client(), ""

    def get(self, path: str, **more: Any) -> TestResponse:
        return self._seen(self.client.get(path, **more))

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        return self._seen(self.client.post(path, data={"_csrf": self.token(), **(data or {})}, **more))

    def token(self) -> str:
        """The CSRF token of the session, from its login page or the last page seen."""
        found = re.search(r'name="_csrf" value="([^"]+)"', self.body)
        if found is None:
            found = re.search(r'name="_csrf" value="([^"]+)"', self.client.get("/masuk").get_data(as_text=True))
        return found[1] if found else ""

    def log_in(self, username: str) -> "Visitor":
        answer = self.post("/masuk", {"username": username, "password": PASSWORD})
        assert answer.status_code == 303, self.body
        self.get(answer.location, follow_redirects=True)
        return self

    def link(self, pattern: str) -> str:
        """The first link of the last page that matches."""
        found = re.search(rf'href="({pattern})"', self.body)
        assert found, (pattern, self.body)
        return unescape(found[1])

    def _seen(self, answer: TestResponse) -> TestResponse:
        self.body = answer.data.decode(errors="replace")
        assert answer.status_code < 500, self.body
        return answer
