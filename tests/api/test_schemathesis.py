"""Schemathesis against every operation of the OpenAPI document.

Bounded and derandomized: the same examples on every run. Checked is what Alur promises: never a 500, documented content
types, bodies as documented, whoever asks.
"""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

PEOPLE = ("admin", "analis", "auditor", "warga")
CHECKS = (not_a_server_error, content_type_conformance, response_schema_conformance)
ELSEWHERE = {
    ("POST", "/api/v1/auth/token"),  # throttled after a few wrong passwords, which is its job
    ("DELETE", "/api/v1/auth/token"),  # would end the token that the other calls come with
    ("POST", "/api/v1/test-clock"),  # tokens of these tests age by the frozen clock
}
bounded = settings(
    max_examples=6, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def test_every_operation_keeps_its_word(still: Any) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", still.client.application)
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        if (operation.method.upper(), operation.path) not in ELSEWHERE:
            _try(operation, still)
            tried += 1
    rules = still.client.application.url_map.iter_rules()
    served = {(method, rule.rule) for rule in rules if rule.rule.startswith("/api/v1/")
              for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}  # fmt: skip
    assert tried == len(served) - len(ELSEWHERE)


def _try(operation: Any, still: Any) -> None:
    @bounded
    @given(case=operation.as_strategy())
    def keeps_its_word(case: Any) -> None:
        for who in PEOPLE:
            answer = case.call(headers={"Authorization": f"Bearer {still.token(who)}"})
            case.validate_response(answer, checks=CHECKS)

    keeps_its_word()
