"""Checks of ``tanh_backward``."""

import numpy as np

from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def tanh_cases(rng: np.random.Generator) -> list[Case]:
    shapes = [(4, 3, 5), (2, 6), (1, 3), (4, 1), (5,)]
    return [{"dh": rng.normal(size=shape), "h": np.tanh(rng.normal(size=shape))} for shape in shapes]


def tanh_at_input(dh, h):
    return dh * (1 - np.tanh(h) ** 2)


def tanh_no_square(dh, h):
    return dh * (1 - h)


def tanh_derivative_alone(dh, h):
    return 1 - h**2


def tanh_sigmoid(dh, h):
    return dh * h * (1 - h)


def tanh_plus(dh, h):
    return dh * (1 + h**2)


def tanh_passed_on(dh, h):
    return dh + 0 * h


TANH_BACKWARD = Exercise(
    name="tanh_backward",
    chapter="bptt",
    section="sec-one-step-back",
    cases=tanh_cases,
    axes="",
    behaviours=[
        Behaviour("middle", "lets the gradient through unchanged where h is 0", 1, lambda c: zeroed(c, "h")),
        Behaviour("any", "multiplies dh by the derivative at any output", 1),
        Behaviour("inputs", "gives that and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "at_input",
            "tanh is taken once more of h; h is the output already, and its square is all you need.",
            tanh_at_input,
        ),
        Misconception("no_square", "h is not squared.", tanh_no_square),
        Misconception(
            "derivative_alone", "this is the derivative alone; it has to be multiplied by dh.", tanh_derivative_alone
        ),
        Misconception("sigmoid", "this is the derivative of the sigmoid.", tanh_sigmoid),
        Misconception("plus", "the square is added to 1; it has to be taken off.", tanh_plus),
        Misconception("passed_on", "the gradient is passed on unchanged; the tanh flattens it.", tanh_passed_on),
    ],
)
