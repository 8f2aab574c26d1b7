"""The refusals of decision models.

Owns nothing but the classes; FEEL's own errors are in `engine.feel`.
"""

from engine.errors import InvalidInput, NotFound


class DecisionFileRefused(InvalidInput):
    """The bytes are no DMN file that Alur reads."""

    code = "decision_file_refused"


class DecisionNotFound(NotFound):
    """The model has no decision of that name, or several and none was named."""

    code = "decision_not_found"


class DecisionFailed(InvalidInput):
    """The decision could not be evaluated: a text is no FEEL, requirements go in a circle, or a budget is exceeded."""

    code = "decision_failed"
