"""Checks of ``exponential_decay``."""

import math

import numpy as np

from autograder.checks.scheduled_sampling.common import at
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def exponential_cases(rng: np.random.Generator) -> list[Case]:
    cases = [{"i": i, "k": rng.uniform(0.9, 0.97)} for i in (0, 1, 2, 5, 17, 40, 100_000)]
    return [*cases, {"i": 300, "k": rng.uniform(0.99, 0.995)}]


def exponential_increases(i, k):
    return 1 - k**i


def exponential_power_of_i(i, k):
    return float(i) ** k


def exponential_rate(i, k):
    return math.exp(-k * i)


def exponential_product(i, k):
    return k * i


def exponential_reciprocal(i, k):
    return math.exp(-min(i * math.log(k), 700.0)) if i < 1000 else math.inf


def exponential_one_early(i, k):
    return k ** (i + 1)


def exponential_one_late(i, k):
    return k ** (i - 1)


def exponential_constant(i, k):
    return k


def exponential_linear(i, k):
    return max(0.0, 1 - (1 - k) * i)


EXPONENTIAL_DECAY = Exercise(
    name="exponential_decay",
    chapter="scheduled_sampling",
    section="sec-schedules",
    cases=exponential_cases,
    behaviours=[
        Behaviour("first", "gives 1 in iteration 0 and k in iteration 1", 1, at(0, 1)),
        Behaviour("later", "multiplies by k with each further iteration", 2, at(2, 5, 17, 40, 300, 100_000)),
    ],
    misconceptions=[
        Misconception(
            "increases", "this is 1 - p, which rises with i; the share of true tokens falls.", exponential_increases
        ),
        Misconception("power_of_i", "base and exponent are exchanged; it is k to the power i.", exponential_power_of_i),
        Misconception("rate", "this is exp(-k i); here k is the factor itself, not a rate.", exponential_rate),
        Misconception("product", "k is multiplied by i; it is taken to the power i.", exponential_product),
        Misconception("reciprocal", "this is k to the power -i, which grows without end.", exponential_reciprocal),
        Misconception("one_early", "the exponent is i + 1; iterations are counted from 0.", exponential_one_early),
        Misconception("one_late", "the exponent is i - 1; iterations are counted from 0.", exponential_one_late),
        Misconception("constant", "the share is k in every iteration; it must go on falling.", exponential_constant),
        Misconception(
            "linear",
            "1 - k is taken off in each iteration; multiply by k instead, so that less and less is lost.",
            exponential_linear,
        ),
    ],
)
