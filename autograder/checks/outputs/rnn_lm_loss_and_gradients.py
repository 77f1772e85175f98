"""Checks of ``rnn_lm_loss_and_gradients``."""

import numpy as np

from autograder.checks.shared import drawn_lengths
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import outputs as parts
from unrolled.standins import stand_in


def network_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 2, 4, 6), (1, 4, 3, 2, 5), (4, 1, 2, 3, 2), (2, 3, 1, 1, 5)]  # (B, T, D, H, C)
    cases: list[Case] = [
        {
            "x": rng.normal(size=(B, T, D)),
            "targets": rng.integers(0, C, size=(B, T)),
            "lengths": drawn_lengths(rng, B, T),
            "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, H)) / np.sqrt(H),
            "b_h": rng.normal(size=H) / 2,
            "W_hy": rng.normal(size=(H, C)),
            "b_y": rng.normal(size=C),
            "loss_function": stand_in(parts.fading_loss),
            "around": stand_in(parts.network_results),
        }
        for B, T, D, H, C in sizes
    ]
    for case in cases:
        case["targets"][:, 0] = 0
        case["targets"][:, -1] = 1
    return cases


def first_step(case: Case) -> Case:
    B = len(case["x"])
    return case | {"x": case["x"][:, :1], "targets": case["targets"][:, :1], "lengths": np.ones(B, dtype=int)}


def _forward(x, W_xh, W_hh, b_h, h_0=0.0):
    h = np.full((len(x), x.shape[1] + 1, len(b_h)), h_0)
    for t in range(x.shape[1]):
        h[:, t + 1] = np.tanh(x[:, t] @ W_xh + h[:, t] @ W_hh + b_h)
    return h


def _slope(h):
    return 1 - h**2


def _deltas(dh, h, W_back, slope=_slope):
    """dh with both deltas, and the deltas inside the tanh; dh (B, T, H) holds each step's own."""
    dh, delta = dh.copy(), np.zeros_like(dh)
    for t in reversed(range(dh.shape[1])):
        if t + 1 < dh.shape[1]:
            dh[:, t] += delta[:, t + 1] @ W_back
        delta[:, t] = dh[:, t] * slope(h[:, t + 1])
    return dh, delta


def _network(
    x, targets, lengths, W_xh, W_hh, b_h, W_hy, b_y, loss_function, *, h_0=0.0, W_back=None, slope=_slope, divide=1.0
):
    """Everything that a wrong network may want to change; the keyword arguments hold the changes."""
    h = _forward(x, W_xh, W_hh, b_h, h_0)
    loss, _, dy = loss_function(h[:, 1:] @ W_hy + b_y, targets, lengths)
    dy = dy / divide
    dh, delta = _deltas(dy @ W_hy.T, h, W_hh.T if W_back is None else W_back, slope)
    return loss, dh, _collected(x, h, delta, dy), (h, dy, delta)


def _collected(x, h, delta, dy):
    return {
        "W_xh": np.einsum("btd,bth->dh", x, delta),
        "W_hh": np.einsum("bti,btj->ij", h[:, :-1], delta),
        "b_h": delta.sum(axis=(0, 1)),
        "W_hy": np.einsum("bth,btc->hc", h[:, 1:], dy),
        "b_y": dy.sum(axis=(0, 1)),
    }


def network_ones_state(**inputs):
    return _network(**inputs, h_0=1.0)[:3]


def network_no_next_delta(**inputs):
    return _network(**inputs, W_back=np.zeros_like(inputs["W_hh"]))[:3]


def network_no_own_delta(**inputs):
    loss, _, _, (h, dy, _) = _network(**inputs)
    own = dy @ inputs["W_hy"].T
    own[:, :-1] = 0
    dh, delta = _deltas(own, h, inputs["W_hh"].T)
    return loss, dh, _collected(inputs["x"], h, delta, dy)


def network_not_transposed(**inputs):
    return _network(**inputs, W_back=inputs["W_hh"])[:3]


def network_no_slope(**inputs):
    return _network(**inputs, slope=np.ones_like)[:3]


def network_slope_at_output(**inputs):
    return _network(**inputs, slope=lambda h: 1 - np.tanh(h) ** 2)[:3]


def network_loop_forwards(**inputs):
    loss, _, _, (h, dy, _) = _network(**inputs)
    dh = dy @ inputs["W_hy"].T
    delta = np.zeros_like(dh)
    for t in range(dh.shape[1]):
        if t > 0:
            dh[:, t] += delta[:, t - 1] @ inputs["W_hh"].T
        delta[:, t] = dh[:, t] * _slope(h[:, t + 1])
    return loss, dh, _collected(inputs["x"], h, delta, dy)


def network_one_step_back(**inputs):
    """Each state hears of its own loss and of the next one, and of none after it."""
    loss, _, _, (h, dy, _) = _network(**inputs)
    own = dy @ inputs["W_hy"].T
    dh = own.copy()
    dh[:, :-1] += (own * _slope(h[:, 1:]))[:, 1:] @ inputs["W_hh"].T
    return loss, dh, _collected(inputs["x"], h, dh * _slope(h[:, 1:]), dy)


def network_first_step_left_out(**inputs):
    loss, dh, _, (h, dy, delta) = _network(**inputs)
    dh, delta, dy = (np.concatenate([0 * array[:, :1], array[:, 1:]], axis=1) for array in (dh, delta, dy))
    return loss, dh, _collected(inputs["x"], h, delta, dy)


def network_slope_skipped_in_time(**inputs):
    """What goes on to the step before has not passed the tanh."""
    loss, _, _, (h, dy, _) = _network(**inputs)
    dh = dy @ inputs["W_hy"].T
    for t in reversed(range(dh.shape[1] - 1)):
        dh[:, t] += dh[:, t + 1] @ inputs["W_hh"].T
    return loss, dh, _collected(inputs["x"], h, dh * _slope(h[:, 1:]), dy)


def network_state_after(**inputs):
    loss, dh, gradients, (h, _, delta) = _network(**inputs)
    return loss, dh, gradients | {"W_hh": np.einsum("bti,btj->ij", h[:, 1:], delta)}


def network_state_wraps(**inputs):
    loss, dh, gradients, (h, _, delta) = _network(**inputs)
    before = np.roll(h[:, 1:], 1, axis=1)  # at the first step index -1 is the last
    return loss, dh, gradients | {"W_hh": np.einsum("bti,btj->ij", before, delta)}


def network_dh_wraps(**inputs):
    loss, dh, gradients, (_, _, delta) = _network(**inputs)
    dh = dh.copy()
    dh[:, -1] += delta[:, 0] @ inputs["W_hh"].T
    return loss, dh, gradients


def network_overwritten(**inputs):
    loss, dh, gradients, (h, _, delta) = _network(**inputs)
    first = _collected(inputs["x"][:, :1], h[:, :2], delta[:, :1], delta[:, :1])
    return loss, dh, gradients | {name: first[name] for name in ("W_xh", "W_hh", "b_h")}


def network_readout_overwritten(**inputs):
    return _readout_from(-1, **inputs)


def network_readout_first_step(**inputs):
    return _readout_from(0, **inputs)


def _readout_from(t, **inputs):
    loss, dh, gradients, (h, dy, _) = _network(**inputs)
    return loss, dh, gradients | {"W_hy": h[:, 1:][:, t].T @ dy[:, t], "b_y": dy[:, t].sum(axis=0)}


def network_readout_transposed(**inputs):
    loss, dh, gradients, _ = _network(**inputs)
    return loss, dh, gradients | {"W_hy": gradients["W_hy"].T}


def network_bias_per_step(**inputs):
    loss, dh, gradients, (_, dy, _) = _network(**inputs)
    return loss, dh, gradients | {"b_y": dy.sum(axis=0)}


def network_bias_last(**inputs):
    loss, dh, gradients, (_, _, delta) = _network(**inputs)
    return loss, dh, gradients | {"b_h": delta.sum(axis=0)}


def network_readout_state_before(**inputs):
    loss, dh, gradients, (h, dy, _) = _network(**inputs)
    return loss, dh, gradients | {"W_hy": np.einsum("bth,btc->hc", h[:, :-1], dy)}


def network_no_readout_bias(**inputs):
    return _network(**inputs | {"b_y": np.zeros_like(inputs["b_y"])})[:3]


def network_readout_bias_twice(**inputs):
    return _network(**inputs | {"b_y": 2 * inputs["b_y"]})[:3]


def network_targets_shifted(**inputs):
    return _network(**inputs | {"targets": np.roll(inputs["targets"], -1, axis=1)})[:3]


def network_padding_counted(**inputs):
    return _network(**inputs | {"lengths": np.full(len(inputs["x"]), inputs["x"].shape[1])})[:3]


def network_divided_twice(**inputs):
    return _network(**inputs, divide=len(inputs["x"]))[:3]


def network_averaged_over_steps(**inputs):
    T = inputs["x"].shape[1]
    loss, dh, gradients, _ = _network(**inputs, divide=T)
    return loss / T, dh, gradients


def network_dh_own_only(**inputs):
    loss, _, gradients, (_, dy, _) = _network(**inputs)
    return loss, dy @ inputs["W_hy"].T, gradients


def network_dh_inside(**inputs):
    loss, _, gradients, (_, _, delta) = _network(**inputs)
    return loss, delta, gradients


RNN_LM = Exercise(
    name="rnn_lm_loss_and_gradients",
    chapter="outputs",
    section="sec-whole-network",
    cases=network_cases,
    axes={"loss": "", "dh": "BtH"}
    | {
        f'gradients["{name}"]': axes
        for name, axes in [("W_xh", "DH"), ("W_hh", "RK"), ("b_h", "H"), ("W_hy", "HC"), ("b_y", "C")]
    },
    behaviours=[
        Behaviour("loss", "hands the right scores, targets and lengths to the loss", 2, seen_by(parts.loss_alone)),
        Behaviour("one_step", "gives loss, dh and all gradients for sequences of one step", 2, first_step),
        Behaviour(
            "deltas", "gives every state both of its deltas, its own and the next step's", 3, seen_by(parts.deltas_alone)
        ),
        Behaviour(
            "readout",
            "adds up the gradients of W_hy and b_y over all steps and sequences",
            1,
            seen_by(parts.readout_gradients),
        ),
        Behaviour(
            "recurrent",
            "adds up the gradients of W_xh, W_hh and b_h over all steps and sequences",
            2,
            seen_by(parts.recurrent_gradients),
        ),
        Behaviour(
            "inputs",
            "gives the right loss and leaves its inputs as they were",
            1,
            seen_by(parts.loss_alone),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception("ones_state", "the first state is computed from ones; h_0 is zero.", network_ones_state),
        Misconception(
            "no_next_delta",
            "the delta of the next step is forgotten: each state also counts for all later steps.",
            network_no_next_delta,
        ),
        Misconception(
            "no_own_delta",
            "the delta of the step's own loss is forgotten, for all steps but the last; every step has a loss.",
            network_no_own_delta,
        ),
        Misconception(
            "loop_forwards",
            "the way back runs from the first step to the last; each delta needs that of the next step: start at the end.",
            network_loop_forwards,
        ),
        Misconception(
            "one_step_back",
            "only the next step's own loss is handed back; what goes back is its whole delta, with all that came later.",
            network_one_step_back,
        ),
        Misconception(
            "first_step_left_out", "the loop back ends before it reaches the first step.", network_first_step_left_out
        ),
        Misconception(
            "not_transposed",
            "the delta goes back through W_hh; on the way back it is the transpose.",
            network_not_transposed,
        ),
        Misconception("no_slope", "the slope of the tanh, 1 - h_t squared, is missing on the way back.", network_no_slope),
        Misconception(
            "slope_at_output",
            "the slope of the tanh is 1 - tanh(h_t) squared; h_t is a tanh already, so it is 1 - h_t squared.",
            network_slope_at_output,
        ),
        Misconception(
            "slope_skipped_in_time",
            "what goes back to the step before has not passed the slope of the tanh: it is dh, and should be delta.",
            network_slope_skipped_in_time,
        ),
        Misconception(
            "state_after", "dW_hh is made with h_t; the state that W_hh multiplies is h_(t-1).", network_state_after
        ),
        Misconception(
            "state_wraps",
            "at the first step h[:, t - 1] is the last state, as index -1 counts from the end; before it the state is zero.",
            network_state_wraps,
        ),
        Misconception(
            "dh_wraps",
            "the first step adds to dh[:, t - 1], which is the last step's: index -1 counts from the end. Stop before that.",
            network_dh_wraps,
        ),
        Misconception(
            "overwritten",
            "each step overwrites dW_xh, dW_hh and db_h instead of adding to them; only the first step is left.",
            network_overwritten,
        ),
        Misconception(
            "readout_overwritten",
            "dW_hy and db_y come from the last step alone; they are sums over all steps.",
            network_readout_overwritten,
        ),
        Misconception(
            "readout_first_step",
            "dW_hy and db_y come from the first step alone: each step overwrites them instead of adding to them.",
            network_readout_first_step,
        ),
        Misconception(
            "readout_transposed", "dW_hy is transposed; it has the shape of W_hy, (H, C).", network_readout_transposed
        ),
        Misconception(
            "readout_bias_per_step", "db_y is not summed over time; one bias serves all steps.", network_bias_per_step
        ),
        Misconception("bias_per_step", "db_h is not summed over time; one bias serves all steps.", network_bias_last),
        Misconception(
            "readout_state_before",
            "dW_hy is made with h_(t-1); step t's scores were read from h_t.",
            network_readout_state_before,
        ),
        Misconception("no_readout_bias", "the bias of the readout is never added.", network_no_readout_bias),
        Misconception("readout_bias_twice", "the bias of the readout is added twice.", network_readout_bias_twice),
        Misconception(
            "targets_shifted",
            "the loss receives the targets shifted by one step; they come already in their places.",
            network_targets_shifted,
        ),
        Misconception(
            "padding_counted",
            "the loss does not receive the true lengths, so that padded steps are counted.",
            network_padding_counted,
        ),
        Misconception(
            "divided_twice",
            "the gradients are divided by the number of sequences; the gradient from loss_function has been already.",
            network_divided_twice,
        ),
        Misconception(
            "averaged_over_steps",
            "loss and gradients are divided by the number of steps; over the steps they are added up.",
            network_averaged_over_steps,
        ),
        Misconception(
            "dh_own_only",
            "the dh that is returned holds each step's own delta only, although the gradients were made with both.",
            network_dh_own_only,
        ),
        Misconception(
            "dh_inside",
            "the dh that is returned belongs to what stands inside the tanh; wanted is the gradient of the states.",
            network_dh_inside,
        ),
    ],
)
