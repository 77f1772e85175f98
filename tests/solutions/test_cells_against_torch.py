"""Single steps and layers of the reference against torch's cell, and the readout against its linear layer."""

import numpy as np
import pytest
import torch

from autograder.oracle.source import reference

SIZES = [(3, 2, 4), (1, 1, 1), (2, 3, 1), (4, 1, 3), (1, 5, 2)]  # (B, D, H)
EXACT = {"rtol": 0, "atol": 1e-12}


def cell(D, H, seed=0):
    """torch's cell, and its weights in our layout: x on the left, one bias."""
    torch.manual_seed(seed)
    cell = torch.nn.RNNCell(D, H, dtype=torch.float64)
    W_ih, W_hh, b_ih, b_hh = (p.detach().numpy() for p in (cell.weight_ih, cell.weight_hh, cell.bias_ih, cell.bias_hh))
    return cell, (W_ih.T, W_hh.T, b_ih + b_hh)


def tensor(array):
    return torch.from_numpy(np.ascontiguousarray(array))


@torch.no_grad()
@pytest.mark.parametrize(("B", "D", "H"), SIZES)
def test_step_and_layer_are_torchs_cell(B, D, H):
    rng = np.random.default_rng(B + D + H)
    theirs, (W_xh, W_hh, b_h) = cell(D, H)
    x_t, h_prev = rng.normal(size=(B, D)), rng.normal(size=(B, H))
    expected = theirs(tensor(x_t), tensor(h_prev)).numpy()
    np.testing.assert_allclose(reference("rnn")["rnn_step"](x_t, h_prev, W_xh, W_hh, b_h), expected, **EXACT)
    W = np.concatenate([W_xh, W_hh])
    np.testing.assert_allclose(reference("unrolled_net")["layer_forward"](x_t, h_prev, W, b_h), expected, **EXACT)
    for mine, whole in zip(reference("rnn")["split_weights"](W, D), (W_xh, W_hh), strict=True):
        np.testing.assert_array_equal(mine, whole)


@torch.no_grad()
@pytest.mark.parametrize("T", [1, 2, 5])
@pytest.mark.parametrize(("B", "D", "H"), SIZES)
def test_unrolled_net_is_a_chain_of_the_last_cells(B, D, H, T):
    """Every layer has weights of its own, so a sequence in the wrong layers shows."""
    net, N = reference("unrolled_net"), 5
    cells, weights = zip(*(cell(D, H, seed) for seed in range(N)), strict=True)
    x = np.random.default_rng(T).normal(size=(B, T, D))
    a = torch.zeros(B, H, dtype=torch.float64)
    for t, layer in enumerate(cells[N - T :]):
        a = layer(tensor(x[:, t]), a)
    W_layers = np.stack([np.concatenate([W_xh, W_hh]) for W_xh, W_hh, _ in weights])
    b_layers = np.stack([b for _, _, b in weights])
    mine = net["unrolled_forward"](x, W_layers, b_layers, net["layer_forward"])
    np.testing.assert_allclose(mine, a.numpy(), **EXACT)
    with pytest.raises(ValueError):
        net["unrolled_forward"](np.zeros((B, N + 1, D)), W_layers, b_layers, net["layer_forward"])


@torch.no_grad()
@pytest.mark.parametrize(("B", "T", "H", "C"), [(4, 5, 3, 2), (1, 1, 1, 3), (3, 2, 1, 4)])
def test_readout_is_a_linear_layer_on_the_last_true_state(B, T, H, C):
    rng = np.random.default_rng(B * T)
    torch.manual_seed(0)
    linear = torch.nn.Linear(H, C, dtype=torch.float64)
    h, lengths = rng.normal(size=(B, T, H)), rng.integers(1, T + 1, size=B)
    expected = linear(torch.stack([tensor(states)[n - 1] for states, n in zip(h, lengths, strict=True)]))
    W_hy, b_y = linear.weight.numpy().T, linear.bias.numpy()
    scores, labels = reference("rnn")["classify_last"](h, lengths, W_hy, b_y)
    np.testing.assert_allclose(scores, expected.numpy(), **EXACT)
    np.testing.assert_array_equal(labels, expected.argmax(dim=1).numpy())
