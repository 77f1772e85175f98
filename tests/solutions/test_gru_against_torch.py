"""The GRU and the causal convolution against torch's, forward and backward, and against central differences, in float64."""

import numpy as np
import pytest
import torch
from torch.nn.functional import conv1d, pad

from autograder.oracle.source import reference

GRU = reference("gru")
SIZES = [(3, 5, 2, 4), (1, 1, 1, 1), (2, 7, 3, 1), (4, 1, 5, 6), (1, 6, 2, 3), (5, 40, 3, 8)]  # (B, T, D, H)
CONVS = [
    (3, 9, 2, 4, 3, 2),
    (1, 1, 1, 1, 1, 1),
    (2, 5, 3, 1, 2, 4),
    (1, 7, 4, 3, 1, 2),
    (4, 2, 1, 5, 5, 3),
    (2, 12, 3, 4, 4, 1),
]
PARAMETERS = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
TOLERANCE = 1e-12


def tensor(array):
    return torch.from_numpy(np.ascontiguousarray(array))


def close(ours, theirs, tolerance=TOLERANCE):
    """Assert that both agree, and return the largest error relative to the largest number."""
    theirs = np.asarray(theirs)
    assert ours.shape == theirs.shape and ours.dtype == np.float64
    error = np.abs(ours - theirs).max() / max(np.abs(theirs).max(), 1.0)
    assert error < tolerance
    return error


def network(D, H, seed=0):
    """torch's GRU, and its weights in our layout."""
    torch.manual_seed(seed)
    gru = torch.nn.GRU(D, H, batch_first=True, dtype=torch.float64)
    return gru, GRU["gru_from_torch"](*(getattr(gru, name).detach().numpy() for name in PARAMETERS))


def forward(x, h_0, parameters):
    """h, r, z, n: (B, T, H), by the reference's step."""
    h, kept = h_0, []
    for t in range(x.shape[1]):
        h, *gates = GRU["gru_step"](x[:, t], h, *parameters)
        kept.append((h, *gates))
    return [np.stack(arrays, axis=1) for arrays in zip(*kept, strict=True)]


def backward(dh, x, h_0, states, parameters):
    """The six gradients, by the reference's step backward and its walk."""
    W_xh, W_hh, _, b_h = parameters

    def step_backward(dh_t, x_t, h_prev, r_t, z_t, n_t):
        return GRU["gru_step_backward"](dh_t, x_t, h_prev, r_t, z_t, n_t, W_xh, W_hh, b_h)

    return GRU["gru_backward"](dh, x, h_0, *states, step_backward)


def drawn(B, T, D, H):
    rng = np.random.default_rng(B * T + H)
    return rng.normal(size=(B, T, D)), rng.normal(size=(B, H)), rng.normal(size=(B, T, H))


@pytest.mark.parametrize(("B", "T", "D", "H"), SIZES)
def test_sequence_agrees_with_torchs_gru_forward_and_backward(B, T, D, H, record_property):
    x, h_0, dh = drawn(B, T, D, H)
    gru, parameters = network(D, H)
    inputs = [tensor(x).requires_grad_(), tensor(h_0).requires_grad_()]
    theirs, last = gru(inputs[0], inputs[1][None])
    (theirs * tensor(dh)).sum().backward()
    states = forward(x, h_0, parameters)
    errors = [close(states[0], theirs.detach()), close(states[0][:, -1], last[0].detach())]
    ours = backward(dh, x, h_0, states, parameters)
    in_our_layout = GRU["gru_from_torch"](*(getattr(gru, name).grad.numpy() for name in PARAMETERS))
    expected = [inputs[0].grad, inputs[1].grad, *in_our_layout]
    errors += [close(mine, grad) for mine, grad in zip(ours, expected, strict=True)]
    record_property("largest relative error against torch.nn.GRU", float(max(errors)))
    print(f"largest relative error against torch.nn.GRU, {B, T, D, H}: {max(errors):.1e}")


@pytest.mark.parametrize(("B", "D", "H"), [(3, 2, 4), (1, 1, 1), (2, 5, 1), (1, 3, 6)])
def test_step_agrees_with_torchs_cell_forward_and_backward(B, D, H):
    x, h_0, dh = (a[:, 0] if a.ndim == 3 else a for a in drawn(B, 1, D, H))
    torch.manual_seed(1)
    cell = torch.nn.GRUCell(D, H, dtype=torch.float64)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    W_xh, W_hh, b_x, b_h = GRU["gru_from_torch"](*(getattr(cell, name).detach().numpy() for name in names))
    inputs = [tensor(x).requires_grad_(), tensor(h_0).requires_grad_()]
    theirs = cell(*inputs)
    (theirs * tensor(dh)).sum().backward()
    h_t, r, z, n = GRU["gru_step"](x, h_0, W_xh, W_hh, b_x, b_h)
    close(h_t, theirs.detach())
    assert min(r.min(), z.min()) > 0 and max(r.max(), z.max(), np.abs(n).max()) < 1
    ours = GRU["gru_step_backward"](dh, x, h_0, r, z, n, W_xh, W_hh, b_h)
    in_our_layout = GRU["gru_from_torch"](*(getattr(cell, name).grad.numpy() for name in names))
    for mine, grad in zip(ours, [inputs[0].grad, inputs[1].grad, *in_our_layout], strict=True):
        close(mine, grad)


@pytest.mark.parametrize(("B", "T", "D", "H"), SIZES[:5])
def test_gradients_agree_with_central_differences(B, T, D, H):
    x, h_0, dh = drawn(B, T, D, H)
    _, parameters = network(D, H)
    arrays = [np.array(a) for a in (x, h_0, *parameters)]

    def loss():
        return (forward(arrays[0], arrays[1], arrays[2:])[0] * dh).sum()

    ours = backward(dh, x, h_0, forward(x, h_0, parameters), parameters)
    for array, gradient in zip(arrays, ours, strict=True):
        close(gradient, central_differences(loss, array), 1e-8)


def central_differences(loss, array, step=1e-5):
    numerical = np.zeros(array.shape)
    for index in np.ndindex(array.shape):
        kept = array[index]
        array[index] = kept + step
        above = loss()
        array[index] = kept - step
        numerical[index] = (above - loss()) / (2 * step)
        array[index] = kept
    return numerical


def test_the_other_convention_is_another_network():
    """r before the product: equal where W_hn is diagonal and its bias zero, different otherwise."""
    x, h_0, _ = drawn(3, 1, 2, 4)
    _, (W_xh, W_hh, b_x, b_h) = network(2, 4)

    def other(W_hh, b_h):
        r, z = GRU["gru_step"](x[:, 0], h_0, W_xh, W_hh, b_x, b_h)[1:3]
        n = np.tanh(x[:, 0] @ W_xh[:, 8:] + b_x[8:] + (r * h_0) @ W_hh[:, 8:] + b_h[8:])
        return (1 - z) * n + z * h_0

    assert np.abs(other(W_hh, b_h) - GRU["gru_step"](x[:, 0], h_0, W_xh, W_hh, b_x, b_h)[0]).max() > 1e-3
    W, b = W_hh.copy(), b_h.copy()
    W[:, 8:], b[8:] = np.diag([0.5, -1.0, 2.0, 0.1]), 0
    close(other(W, b), GRU["gru_step"](x[:, 0], h_0, W_xh, W, b_x, b)[0])


@pytest.mark.parametrize(("B", "T", "D", "H", "K", "dilation"), CONVS)
def test_convolution_agrees_with_torchs(B, T, D, H, K, dilation, record_property):
    rng = np.random.default_rng(T + K)
    x, W, b = rng.normal(size=(B, T, D)), rng.normal(size=(K, D, H)), rng.normal(size=H)
    weight = tensor(W[::-1].transpose(2, 1, 0).copy())  # torch: (H, D, K), the last tap meets the latest input
    theirs = conv1d(pad(tensor(x.transpose(0, 2, 1)), ((K - 1) * dilation, 0)), weight, tensor(b), dilation=dilation)
    error = close(GRU["causal_conv"](x, W, b, dilation), theirs.numpy().transpose(0, 2, 1))
    record_property("largest relative error against conv1d", float(error))


@pytest.mark.parametrize(("B", "T", "D", "H", "K", "dilation"), CONVS)
def test_convolution_never_looks_ahead(B, T, D, H, K, dilation):
    rng = np.random.default_rng(K)
    x, W, b = rng.normal(size=(B, T, D)), rng.normal(size=(K, D, H)), rng.normal(size=H)
    y = GRU["causal_conv"](x, W, b, dilation)
    for t in range(T):
        later = x.copy()
        later[:, t + 1 :] = rng.normal(size=later[:, t + 1 :].shape)
        np.testing.assert_array_equal(GRU["causal_conv"](later, W, b, dilation)[:, : t + 1], y[:, : t + 1])


@pytest.mark.parametrize(("K", "dilations"), [(2, [1, 2, 4]), (3, [1, 3]), (1, [5, 2]), (4, [2]), (5, [3, 1, 1])])
def test_receptive_field_is_what_a_stack_of_convolutions_shows(K, dilations):
    """With weights and inputs above 0, an impulse is felt for exactly that many steps."""
    field = GRU["receptive_field"](K, np.array(dilations))
    x = np.zeros((1, field + 5, 1))
    x[0, 2] = 1
    for dilation in dilations:
        x = GRU["causal_conv"](x, np.ones((K, 1, 1)), np.zeros(1), dilation)
    felt = np.flatnonzero(x[0, :, 0])
    assert type(field) is int and felt[0] == 2 and felt[-1] == 2 + field - 1
