"""Checks of ``gru_step``."""

import numpy as np

from autograder.checks.gru.common import gru_of, thirds
from autograder.checks.shared import sigmoid, zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import gru as look


def step_cases(rng: np.random.Generator) -> list[Case]:
    """Some states are larger than 1, so that the new state is, too."""
    sizes = [(4, 3, 2), (1, 2, 3), (2, 4, 1)]  # (B, D, H)
    return [
        {
            "x_t": rng.normal(size=(B, D)),
            "h_prev": 2.5 * rng.normal(size=(B, H)),
            "W_xh": rng.normal(size=(D, 3 * H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, 3 * H)) / np.sqrt(H),
            "b_x": rng.normal(size=3 * H),
            "b_h": rng.normal(size=3 * H),
        }
        for B, D, H in sizes
    ]


def state_silent(case: Case) -> Case:
    return zeroed(case, "h_prev", "b_h")


def reset_silent(case: Case) -> Case:
    """No reset gate can be felt: there is nothing for it to multiply."""
    H = case["h_prev"].shape[1]
    W_hh, b_h = case["W_hh"].copy(), case["b_h"].copy()
    W_hh[:, 2 * H :], b_h[2 * H :] = 0, 0
    return case | {"W_hh": W_hh, "b_h": b_h}


def biases_alone(case: Case) -> Case:
    return zeroed(case, "x_t", "h_prev")


def step_swapped_rz(**inputs):
    return gru_of(**inputs, order=(1, 0, 2))


def step_swapped_rn(**inputs):
    return gru_of(**inputs, order=(2, 1, 0))


def step_swapped_zn(**inputs):
    return gru_of(**inputs, order=(0, 2, 1))


def step_interleaved(**inputs):
    return gru_of(**inputs, cut=lambda a: [a[..., k::3] for k in range(3)])


def step_reset_for_both(**inputs):
    return gru_of(**inputs, same=lambda r, z: (r, r))


def step_update_for_both(**inputs):
    return gru_of(**inputs, same=lambda r, z: (z, z))


def step_z_inverted(**inputs):
    return gru_of(**inputs, blend=lambda z, n, h_prev: z * n + (1 - z) * h_prev)


def step_candidate_in_full(**inputs):
    return gru_of(**inputs, blend=lambda z, n, h_prev: n + z * h_prev)


def step_old_state_lost(**inputs):
    return gru_of(**inputs, blend=lambda z, n, h_prev: (1 - z) * n)


def step_reset_before(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    W_hn, b_hn = thirds(W_hh)[2], thirds(b_h)[2]

    def inner(r, x_n, h_n):
        return x_n + (r * h_prev) @ W_hn + b_hn

    return gru_of(x_t, h_prev, W_xh, W_hh, b_x, b_h, inner=inner)


def step_bias_outside(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    b_hn = thirds(b_h)[2]
    return gru_of(x_t, h_prev, W_xh, W_hh, b_x, b_h, inner=lambda r, x_n, h_n: x_n + r * (h_n - b_hn) + b_hn)


def step_reset_dropped(**inputs):
    return gru_of(**inputs, inner=lambda r, x_n, h_n: x_n + h_n)


def step_reset_on_all(**inputs):
    return gru_of(**inputs, inner=lambda r, x_n, h_n: r * (x_n + h_n))


def step_reset_on_input(**inputs):
    return gru_of(**inputs, inner=lambda r, x_n, h_n: r * x_n + h_n)


def step_gates_tanh(**inputs):
    return gru_of(**inputs, gate=np.tanh)


def step_candidate_sigmoid(**inputs):
    return gru_of(**inputs, squash=sigmoid)


def step_exchanged(**inputs):
    return gru_of(**inputs, gate=np.tanh, squash=sigmoid)


def step_candidate_linear(**inputs):
    return gru_of(**inputs, squash=lambda a: a)


def step_no_bias_x(b_x, **inputs):
    return gru_of(**inputs, b_x=0 * b_x)


def step_no_bias_h(b_h, **inputs):
    return gru_of(**inputs, b_h=0 * b_h)


def step_no_biases(b_x, b_h, **inputs):
    return gru_of(**inputs, b_x=0 * b_x, b_h=0 * b_h)


def step_transposed(W_hh, **inputs):
    return gru_of(**inputs, W_hh=np.concatenate([W.T for W in thirds(W_hh)], axis=1))


def step_state_last(**inputs):
    h_t, *others = gru_of(**inputs)
    return *others, h_t


def step_clipped(**inputs):
    h_t, *others = gru_of(**inputs)
    return np.clip(h_t, -1, 1), *others


GRU_STEP = Exercise(
    name="gru_step",
    chapter="practice",
    section="sec-gru",
    cases=step_cases,
    axes={"h_t": "BH", "r": "BH", "z": "BH", "n": "BH"},
    behaviours=[
        Behaviour("reset", "computes the reset gate r from the first H columns", 1, seen_by(look.reset_gate)),
        Behaviour("update", "computes the update gate z from the next H columns", 1, seen_by(look.update_gate)),
        Behaviour(
            "input",
            "computes the candidate n from the last H columns, where the state is silent",
            1,
            seen_by(look.candidate, state_silent),
        ),
        Behaviour(
            "candidate", "lets r multiply the state's whole part of the candidate, and only that", 2, seen_by(look.candidate)
        ),
        Behaviour(
            "biases",
            "adds both biases, where input and state are zero",
            1,
            seen_by(look.gates_and_candidate, biases_alone),
        ),
        Behaviour(
            "blend",
            "takes z of the old state and 1 - z of the candidate, where r has nothing to multiply",
            2,
            seen_by(look.new_state, reset_silent),
        ),
        Behaviour("state", "gives the new state in general", 1, seen_by(look.new_state)),
        Behaviour("inputs", "gives h_t, r, z, n and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("swapped_rz", "r and z have changed places; the order of the columns is r, z, n.", step_swapped_rz),
        Misconception("swapped_rn", "r and n have changed places; the order of the columns is r, z, n.", step_swapped_rn),
        Misconception("swapped_zn", "z and n have changed places; the order of the columns is r, z, n.", step_swapped_zn),
        Misconception(
            "interleaved",
            "every third column is taken for a gate; the columns of one gate stand together.",
            step_interleaved,
        ),
        Misconception(
            "reset_for_both", "one gate does the work of both: z is computed from r's columns.", step_reset_for_both
        ),
        Misconception(
            "update_for_both", "one gate does the work of both: r is computed from z's columns.", step_update_for_both
        ),
        Misconception(
            "z_inverted",
            "z is the other way round: here z keeps the old state and 1 - z lets the candidate in.",
            step_z_inverted,
        ),
        Misconception(
            "candidate_in_full",
            "the candidate is added in full; it has to be multiplied by 1 - z.",
            step_candidate_in_full,
        ),
        Misconception(
            "old_state_lost", "the old state is missing from the sum: z h_prev is never added.", step_old_state_lost
        ),
        Misconception(
            "reset_before",
            "r multiplies h_prev before the product with W_hh. That is the other convention; "
            "torch's, and ours, multiplies the result of the product.",
            step_reset_before,
        ),
        Misconception(
            "bias_outside",
            "b_h of the candidate is added after r was multiplied; it belongs inside, with the product.",
            step_bias_outside,
        ),
        Misconception("reset_dropped", "the reset gate is computed but never used.", step_reset_dropped),
        Misconception(
            "reset_on_all",
            "r multiplies the input's part of the candidate too; only the state's part is reset.",
            step_reset_on_all,
        ),
        Misconception(
            "reset_on_input",
            "r multiplies the input's part of the candidate instead of the state's.",
            step_reset_on_input,
        ),
        Misconception("gates_tanh", "the gates go through tanh; a gate is a share from 0 to 1, a sigmoid.", step_gates_tanh),
        Misconception(
            "candidate_sigmoid", "the candidate goes through the sigmoid; it needs both signs, tanh.", step_candidate_sigmoid
        ),
        Misconception("exchanged", "sigmoid and tanh are exchanged: gates need the sigmoid, n the tanh.", step_exchanged),
        Misconception("candidate_linear", "the tanh around the candidate is missing.", step_candidate_linear),
        Misconception("no_bias_x", "the bias b_x is never added.", step_no_bias_x),
        Misconception("no_bias_h", "the bias b_h is never added.", step_no_bias_h),
        Misconception("no_biases", "neither of the two biases is added.", step_no_biases),
        Misconception(
            "transposed",
            "each gate's block of W_hh is transposed; the state stands on the left, h_prev W_hh.",
            step_transposed,
        ),
        Misconception("state_last", "the results come in the order r, z, n, h_t; the state is the first.", step_state_last),
        Misconception("clipped", "the new state is cut off at 1 and -1; nothing in the equations does so.", step_clipped),
    ],
)
