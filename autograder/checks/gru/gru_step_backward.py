"""Checks of ``gru_step_backward``."""

import numpy as np

from autograder.checks.gru import gru_step_backward_mistakes as wrong
from autograder.checks.gru.common import gru_of, thirds
from autograder.checks.shared import sigmoid, zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import gru as look


def back_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 3, 2), (1, 2, 3), (2, 4, 1)]  # (B, D, H)
    return [_back_case(rng, B, D, H) for B, D, H in sizes]


def _back_case(rng: np.random.Generator, B: int, D: int, H: int) -> Case:
    forward = {
        "x_t": rng.normal(size=(B, D)),
        "h_prev": rng.normal(size=(B, H)),
        "W_xh": rng.normal(size=(D, 3 * H)) / np.sqrt(D),
        "W_hh": rng.normal(size=(H, 3 * H)) / np.sqrt(H),
        "b_h": rng.normal(size=3 * H),
    }
    _, r, z, n = gru_of(**forward, b_x=0.5 * rng.normal(size=3 * H))
    return {"dh_t": rng.normal(size=(B, H)), **forward, "r": r, "z": z, "n": n}


def state_weights_silent(case: Case) -> Case:
    return zeroed(case, "W_hh")


GRU_STEP_BACKWARD = Exercise(
    name="gru_step_backward",
    chapter="practice",
    section="sec-gru-backward",
    cases=back_cases,
    axes={
        "db_x of r": "H",
        "db_x of z": "H",
        "db_x of n": "H",
        "db_h of n": "H",
        "dx_t": "BD",
        "dh_prev": "BH",
        "dW_xh": "DK",
        "dW_hh": "HK",
        "db_x": "K",
        "db_h": "K",
    },
    behaviours=[
        Behaviour(
            "candidate", "takes the gradient through n and its tanh to the biases", 2, seen_by(look.candidate_columns)
        ),
        Behaviour("update", "takes the gradient through z and its sigmoid to the biases", 2, seen_by(look.update_columns)),
        Behaviour("reset", "takes the gradient through r and its sigmoid to the biases", 2, seen_by(look.reset_columns)),
        Behaviour(
            "straight",
            "passes z dh_t straight on to h_prev, where W_hh is zero",
            1,
            seen_by(look.state_gradient, state_weights_silent),
        ),
        Behaviour("state", "adds up all four paths to h_prev", 2, seen_by(look.state_gradient)),
        Behaviour("input", "gives the gradient of the input", 1, seen_by(look.input_gradient)),
        Behaviour("weights", "gives the gradients of both matrices", 2, seen_by(look.matrix_gradients)),
        Behaviour(
            "inputs",
            "gives all six and leaves its inputs as they were",
            2,
            seen_by(look.all_gradients),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception(
            "z_sign",
            "the gradient of z has the wrong sign: more z means more of h_prev and less of n.",
            wrong.with_parts(dz=lambda self: self.dh_t * (self.n - self.h_prev)),
        ),
        Misconception(
            "z_without_state",
            "z multiplies h_prev too: its gradient is dh_t (h_prev - n), and here h_prev is missing.",
            wrong.with_parts(dz=lambda self: -self.dh_t * self.n),
        ),
        Misconception(
            "z_without_candidate",
            "1 - z multiplies n: the gradient of z is dh_t (h_prev - n), and here n is missing.",
            wrong.with_parts(dz=lambda self: self.dh_t * self.h_prev),
        ),
        Misconception(
            "z_inverted",
            "z and 1 - z are exchanged, as for h_t = z n + (1 - z) h_prev; here z keeps the old state.",
            wrong.with_parts(
                dz=lambda self: self.dh_t * (self.n - self.h_prev),
                dn=lambda self: self.dh_t * self.z,
                straight=lambda self: self.dh_t * (1 - self.z),
            ),
        ),
        Misconception(
            "no_straight_path",
            "the path through z h_prev is missing: dh_prev lacks the term z dh_t.",
            wrong.with_parts(straight=wrong.zeros),
        ),
        Misconception("no_reset_path", "dh_prev lacks the path through the reset gate.", wrong.without_block(0)),
        Misconception("no_update_path", "dh_prev lacks the path through the update gate.", wrong.without_block(1)),
        Misconception("no_candidate_path", "dh_prev lacks the path through the candidate.", wrong.without_block(2)),
        Misconception(
            "r_constant",
            "the reset gate is treated as a constant: no gradient goes through it.",
            wrong.with_parts(dr=wrong.zeros),
        ),
        Misconception(
            "z_constant",
            "the update gate is treated as a constant: no gradient goes through it.",
            wrong.with_parts(dz=wrong.zeros),
        ),
        Misconception(
            "r_without_bias",
            "r multiplies h_prev W_hn + b_hn; in the gradient of r the bias is missing.",
            wrong.with_parts(h_n=lambda self: thirds(self.h_prev @ self.W_hh)[2]),
        ),
        Misconception(
            "r_forgotten",
            "on the way to h_prev, W_hh and b_h the candidate's gradient is not multiplied by r.",
            wrong.with_parts(da_h=lambda self: self.da_x()),
        ),
        Misconception(
            "r_on_both",
            "the candidate's gradient is multiplied by r towards x_t, W_xh and b_x too; r is for the state's part alone.",
            wrong.with_parts(da_x=lambda self: self.da_h()),
        ),
        Misconception(
            "same_biases",
            "db_h is the same as db_x; in the candidate b_h is multiplied by r.",
            wrong.with_parts(db_h=wrong.other_db_h),
        ),
        Misconception(
            "reset_before",
            "this is the gradient of the other convention, where r multiplies h_prev before the product with W_hh.",
            wrong.with_parts(
                parts=wrong.other_parts, from_gates=wrong.other_from_gates, dW_hh=wrong.other_dW_hh, db_h=wrong.other_db_h
            ),
        ),
        Misconception(
            "tanh_at_output",
            "the derivative of tanh is taken at n as if n were its input; with the output it is 1 - n².",
            wrong.with_parts(through_tanh=lambda self: 1 - np.tanh(self.n) ** 2),
        ),
        Misconception(
            "sigmoid_at_output",
            "the sigmoid's derivative is taken at r and z as if they were its inputs; with the output it is s (1 - s).",
            wrong.with_parts(through_sigmoid=lambda self, s: sigmoid(s) * (1 - sigmoid(s))),
        ),
        Misconception(
            "gates_as_tanh",
            "the gates' derivative is 1 - s², that of tanh; the sigmoid's is s (1 - s).",
            wrong.with_parts(through_sigmoid=lambda self, s: 1 - s**2),
        ),
        Misconception(
            "no_tanh_derivative",
            "the gradient skips the tanh: the factor 1 - n² is missing.",
            wrong.with_parts(through_tanh=lambda self: 1),
        ),
        Misconception(
            "no_sigmoid_derivative",
            "the gradient skips the sigmoids: the factor s (1 - s) is missing for r and z.",
            wrong.with_parts(through_sigmoid=lambda self, s: 1),
        ),
        Misconception(
            "transposed",
            "dh_prev needs W_hh transposed: what came by h_prev W goes back by W^T, block by block.",
            wrong.with_parts(from_gates=wrong.blocks_not_transposed),
        ),
        Misconception(
            "swapped_rz",
            "the gates' gradients stand in the order z, r, n; the columns are r, z, n.",
            wrong.with_parts(order=lambda self, da_r, da_z, da_n: np.concatenate([da_z, da_r, da_n], axis=1)),
        ),
        Misconception(
            "z_without_brackets",
            "the gradient of z lacks its brackets: dh_t multiplies the whole difference, h_prev - n.",
            wrong.with_parts(dz=lambda self: self.dh_t * self.h_prev - self.n),
        ),
        Misconception(
            "r_skips_tanh",
            "the gradient of r leaves out the tanh around the candidate: its factor 1 - n² is missing there.",
            wrong.with_parts(dr=lambda self: self.dn() * self.h_n()),
        ),
        Misconception(
            "r_forgotten_to_state",
            "on the way to h_prev the candidate's gradient is not multiplied by r.",
            wrong.with_parts(from_gates=lambda self: self.da_x() @ self.W_hh.T),
        ),
        Misconception("mean", "the weights' gradients are averaged over the batch; they are sums.", wrong.back_mean),
    ],
)
