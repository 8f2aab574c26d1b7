"""The failure of one step, which becomes an incident on its token."""


from typing import Any


class StepFailed(Exception):
    """A step that cannot go on. `code` is stable, snake_case; nothing of the step was recorded yet.

    `facts` go into history: which version answered so, or which process was not there.
    """

    def __init__(self, code: str, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts
