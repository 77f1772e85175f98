"""Wrong implementations of ``rnn_lm_loss_and_gradients``."""

import numpy as np


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
