"""Jacobians and gradients of the reference against torch's autograd and central differences, in float64."""

import numpy as np
import pytest
import torch
from torch.autograd.functional import jacobian

from autograder.oracle.source import reference
from unrolled import data

FLOW = reference("gradient_flow")
SIZES = [(3, 5, 2, 4), (1, 1, 1, 1), (2, 7, 3, 1), (4, 1, 5, 6), (1, 6, 2, 3)]  # (B, T, D, H)
CLOSE = {"rtol": 1e-11, "atol": 1e-13}


def drawn(B, T, D, H):
    """Inputs x, a first state and parameters W_xh, W_hh, b_h."""
    rng = np.random.default_rng(B + 10 * T)
    shapes = ((B, T, D), (B, H), (D, H), (H, H), (H,))
    return [rng.normal(size=shape) / np.sqrt(shape[-1]) for shape in shapes]


def step(x_t, h, W_xh, W_hh, b_h):
    tanh = torch.tanh if isinstance(h, torch.Tensor) else np.tanh
    return tanh(x_t @ W_xh + h @ W_hh + b_h)


def along(x, h, *weights):
    """States h_0 ... h_T and the reference's Jacobians between them."""
    states, jacobians = [h], []
    for t in range(x.shape[1]):
        jacobians.append(FLOW["step_jacobian"](x[:, t], states[-1], *weights))
        states.append(step(x[:, t], states[-1], *weights))
    return states, np.stack(jacobians, axis=1)


def relative_error(mine, theirs):
    return np.abs(mine - theirs).max() / max(np.abs(theirs).max(), 1e-300)


def torchs_jacobian(function, state):
    """J[n, i, j] of a function of states (B, H) -> (B, H) that keeps the sequences of the batch apart."""
    whole = jacobian(function, torch.tensor(state))  # (B, H, B, H), what moves first
    return np.stack([whole[n, :, n].T.numpy() for n in range(len(state))])


@pytest.mark.parametrize("sizes", SIZES)
def test_jacobians_and_their_products_are_torchs(sizes, record_property):
    x, h_0, *weights = drawn(*sizes)
    tensors = [torch.tensor(w) for w in weights]
    states, jacobians = along(x, h_0, *weights)
    T, errors = sizes[1], []
    for t in range(T):
        theirs = torchs_jacobian(lambda h, t=t: step(torch.tensor(x[:, t]), h, *tensors), states[t])
        np.testing.assert_allclose(jacobians[:, t], theirs, **CLOSE)
        errors.append(relative_error(jacobians[:, t], theirs))
    for start, end in {(0, T), (T // 2, T), (0, T // 2), (min(1, T), T), (T, T)}:

        def run(h, start=start, end=end):
            for t in range(start, end):
                h = step(torch.tensor(x[:, t]), h, *tensors)
            return h

        mine, theirs = FLOW["jacobian_product"](jacobians, start, end), torchs_jacobian(run, states[start])
        np.testing.assert_allclose(mine, theirs, **CLOSE)
        errors.append(relative_error(mine, theirs))
    record_property("largest relative error", float(max(errors)))
    print(f"{sizes}: largest relative error of Jacobians against torch {max(errors):.1e}")


@pytest.mark.parametrize("sizes", SIZES)
def test_jacobians_are_those_of_central_differences(sizes):
    x, h_0, *weights = drawn(*sizes)
    _, jacobians = along(x, h_0, *weights)
    eps, rows = 1e-5, []
    for e in np.eye(sizes[3]):
        rows.append((step(x[:, 0], h_0 + eps * e, *weights) - step(x[:, 0], h_0 - eps * e, *weights)) / (2 * eps))
    error = relative_error(jacobians[:, 0], np.stack(rows, axis=1))
    print(f"{sizes}: relative error against differences {error:.1e}")
    assert error < 1e-8


@pytest.mark.parametrize("sizes", SIZES)
def test_gradient_norms_are_those_of_torchs_gradients(sizes, record_property):
    x, h_0, *weights = drawn(*sizes)
    _, jacobians = along(x, h_0, *weights)
    dh_T = np.random.default_rng(1).normal(size=h_0.shape)
    states = [torch.tensor(h_0, requires_grad=True)]
    for t in range(sizes[1]):
        states.append(step(torch.tensor(x[:, t]), states[-1], *(torch.tensor(w) for w in weights)))
    gradients = torch.autograd.grad((states[-1] * torch.tensor(dh_T)).sum(), states)
    theirs = torch.stack([g.norm(dim=1) for g in gradients], dim=1).numpy()
    mine = FLOW["gradient_norms"](dh_T, jacobians)
    np.testing.assert_allclose(mine, theirs, **CLOSE)
    record_property("largest relative error", float(relative_error(mine, theirs)))
    print(f"{sizes}: largest relative error of norms {relative_error(mine, theirs):.1e}")


@pytest.mark.parametrize("H", [1, 2, 5, 40])
def test_spectral_radius_is_torchs_and_the_limit_of_powers(H):
    W = np.random.default_rng(H).normal(size=(H, H)) / np.sqrt(H)
    radius = FLOW["spectral_radius"](W)
    np.testing.assert_allclose(radius, torch.linalg.eigvals(torch.tensor(W)).abs().max().item(), rtol=1e-12)
    power = np.linalg.matrix_power(W / radius, 4096)
    np.testing.assert_allclose(np.linalg.norm(power, 2) ** (1 / 4096), 1.0, rtol=2e-3)


@pytest.mark.parametrize("max_norm", [0.01, 1.0, 50.0])
def test_clipping_is_torchs_without_its_small_number(max_norm):
    rng = np.random.default_rng(0)
    gradients = {"W_xh": rng.normal(size=(2, 3)), "W_hh": rng.normal(size=(3, 3)), "b_h": rng.normal(size=3)}
    leaves = [torch.zeros(g.shape, dtype=torch.float64, requires_grad=True) for g in gradients.values()]
    for leaf, g in zip(leaves, gradients.values(), strict=True):
        leaf.grad = torch.tensor(g)
    total = torch.nn.utils.clip_grad_norm_(leaves, max_norm)
    clipped, norm = FLOW["clip_by_global_norm"](gradients, max_norm)
    np.testing.assert_allclose(norm, total.item(), rtol=1e-14)
    for mine, leaf in zip(clipped.values(), leaves, strict=True):
        np.testing.assert_allclose(mine, leaf.grad.numpy(), rtol=1e-6)  # torch adds 1e-6 to the norm
    again, shorter = FLOW["clip_by_global_norm"](clipped, max_norm)
    assert shorter <= max_norm * (1 + 1e-12)
    for name, g in again.items():
        np.testing.assert_allclose(g, clipped[name], rtol=1e-12)


@torch.no_grad()
@pytest.mark.parametrize(("B", "T", "D", "H"), SIZES)
def test_identity_recurrence_is_torchs_network_with_these_weights(B, T, D, H):
    x, _, W_xh, W_hh, b_h = drawn(B, T, D, H)
    started, h = FLOW["identity_recurrence"](x, {"W_xh": W_xh, "W_hh": W_hh, "b_h": b_h}, 0.7)
    rnn = torch.nn.RNN(D, H, nonlinearity="relu", batch_first=True, dtype=torch.float64)
    rnn.weight_ih_l0.copy_(torch.tensor(W_xh.T))
    rnn.weight_hh_l0.copy_(0.7 * torch.eye(H, dtype=torch.float64))
    rnn.bias_ih_l0.zero_()
    rnn.bias_hh_l0.zero_()
    np.testing.assert_allclose(h, rnn(torch.tensor(x))[0].numpy(), **CLOSE)
    np.testing.assert_array_equal(started["W_hh"], 0.7 * np.eye(H))
    np.testing.assert_array_equal(started["W_xh"], W_xh)
    assert not started["b_h"].any()


def test_the_psalms_are_whole():
    text = data.psalms()
    assert (len(text), text.count("\n"), len(set(text))) == (223705, 2461, 63)
    assert text.startswith("Blessed is the man") and text.endswith("Praise ye the LORD.\n")
    assert "The LORD is my shepherd; I shall not want." in text
