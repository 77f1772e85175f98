"""Checks of ``rnn_step_backward``."""

import numpy as np

from autograder.checks.bptt.common import looking_at
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception

STEP = {"dx_t": "BD", "dh_prev": "BH", "dW_xh": "RK", "dW_hh": "RK", "db_h": "H"}


def step_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 3, 5), (3, 2, 2), (1, 2, 3), (3, 4, 1), (2, 1, 4), (1, 1, 2)]  # (B, D, H)
    return [
        {
            "dh_t": rng.normal(size=(B, H)),
            "x_t": rng.normal(size=(B, D)),
            "h_prev": np.tanh(rng.normal(size=(B, H))),
            "h_t": np.tanh(rng.normal(size=(B, H))),
            "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, H)) / np.sqrt(H),
        }
        for B, D, H in sizes
    ]


def _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, slope=None, state=None, W_back=None):
    da = dh_t * (1 - h_t**2 if slope is None else slope)
    state = h_prev if state is None else state
    return da @ W_xh.T, da @ (W_hh.T if W_back is None else W_back), x_t.T @ da, state.T @ da, da.sum(axis=0)


def step_tanh_at_input(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, slope=1 - np.tanh(h_t) ** 2)


def step_tanh_of_h_prev(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, slope=1 - h_prev**2)


def step_no_tanh(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, slope=1.0)


def step_W_hh_not_transposed(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, W_back=W_hh)


def step_h_t_for_h_prev(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, state=h_t)


def step_dW_hh_transposed(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx_t, dh_prev, dW_xh, dW_hh, db_h = _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)
    return dx_t, dh_prev, dW_xh, dW_hh.T, db_h


def step_db_not_summed(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return (*_step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)[:4], dh_t * (1 - h_t**2))


def step_averaged(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx_t, dh_prev, *parameters = _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)
    return (dx_t, dh_prev, *(p / len(x_t) for p in parameters))


def step_db_no_tanh(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return (*_step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)[:4], dh_t.sum(axis=0))


def step_only_dW_xh(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    _, _, dW_xh, _, _ = _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)
    dx_t, dh_prev, _, dW_hh, db_h = step_no_tanh(dh_t, x_t, h_prev, h_t, W_xh, W_hh)
    return dx_t, dh_prev, dW_xh, dW_hh, db_h


def step_order(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx_t, dh_prev, dW_xh, dW_hh, db_h = _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)
    return dh_prev, dx_t, dW_hh, dW_xh, db_h


RNN_STEP_BACKWARD = Exercise(
    name="rnn_step_backward",
    chapter="bptt",
    section="sec-one-step-back",
    cases=step_cases,
    axes=STEP,
    behaviours=[
        Behaviour(
            "tanh",
            "goes back through the tanh first, and sums over the batch for db_h",
            2,
            looking_at("db_h", STEP),
        ),
        Behaviour("dx_t", "sends the delta to the input through W_xh", 1, looking_at("dx_t", STEP)),
        Behaviour("dh_prev", "sends it to the state before through W_hh", 1, looking_at("dh_prev", STEP)),
        Behaviour("dW_xh", "gives W_xh input times delta", 1, looking_at("dW_xh", STEP)),
        Behaviour("dW_hh", "gives W_hh the state before the step times delta", 1, looking_at("dW_hh", STEP)),
        Behaviour("inputs", "gives all five and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("tanh_at_input", "tanh is taken once more of h_t, which is the output already.", step_tanh_at_input),
        Misconception(
            "tanh_of_h_prev", "the slope of the tanh is taken from h_prev; its output is h_t.", step_tanh_of_h_prev
        ),
        Misconception("no_tanh", "the slope of the tanh is missing: dh_t is used as if the step were linear.", step_no_tanh),
        Misconception(
            "W_hh_not_transposed",
            "the delta goes back through W_hh itself; it is W_hh transposed.",
            step_W_hh_not_transposed,
        ),
        Misconception(
            "h_t_for_h_prev",
            "dW_hh is made from h_t; W_hh was multiplied by the state before the step.",
            step_h_t_for_h_prev,
        ),
        Misconception(
            "dW_hh_transposed", "dW_hh is transposed: it is state times delta, not the reverse.", step_dW_hh_transposed
        ),
        Misconception("db_not_summed", "db_h still has a row for each sequence.", step_db_not_summed),
        Misconception("averaged", "the parameters' gradients are averaged over the batch; they are sums.", step_averaged),
        Misconception(
            "only_dW_xh", "only dW_xh has gone through the tanh; all five need the delta behind it.", step_only_dW_xh
        ),
        Misconception("db_no_tanh", "db_h is made from dh_t; it needs the delta behind the tanh, too.", step_db_no_tanh),
        Misconception("order", "input and state are in each other's place among the results.", step_order),
    ],
)
