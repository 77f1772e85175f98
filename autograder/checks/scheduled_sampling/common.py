"""What the checks of ``scheduled_sampling`` have in common."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.spec import Case
from unrolled.late import Late
from unrolled.standins import scheduled_sampling as around
from unrolled.standins import stand_in

torch: Any = Late("torch")


def seen(function: Callable, *left_out: str, **changed: float) -> Callable[[Case], Case]:
    """The case as ``function`` observes it, without some of its entries and with others changed."""

    def varied(case: Case) -> Case:
        kept = {name: value for name, value in case.items() if name not in left_out}
        return kept | changed | {"around": stand_in(function)}

    return varied


def share_where(chosen: Callable[[Case], bool] = lambda case: True) -> Callable[[Case], Case | None]:
    """Only the chosen cases of a schedule; a share may be a tensor."""
    return lambda case: seen(around.value)(case) if chosen(case) else None


def at(*iterations: float) -> Callable[[Case], Case | None]:
    """Only the cases with one of these numbers of an iteration."""
    return share_where(lambda case: case["i"] in iterations)


def one_hot(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Random tokens; the last number is how many there are."""
    *axes, V = shape
    return np.eye(V)[rng.integers(0, V, size=axes)]
