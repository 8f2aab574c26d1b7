"""A decision's answer: its requirements first, then its own logic, all within one FEEL budget.

Owns the walk over the requirement graph, knowledge models and services as functions, and the boundary at which every
failure becomes an `AlurError`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from engine.decisions.coercion import allowed, coerce
from engine.decisions.errors import DecisionFailed, DecisionNotFound
from engine.decisions.logic import compile_body, compile_logic, make_function, type_of
from engine.decisions.model import Decision, DecisionModel, FunctionLogic, InputData, Knowledge, Service
from engine.decisions.trace import MatchedRule, Trace
from engine.feel import Environment, Expression, FeelError, parse_unary_tests, to_feel
from engine.feel.code import Frame
from engine.feel.values import Function

Part = Decision | InputData
_CALL: Final = 10  # steps of calling a service, besides its decisions


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What a decision answered.

    Attributes:
        value: a FEEL value; `engine.feel.to_json` makes it a variable.
        matched_rules: the rules that matched, in the order in which tables were evaluated.
        problems: conflicts (hit policies U and A), Indonesian and English; the value is then null.
    """

    value: Any
    matched_rules: tuple[MatchedRule, ...]
    problems: tuple[tuple[str, str], ...] = ()


def evaluate_decision(
    model: DecisionModel,
    name: str | None,
    variables: Mapping[str, object],
    environment: Environment | None = None,
) -> DecisionResult:
    """Evaluates one decision.

    Args:
        model: what `parse_decisions` gave.
        name: name or id of the decision; None for the one that no other decision requires.
        variables: input data by name; further variables are visible to FEEL as well.
        environment: clock, calendar and budget.

    Raises:
        DecisionNotFound: no such decision, or None was given and several stand at the top.
        DecisionFailed: a text is no FEEL, a budget is exceeded, requirements go in a circle or to nothing.
    """
    decision = _find(model, name)
    try:
        return _Evaluation(model, variables, environment or Environment()).result(decision)
    except FeelError as error:
        raise DecisionFailed(
            f"Expected decision {decision.name!r} to be evaluated, but: {error}",
            [{"field": decision.name, "message": error.message_id}],
        ) from error
    except RecursionError:
        raise DecisionFailed(
            f"Expected decision {decision.name!r} to be of bounded depth, but it goes too deep."
        ) from None


def _find(model: DecisionModel, name: str | None) -> Decision:
    if name is not None:
        found = model.decision(name)
        if found is not None:
            return found
        names = ", ".join(repr(decision.name) for decision in model.decisions)
        raise DecisionNotFound(f"Expected one of the decisions {names}, but got {name!r}.")
    required = {target for decision in model.decisions for target in decision.requires}
    top = [decision for decision in model.decisions if decision.id not in required]
    if len(top) != 1:
        names = ", ".join(repr(decision.name) for decision in top) or "none"
        raise DecisionNotFound(f"Expected one decision at the top, but there are: {names}. Name the one you mean.")
    return top[0]


class _Evaluation:
    """One walk over the graph, with one budget for all of it."""

    def __init__(self, model: DecisionModel, variables: Mapping[str, object], environment: Environment) -> None:
        self._items = model.types
        self._types = {name: item.type for name, item in model.types.items()}
        self._names = model.vocabulary
        self._by_id: dict[str, Part] = {part.id: part for part in model.inputs}
        self._by_id |= {decision.id: decision for decision in model.decisions}
        self._functions: dict[str, Knowledge | Service] = {part.id: part for part in model.knowledge}
        self._functions |= {service.id: service for service in model.services}
        self._trace = Trace(environment.budget)
        self._given = {name: to_feel(value) for name, value in variables.items()}
        # a part of the graph is visible only where it is required; other variables come from the process
        own = set(model.names())
        free = {name: value for name, value in self._given.items() if name not in own}
        self._root = Frame(free, None, self._trace, replace(environment, types=self._types))

    def result(self, decision: Decision) -> DecisionResult:
        """The decision's answer, with what its tables recorded."""
        value = self._decide(decision, {}, ())
        return DecisionResult(value, tuple(self._trace.matched), tuple(self._trace.problems))

    def _decide(self, decision: Decision, done: dict[str, Any], path: tuple[str, ...]) -> Any:
        if decision.id in done:
            return done[decision.id]
        if decision.id in path:
            raise DecisionFailed(f"Expected requirements without a circle, but {decision.name!r} requires itself.")
        visible = self._known(decision.knowledge, done, (*path, decision.id))
        for target in decision.requires:
            part = self._by_id.get(target)
            if part is None:
                raise DecisionFailed(
                    f"Expected {decision.name!r} to require parts of the file, but {target!r} is none."
                )
            visible[part.name] = self._value(part, done, (*path, decision.id))
        self._trace.decision = decision.name
        value = compile_logic(decision.logic, self._names)(self._root.inner(visible))
        done[decision.id] = self._coerce(value, decision.type)
        return done[decision.id]

    def _coerce(self, value: Any, kind: str) -> Any:
        fitting = coerce(value, type_of(kind), self._types, self._trace)
        return fitting if allowed(fitting, self._allowed(kind), self._root) else None

    def _allowed(self, kind: str) -> Expression | None:
        item = self._items.get(kind)
        return parse_unary_tests(item.allowed, self._names) if item is not None and item.allowed else None

    def _value(self, part: Part, done: dict[str, Any], path: tuple[str, ...]) -> Any:
        if isinstance(part, Decision):
            return self._decide(part, done, path)
        return done[part.id] if part.id in done else self._coerce(self._given.get(part.name), part.type)

    def _known(self, targets: tuple[str, ...], done: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
        """The functions that a part requires, by name; a knowledge model sees those that it requires itself."""
        known: dict[str, Any] = {}
        for target in targets:
            part = self._functions.get(target)
            if target in path:
                raise DecisionFailed(f"Expected knowledge without a circle, but {target!r} requires itself.")
            if isinstance(part, Service):
                known[part.name] = self._service(part, path)
            elif part is not None and part.function is not None:
                inner = self._known(part.knowledge, done, (*path, part.id))
                frame = self._root.inner(inner)
                inner[part.name] = known[part.name] = self._knowledge(part.function, frame)
        return known

    def _knowledge(self, logic: FunctionLogic, frame: Frame) -> Function:
        return make_function(logic, compile_body(logic, self._names), frame)

    def _service(self, service: Service, path: tuple[str, ...]) -> Function:
        """A service is a function of its input decisions and data; its outputs are one value or a context."""
        parts = [self._by_id[target] for target in service.inputs if target in self._by_id]
        outputs = [part for part in map(self._by_id.get, service.outputs) if isinstance(part, Decision)]

        def run(frame: Frame) -> Any:
            done = {part.id: self._coerce(frame.variables[part.name], part.type) for part in parts}
            values = {output.name: self._decide(output, done, path) for output in outputs}
            return next(iter(values.values()), None) if len(values) == 1 else values

        return Function(tuple(part.name for part in parts), (None,) * len(parts), run, self._root, _CALL)
