"""Checks of ``numerical_gradient``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import stand_in
from unrolled.standins.bptt import bumpy


def numerical_cases(rng: np.random.Generator) -> list[Case]:
    shapes = [(3, 4), (1, 1), (2, 3, 2), (5,), (1, 2)]
    return [{"f": stand_in(bumpy), "W": rng.normal(size=shape), "eps": 0.3} for shape in shapes]


def one_entry(case: Case) -> Case | None:
    return dict(case) if case["W"].size == 1 else None


def matrices(case: Case) -> Case | None:
    return dict(case) if case["W"].ndim == 2 and case["W"].size > 1 else None


def other_shapes(case: Case) -> Case | None:
    return dict(case) if case["W"].ndim != 2 else None


def other_eps(case: Case) -> Case:
    return case | {"eps": 0.8}


def _difference(f, W, move):
    gradient = np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[index] = 1.0
        gradient[index] = move(step)
    return gradient


def numerical_one_sided(f, W, eps):
    return _difference(f, W, lambda step: (f(W + eps * step) - f(W)) / eps)


def numerical_not_halved(f, W, eps):
    return _difference(f, W, lambda step: (f(W + eps * step) - f(W - eps * step)) / eps)


def numerical_half_step(f, W, eps):
    return _difference(f, W, lambda step: (f(W + eps / 2 * step) - f(W - eps / 2 * step)) / eps)


def numerical_not_divided(f, W, eps):
    return _difference(f, W, lambda step: f(W + eps * step) - f(W - eps * step))


def numerical_sign(f, W, eps):
    return _difference(f, W, lambda step: (f(W - eps * step) - f(W + eps * step)) / (2 * eps))


def numerical_all_at_once(f, W, eps):
    return np.full(W.shape, (f(W + eps) - f(W - eps)) / (2 * eps))


def numerical_not_restored(f, W, eps):
    gradient = np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        W[index] += eps
        above = f(W)
        W[index] -= 2 * eps
        gradient[index] = (above - f(W)) / (2 * eps)
    return gradient


def numerical_own_eps(f, W, eps):
    return _difference(f, W, lambda step: (f(W + 1e-5 * step) - f(W - 1e-5 * step)) / 2e-5)


NUMERICAL_GRADIENT = Exercise(
    name="numerical_gradient",
    chapter="bptt",
    section="sec-numerical",
    cases=numerical_cases,
    axes="",
    behaviours=[
        Behaviour("one", "is right for a single entry", 1, one_entry),
        Behaviour("entries", "moves the entries of a matrix one at a time", 2, matrices),
        Behaviour("shapes", "does so for arrays with one axis or three", 1, other_shapes),
        Behaviour("eps", "moves by the eps it is given", 1, other_eps),
        Behaviour("inputs", "gives that and leaves W as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "one_sided", "the difference is taken on one side only; its error is much larger.", numerical_one_sided
        ),
        Misconception(
            "not_halved", "the two points lie 2 eps apart, so the difference is divided by 2 eps.", numerical_not_halved
        ),
        Misconception("half_step", "each side is moved by eps / 2; wanted is eps to either side.", numerical_half_step),
        Misconception("not_divided", "the difference is not divided by the distance.", numerical_not_divided),
        Misconception("sign", "the difference is taken the wrong way round.", numerical_sign),
        Misconception(
            "all_at_once", "all entries are moved together; each has a derivative of its own.", numerical_all_at_once
        ),
        Misconception(
            "not_restored", "an entry stays moved when the next one's turn comes; put it back first.", numerical_not_restored
        ),
        Misconception("own_eps", "another eps is used than the one that was given.", numerical_own_eps),
    ],
)
