"""The reference against an independent one: torch's own recurrent network, in float64."""

import numpy as np
import pytest
import torch

from autograder.oracle.source import reference

RNN = reference("rnn")
SIZES = [(3, 5, 2, 4), (1, 1, 1, 1), (2, 7, 3, 1), (4, 1, 5, 6), (1, 6, 2, 3)]  # (B, T, D, H)


def network(D, H, seed=0):
    """torch's network and the same weights in our layout: x on the left, one bias."""
    torch.manual_seed(seed)
    rnn = torch.nn.RNN(D, H, batch_first=True, dtype=torch.float64)
    weights = [p.detach().numpy() for p in (rnn.weight_ih_l0, rnn.weight_hh_l0, rnn.bias_ih_l0, rnn.bias_hh_l0)]
    return rnn, (weights[0].T, weights[1].T, weights[2] + weights[3])


@pytest.mark.parametrize(("B", "T", "D", "H"), SIZES)
def test_forward_and_padded_forward_agree_with_torch(B, T, D, H):
    rng = np.random.default_rng(B * T)
    rnn, parameters = network(D, H)
    x, h_0 = rng.normal(size=(B, T, D)), rng.normal(size=(B, H))
    lengths = rng.integers(1, T + 1, size=B)

    def step(x_t, h_prev):
        return RNN["rnn_step"](x_t, h_prev, *parameters)

    with torch.no_grad():
        h, last = rnn(torch.tensor(x), torch.tensor(h_0)[None])
        packed = torch.nn.utils.rnn.pack_padded_sequence(
            torch.tensor(x), torch.tensor(lengths), batch_first=True, enforce_sorted=False
        )
        _, last_padded = rnn(packed, torch.tensor(h_0)[None])
    ours, our_last = RNN["rnn_forward"](x, h_0, step)
    np.testing.assert_allclose(ours, h.numpy(), atol=1e-12)
    np.testing.assert_allclose(our_last, last[0].numpy(), atol=1e-12)
    carried, carried_last = RNN["rnn_forward_padded"](x, lengths, h_0, step)
    np.testing.assert_allclose(carried_last, last_padded[0].numpy(), atol=1e-12)
    for i, length in enumerate(lengths):
        np.testing.assert_allclose(carried[i, :length], h[i, :length].numpy(), atol=1e-12)
        assert (carried[i, length:] == carried[i, length - 1]).all()


@pytest.mark.parametrize(("B", "T", "D", "H"), SIZES)
def test_unrolled_net_with_equal_layers_is_the_recurrent_network(B, T, D, H):
    rng = np.random.default_rng(B + T)
    net = reference("unrolled_net")
    rnn, (W_xh, W_hh, b_h) = network(D, H)
    x = rng.normal(size=(B, T, D))
    layers = np.repeat(np.vstack([W_xh, W_hh])[None], T + 2, axis=0)
    a = net["unrolled_forward"](x, layers, np.repeat(b_h[None], T + 2, axis=0), net["layer_forward"])
    with torch.no_grad():
        np.testing.assert_allclose(a, rnn(torch.tensor(x))[1][0].numpy(), atol=1e-12)
    np.testing.assert_array_equal(RNN["split_weights"](layers[0], D)[1], W_hh)


def test_parameter_count_is_that_of_a_module():
    count = reference("unrolled_net")["parameter_count"]
    for N, D, H in [(1, 1, 1), (3, 2, 5), (7, 4, 1)]:
        layers = torch.nn.ModuleList(torch.nn.Linear(D + H, H) for _ in range(N))
        assert count(N, D, H, shared=False) == sum(p.numel() for p in layers.parameters())
        assert count(N, D, H, shared=True) == sum(p.numel() for p in layers[0].parameters())
