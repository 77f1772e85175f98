"""Checks of the assignment ``gru``: the gated recurrent unit and the causal convolution."""

import numpy as np

from autograder.checks.lstm import sigmoid
from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Misconception, seen_by
from autograder.checks.unrolled_net import zeroed
from unrolled.standins import gru as look
from unrolled.standins import stand_in


def thirds(a):
    """The three gates' parts of the last axis."""
    return np.split(a, 3, axis=-1)


# gru_from_torch


def torch_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 2), (1, 4), (5, 1), (2, 2), (1, 1)]  # (D, H)
    return [
        {
            "weight_ih": rng.normal(size=(3 * H, D)),
            "weight_hh": rng.normal(size=(3 * H, H)),
            "bias_ih": rng.normal(size=3 * H),
            "bias_hh": rng.normal(size=3 * H),
        }
        for D, H in sizes
    ]


def torch_not_transposed(weight_ih, weight_hh, bias_ih, bias_hh):
    return weight_ih, weight_hh, bias_ih, bias_hh


def torch_reshaped(weight_ih, weight_hh, bias_ih, bias_hh):
    return weight_ih.reshape(-1, len(weight_ih)), weight_hh.reshape(-1, len(weight_hh)), bias_ih, bias_hh


def torch_biases_added(weight_ih, weight_hh, bias_ih, bias_hh):
    return weight_ih.T, weight_hh.T, bias_ih + bias_hh, np.zeros_like(bias_hh)


def torch_biases_added_twice(weight_ih, weight_hh, bias_ih, bias_hh):
    return weight_ih.T, weight_hh.T, bias_ih + bias_hh, bias_ih + bias_hh


def torch_biases_swapped(weight_ih, weight_hh, bias_ih, bias_hh):
    return weight_ih.T, weight_hh.T, bias_hh, bias_ih


def torch_reordered(weight_ih, weight_hh, bias_ih, bias_hh):
    def swapped(a):
        r, z, n = thirds(a)
        return np.concatenate([z, r, n], axis=-1)

    return swapped(weight_ih.T), swapped(weight_hh.T), swapped(bias_ih), swapped(bias_hh)


def torch_blocks_transposed(weight_ih, weight_hh, bias_ih, bias_hh):
    blocks = [block.T for block in np.split(weight_hh.T, 3, axis=1)]
    return weight_ih.T, np.concatenate(blocks, axis=1), bias_ih, bias_hh


GRU_FROM_TORCH = Exercise(
    name="gru_from_torch",
    chapter="practice",
    section="sec-gru-torch",
    cases=torch_cases,
    axes={"W_xh": "DK", "W_hh": "HK", "b_x": "K", "b_h": "K"},
    behaviours=[
        Behaviour("matrices", "makes W_xh and W_hh from torch's two matrices", 2, seen_by(look.matrices)),
        Behaviour("biases", "keeps the two biases apart", 1, seen_by(look.biases)),
        Behaviour("inputs", "gives all four and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "not_transposed", "the matrices stand as torch keeps them, for W x; here it is x W.", torch_not_transposed
        ),
        Misconception(
            "reshaped",
            "the matrices are reshaped, which mixes their entries; to exchange the axes, transpose.",
            torch_reshaped,
        ),
        Misconception(
            "biases_added",
            "the two biases are added into one; in the candidate only b_h is multiplied by r.",
            torch_biases_added,
        ),
        Misconception(
            "biases_added_twice",
            "both biases are the sum of torch's two, so that each counts twice.",
            torch_biases_added_twice,
        ),
        Misconception(
            "biases_swapped",
            "the two biases have changed places: bias_ih goes with the input, so that it is b_x.",
            torch_biases_swapped,
        ),
        Misconception("reordered", "r and z have changed places; torch has our order, r, z, n.", torch_reordered),
        Misconception(
            "blocks_transposed",
            "in W_hh each gate's block is turned back: it was transposed once with the whole and once alone.",
            torch_blocks_transposed,
        ),
    ],
)


# gru_step


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


def _gru(
    x_t,
    h_prev,
    W_xh,
    W_hh,
    b_x,
    b_h,
    order=(0, 1, 2),
    cut=thirds,
    gate=sigmoid,
    squash=np.tanh,
    inner=None,
    blend=None,
    same=None,
):
    """A step with one thing exchanged; ``inner`` is the candidate's sum before it is squashed."""
    ax, ah = cut(x_t @ W_xh + b_x), cut(h_prev @ W_hh + b_h)
    (x_r, x_z, x_n), (h_r, h_z, h_n) = [ax[k] for k in order], [ah[k] for k in order]
    r, z = gate(x_r + h_r), gate(x_z + h_z)
    r, z = same(r, z) if same else (r, z)
    n = squash(inner(r, x_n, h_n) if inner else x_n + r * h_n)
    return (blend(z, n, h_prev) if blend else (1 - z) * n + z * h_prev), r, z, n


def step_swapped_rz(**inputs):
    return _gru(**inputs, order=(1, 0, 2))


def step_swapped_rn(**inputs):
    return _gru(**inputs, order=(2, 1, 0))


def step_swapped_zn(**inputs):
    return _gru(**inputs, order=(0, 2, 1))


def step_interleaved(**inputs):
    return _gru(**inputs, cut=lambda a: [a[..., k::3] for k in range(3)])


def step_reset_for_both(**inputs):
    return _gru(**inputs, same=lambda r, z: (r, r))


def step_update_for_both(**inputs):
    return _gru(**inputs, same=lambda r, z: (z, z))


def step_z_inverted(**inputs):
    return _gru(**inputs, blend=lambda z, n, h_prev: z * n + (1 - z) * h_prev)


def step_candidate_in_full(**inputs):
    return _gru(**inputs, blend=lambda z, n, h_prev: n + z * h_prev)


def step_old_state_lost(**inputs):
    return _gru(**inputs, blend=lambda z, n, h_prev: (1 - z) * n)


def step_reset_before(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    W_hn, b_hn = thirds(W_hh)[2], thirds(b_h)[2]

    def inner(r, x_n, h_n):
        return x_n + (r * h_prev) @ W_hn + b_hn

    return _gru(x_t, h_prev, W_xh, W_hh, b_x, b_h, inner=inner)


def step_bias_outside(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    b_hn = thirds(b_h)[2]
    return _gru(x_t, h_prev, W_xh, W_hh, b_x, b_h, inner=lambda r, x_n, h_n: x_n + r * (h_n - b_hn) + b_hn)


def step_reset_dropped(**inputs):
    return _gru(**inputs, inner=lambda r, x_n, h_n: x_n + h_n)


def step_reset_on_all(**inputs):
    return _gru(**inputs, inner=lambda r, x_n, h_n: r * (x_n + h_n))


def step_reset_on_input(**inputs):
    return _gru(**inputs, inner=lambda r, x_n, h_n: r * x_n + h_n)


def step_gates_tanh(**inputs):
    return _gru(**inputs, gate=np.tanh)


def step_candidate_sigmoid(**inputs):
    return _gru(**inputs, squash=sigmoid)


def step_exchanged(**inputs):
    return _gru(**inputs, gate=np.tanh, squash=sigmoid)


def step_candidate_linear(**inputs):
    return _gru(**inputs, squash=lambda a: a)


def step_no_bias_x(b_x, **inputs):
    return _gru(**inputs, b_x=0 * b_x)


def step_no_bias_h(b_h, **inputs):
    return _gru(**inputs, b_h=0 * b_h)


def step_no_biases(b_x, b_h, **inputs):
    return _gru(**inputs, b_x=0 * b_x, b_h=0 * b_h)


def step_transposed(W_hh, **inputs):
    return _gru(**inputs, W_hh=np.concatenate([W.T for W in thirds(W_hh)], axis=1))


def step_state_last(**inputs):
    h_t, *others = _gru(**inputs)
    return *others, h_t


def step_clipped(**inputs):
    h_t, *others = _gru(**inputs)
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


# gru_step_backward


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
    _, r, z, n = _gru(**forward, b_x=0.5 * rng.normal(size=3 * H))
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


# gru_backward


def sequence_cases(rng: np.random.Generator) -> list[Case]:
    """Random numbers that no network gave; in one case the inputs are whole numbers, as tokens and one-hot vectors are."""
    sizes = [(2, 4, 1, 3), (1, 3, 2, 4), (3, 1, 2, 2), (4, 2, 3, 1)]  # (B, T, D, H)
    return [
        {
            "dh": rng.normal(size=(B, T, H)),
            "x": rng.normal(size=(B, T, D)) if B < 4 else rng.integers(-2, 3, size=(B, T, D)),
            "h_0": rng.normal(size=(B, H)),
            "h": rng.normal(size=(B, T, H)),
            "r": rng.uniform(0.1, 0.9, size=(B, T, H)),
            "z": rng.uniform(0.1, 0.9, size=(B, T, H)),
            "n": rng.uniform(-0.9, 0.9, size=(B, T, H)),
            "step_backward": stand_in(look.mixing_backward),
        }
        for B, T, D, H in sizes
    ]


def last_step_alone(case: Case) -> Case:
    return case | {name: case[name][:, -1:] for name in ("dh", "x", "h", "r", "z", "n")}


class _Walk:
    """The walk back in parts; each misconception exchanges one of them."""

    def __init__(self, dh, x, h_0, h, r, z, n, step_backward):
        self.dh, self.x, self.h_0, self.h, self.gates, self.step_backward = dh, x, h_0, h, (r, z, n), step_backward
        self.T = x.shape[1]

    def times(self):
        return reversed(range(self.T))

    def before(self, t):
        return self.h[:, t - 1] if t > 0 else self.h_0

    def outside(self, t):
        return self.dh[:, t]

    def carried(self, dh_prev, carry):  # noqa: ARG002
        return dh_prev

    def added(self, total, one):
        return total + one

    def finished(self, dx, dh_0, totals):
        return dx, dh_0, *totals

    def gradients(self):
        dx, carry, totals = np.zeros(self.x.shape), np.zeros(self.h_0.shape), [0.0] * 4
        dh_prev = carry
        for t in self.times():
            gates = (g[:, t] for g in self.gates)
            dx[:, t], dh_prev, *ours = self.step_backward(self.outside(t) + carry, self.x[:, t], self.before(t), *gates)
            totals = [self.added(total, one) for total, one in zip(totals, ours, strict=True)]
            carry = self.carried(dh_prev, carry)
        return self.finished(dx, dh_prev, totals)


def _walking(**parts):
    exchanged = type("Exchanged", (_Walk,), parts)

    def wrong(**inputs):
        return exchanged(**inputs).gradients()

    return wrong


GRU_BACKWARD = Exercise(
    name="gru_backward",
    chapter="practice",
    section="sec-gru-backward",
    cases=sequence_cases,
    axes={"dx": "BtD", "dh_0": "BH", "dW_xh": "DK", "dW_hh": "HK", "db_x": "K", "db_h": "K"},
    behaviours=[
        Behaviour("one", "gives the six gradients of a sequence of one step", 1, last_step_alone),
        Behaviour("dx", "carries the gradient from each step back to the one before", 2, seen_by(look.sequence_inputs)),
        Behaviour("start", "gives the gradient of the initial state", 1, seen_by(look.sequence_start)),
        Behaviour("sums", "adds up the gradients of the parameters over all steps", 1, seen_by(look.sequence_parameters)),
        Behaviour("inputs", "gives all six and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "overwritten",
            "each step overwrites the parameters' gradients; they have to be added up.",
            _walking(added=lambda self, total, one: one),
        ),
        Misconception(
            "mean",
            "the parameters' gradients are averaged over the steps; they are sums.",
            _walking(finished=lambda self, dx, dh_0, totals: (dx, dh_0, *(d / self.T for d in totals))),
        ),
        Misconception(
            "not_carried",
            "what a step passes back never reaches the step before it: each step sees only the gradient from outside.",
            _walking(carried=lambda self, dh_prev, carry: np.zeros_like(carry)),
        ),
        Misconception(
            "last_only",
            "only the last state's gradient from outside is used; one arrives at every step.",
            _walking(outside=lambda self, t: self.dh[:, t] if t == self.T - 1 else np.zeros_like(self.h_0)),
        ),
        Misconception(
            "carried_twice",
            "what steps pass back is added up from step to step; a step gets it from the step after it alone.",
            _walking(carried=lambda self, dh_prev, carry: carry + dh_prev),
        ),
        Misconception(
            "forward_order", "the steps are walked from the first to the last.", _walking(times=lambda self: range(self.T))
        ),
        Misconception(
            "state_after",
            "the state after the step is handed over as h_prev; it is the one before.",
            _walking(before=lambda self, t: self.h[:, t]),
        ),
        Misconception(
            "zero_start",
            "the first step gets zeros as h_prev, whatever h_0 is.",
            _walking(before=lambda self, t: self.h[:, t - 1] if t > 0 else np.zeros_like(self.h_0)),
        ),
        Misconception(
            "wraps_round",
            "the first step gets the last state as h_prev, since index -1 counts from the end; it is h_0.",
            _walking(before=lambda self, t: self.h[:, t - 1]),
        ),
        Misconception(
            "dx_backwards",
            "dx is in the order of the walk, last step first; it belongs in the order of time.",
            _walking(finished=lambda self, dx, dh_0, totals: (dx[:, ::-1], dh_0, *totals)),
        ),
        Misconception(
            "outside_at_start",
            "a gradient from outside is added to dh_0; none arrives at the state before the first step.",
            _walking(finished=lambda self, dx, dh_0, totals: (dx, dh_0 + self.dh[:, -1], *totals)),
        ),
        Misconception(
            "whole_numbers",
            "where x holds whole numbers, dx is cut to whole numbers too: zeros_like takes over the type.",
            _walking(finished=lambda self, dx, dh_0, totals: (dx.astype(self.x.dtype), dh_0, *totals)),
        ),
    ],
)


# causal_conv


def conv_cases(rng: np.random.Generator) -> list[Case]:
    """Short and long sequences, steps that reach far behind the beginning, and inputs that are whole numbers."""
    sizes = [
        (2, 7, 4, 1, 3, 2),
        (1, 6, 2, 3, 2, 3),
        (4, 5, 1, 2, 3, 1),
        (3, 1, 2, 4, 5, 2),
        (2, 4, 3, 1, 1, 3),
        (2, 9, 3, 1, 5, 2),
    ]  # (B, T, D, H, K, dilation)
    return [
        {
            "x": rng.normal(size=(B, T, D)) if B < 4 else rng.integers(-2, 3, size=(B, T, D)),
            "W": rng.normal(size=(K, D, H)) / np.sqrt(K * D),
            "b": rng.normal(size=H),
            "dilation": dilation,
        }
        for B, T, D, H, K, dilation in sizes
    ]


def undilated(case: Case) -> Case:
    return case | {"dilation": 1}


def no_input(case: Case) -> Case:
    return zeroed(case, "x")


def late_input(case: Case) -> Case | None:
    """Only the last step's input is not zero: all earlier outputs must stay at the bias."""
    x = case["x"].copy()
    x[:, :-1] = 0
    return case | {"x": x} if x.shape[1] > 1 else None


def _conv(x, W, b, back, bias=1, padded=None):
    """y_t = sum over k of x_{t - back[k]} W[k]; ``padded(x, s)`` is x moved s steps later."""
    later = padded or _later
    return sum(later(x, steps) @ W[k] for k, steps in enumerate(back)) + bias * b


def _later(x, steps):
    y, T = np.zeros_like(x), x.shape[1]
    for t in range(T):
        if 0 <= t - steps < T:
            y[:, t] = x[:, t - steps]
    return y


def _edge(x, steps):
    return x[:, np.clip(np.arange(x.shape[1]) - steps, 0, None)]


def _steps(W, dilation):
    return [k * dilation for k in range(len(W))]


def conv_flipped(x, W, b, dilation):
    return _conv(x, W[::-1], b, _steps(W, dilation))


def conv_dilation_ignored(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, 1))


def conv_centred(x, W, b, dilation):
    reach = (len(W) - 1) * dilation
    return _conv(x, W, b, [s - (reach - reach // 2) for s in _steps(W, dilation)])


def conv_centred_flipped(x, W, b, dilation):
    return conv_centred(x, W[::-1], b, dilation)


def conv_looks_ahead(x, W, b, dilation):
    return _conv(x, W, b, [-s for s in _steps(W, dilation)])


def conv_padded_right(x, W, b, dilation):
    return conv_looks_ahead(x, W[::-1], b, dilation)


def conv_one_late(x, W, b, dilation):
    return _conv(x, W, b, [s + 1 for s in _steps(W, dilation)])


def conv_wraps_round(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation), padded=lambda x, steps: np.roll(x, steps, axis=1))


def conv_edge_repeated(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation), padded=_edge)


def conv_no_bias(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation), bias=0)


def conv_bias_per_tap(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation), bias=len(W))


def conv_wrong_axis(x, W, b, dilation):
    return _conv(x.swapaxes(0, 1), W, b, _steps(W, dilation)).swapaxes(0, 1)


def conv_shortened(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation))[:, (len(W) - 1) * dilation :]


def conv_too_long(x, W, b, dilation):
    reach = (len(W) - 1) * dilation
    return _conv(np.pad(x, [(0, 0), (0, reach), (0, 0)]), W, b, _steps(W, dilation))


def conv_first_input_skipped(x, W, b, dilation):
    x = x.copy()
    x[:, 0] = 0
    return _conv(x, W, b, _steps(W, dilation))


def conv_warming_up(x, W, b, dilation):
    y = _conv(x, W, b, _steps(W, dilation))
    y[:, : (len(W) - 1) * dilation] = b
    return y


def conv_whole_numbers(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation)).astype(x.dtype)


CAUSAL_CONV = Exercise(
    name="causal_conv",
    chapter="practice",
    section="sec-causal",
    cases=conv_cases,
    axes="BTH",
    behaviours=[
        Behaviour("neighbours", "adds up the taps over neighbouring inputs, for dilation 1", 2, undilated),
        Behaviour("causal", "gives the bias alone as long as all inputs so far are zero", 1, late_input),
        Behaviour("bias", "adds the bias once", 1, no_input),
        Behaviour("dilation", "goes back in steps of the dilation", 2),
        Behaviour("inputs", "gives that result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "flipped", "the taps are in the reverse order: W[0] meets the present input, not the oldest.", conv_flipped
        ),
        Misconception(
            "dilation_ignored", "the dilation is not used: the taps meet neighbouring inputs.", conv_dilation_ignored
        ),
        Misconception(
            "centred",
            "the padding is shared by both ends, so that an output sees later inputs; all of it belongs at the start.",
            conv_centred,
        ),
        Misconception(
            "centred_flipped",
            "the padding is shared by both ends, so that an output sees later inputs, and the taps are reversed too.",
            conv_centred_flipped,
        ),
        Misconception("looks_ahead", "the taps reach forward in time, to t + k d; they must reach back.", conv_looks_ahead),
        Misconception(
            "padded_right",
            "the zeros stand after the last input instead of before the first: every output sees the future.",
            conv_padded_right,
        ),
        Misconception(
            "one_late",
            "everything is one step late: the present input x_t is not used for y_t, but W[0] belongs to it.",
            conv_one_late,
        ),
        Misconception(
            "wraps_round",
            "the end of the sequence comes in again at its beginning; before the first input there are zeros.",
            conv_wraps_round,
        ),
        Misconception("edge_repeated", "before the first input stands its copy; zeros belong there.", conv_edge_repeated),
        Misconception("no_bias", "the bias is never added.", conv_no_bias),
        Misconception("bias_per_tap", "the bias is added once for each tap; it belongs there once.", conv_bias_per_tap),
        Misconception(
            "wrong_axis",
            "the taps walk along the batch instead of time: sequences are mixed with each other.",
            conv_wrong_axis,
        ),
        Misconception(
            "shortened",
            "the outputs at the beginning are missing: with zeros before, there is one for each input.",
            conv_shortened,
        ),
        Misconception(
            "too_long", "there are outputs after the last input; the zeros belong before the first one only.", conv_too_long
        ),
        Misconception(
            "first_input_skipped",
            "the very first input is never used: step 0 exists, so that t - k d may be 0.",
            conv_first_input_skipped,
        ),
        Misconception(
            "warming_up",
            "the first outputs are the bias alone, until all taps have inputs; the taps that have one count already.",
            conv_warming_up,
        ),
        Misconception(
            "whole_numbers",
            "where x holds whole numbers, the outputs are cut to whole numbers too: they took over its type.",
            conv_whole_numbers,
        ),
    ],
)


# receptive_field


def field_cases(rng: np.random.Generator) -> list[Case]:
    drawn = [(int(rng.integers(2, 5)), rng.integers(2, 9, size=L)) for L in (2, 3, 4)]
    fixed = [(3, np.array([1, 2, 4, 8])), (1, np.array([3, 5])), (2, np.array([3])), (5, np.array([4, 4, 4]))]
    return [{"K": K, "dilations": dilations} for K, dilations in [*fixed, *drawn]]


def first_layer(case: Case) -> Case:
    return case | {"dilations": case["dilations"][:1]}


def field_no_present(K, dilations):
    return (K - 1) * int(np.sum(dilations))


def field_one_tap_more(K, dilations):
    return 1 + K * int(np.sum(dilations))


def field_product(K, dilations):
    return 1 + (K - 1) * int(np.prod(dilations))


def field_largest(K, dilations):
    return 1 + (K - 1) * int(np.max(dilations))


def field_dilation_ignored(K, dilations):
    return 1 + (K - 1) * len(dilations)


def field_inputs_used(K, dilations):
    return K ** len(dilations)


def field_added(K, dilations):
    return int(sum(1 + (K - 1) * d for d in dilations))


def field_doubling(K, dilations):
    return 1 + (K - 1) * (2 ** len(dilations) - 1)


def field_first_whole(K, dilations):
    return K + (K - 1) * int(np.sum(dilations[1:]))


RECEPTIVE_FIELD = Exercise(
    name="receptive_field",
    chapter="practice",
    section="sec-receptive",
    cases=field_cases,
    behaviours=[
        Behaviour("one", "counts the reach of one layer", 1, first_layer),
        Behaviour("stack", "counts the reach of several layers", 1),
        Behaviour("inputs", "gives that number and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("no_present", "the present input is not counted.", field_no_present),
        Misconception(
            "one_tap_more", "K taps have K - 1 gaps between them, and each gap is one dilation wide.", field_one_tap_more
        ),
        Misconception("product", "the dilations are multiplied; the reaches of the layers add up.", field_product),
        Misconception("largest", "only the widest layer is counted; the reaches of all layers add up.", field_largest),
        Misconception(
            "dilation_ignored",
            "the dilations are not used: each layer counts as if it were undilated.",
            field_dilation_ignored,
        ),
        Misconception(
            "inputs_used",
            "K to the power of the layers counts paths, not the inputs that are reached over.",
            field_inputs_used,
        ),
        Misconception(
            "added",
            "the layers' receptive fields are added, so that the present input is counted once for each.",
            field_added,
        ),
        Misconception(
            "doubling",
            "the dilations are taken to be 1, 2, 4 and so on, whatever they are; add up those that are given.",
            field_doubling,
        ),
        Misconception(
            "first_whole",
            "the first layer counts with K, as if its dilation were 1; each layer reaches (K - 1) d further.",
            field_first_whole,
        ),
    ],
)

ASSIGNMENT = Assignment("gru", [GRU_FROM_TORCH, GRU_STEP, GRU_STEP_BACKWARD, GRU_BACKWARD, CAUSAL_CONV, RECEPTIVE_FIELD])
