"""Gradients of the reference against torch's and against central differences, in float64."""

import numpy as np
import pytest
import torch

from autograder.oracle.source import reference

BPTT = reference("bptt")
SIZES = [(3, 5, 2, 4), (1, 1, 1, 1), (2, 7, 3, 1), (4, 1, 5, 6), (1, 6, 2, 3)]  # (B, T, D, H)
CLOSE = {"rtol": 1e-10, "atol": 1e-12}
NAMES = ("x", "h_0", "W_xh", "W_hh", "b_h")


def drawn(B, T, D, H):
    rng = np.random.default_rng(B + 10 * T)
    shapes = ((B, T, D), (B, H), (D, H), (H, H), (H,))
    return {name: rng.normal(size=shape) / np.sqrt(shape[-1]) for name, shape in zip(NAMES, shapes, strict=True)}, rng


def states(x, h_0, W_xh, W_hh, b_h):
    h, kept = h_0, []
    for t in range(x.shape[1]):
        h = (torch.tanh if isinstance(h, torch.Tensor) else np.tanh)(x[:, t] @ W_xh + h @ W_hh + b_h)
        kept.append(h)
    return torch.stack(kept, 1) if isinstance(h, torch.Tensor) else np.stack(kept, 1)


def step_backward(W_xh, W_hh):
    """The reference's own step, in the form that the walk through time asks for."""

    def backward(dh_t, x_t, h_prev, h_t):
        _, dh_prev, dW_xh, dW_hh, db_h = BPTT["rnn_step_backward"](dh_t, x_t, h_prev, h_t, W_xh, W_hh)
        return dh_prev, {"W_xh": dW_xh, "W_hh": dW_hh, "b_h": db_h}

    return backward


@pytest.mark.parametrize("sizes", SIZES)
def test_gradients_through_time_are_torchs(sizes, record_property):
    values, rng = drawn(*sizes)
    weights = rng.normal(size=(*sizes[:2], sizes[3]))  # the loss is the sum of these times the states
    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in values.items()}
    (states(**leaves) * torch.tensor(weights)).sum().backward()
    h = states(**values)
    ours = BPTT["rnn_backward"](weights, values["x"], values["h_0"], h, values["W_xh"], values["W_hh"])
    errors = []
    for name, gradient in zip(NAMES, ours, strict=True):
        theirs = leaves[name].grad.numpy()
        np.testing.assert_allclose(gradient, theirs, err_msg=name, **CLOSE)
        errors.append(np.abs(gradient - theirs).max() / (1e-300 + np.abs(theirs).max()))
    record_property("largest relative error", float(max(errors)))
    print(f"{sizes}: largest relative error against torch {max(errors):.1e}")


@pytest.mark.parametrize("sizes", SIZES)
def test_gradients_through_time_are_those_of_central_differences(sizes):
    values, rng = drawn(*sizes)
    weights = rng.normal(size=(*sizes[:2], sizes[3]))
    ours = BPTT["rnn_backward"](weights, values["x"], values["h_0"], states(**values), values["W_xh"], values["W_hh"])
    for name, gradient in zip(NAMES, ours, strict=True):
        numerical = BPTT["numerical_gradient"](
            lambda value, name=name: (states(**values | {name: value}) * weights).sum(), values[name], 1e-5
        )
        error = np.abs(gradient - numerical).max() / (1e-3 + np.abs(gradient).max())
        print(f"{sizes} {name}: relative error against differences {error:.1e}")
        assert error < 1e-7


@pytest.mark.parametrize("sizes", SIZES)
def test_copies_add_up_to_the_total_and_are_torchs(sizes):
    values, rng = drawn(*sizes)
    weights = rng.normal(size=(*sizes[:2], sizes[3]))
    h, T = states(**values), sizes[1]
    step = step_backward(values["W_xh"], values["W_hh"])
    copies = BPTT["copy_gradients"](weights, values["x"], values["h_0"], h, step)
    _, _, *totals = BPTT["rnn_backward"](weights, values["x"], values["h_0"], h, values["W_xh"], values["W_hh"])
    for name, total in zip(NAMES[2:], totals, strict=True):
        np.testing.assert_allclose(copies[name].sum(axis=0), total, err_msg=name, **CLOSE)
    W_copies = [torch.tensor(values["W_hh"], requires_grad=True) for _ in range(T)]
    fixed = {name: torch.tensor(values[name]) for name in NAMES}
    h_t, loss = fixed["h_0"], 0.0
    for t, W in enumerate(W_copies):
        h_t = torch.tanh(fixed["x"][:, t] @ fixed["W_xh"] + h_t @ W + fixed["b_h"])
        loss = loss + (h_t * torch.tensor(weights[:, t])).sum()
    theirs = torch.autograd.grad(loss, W_copies)
    np.testing.assert_allclose(copies["W_hh"], torch.stack(theirs).numpy(), **CLOSE)


@pytest.mark.parametrize("k", [1, 2, 3, 7, 20])
def test_truncation_is_torchs_with_detached_states(k):
    """Each loss with the state k steps before it cut off the graph."""
    sizes = (2, 7, 3, 4)
    values, rng = drawn(*sizes)
    weights = rng.normal(size=(2, 7, 4))
    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in values.items()}
    h = states(**values)
    for last in range(7):
        start = max(last - k + 1, 0)
        first = torch.tensor(h[:, start - 1]) if start > 0 else leaves["h_0"].detach()
        part = states(leaves["x"][:, start : last + 1], first, leaves["W_xh"], leaves["W_hh"], leaves["b_h"])
        (part[:, -1] * torch.tensor(weights[:, last])).sum().backward()
    step = step_backward(values["W_xh"], values["W_hh"])
    ours = BPTT["truncated_rnn_backward"](weights, values["x"], values["h_0"], h, step, k)
    for name, gradient in ours.items():
        np.testing.assert_allclose(gradient, leaves[name].grad.numpy(), err_msg=name, **CLOSE)


def test_layers_are_torchs():
    rng = np.random.default_rng(0)
    for B, D, K in [(3, 2, 4), (1, 1, 1), (5, 1, 2)]:
        x, W, dy = rng.normal(size=(B, D)), rng.normal(size=(D, K)), rng.normal(size=(B, K))
        leaves = [torch.tensor(a, requires_grad=True) for a in (x, W, np.zeros(K))]
        theirs = torch.autograd.grad(leaves[0] @ leaves[1] + leaves[2], leaves, torch.tensor(dy))
        for mine, their in zip(BPTT["linear_backward"](dy, x, W), theirs, strict=True):
            np.testing.assert_allclose(mine, their.numpy(), **CLOSE)
        a = torch.tensor(np.where(np.abs(dy) < 0.3, 0.0, dy), requires_grad=True)
        for name, function in (("tanh_backward", torch.tanh), ("relu_backward", torch.relu)):
            out = function(a)
            (their,) = torch.autograd.grad(out, a, torch.tensor(dy))
            kept = out if name == "tanh_backward" else a
            np.testing.assert_allclose(BPTT[name](dy, kept.detach().numpy()), their.numpy(), **CLOSE)
