"""Checks of ``step_jacobian``."""

import numpy as np

from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def step_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 2, 3), (1, 3, 2), (3, 2, 1), (2, 1, 3)]  # (B, D, H)
    return [
        {
            "x_t": rng.normal(size=(B, D)),
            "h_prev": np.tanh(rng.normal(size=(B, H))),
            "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, H)) / np.sqrt(H),
            "b_h": 0.5 * rng.normal(size=H),
        }
        for B, D, H in sizes
    ]


def steepest(case: Case) -> Case:
    """Where tanh is as steep as it gets: its slope is 1."""
    return zeroed(case, "x_t", "h_prev", "b_h")


def units_alone(case: Case) -> Case:
    """Every unit feeds itself only: rows and columns cannot be confused."""
    return case | {"W_hh": np.diag(np.diag(case["W_hh"]))}


def _sum(x_t, h_prev, W_xh, W_hh, b_h):
    return x_t @ W_xh + h_prev @ W_hh + b_h


def _with_slope(slope, W):
    """A slope (B, H) for each column of W."""
    return W * slope[:, np.newaxis, :]


def step_transposed(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(x_t, h_prev, W_xh, W_hh, b_h).swapaxes(1, 2)


def step_W_transposed(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)) ** 2, W_hh.T)


def step_slope_on_rows(x_t, h_prev, W_xh, W_hh, b_h):
    return (1 - np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)) ** 2)[:, :, np.newaxis] * W_hh


def step_no_slope(x_t, h_prev, W_xh, W_hh, b_h):
    return np.stack([W_hh] * len(x_t))


def step_slope_at_h_prev(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - h_prev**2, W_hh)


def step_slope_at_input(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - _sum(x_t, h_prev, W_xh, W_hh, b_h) ** 2, W_hh)


def step_tanh_twice(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - np.tanh(np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h))) ** 2, W_hh)


def step_not_squared(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)), W_hh)


def step_sigmoid_slope(x_t, h_prev, W_xh, W_hh, b_h):
    h = np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h))
    return _with_slope(h * (1 - h), W_hh)


def step_value_for_slope(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)), W_hh)


def step_input_ignored(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(0 * x_t, h_prev, W_xh, W_hh, b_h)


def step_bias_ignored(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(x_t, h_prev, W_xh, W_hh, 0 * b_h)


def step_state_ignored(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(x_t, 0 * h_prev, W_xh, W_hh, b_h)


def step_of_input(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)) ** 2, W_xh)


def step_batch_mean(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(x_t, h_prev, W_xh, W_hh, b_h).mean(axis=0)


def step_batch_sum(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(x_t, h_prev, W_xh, W_hh, b_h).sum(axis=0)


def _step_jacobian(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)) ** 2, W_hh)


STEP_JACOBIAN = Exercise(
    name="step_jacobian",
    chapter="gradient_flow",
    section="sec-jacobian",
    cases=step_cases,
    axes="BRK",
    behaviours=[
        Behaviour("matrix", "gives W_hh, rows to h_prev, where the slope of tanh is 1", 2, steepest),
        Behaviour("slope", "takes the slope of tanh at each unit's own sum", 2, units_alone),
        Behaviour("all", "gives each sequence its Jacobian: the slope of unit j scales column j of W_hh", 2),
        Behaviour("inputs", "gives that result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "transposed",
            "the Jacobian is transposed; rows belong to the old state, columns to the new one.",
            step_transposed,
        ),
        Misconception("W_transposed", "W_hh is transposed, and the slopes then scale its columns.", step_W_transposed),
        Misconception(
            "slope_on_rows",
            "the slopes scale the rows of W_hh; a slope belongs to a unit of the new state, and that is a column.",
            step_slope_on_rows,
        ),
        Misconception("no_slope", "the slope of tanh is missing: this is the Jacobian of a linear network.", step_no_slope),
        Misconception(
            "slope_at_h_prev", "the slope is taken from h_prev; it belongs to the new state h_t.", step_slope_at_h_prev
        ),
        Misconception(
            "slope_at_input",
            "the sum inside the tanh is squared instead of its tanh: the slope is 1 minus the square of the output.",
            step_slope_at_input,
        ),
        Misconception("tanh_twice", "tanh is applied to h_t once more before the square is taken.", step_tanh_twice),
        Misconception("not_squared", "the slope is taken as 1 - h_t; the square is missing.", step_not_squared),
        Misconception("sigmoid_slope", "the slope is h_t (1 - h_t), that of a sigmoid.", step_sigmoid_slope),
        Misconception("value_for_slope", "the columns are scaled by h_t itself and not by the slope.", step_value_for_slope),
        Misconception(
            "input_ignored", "the sum inside the tanh lacks the input: the slope does not depend on x_t.", step_input_ignored
        ),
        Misconception("bias_ignored", "the sum inside the tanh lacks the bias.", step_bias_ignored),
        Misconception("state_ignored", "the sum inside the tanh lacks the old state.", step_state_ignored),
        Misconception(
            "of_input", "this is the Jacobian with respect to the input x_t; wanted is that of the old state.", step_of_input
        ),
        Misconception("batch_mean", "the Jacobians of the batch are averaged; each sequence has its own.", step_batch_mean),
        Misconception("batch_sum", "the Jacobians of the batch are added up; each sequence has its own.", step_batch_sum),
    ],
)
