"""The reference of ``outputs`` against torch's losses and autograd, and against central differences, in float64."""

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy, linear

from autograder.oracle.source import reference

OUTPUTS = reference("outputs")
SIZES = [(3, 5, 2, 4, 6), (1, 1, 1, 1, 2), (2, 7, 3, 1, 4), (4, 1, 5, 6, 3), (1, 6, 2, 3, 5)]  # (B, T, D, H, C)
NAMES = ["W_xh", "W_hh", "b_h", "W_hy", "b_y"]


def tensor(array):
    return torch.tensor(array, requires_grad=np.issubdtype(np.asarray(array).dtype, np.floating))


def relative(obtained, expected):
    """Largest difference, relative to the largest number expected (or to 1e-3 where that is smaller)."""
    obtained, expected = np.asarray(obtained), np.asarray(expected)
    assert obtained.shape == expected.shape
    return np.abs(obtained - expected).max() / max(np.abs(expected).max(), 1e-3)


def central_differences(loss, array, step=1e-5):
    gradient = np.zeros_like(array)
    for index in np.ndindex(array.shape):
        before, both = array[index], []
        for sign in (1, -1):
            array[index] = before + sign * step
            both.append(loss())
        array[index] = before
        gradient[index] = (both[0] - both[1]) / (2 * step)
    return gradient


def problem(B, T, D, H, C):
    rng = np.random.default_rng(B + 10 * T + 100 * H)
    x, lengths = rng.normal(size=(B, T, D)), rng.integers(1, T + 1, size=B)
    shapes = [(D, H), (H, H), (H,), (H, C), (C,)]
    parameters = {name: rng.normal(size=shape) / np.sqrt(shape[0]) for name, shape in zip(NAMES, shapes, strict=True)}
    return x, rng.integers(0, C, size=(B, T)), lengths, parameters


def sequence_loss(y, targets, lengths):
    return OUTPUTS["sequence_loss"](y, targets, lengths, OUTPUTS["softmax_cross_entropy"])


def torch_loss(y, targets, lengths):
    """Mean over sequences of the summed losses of their true steps; torch's own cross-entropy ignores the padding."""
    ended = np.arange(y.shape[1]) >= lengths[:, np.newaxis]
    wanted = torch.tensor(np.where(ended, -100, targets))
    return cross_entropy(y.flatten(0, 1), wanted.flatten(), ignore_index=-100, reduction="sum") / len(y)


@pytest.mark.parametrize(("N", "C"), [(5, 4), (1, 3), (6, 2), (1, 1)])
@pytest.mark.parametrize("size", [1.0, 30.0, 1000.0])
def test_loss_and_gradient_are_torchs(N, C, size):
    rng = np.random.default_rng(N * C)
    scores, targets, mask = size * rng.normal(size=(N, C)), rng.integers(0, C, size=N), np.ones(N)
    mask[1::2] = 0
    theirs = tensor(scores)
    expected = (cross_entropy(theirs, torch.tensor(targets), reduction="none") * torch.tensor(mask)).sum()
    expected.backward()
    loss, dscores = OUTPUTS["softmax_cross_entropy"](scores, targets, mask)
    assert np.isfinite(loss) and relative(loss, expected.item()) < 1e-12
    np.testing.assert_allclose(dscores, theirs.grad.numpy(), rtol=0, atol=1e-12)
    assert (dscores[mask == 0] == 0).all()
    np.testing.assert_allclose(dscores.sum(axis=1), 0, atol=1e-12)


def test_loss_and_gradient_agree_with_central_differences():
    rng = np.random.default_rng(0)
    scores, targets, mask = rng.normal(size=(4, 3)), np.array([2, 0, 1, 1]), np.array([1.0, 1.0, 0.0, 1.0])
    measured = central_differences(lambda: OUTPUTS["softmax_cross_entropy"](scores, targets, mask)[0], scores)
    assert relative(OUTPUTS["softmax_cross_entropy"](scores, targets, mask)[1], measured) < 1e-8


@pytest.mark.parametrize("size", [0.0, 800.0, 1e5, 1e300])
def test_loss_is_finite_for_scores_of_any_size(size):
    scores = np.array([[size, -size, 0.0], [-size, -size, size]])
    loss, dscores = OUTPUTS["softmax_cross_entropy"](scores, np.array([1, 0]), np.ones(2))
    assert np.isfinite(loss) and np.isfinite(dscores).all() and loss >= 4 * size


@pytest.mark.parametrize(("B", "T", "D", "H", "C"), SIZES)
def test_readout_is_torchs_linear_layer(B, T, D, H, C):
    rng = np.random.default_rng(B * T)
    h, W_hy, b_y, dy = (rng.normal(size=shape) for shape in ((B, T, H), (H, C), C, (B, T, C)))
    theirs = [tensor(a) for a in (h, W_hy, b_y)]
    expected = linear(theirs[0], theirs[1].T, theirs[2])
    expected.backward(torch.tensor(dy))
    y, cache = OUTPUTS["readout_forward"](h, W_hy, b_y)
    assert relative(y, expected.detach()) < 1e-12
    for mine, leaf in zip(OUTPUTS["readout_backward"](dy, cache), theirs, strict=True):
        assert relative(mine, leaf.grad) < 1e-12


@pytest.mark.parametrize(("B", "T", "D", "H", "C"), SIZES)
def test_sequence_loss_is_torchs_with_ignored_padding(B, T, D, H, C):
    _, targets, lengths, _ = problem(B, T, D, H, C)
    scores = np.random.default_rng(T).normal(size=(B, T, C))
    theirs = tensor(scores)
    expected = torch_loss(theirs, targets, lengths)
    expected.backward()
    loss, losses, dscores = sequence_loss(scores, targets, lengths)
    assert relative(loss, expected.item()) < 1e-12 and relative(dscores, theirs.grad) < 1e-12
    assert losses.shape == (T,) and np.isclose(losses.sum(), loss) and (losses[lengths.max() :] == 0).all()


def test_whole_network_agrees_with_autograd_and_with_central_differences(record_property):
    """Loss, every dh_t and all five gradients, over all sizes; the largest relative errors are recorded."""
    worst = {"autograd": 0.0, "central differences": 0.0}
    for B, T, D, H, C in SIZES:
        x, targets, lengths, parameters = problem(B, T, D, H, C)

        def run(x=x, targets=targets, lengths=lengths, parameters=parameters):
            return OUTPUTS["rnn_lm_loss_and_gradients"](x, targets, lengths, **parameters, loss_function=sequence_loss)

        loss, dh, gradients = run()
        assert list(gradients) == NAMES

        theirs = {name: tensor(values) for name, values in parameters.items()}
        h, states = torch.zeros(B, H, dtype=torch.float64), []
        for t in range(T):
            h = torch.tanh(torch.tensor(x[:, t]) @ theirs["W_xh"] + h @ theirs["W_hh"] + theirs["b_h"])
            h.retain_grad()
            states.append(h)
        expected = torch_loss(torch.stack(states, dim=1) @ theirs["W_hy"] + theirs["b_y"], targets, lengths)
        expected.backward()
        errors = [relative(loss, expected.item()), relative(dh, torch.stack([h.grad for h in states], dim=1))]
        errors += [relative(gradients[name], theirs[name].grad) for name in NAMES]
        worst["autograd"] = max(worst["autograd"], *errors)
        measured = [relative(gradients[n], central_differences(lambda: run()[0], parameters[n])) for n in NAMES]
        worst["central differences"] = max(worst["central differences"], *measured)
    for against, error in worst.items():
        print(f"outputs: largest relative error against {against} {error:.1e}")
        record_property(against, float(error))
    assert worst["autograd"] < 1e-12 and worst["central differences"] < 1e-7
