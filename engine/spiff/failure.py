"""The failure of one step, which becomes an incident on its token."""


class StepFailed(Exception):
    """A step that cannot go on. `code` is stable, snake_case; nothing of the step was recorded yet."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
