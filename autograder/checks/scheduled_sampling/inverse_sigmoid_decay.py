"""Checks of ``inverse_sigmoid_decay``."""

import math

import numpy as np

from autograder.checks.scheduled_sampling.common import at, share_where
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def sigmoid_cases(rng: np.random.Generator) -> list[Case]:
    first = [{"i": 0, "k": k} for k in (1.0, *rng.uniform(2.0, 6.0, size=2))]
    early = [{"i": int(i), "k": rng.uniform(1.5, 6.0)} for i in (1, 3, 8, 15)]
    slow = {"i": 2000, "k": rng.uniform(500.0, 600.0)}  # late by the number of the iteration, and early for this k
    widths = rng.uniform(40.0, 60.0), rng.uniform(400.0, 600.0)
    fading = [{"i": round(rng.uniform(12.2, 13.0) * k), "k": k} for k in widths]  # small, and not yet so near to 0
    late = [{"i": i, "k": rng.uniform(1.5, 4.0)} for i in (20_000, 10**7)]
    return [*first, *early, slow, *fading, *late]


def falling(case: Case) -> bool:
    return 0 < case["i"] / case["k"] < 12


def fading_out(case: Case) -> bool:
    return case["i"] / case["k"] > 12


def sigmoid_increases(i, k):
    return k / (k + math.exp(-i / k))


def sigmoid_overflow(i, k):
    return k / (k + math.exp(i / k))


def sigmoid_nan(i, k):
    with np.errstate(all="ignore"):
        e = np.exp(-np.float64(i) / k)
        return (k * e) / (k * e + np.exp(np.float64(i) / k) * e)


def sigmoid_no_k_in_exponent(i, k):
    return k * math.exp(-i) / (k * math.exp(-i) + 1)


def sigmoid_times_k(i, k):
    return k * math.exp(-i * k) / (k * math.exp(-i * k) + 1)


def sigmoid_plain(i, k):
    return math.exp(-i / k) / (math.exp(-i / k) + 1)


def sigmoid_exchanged(i, k):
    return 1 / (1 + k * math.exp(-i / k))


def sigmoid_one_for_k(i, k):
    return math.exp(-i / k) / (k * math.exp(-i / k) + 1)


def sigmoid_cut_by_i(i, k):
    return 0.0 if i > 700 else k / (k + math.exp(i / k))


def sigmoid_clipped(i, k):
    return k / (k + math.exp(min(i / k, 5.0)))


def sigmoid_cut_early(i, k):
    return 0.0 if i / k > 10 else k / (k + math.exp(i / k))


INVERSE_SIGMOID_DECAY = Exercise(
    name="inverse_sigmoid_decay",
    chapter="scheduled_sampling",
    section="sec-schedules",
    cases=sigmoid_cases,
    behaviours=[
        Behaviour("start", "gives k / (k + 1) in iteration 0", 1, at(0)),
        Behaviour("falls", "falls like k / (k + exp(i / k))", 2, share_where(falling)),
        Behaviour("late", "goes on to 0, also where exp(i / k) is larger than any number", 1, share_where(fading_out)),
    ],
    misconceptions=[
        Misconception("increases", "the sign in the exponent is wrong: the share rises with i.", sigmoid_increases),
        Misconception(
            "overflow", "exp(i / k) overflows for a large i and ends in an error; the share is 0 there.", sigmoid_overflow
        ),
        Misconception("nan", "for a large i the result is not a number: zero times infinity has come in.", sigmoid_nan),
        Misconception("no_k_in_exponent", "the exponent is i; it is i / k.", sigmoid_no_k_in_exponent),
        Misconception("times_k", "the exponent is i times k; it is i / k.", sigmoid_times_k),
        Misconception("plain", "this is 1 / (1 + exp(i / k)); numerator and denominator each have a k.", sigmoid_plain),
        Misconception(
            "exchanged",
            "this is 1 - p, the share of the network's own tokens; wanted is that of true ones.",
            sigmoid_exchanged,
        ),
        Misconception("one_for_k", "the numerator is 1; it is k.", sigmoid_one_for_k),
        Misconception(
            "cut_by_i",
            "the share is set to 0 from a certain iteration on, whatever k is; how far it has fallen depends on i / k.",
            sigmoid_cut_by_i,
        ),
        Misconception("clipped", "the exponent is cut off so early that the share never gets near 0.", sigmoid_clipped),
        Misconception(
            "cut_early",
            "the share is set to 0 while it is still to be seen; exp(i / k) overflows only where i / k is above 700.",
            sigmoid_cut_early,
        ),
    ],
)
