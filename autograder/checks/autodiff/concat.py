"""Checks of ``concat``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.autodiff.common import PARENTS_TURNED, arriving_at, pulled, turned, untouched, valued
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def concat_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 2, 4), (2, 3, 1), (1, 1, 5), (4, 3, 3), (5, 4, 2)]  # (B, D, H)
    return [
        {"a": rng.normal(size=(B, D)), "b": rng.normal(size=(B, H)), "delta": rng.normal(size=(B, D + H))}
        for B, D, H in sizes
    ]


def side_by_side(a, b):
    return np.concatenate([a, b], axis=-1)


def joined(pull_back: Callable) -> Callable:
    """Side by side, with the pull-back pull_back(D, H, delta)."""
    return pulled(side_by_side, lambda a, b, delta: pull_back(a.shape[1], b.shape[1], delta))


def concat_back(a, _b, delta):
    return delta[:, : a.shape[1]], delta[:, a.shape[1] :]


CONCAT = Exercise(
    name="concat",
    chapter="computation_graphs",
    section="sec-operations",
    cases=concat_cases,
    axes={"da": "", "db": ""},
    behaviours=[
        Behaviour("value", "puts the columns of b to the right of those of a", 1, valued),
        Behaviour("first", "sends the first D columns of delta to its first argument", 2, arriving_at("a")),
        Behaviour("second", "sends the other columns to its second argument", 1, arriving_at("b")),
        untouched("a"),
    ],
    misconceptions=[
        Misconception("parents_turned", PARENTS_TURNED, turned(side_by_side, concat_back)),
        Misconception(
            "b_first",
            "b stands to the left of a; the columns of a come first.",
            pulled(
                lambda a, b: np.concatenate([b, a], axis=-1),
                lambda _a, b, delta: (delta[:, b.shape[1] :], delta[:, : b.shape[1]]),
            ),
        ),
        Misconception(
            "stacked",
            "b stands below a, as NumPy does it if no axis is named; wanted is side by side.",
            pulled(
                lambda a, b: np.concatenate([a, b]),
                lambda a, _b, delta: (delta[: len(a)], delta[len(a) :]),
            ),
        ),
        Misconception(
            "swapped",
            "the parts of delta are handed back in the wrong order: the first columns belong to a.",
            joined(lambda D, _H, delta: (delta[:, D:], delta[:, :D])),
        ),
        Misconception(
            "half",
            "delta is cut in the middle; the cut lies after the D columns of a, and the parts may differ in size.",
            joined(lambda D, H, delta: (delta[:, : (D + H) // 2], delta[:, (D + H) // 2 :])),
        ),
        Misconception(
            "cut_at_b",
            "delta is cut after as many columns as b has; the first part belongs to a and has a's D columns.",
            joined(lambda _D, H, delta: (delta[:, :H], delta[:, H:])),
        ),
        Misconception(
            "last_columns",
            "the part for a is taken from the right end of delta; a stands on the left.",
            joined(lambda _D, H, delta: (delta[:, H:], delta[:, :H])),
        ),
        Misconception(
            "rows",
            "delta is cut between rows; what was put side by side has to be cut between columns.",
            joined(lambda D, _H, delta: (delta[:D], delta[D:])),
        ),
        Misconception(
            "not_cut",
            "both arguments get the whole of delta; each one gets its own columns.",
            joined(lambda _D, _H, delta: (delta, delta)),
        ),
    ],
)
