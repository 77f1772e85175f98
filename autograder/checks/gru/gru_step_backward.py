"""Checks of ``gru_step_backward``."""

import numpy as np

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


class _Back:
    """The gradients of a step part by part; each misconception exchanges one of the parts."""

    def __init__(self, dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h):
        self.dh_t, self.x_t, self.h_prev, self.r, self.z, self.n = dh_t, x_t, h_prev, r, z, n
        self.W_xh, self.W_hh, self.b_h = W_xh, W_hh, b_h

    def h_n(self):
        return thirds(self.h_prev @ self.W_hh + self.b_h)[2]

    def through_tanh(self):
        return 1 - self.n**2

    def through_sigmoid(self, s):
        return s * (1 - s)

    def dn(self):
        return self.dh_t * (1 - self.z)

    def dz(self):
        return self.dh_t * (self.h_prev - self.n)

    def dr(self):
        return self.dn() * self.through_tanh() * self.h_n()

    def parts(self):
        return (
            self.dr() * self.through_sigmoid(self.r),
            self.dz() * self.through_sigmoid(self.z),
            self.dn() * self.through_tanh(),
        )

    def order(self, da_r, da_z, da_n):
        return np.concatenate([da_r, da_z, da_n], axis=1)

    def da_x(self):
        return self.order(*self.parts())

    def da_h(self):
        da_r, da_z, da_n = self.parts()
        return self.order(da_r, da_z, da_n * self.r)

    def straight(self):
        return self.dh_t * self.z

    def from_gates(self):
        return self.da_h() @ self.W_hh.T

    def dW_hh(self):
        return self.h_prev.T @ self.da_h()

    def db_h(self):
        return self.da_h().sum(axis=0)

    def gradients(self):
        da_x = self.da_x()
        return (
            da_x @ self.W_xh.T,
            self.straight() + self.from_gates(),
            self.x_t.T @ da_x,
            self.dW_hh(),
            da_x.sum(axis=0),
            self.db_h(),
        )


def _with(**parts):
    """A wrong function: ``_Back`` with some methods exchanged."""
    exchanged = type("Exchanged", (_Back,), parts)

    def wrong(**inputs):
        return exchanged(**inputs).gradients()

    return wrong


def _without_block(which):
    """No path from gate number ``which`` to the old state."""

    def from_gates(self):
        blocks = zip(thirds(self.da_h()), thirds(self.W_hh), strict=True)
        return sum(da @ W.T for k, (da, W) in enumerate(blocks) if k != which)

    return _with(from_gates=from_gates)


def _zeros(self):
    return np.zeros_like(self.dh_t)


def _blocks_not_transposed(self):
    return sum(da @ W for da, W in zip(thirds(self.da_h()), thirds(self.W_hh), strict=True))


def _other_convention(self):
    """The way back through n = tanh(x_n + (r * h_prev) W_hn + b_hn)."""
    W_hn = thirds(self.W_hh)[2]
    da_n = self.dn() * self.through_tanh()
    d_reset = da_n @ W_hn.T  # gradient of r * h_prev
    da_r = d_reset * self.h_prev * self.r * (1 - self.r)
    return da_r, self.dz() * self.through_sigmoid(self.z), da_n, d_reset


def _other_parts(self):
    return _other_convention(self)[:3]


def _other_from_gates(self):
    da_r, da_z, _, d_reset = _other_convention(self)
    W_hr, W_hz, _ = thirds(self.W_hh)
    return da_r @ W_hr.T + da_z @ W_hz.T + d_reset * self.r


def _other_dW_hh(self):
    da_r, da_z, da_n, _ = _other_convention(self)
    return np.concatenate([self.h_prev.T @ da_r, self.h_prev.T @ da_z, (self.r * self.h_prev).T @ da_n], axis=1)


def _other_db_h(self):
    return self.da_x().sum(axis=0)


def back_mean(**inputs):
    dx_t, dh_prev, *weights = _Back(**inputs).gradients()
    return dx_t, dh_prev, *(d / len(dx_t) for d in weights)


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
            _with(dz=lambda self: self.dh_t * (self.n - self.h_prev)),
        ),
        Misconception(
            "z_without_state",
            "z multiplies h_prev too: its gradient is dh_t (h_prev - n), and here h_prev is missing.",
            _with(dz=lambda self: -self.dh_t * self.n),
        ),
        Misconception(
            "z_without_candidate",
            "1 - z multiplies n: the gradient of z is dh_t (h_prev - n), and here n is missing.",
            _with(dz=lambda self: self.dh_t * self.h_prev),
        ),
        Misconception(
            "z_inverted",
            "z and 1 - z are exchanged, as for h_t = z n + (1 - z) h_prev; here z keeps the old state.",
            _with(
                dz=lambda self: self.dh_t * (self.n - self.h_prev),
                dn=lambda self: self.dh_t * self.z,
                straight=lambda self: self.dh_t * (1 - self.z),
            ),
        ),
        Misconception(
            "no_straight_path",
            "the path through z h_prev is missing: dh_prev lacks the term z dh_t.",
            _with(straight=_zeros),
        ),
        Misconception("no_reset_path", "dh_prev lacks the path through the reset gate.", _without_block(0)),
        Misconception("no_update_path", "dh_prev lacks the path through the update gate.", _without_block(1)),
        Misconception("no_candidate_path", "dh_prev lacks the path through the candidate.", _without_block(2)),
        Misconception(
            "r_constant", "the reset gate is treated as a constant: no gradient goes through it.", _with(dr=_zeros)
        ),
        Misconception(
            "z_constant", "the update gate is treated as a constant: no gradient goes through it.", _with(dz=_zeros)
        ),
        Misconception(
            "r_without_bias",
            "r multiplies h_prev W_hn + b_hn; in the gradient of r the bias is missing.",
            _with(h_n=lambda self: thirds(self.h_prev @ self.W_hh)[2]),
        ),
        Misconception(
            "r_forgotten",
            "on the way to h_prev, W_hh and b_h the candidate's gradient is not multiplied by r.",
            _with(da_h=lambda self: self.da_x()),
        ),
        Misconception(
            "r_on_both",
            "the candidate's gradient is multiplied by r towards x_t, W_xh and b_x too; r is for the state's part alone.",
            _with(da_x=lambda self: self.da_h()),
        ),
        Misconception(
            "same_biases", "db_h is the same as db_x; in the candidate b_h is multiplied by r.", _with(db_h=_other_db_h)
        ),
        Misconception(
            "reset_before",
            "this is the gradient of the other convention, where r multiplies h_prev before the product with W_hh.",
            _with(parts=_other_parts, from_gates=_other_from_gates, dW_hh=_other_dW_hh, db_h=_other_db_h),
        ),
        Misconception(
            "tanh_at_output",
            "the derivative of tanh is taken at n as if n were its input; with the output it is 1 - n².",
            _with(through_tanh=lambda self: 1 - np.tanh(self.n) ** 2),
        ),
        Misconception(
            "sigmoid_at_output",
            "the sigmoid's derivative is taken at r and z as if they were its inputs; with the output it is s (1 - s).",
            _with(through_sigmoid=lambda self, s: sigmoid(s) * (1 - sigmoid(s))),
        ),
        Misconception(
            "gates_as_tanh",
            "the gates' derivative is 1 - s², that of tanh; the sigmoid's is s (1 - s).",
            _with(through_sigmoid=lambda self, s: 1 - s**2),
        ),
        Misconception(
            "no_tanh_derivative",
            "the gradient skips the tanh: the factor 1 - n² is missing.",
            _with(through_tanh=lambda self: 1),
        ),
        Misconception(
            "no_sigmoid_derivative",
            "the gradient skips the sigmoids: the factor s (1 - s) is missing for r and z.",
            _with(through_sigmoid=lambda self, s: 1),
        ),
        Misconception(
            "transposed",
            "dh_prev needs W_hh transposed: what came by h_prev W goes back by W^T, block by block.",
            _with(from_gates=_blocks_not_transposed),
        ),
        Misconception(
            "swapped_rz",
            "the gates' gradients stand in the order z, r, n; the columns are r, z, n.",
            _with(order=lambda self, da_r, da_z, da_n: np.concatenate([da_z, da_r, da_n], axis=1)),
        ),
        Misconception(
            "z_without_brackets",
            "the gradient of z lacks its brackets: dh_t multiplies the whole difference, h_prev - n.",
            _with(dz=lambda self: self.dh_t * self.h_prev - self.n),
        ),
        Misconception(
            "r_skips_tanh",
            "the gradient of r leaves out the tanh around the candidate: its factor 1 - n² is missing there.",
            _with(dr=lambda self: self.dn() * self.h_n()),
        ),
        Misconception(
            "r_forgotten_to_state",
            "on the way to h_prev the candidate's gradient is not multiplied by r.",
            _with(from_gates=lambda self: self.da_x() @ self.W_hh.T),
        ),
        Misconception("mean", "the weights' gradients are averaged over the batch; they are sums.", back_mean),
    ],
)
