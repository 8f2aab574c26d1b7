"""Which variables a syntax tree takes from outside.

Owns scoping: iterators, parameters, keys of contexts, `item` and `partial` are bound inside; in a filter every name may
be a key of the item as well, and still counts as free.
"""

from collections.abc import Iterator

from engine.feel import nodes
from engine.feel.code import BUILT_INS, children
from engine.feel.nodes import Node


def free_names(node: Node) -> frozenset[str]:
    """Names the tree uses but does not bind, without the built-in functions."""
    return frozenset(name for name, _, _ in occurrences(node) if name not in BUILT_INS)


def occurrences(
    node: Node, bound: frozenset[str] = frozenset(), *, in_filter: bool = False
) -> Iterator[tuple[str, int, bool]]:
    """Every use of a name that the tree does not bind: the name, its offset, whether a filter's item may have it."""
    match node:
        case nodes.Name():
            if node.name not in bound:
                yield node.name, node.pos, in_filter
        case nodes.For() | nodes.Quantified():
            inner = bound
            for iterator in node.iterators:
                for part in (iterator.source, iterator.end):
                    if part is not None:
                        yield from occurrences(part, inner, in_filter=in_filter)
                inner = inner | {iterator.name}
            body = node.body if isinstance(node, nodes.For) else node.condition
            own = inner | {"partial"} if isinstance(node, nodes.For) else inner
            yield from occurrences(body, own, in_filter=in_filter)
        case nodes.Filter():
            yield from occurrences(node.target, bound, in_filter=in_filter)
            yield from occurrences(node.condition, bound | {"item"}, in_filter=True)
        case nodes.FunctionDef():
            if not node.external:
                yield from occurrences(node.body, bound | {name for name, _ in node.params}, in_filter=in_filter)
        case nodes.ContextNode():
            # keys are known everywhere inside, so that a function may call itself
            inner = bound | {key for key, _ in node.entries}
            for index, (_, value) in enumerate(node.entries):
                earlier = bound | {key for key, _ in node.entries[:index]}
                own = inner if isinstance(value, nodes.FunctionDef) else earlier
                yield from occurrences(value, own, in_filter=in_filter)
        case nodes.In() | nodes.UnaryTests():
            yield from _occurrences_in_tests(node, bound, in_filter)
        case _:
            for child in children(node):
                yield from occurrences(child, bound, in_filter=in_filter)


def _occurrences_in_tests(
    node: nodes.In | nodes.UnaryTests, bound: frozenset[str], in_filter: bool
) -> Iterator[tuple[str, int, bool]]:
    if isinstance(node, nodes.In):
        yield from occurrences(node.value, bound, in_filter=in_filter)
        bound = bound | {"?"}
    else:
        yield "?", node.pos, in_filter
    for test in node.tests:
        yield from occurrences(test, bound, in_filter=in_filter)
