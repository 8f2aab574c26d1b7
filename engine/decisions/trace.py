"""The account of one decision evaluation: the shared FEEL budget, the rules that matched, the conflicts met.

Owns the record that goes into the history.
"""

from dataclasses import dataclass

from engine.feel.budget import Account, Budget


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """A rule that matched: of which decision, its id and number, and the assumption it rests on ("" when none)."""

    decision: str
    rule_id: str
    number: int
    assumption: str = ""


class Trace(Account):
    """A FEEL account that also remembers what the tables did; `decision` is the one being evaluated."""

    __slots__ = ("decision", "matched", "problems")

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.decision = ""
        self.matched: list[MatchedRule] = []
        self.problems: list[tuple[str, str]] = []
