"""A browser without script, for tests of pages."""

import re
from html import unescape
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from engine.demo import PASSWORD


def _token(body: str) -> str | None:
    found = re.search(r'name="_csrf" value="([^"]+)"', body)
    return found[1] if found else None


class Visitor:
    """A browser without script: keeps cookies, sends the token of the page it last saw."""

    def __init__(self, app: Flask) -> None:
        self.client, self.body, self._kept = app.test_client(), "", ""

    def get(self, path: str, **more: Any) -> TestResponse:
        return self._seen(self.client.get(path, **more))

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        return self._seen(self.client.post(path, data={"_csrf": self.token(), **(data or {})}, **more))

    def send(self, path: str, body: dict[str, Any], method: str = "POST", **headers: str) -> TestResponse:
        """JSON, as a page's script sends it; the page last seen stays."""
        ours = {"X-CSRF-Token": self.token(), "Accept": "application/json"}
        answer = self.client.open(path, method=method, json=body, headers=ours | headers)
        assert answer.status_code < 500, answer.text
        return answer

    def token(self) -> str:
        """The CSRF token of the session: of the page last seen, of the login page, or of a page seen before."""
        self._kept = _token(self.body) or _token(self.client.get("/masuk").text) or self._kept
        return self._kept

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
        self._kept = _token(self.body) or self._kept
        assert answer.status_code < 500, self.body
        return answer


def begin_draft(analyst: Visitor, key: str) -> Visitor:
    """Makes a draft of a deployed SOP."""
    assert analyst.post(f"/sop/{key}/konsep", {}).status_code == 303
    return analyst
