"""Checks of ``layer_forward``."""

import numpy as np

from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def layer_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 3, 5), (1, 2, 3), (3, 4, 1), (2, 1, 4), (1, 1, 2)]  # (B, D, H)
    return [
        {
            "x_t": rng.normal(size=(B, D)),
            "a_prev": rng.normal(size=(B, H)),
            "W": rng.normal(size=(D + H, H)) / np.sqrt(D + H),
            "b": rng.normal(size=H),
        }
        for B, D, H in sizes
    ]


def swapped_concat(x_t, a_prev, W, b):
    return np.tanh(np.concatenate([a_prev, x_t], axis=1) @ W + b)


def layer_no_activation(x_t, a_prev, W, b):
    return np.concatenate([x_t, a_prev], axis=1) @ W + b


def layer_no_bias(x_t, a_prev, W, b):
    return np.tanh(np.concatenate([x_t, a_prev], axis=1) @ W)


def layer_sigmoid(x_t, a_prev, W, b):
    return 1 / (1 + np.exp(-(np.concatenate([x_t, a_prev], axis=1) @ W + b)))


def layer_bias_outside(x_t, a_prev, W, b):
    return np.tanh(np.concatenate([x_t, a_prev], axis=1) @ W) + b


def layer_input_only(x_t, a_prev, W, b):
    return np.tanh(x_t @ W[: x_t.shape[1]] + b)


LAYER_FORWARD = Exercise(
    name="layer_forward",
    chapter="unrolled",
    section="sec-one-layer",
    cases=layer_cases,
    axes="BH",
    behaviours=[
        Behaviour("input", "uses the input with the first D rows of W", 1, lambda c: zeroed(c, "a_prev", "b")),
        Behaviour("activation", "uses the activation with the last H rows of W", 1, lambda c: zeroed(c, "x_t", "b")),
        Behaviour("bias", "adds the bias once", 1, lambda c: zeroed(c, "x_t", "a_prev")),
        Behaviour("all", "gives tanh of the sum of all three terms", 1),
        Behaviour("inputs", "gives that result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "swapped_concat",
            "the activation stands before the input, so each meets the other's rows of W.",
            swapped_concat,
        ),
        Misconception("no_activation", "the tanh is missing: the layer is only linear.", layer_no_activation),
        Misconception("no_bias", "the bias is never added.", layer_no_bias),
        Misconception("bias_outside", "the bias is added after the tanh; it belongs inside.", layer_bias_outside),
        Misconception("sigmoid", "the non-linearity is the sigmoid; this net uses tanh.", layer_sigmoid),
        Misconception(
            "input_only",
            "only the input is used: nothing of the layer before gets through, so the net cannot remember.",
            layer_input_only,
        ),
    ],
)
