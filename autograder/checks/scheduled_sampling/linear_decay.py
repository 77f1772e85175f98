"""Checks of ``linear_decay``."""

import numpy as np

from autograder.checks.scheduled_sampling.common import at, share_where
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def linear_cases(rng: np.random.Generator) -> list[Case]:
    cases = []
    for i in (0, 1, 7, 60, 3000):
        k, eps = rng.uniform(0.75, 0.95), rng.uniform(0.1, 0.2)
        cases += [{"i": i, "k": k, "c": rng.uniform(0.004, 0.006), "eps": eps} for _ in range(2)]
    # where the line is below its floor and not yet below zero
    return [*cases, *({**case, "i": round((case["k"] - case["eps"] / 2) / case["c"])} for case in cases[-2:])]


def below_the_floor(case: Case) -> bool:
    return case["k"] - case["c"] * case["i"] < case["eps"]


def linear_increases(i, k, c, eps):
    return min(1.0, k + c * i)


def linear_no_floor(i, k, c, eps):
    return k - c * i


def linear_zero_floor(i, k, c, eps):
    return max(0.0, k - c * i)


def linear_min(i, k, c, eps):
    return min(eps, k - c * i)


def linear_from_one(i, k, c, eps):
    return max(eps, 1 - c * i)


def linear_proportional(i, k, c, eps):
    return max(eps, k * (1 - c * i))


def linear_floor_added(i, k, c, eps):
    return eps + max(0.0, k - c * i)


def linear_floor_late(i, k, c, eps):
    return k - c * i if k > c * i else eps


def linear_exchanged(i, k, c, eps):
    return 1 - max(eps, k - c * i)


def linear_one_late(i, k, c, eps):
    return max(eps, k - c * (i - 1))


def linear_one_early(i, k, c, eps):
    return max(eps, k - c * (i + 1))


LINEAR_DECAY = Exercise(
    name="linear_decay",
    chapter="scheduled_sampling",
    section="sec-schedules",
    cases=linear_cases,
    behaviours=[
        Behaviour("start", "gives k in iteration 0", 1, at(0)),
        Behaviour("slope", "falls by c with each iteration", 1, at(1, 7, 60)),
        Behaviour("floor", "never falls below eps", 1, share_where(below_the_floor)),
    ],
    misconceptions=[
        Misconception(
            "increases", "the share rises with i; training starts with true tokens and leaves them.", linear_increases
        ),
        Misconception("no_floor", "the line goes on below eps, and below zero in the end.", linear_no_floor),
        Misconception("zero_floor", "the line ends at zero; its floor is eps.", linear_zero_floor),
        Misconception("min", "the smaller of line and floor is taken; it must be the larger.", linear_min),
        Misconception("from_one", "the line starts at 1; it starts at k.", linear_from_one),
        Misconception("proportional", "the slope is k times c; it is c alone.", linear_proportional),
        Misconception(
            "floor_added", "eps is added to the line; it is only a floor on which the line ends.", linear_floor_added
        ),
        Misconception(
            "floor_late",
            "the floor is used only where the line is below zero; it holds as soon as the line is below eps.",
            linear_floor_late,
        ),
        Misconception(
            "exchanged",
            "this is the share of the network's own tokens, 1 - p; wanted is that of true ones.",
            linear_exchanged,
        ),
        Misconception("one_late", "the line is one iteration late: iterations are counted from 0.", linear_one_late),
        Misconception("one_early", "the line is one iteration early: iterations are counted from 0.", linear_one_early),
    ],
)
