"""Checks of ``relu_backward``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def relu_cases(rng: np.random.Generator) -> list[Case]:
    """Inputs of both signs, the first positive and the last but one exactly zero where there is room."""
    cases = []
    for shape in [(4, 3, 5), (2, 6), (1, 3), (4, 1), (5,)]:
        a = rng.normal(size=shape)
        a.flat[0], a.flat[-2], a.flat[-1] = 0.7, 0.0, -0.4
        cases.append({"dout": rng.normal(size=shape), "a": a})
    return cases


def without_zeros(case: Case) -> Case:
    return case | {"a": np.where(case["a"] == 0, -1.1, case["a"])}


def relu_open_at_zero(dout, a):
    return dout * (a >= 0)


def relu_of_gradient(dout, a):
    return np.maximum(dout, 0)


def relu_both(dout, a):
    return dout * (a > 0) * (dout > 0)


def relu_times_a(dout, a):
    return dout * np.maximum(a, 0)


def relu_derivative_alone(dout, a):
    return (a > 0).astype(float)


def relu_sign(dout, a):
    return dout * np.sign(a)


RELU_BACKWARD = Exercise(
    name="relu_backward",
    chapter="bptt",
    section="sec-one-step-back",
    cases=relu_cases,
    axes="",
    behaviours=[
        Behaviour(
            "signs", "lets the gradient through where a is positive and stops it where a is negative", 1, without_zeros
        ),
        Behaviour("zero", "stops it where a is exactly 0, too", 1),
        Behaviour("inputs", "gives that and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "open_at_zero", "the gradient gets through where a is 0; there we take the derivative 0.", relu_open_at_zero
        ),
        Misconception(
            "of_gradient", "the ReLU is applied to the gradient; what counts is the sign of its input a.", relu_of_gradient
        ),
        Misconception(
            "both", "negative gradients are stopped as well; a gradient may have any sign, only a decides.", relu_both
        ),
        Misconception("times_a", "the gradient is multiplied by the ReLU's output, not by its derivative.", relu_times_a),
        Misconception(
            "derivative_alone", "this is the derivative alone; it has to be multiplied by dout.", relu_derivative_alone
        ),
        Misconception("sign", "the gradient's sign is turned where a is negative; it has to be stopped there.", relu_sign),
    ],
)
