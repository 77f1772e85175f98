"""Checks of ``parameter_count``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def count_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 2, 5), (1, 4, 3), (6, 1, 2), (7, 5, 1)]
    drawn = [tuple(int(n) for n in rng.integers(2, 40, size=3)) for _ in range(3)]
    return [{"N": N, "D": D, "H": H, "shared": False} for N, D, H in sizes + drawn]


def shared(case: Case) -> Case:
    return case | {"shared": True}


def count_no_bias(N, D, H, shared):
    return (1 if shared else N) * (D + H) * H


def count_no_state_rows(N, D, H, shared):
    return (1 if shared else N) * (D * H + H)


def count_swapped(N, D, H, shared):
    return (N if shared else 1) * ((D + H) * H + H)


def count_shared_multiplied(N, D, H, shared):
    return N * ((D + H) * H + H)


PARAMETER_COUNT = Exercise(
    name="parameter_count",
    chapter="unrolled",
    section="sec-parameter-count",
    cases=count_cases,
    behaviours=[
        Behaviour("separate", "counts the weights and biases of N separate layers", 3),
        Behaviour("shared", "does not grow with N when the layers share their weights", 2, shared),
    ],
    misconceptions=[
        Misconception("no_bias", "the biases are left out of the count.", count_no_bias),
        Misconception(
            "no_state_rows",
            "only the input's rows of W are counted; the activation has H rows of its own.",
            count_no_state_rows,
        ),
        Misconception("swapped", "the two cases are exchanged: shared=True gives the smaller number.", count_swapped),
        Misconception(
            "shared_multiplied",
            "shared weights are counted once for each layer; they are the same numbers.",
            count_shared_multiplied,
        ),
    ],
)
