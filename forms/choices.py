"""The options of a form as they are offered now, for pages that draw it without form-js. Reads definitions only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from forms.expressions import ExpressionFailed, ExpressionRefused, parse_expression
from forms.kinds.choice import named_options

_CHOICES = frozenset({"radio", "select", "checklist", "taglist"})


def with_choices(form: Mapping[str, Any], variables: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The form with `values` (`{label, value}` each) in every radio, select, checklist and taglist.

    Args:
        variables: what computed options are taken from; what cannot be computed offers nothing.
    """
    components = form.get("components")
    every = [one for one in components if isinstance(one, Mapping)] if isinstance(components, list) else []
    return {**form, "components": [_offered(one, variables, now) for one in every]}


def _offered(one: Mapping[str, Any], variables: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    kind = str(one.get("type"))  # of a draft it may be anything
    if kind == "group":
        return with_choices(one, variables, now)
    if kind not in _CHOICES:
        return dict(one)
    return {**one, "values": named_options(_source(one, variables, now))}


def _source(one: Mapping[str, Any], variables: Mapping[str, Any], now: datetime) -> Any:
    expression, variable = one.get("valuesExpression"), one.get("valuesKey")
    if isinstance(expression, str):
        try:
            return parse_expression(expression.strip().removeprefix("=")).items(variables, now)
        except (ExpressionRefused, ExpressionFailed):
            return []
    return variables.get(variable) if isinstance(variable, str) else one.get("values")
