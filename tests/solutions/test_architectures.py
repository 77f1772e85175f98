"""The reference of ``architectures`` against torch's networks and against plain loops, in float64.

All functions run forwards only, so that there is no gradient to compare.
"""

import numpy as np
import pytest
import torch

from autograder.oracle.source import reference
from unrolled.standins.architectures import tide_layer

FUNCTIONS = reference("architectures")
SIZES = [(3, 5, 2, 4), (1, 1, 1, 1), (2, 7, 3, 1), (4, 1, 5, 6), (6, 9, 2, 3)]  # (B, T, D, H)
CELLS = {"RNN": torch.nn.RNN, "GRU": torch.nn.GRU}


def relative(obtained, expected):
    """Largest difference, relative to the largest number expected."""
    obtained, expected = np.asarray(obtained), np.asarray(expected)
    assert obtained.shape == expected.shape and obtained.dtype == np.float64
    return np.abs(obtained - expected).max() / max(np.abs(expected).max(), 1e-3)


def single(network, suffix):
    """One layer and one direction of a network of torch, as a network of its own."""
    reads = getattr(network, f"weight_ih{suffix}").shape[1]
    part = type(network)(reads, network.hidden_size, batch_first=True, dtype=torch.float64)
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    part.load_state_dict({name: getattr(network, name.replace("_l0", suffix)) for name in names})
    return part


def torch_layer(x, h_0, part):
    with torch.no_grad():
        return part(torch.tensor(np.ascontiguousarray(x)), torch.tensor(h_0)[np.newaxis].contiguous())[0].numpy()


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("layers", [1, 2, 4])
@pytest.mark.parametrize(("B", "T", "D", "H"), SIZES)
def test_stack_is_torchs(B, T, D, H, layers, cell, record_property):
    torch.manual_seed(B + T)
    rng = np.random.default_rng(B * T)
    x, h_0 = rng.normal(size=(B, T, D)), rng.normal(size=(layers, B, H))
    network = CELLS[cell](D, H, layers, batch_first=True, dtype=torch.float64)
    parts = [single(network, f"_l{number}") for number in range(layers)]
    mine = FUNCTIONS["stacked_forward"](x, h_0, parts, torch_layer)
    with torch.no_grad():
        theirs = network(torch.tensor(x), torch.tensor(h_0))
    worst = max(relative(a, b) for a, b in zip(mine, theirs, strict=True))
    record_property("largest relative error of the stack", float(worst))
    print(f"stack of {layers} {cell}: {worst:.1e}")
    assert worst < 1e-12


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("B", "T", "D", "H"), SIZES)
def test_both_directions_are_torchs_on_packed_sequences(B, T, D, H, cell, record_property):
    torch.manual_seed(B + T)
    rng = np.random.default_rng(B * T + 1)
    x, h_0, lengths = rng.normal(size=(B, T, D)), rng.normal(size=(2, B, H)), rng.integers(1, T + 1, size=B)
    network = CELLS[cell](D, H, batch_first=True, bidirectional=True, dtype=torch.float64)
    parts = [single(network, suffix) for suffix in ("_l0", "_l0_reverse")]
    h, h_last = FUNCTIONS["bidirectional_forward"](x, lengths, h_0, parts, torch_layer)
    packed = torch.nn.utils.rnn.pack_padded_sequence(torch.tensor(x), lengths, batch_first=True, enforce_sorted=False)
    with torch.no_grad():
        states, last = network(packed, torch.tensor(h_0))
        theirs, _ = torch.nn.utils.rnn.pad_packed_sequence(states, batch_first=True, total_length=T)
    worst = max(relative(h, theirs), relative(h_last, torch.cat([last[0], last[1]], dim=-1)))
    record_property("largest relative error of both directions", float(worst))
    print(f"both directions, {cell}: {worst:.1e}")
    assert worst < 1e-12


@pytest.mark.parametrize(("B", "T", "D", "H"), SIZES)
def test_padding_and_neighbours_change_nothing(B, T, D, H):
    """Each sequence has the states that it has alone, to the last bit but for the order of sums."""
    rng = np.random.default_rng(3)
    x, h_0, lengths = rng.normal(size=(B, T, D)), rng.normal(size=(2, B, H)), rng.integers(1, T + 1, size=B)
    weights = [rng.normal(size=(D, H)) for _ in range(2)]
    h, h_last = FUNCTIONS["bidirectional_forward"](x, lengths, h_0, weights, tide_layer)
    for n, length in enumerate(lengths):
        alone, last = FUNCTIONS["bidirectional_forward"](
            x[n : n + 1, :length], lengths[n : n + 1], h_0[:, n : n + 1], weights, tide_layer
        )
        np.testing.assert_allclose(h[n, :length], alone[0], rtol=0, atol=1e-12)
        np.testing.assert_allclose(h_last[n], last[0], rtol=0, atol=1e-12)
        assert (h[n, length:] == 0).all()


def laid_on(frame, kernels, b_k, stride):
    """Features of one frame, place after place, as the equation of the assignment says."""
    side = kernels.shape[-1]
    wide = np.pad(frame, side // 2)
    rows, columns = (range(0, n - side + 1, stride) for n in wide.shape)
    return [
        max(0.0, b + (wide[r : r + side, c : c + side] * kernel).sum())
        for kernel, b in zip(kernels, b_k, strict=True)
        for r in rows
        for c in columns
    ]


IMAGES = [(2, 3, 8, 8, 4, 3, 1), (1, 1, 1, 1, 1, 1, 1), (3, 2, 5, 7, 2, 5, 2), (2, 4, 6, 3, 3, 3, 3), (1, 5, 8, 3, 6, 3, 2)]


@pytest.mark.parametrize(("B", "T", "rows", "columns", "K", "side", "stride"), IMAGES)
def test_encoder_is_a_correlation_of_each_frame(B, T, rows, columns, K, side, stride, record_property):
    rng = np.random.default_rng(rows * columns)
    frames, kernels, b_k = rng.normal(size=(B, T, rows, columns)), rng.normal(size=(K, side, side)), rng.normal(size=K)
    expected = [[laid_on(frame, kernels, b_k, stride) for frame in sequence] for sequence in frames]
    worst = relative(FUNCTIONS["cnn_encoder"](frames, kernels, b_k, stride), expected)
    record_property("largest relative error of the encoder", float(worst))
    print(f"encoder: {worst:.1e}")
    assert worst < 1e-12


@pytest.mark.parametrize(("B", "T", "E", "H"), SIZES)
def test_captions_are_those_of_torchs_cell(B, T, E, H):
    torch.manual_seed(T)
    V = E + H + 1
    cell, readout = torch.nn.GRUCell(E, H, dtype=torch.float64), torch.nn.Linear(H, V, dtype=torch.float64)
    table = torch.nn.Embedding(V, E, dtype=torch.float64)
    h_0 = torch.randn(B, H, dtype=torch.float64)

    def step(x_t, h_prev):
        return cell(torch.tensor(x_t), torch.tensor(h_prev)).numpy()

    with torch.no_grad():
        h, k, expected = h_0, torch.full((B,), V - 1), []
        for _ in range(T):
            h = cell(table(k), h)
            expected.append(readout(h))
            k = expected[-1].argmax(dim=1)
        weights = readout.weight.numpy().T, readout.bias.numpy()
        scores, tokens = FUNCTIONS["one_to_many"](h_0.numpy(), V - 1, T, table.weight.numpy(), step, *weights)
    expected = torch.stack(expected, dim=1)
    assert relative(scores, expected) < 1e-12
    np.testing.assert_array_equal(tokens, expected.argmax(dim=2))


@pytest.mark.parametrize(("B", "T", "H", "widths"), [(3, 4, 5, [6, 2]), (1, 1, 1, [1]), (2, 6, 3, [4, 1, 5, 2])])
def test_readout_is_torchs_sequence_of_layers(B, T, H, widths):
    torch.manual_seed(H)
    linears = [torch.nn.Linear(n, m, dtype=torch.float64) for n, m in zip([H, *widths], widths, strict=False)]
    modules = [module for linear in linears for module in (linear, torch.nn.ReLU())][:-1]
    h = torch.randn(B, T, H, dtype=torch.float64)
    with torch.no_grad():
        expected = torch.nn.Sequential(*modules)(h)
        layers = [(linear.weight.numpy().T, linear.bias.numpy()) for linear in linears]
        assert relative(FUNCTIONS["deep_readout"](h.numpy(), layers), expected) < 1e-12
