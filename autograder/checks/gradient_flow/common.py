"""What the checks of ``gradient_flow`` have in common."""

from collections.abc import Callable

from autograder.checks.spec import Case
from unrolled.standins import stand_in


def part(function: Callable) -> Callable[[Case], Case]:
    """The same inputs, and of the results one alone."""
    return lambda case: case | {"around": stand_in(function)}
