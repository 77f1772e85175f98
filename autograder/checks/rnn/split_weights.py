"""Checks of ``split_weights``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def split_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5), (4, 2), (1, 3), (2, 1), (3, 3), (1, 1)]  # (D, H)
    return [{"W": rng.normal(size=(D + H, H)), "D": D} for D, H in sizes]


def split_swapped(W, D):
    H = W.shape[1]
    return W[H:], W[:H]


def split_columns(W, D):
    return W[:, :D], W[:, D:]


def split_transposed(W, D):
    return W[:D].T, W[D:].T


SPLIT_WEIGHTS = Exercise(
    name="split_weights",
    chapter="shared_weights",
    section="sec-two-matrices",
    cases=split_cases,
    axes="RK",
    behaviours=[
        Behaviour("rows", "gives the first D rows to the input and the last H rows to the state", 2),
        Behaviour("inputs", "gives those two and leaves W as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("swapped", "the state's matrix is taken from the top; the input comes first.", split_swapped),
        Misconception("columns", "W is cut between columns; input and state stand side by side in its rows.", split_columns),
        Misconception(
            "transposed", "both parts are transposed; vectors are rows here, and W stands to their right.", split_transposed
        ),
    ],
)
