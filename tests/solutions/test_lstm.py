"""The LSTM of the reference against torch's, forward and backward, and against central differences; all in float64."""

import numpy as np
import pytest
import torch

from autograder.oracle.source import reference
from unrolled.torch_layout import lstm_from_torch, lstm_to_torch

LSTM = reference("lstm")
SIZES = [(3, 5, 2, 4), (1, 1, 1, 1), (2, 7, 3, 1), (4, 1, 5, 6), (1, 6, 1, 3), (2, 50, 3, 5)]  # (B, T, D, H)
NAMES = ("x", "h_0", "c_0", "W_xh", "W_hh", "b")
CLOSE = {"rtol": 1e-10, "atol": 1e-12}


def drawn(B, T, D, H):
    """Inputs, weights of size one, and what the loss asks of each hidden state."""
    rng = np.random.default_rng(B + 10 * T + 100 * H)
    shapes = ((B, T, D), (B, H), (B, H), (D, 4 * H), (H, 4 * H), (4 * H,))
    values = {name: rng.normal(size=shape) for name, shape in zip(NAMES, shapes, strict=True)}
    return values, rng.normal(size=(B, T, H))


def forward(values, step=LSTM["lstm_step"]):
    return LSTM["lstm_forward"](**values, step=step)


def backward(values, dh):
    h, c, gates = forward(values)
    kept = {name: values[name] for name in ("x", "h_0", "c_0", "W_xh", "W_hh")}
    gradients = LSTM["lstm_backward"](dh, h=h, c=c, gates=gates, **kept, step_backward=LSTM["lstm_step_backward"])
    return dict(zip(NAMES, gradients, strict=True))


def torch_lstm(values):
    """torch's network with the same weights."""
    D, H = values["x"].shape[2], values["h_0"].shape[1]
    network = torch.nn.LSTM(D, H, batch_first=True, dtype=torch.float64)
    weights = lstm_to_torch(values["W_xh"], values["W_hh"], values["b"])
    network.load_state_dict({name: torch.tensor(value) for name, value in weights.items()})
    return network


def relative_error(mine, theirs):
    return float(np.abs(mine - theirs).max() / (1e-300 + np.abs(theirs).max()))


@pytest.mark.parametrize("sizes", SIZES)
def test_forward_and_backward_are_torchs(sizes, record_property):
    values, dh = drawn(*sizes)
    network = torch_lstm(values)
    x, h_0, c_0 = (torch.tensor(values[name], requires_grad=True) for name in ("x", "h_0", "c_0"))
    theirs_h, (_, theirs_c_T) = network(x, (h_0[None], c_0[None]))
    (theirs_h * torch.tensor(dh)).sum().backward()
    h, c, gates = forward(values)
    np.testing.assert_allclose(h, theirs_h.detach().numpy(), **CLOSE)
    np.testing.assert_allclose(c[:, -1], theirs_c_T[0].detach().numpy(), **CLOSE)
    assert gates.shape == (*sizes[:2], 4 * sizes[3])
    dW_ih, dW_hh, db, db_again = (p.grad.numpy() for p in network.parameters())
    np.testing.assert_allclose(db, db_again, **CLOSE)  # torch adds two biases, which learn the same
    theirs = dict(zip(NAMES, (x.grad.numpy(), h_0.grad.numpy(), c_0.grad.numpy(), dW_ih.T, dW_hh.T, db), strict=True))
    errors = {"h": relative_error(h, theirs_h.detach().numpy())}
    for name, mine in backward(values, dh).items():
        np.testing.assert_allclose(mine, theirs[name], err_msg=name, **CLOSE)
        errors[name] = relative_error(mine, theirs[name])
    record_property("largest relative error", float(max(errors.values())))
    print(f"{sizes}: largest relative error against torch {max(errors.values()):.1e}")
    assert max(errors.values()) < 1e-12


@pytest.mark.parametrize("sizes", SIZES[:5])
def test_gradients_are_those_of_central_differences(sizes):
    values, dh = drawn(*sizes)
    gradients, worst = backward(values, dh), 0.0
    for name, value in values.items():
        numerical = np.zeros_like(value)
        for index in np.ndindex(value.shape):
            losses = []
            for sign in (1, -1):
                moved = value.copy()
                moved[index] += sign * 1e-5
                losses.append((forward(values | {name: moved})[0] * dh).sum())
            numerical[index] = (losses[0] - losses[1]) / 2e-5
        error = np.abs(gradients[name] - numerical).max() / (1e-3 + np.abs(numerical).max())
        worst = max(worst, error)
        assert error < 1e-7, name
    print(f"{sizes}: largest relative error against central differences {worst:.1e}")


@pytest.mark.parametrize(("B", "D", "H"), [(3, 2, 4), (1, 1, 1), (2, 3, 1), (4, 1, 3)])
def test_step_is_torchs_cell_both_ways(B, D, H):
    torch.manual_seed(B)
    cell = torch.nn.LSTMCell(D, H, dtype=torch.float64)
    W_xh, W_hh, b = lstm_from_torch(cell)
    rng = np.random.default_rng(D)
    x_t, h_prev, c_prev, dh_t, dc_t = (rng.normal(size=(B, n)) for n in (D, H, H, H, H))
    x, h, c = (torch.tensor(v, requires_grad=True) for v in (x_t, h_prev, c_prev))
    theirs = cell(x, (h, c))
    mine = LSTM["lstm_step"](x_t, h_prev, c_prev, W_xh, W_hh, b)
    for ours, their in zip(mine, theirs, strict=False):
        np.testing.assert_allclose(ours, their.detach().numpy(), **CLOSE)
    torch.autograd.backward(theirs, [torch.tensor(dh_t), torch.tensor(dc_t)])
    da, dh_prev, dc_prev = LSTM["lstm_step_backward"](dh_t, dc_t, c_prev, mine[1], mine[2], W_hh)
    np.testing.assert_allclose(dh_prev, h.grad.numpy(), **CLOSE)
    np.testing.assert_allclose(dc_prev, c.grad.numpy(), **CLOSE)
    np.testing.assert_allclose(da @ W_xh.T, x.grad.numpy(), **CLOSE)
    np.testing.assert_allclose(da.sum(axis=0), cell.bias_ih.grad.numpy(), **CLOSE)


def test_gradient_along_the_cell_is_torchs_with_gates_held_fixed():
    rng = np.random.default_rng(0)
    f = rng.uniform(size=(2, 6, 3))
    f[1, 3, 2] = 0.0
    c = torch.zeros(2, 3, dtype=torch.float64)
    states = []
    for t in range(6):
        c = torch.tensor(f[:, t]) * c + torch.tensor(rng.normal(size=(2, 3)), requires_grad=t == 0)
        c.retain_grad()
        states.append(c)
    c.sum().backward()
    theirs = np.stack([state.grad.numpy() for state in states], axis=1)
    np.testing.assert_allclose(LSTM["cell_gradient"](f), theirs, **CLOSE)


def test_an_lstm_that_hears_nothing_has_the_gradient_along_its_cell_alone():
    """Without W_hh the hidden state feeds nothing back, and what is left is the way along the cell state."""
    values, _ = drawn(2, 6, 3, 4)
    values["W_hh"][...] = 0.0
    _, c, gates = forward(values)
    along = LSTM["cell_gradient"](gates[..., 4:8])
    dc_next = np.ones((2, 4))
    for t in reversed(range(1, 6)):
        _, _, dc_next = LSTM["lstm_step_backward"](
            np.zeros((2, 4)), dc_next, c[:, t - 1], c[:, t], gates[:, t], values["W_hh"]
        )
        np.testing.assert_allclose(dc_next, along[:, t - 1], **CLOSE)


def test_layout_goes_to_torch_and_back():
    torch.manual_seed(1)
    layer = torch.nn.LSTM(3, 2, batch_first=True, dtype=torch.float64)
    weights = lstm_from_torch(layer)
    assert [w.shape for w in weights] == [(3, 8), (2, 8), (8,)]
    other = torch.nn.LSTM(3, 2, batch_first=True, dtype=torch.float64)
    other.load_state_dict({name: torch.tensor(value) for name, value in lstm_to_torch(*weights).items()})
    x = torch.randn(2, 4, 3, dtype=torch.float64)
    torch.testing.assert_close(layer(x)[0], other(x)[0], rtol=0, atol=1e-14)
    cell = torch.nn.LSTMCell(3, 2, dtype=torch.float64)
    cell.load_state_dict({name: torch.tensor(value) for name, value in lstm_to_torch(*weights, suffix="").items()})
    torch.testing.assert_close(cell(x[:, 0])[0], layer(x)[0][:, 0], rtol=0, atol=1e-14)


@pytest.mark.parametrize(
    "module",
    [
        torch.nn.GRU(2, 3),
        torch.nn.RNN(2, 3),
        torch.nn.LSTM(2, 3, num_layers=2),
        torch.nn.LSTM(2, 3, bidirectional=True),
        torch.nn.LSTM(2, 3, bias=False),
        torch.nn.LSTM(2, 3, proj_size=1),
        torch.nn.Linear(2, 3),
    ],
)
def test_other_modules_are_refused(module):
    with pytest.raises(ValueError, match="Wanted is"):
        lstm_from_torch(module)


def test_forget_bias_opens_the_gate_of_every_unit():
    values, _ = drawn(2, 3, 2, 4)
    values["b"] = LSTM["forget_bias"](values["b"], 40.0)
    _, _, gates = forward(values)
    assert (gates[..., 4:8] > 1 - 1e-9).all()
    others = np.delete(gates, np.arange(4, 8), axis=2)
    assert (np.abs(others) < 1 - 1e-9).all()
