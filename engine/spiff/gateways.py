"""Gateways: joining and waiting. Which flows leave a gateway is `Machine.choose`."""

from engine.model import State
from engine.spiff import catching
from engine.spiff.machine import Machine
from engine.spiff.program import Element


def pass_through(machine: Machine, token_id: str, element: Element) -> None:
    """An element that does nothing but be passed."""
    machine.enter(token_id, element)
    machine.leave(token_id)


def parallel(machine: Machine, token_id: str, element: Element) -> None:
    """A parallel gateway: waits for one token on each incoming flow; further ones stay on their flow."""
    if len(element.incoming) > 1 and machine.state.tokens[token_id].phase == "flow":
        arrived = _arrived(machine.state, token_id, element)
        if len(arrived) < len(element.incoming):
            return
        _join(machine, element, list(arrived.values()))
    else:
        pass_through(machine, token_id, element)


def inclusive(machine: Machine, token_id: str, element: Element) -> None:
    """An inclusive gateway: a join is looked at when nothing else can move (`fire_inclusive_join`)."""
    if len(element.incoming) <= 1 or machine.state.tokens[token_id].phase != "flow":
        pass_through(machine, token_id, element)


def wait_for_event(machine: Machine, token_id: str, element: Element) -> None:
    """An event-based gateway: waits for whichever of the events behind it comes first."""
    context = machine.context(token_id)
    watches = catching.prepare(machine, token_id, element.catches, context, element.node)
    machine.enter(token_id, element, phase="wait")
    catching.arm(machine, watches)


def fire_inclusive_join(machine: Machine) -> bool:
    """Fires the first inclusive join that no token on the way can still reach; False if there is none."""
    if not machine.program.may_join_late:
        return False
    seen: set[tuple[str, str]] = set()
    for token_id, token in machine.state.tokens.items():
        place = (token.scope, token.element)
        if token.phase != "flow" or token.incident or place in seen:
            continue
        seen.add(place)
        element = machine.element(token_id)
        if element.behaviour == "inclusive":
            arrived = _arrived(machine.state, token_id, element)
            if not _awaited(machine, token.scope, element, arrived):
                _join(machine, element, list(arrived.values()))
                return True
    return False


def _arrived(state: State, token_id: str, element: Element) -> dict[str | None, str]:
    """The oldest waiting token on each incoming flow of the join that `token_id` stands before."""
    found: dict[str | None, str] = {}
    for other_id in state.scopes[state.tokens[token_id].scope].tokens:
        other = state.tokens[other_id]
        if other.phase == "flow" and other.element == element.id and not other.incident:
            found.setdefault(other.flow, other_id)
    return found


def _awaited(machine: Machine, scope_id: str, element: Element, arrived: dict[str | None, str]) -> bool:
    """BPMN 2.0.2, 13.4.3: some token can still reach an empty incoming flow, and cannot reach a filled one."""
    state = machine.state
    filled = [reach for flow, reach in element.upstream.items() if flow in arrived]
    empty = [reach for flow, reach in element.upstream.items() if flow not in arrived]
    for other_id in state.scopes[scope_id].tokens:
        where = state.tokens[other_id].element
        if where == element.id and state.tokens[other_id].phase == "flow":
            continue
        if any(where in reach for reach in empty) and not any(where in reach for reach in filled):
            return True
    return False


def _join(machine: Machine, element: Element, tokens: list[str]) -> None:
    survivor, *joined = tokens
    machine.enter(survivor, element, **({"joined": joined} if joined else {}))
    machine.leave(survivor)
