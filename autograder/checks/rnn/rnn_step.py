"""Checks of ``rnn_step``."""

import numpy as np

from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def step_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 3, 5), (1, 2, 3), (3, 4, 1), (2, 1, 4), (1, 1, 2)]  # (B, D, H)
    return [
        {
            "x_t": rng.normal(size=(B, D)),
            "h_prev": rng.normal(size=(B, H)),
            "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, H)) / np.sqrt(H),
            "b_h": rng.normal(size=H),
        }
        for B, D, H in sizes
    ]


def step_transposed(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh + h_prev @ W_hh.T + b_h)


def step_no_bias(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh + h_prev @ W_hh)


def step_bias_twice(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh((x_t @ W_xh + b_h) + (h_prev @ W_hh + b_h))


def step_bias_outside(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh + h_prev @ W_hh) + b_h


def step_state_ignored(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh + b_h)


def step_input_ignored(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(h_prev @ W_hh + b_h)


def step_no_tanh(x_t, h_prev, W_xh, W_hh, b_h):
    return x_t @ W_xh + h_prev @ W_hh + b_h


def step_sigmoid(x_t, h_prev, W_xh, W_hh, b_h):
    return 1 / (1 + np.exp(-(x_t @ W_xh + h_prev @ W_hh + b_h)))


RNN_STEP = Exercise(
    name="rnn_step",
    chapter="shared_weights",
    section="sec-two-matrices",
    cases=step_cases,
    axes="BH",
    behaviours=[
        Behaviour("input", "uses the input x_t through W_xh", 1, lambda c: zeroed(c, "h_prev", "b_h")),
        Behaviour("state", "multiplies h_prev by W_hh: not only x_t counts", 2, lambda c: zeroed(c, "x_t", "b_h")),
        Behaviour("bias", "adds the bias once", 1, lambda c: zeroed(c, "x_t", "h_prev")),
        Behaviour("all", "gives tanh of the sum of all three terms", 1),
        Behaviour("inputs", "gives that result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("transposed", "W_hh is transposed; the state is multiplied by W_hh itself.", step_transposed),
        Misconception("no_bias", "the bias is never added.", step_no_bias),
        Misconception("bias_outside", "the bias is added after the tanh; it belongs inside.", step_bias_outside),
        Misconception("bias_twice", "the bias is added twice, once with each product.", step_bias_twice),
        Misconception(
            "state_ignored", "the state before the step is not used: the network has no memory.", step_state_ignored
        ),
        Misconception("input_ignored", "the input is not used: the network hears nothing.", step_input_ignored),
        Misconception("no_tanh", "the tanh is missing: the step is only linear.", step_no_tanh),
        Misconception("sigmoid", "the non-linearity is the sigmoid; this network uses tanh.", step_sigmoid),
    ],
)
