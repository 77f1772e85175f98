"""The reference of ``project`` against plain loops, torch's cells and exhaustive search, in float64."""

from itertools import product

import numpy as np
import pytest
import torch

from autograder.oracle.source import reference

FUNCTIONS = reference("project")
SIZES = [(3, 5, 7, 2, 4), (1, 1, 2, 1, 1), (2, 7, 5, 3, 1), (4, 1, 3, 5, 6), (1, 6, 2, 3, 2)]  # (B, T, V, D, H)


def relative(obtained, expected):
    """Largest difference, relative to the largest number expected."""
    obtained, expected = np.asarray(obtained), np.asarray(expected)
    assert obtained.shape == expected.shape and obtained.dtype == np.float64
    return np.abs(obtained - expected).max() / max(np.abs(expected).max(), 1e-3)


def encoder_and_words(B, T, V, D, H):
    torch.manual_seed(B + T)
    rng = np.random.default_rng(B * T + V)
    lengths = rng.permutation(T - np.arange(B) % T)
    x = np.where(np.arange(T) < lengths[:, None], rng.integers(V, size=(B, T)), 0)
    return FUNCTIONS["Encoder"](V, D, H).double(), torch.tensor(x), torch.tensor(lengths)


def decoder_and_inputs(B, T, V, D, H):
    torch.manual_seed(B + T)
    lengths = T - torch.arange(B) % T
    inputs = torch.randint(V, (B,)), torch.randn(B, H).double(), torch.randn(B, T, 2 * H).double()
    return FUNCTIONS["Decoder"](V, D, H).double(), (*inputs, torch.arange(T) < lengths[:, None])


def one_way(gru, suffix, letters):
    """States of one direction of torch's GRU, by a loop of its cell over the letters of one word."""
    cell = torch.nn.GRUCell(gru.input_size, gru.hidden_size, dtype=torch.float64)
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    cell.load_state_dict({name: getattr(gru, f"{name}_l0{suffix}") for name in names})
    h, states = torch.zeros(gru.hidden_size, dtype=torch.float64), []
    for e in letters:
        h = cell(e, h)
        states.append(h)
    return states


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_encoder_is_two_loops_of_torchs_cell(sizes, record_property):
    encoder, x, lengths = encoder_and_words(*sizes)
    T, H = sizes[1], sizes[4]
    with torch.no_grad():
        states, h_0 = encoder(x, lengths)
        expected, starts = torch.zeros(len(x), T, 2 * H, dtype=torch.float64), []
        for b, length in enumerate(lengths):
            letters = encoder.embedding.weight[x[b, :length]]
            forward, backward = one_way(encoder.rnn, "", letters), one_way(encoder.rnn, "_reverse", letters.flip(0))
            for t in range(length):
                expected[b, t] = torch.cat([forward[t], backward[length - 1 - t]])
            ends = torch.cat([forward[-1], backward[-1]]).numpy()
            starts.append(np.tanh(encoder.bridge.weight.numpy() @ ends + encoder.bridge.bias.numpy()))
    worst = max(relative(states, expected), relative(h_0, starts))
    record_property("largest relative error of the encoder", float(worst))
    print(f"encoder: {worst:.1e}")
    assert worst < 1e-12


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_padding_neighbours_and_their_order_change_nothing(sizes):
    """Nor does it matter which token stands at the padding."""
    encoder, x, lengths = encoder_and_words(*sizes)
    T, V = sizes[1], sizes[2]
    order = torch.arange(len(x)).flip(0)
    with torch.no_grad():
        states, h_0 = encoder(x, lengths)
        wider = torch.nn.functional.pad(x, (0, 3))
        filled = torch.where(torch.arange(T + 3) < lengths[:, None], wider, V - 1)
        for padded in (wider, filled):
            more, start = encoder(padded, lengths)
            assert more.shape[1] == T + 3 and (more[:, T:] == 0).all()
            torch.testing.assert_close((more[:, :T], start), (states, h_0), rtol=0, atol=1e-12)
        turned, start = encoder(x[order], lengths[order])
        torch.testing.assert_close((turned, start), (states[order], h_0[order]), rtol=0, atol=1e-12)
        for b, length in enumerate(lengths):
            alone, start = encoder(x[b : b + 1, :length], lengths[b : b + 1])
            torch.testing.assert_close((alone[0], start[0]), (states[b, :length], h_0[b]), rtol=0, atol=1e-12)
            assert (states[b, length:] == 0).all()


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def one_step(w, y, h, states, mask):
    """A step of the decoder for one word, letter after letter, as the equations of the assignment say."""
    query = w["query.weight"] @ h
    exps = [np.exp(s @ query) if letter else 0.0 for s, letter in zip(states, mask, strict=True)]
    context = sum(e / sum(exps) * s for e, s in zip(exps, states, strict=True))
    x = np.concatenate([w["embedding.weight"][y], context])
    x_r, x_z, x_n = np.split(w["cell.weight_ih"] @ x + w["cell.bias_ih"], 3)
    h_r, h_z, h_n = np.split(w["cell.weight_hh"] @ h + w["cell.bias_hh"], 3)
    z = sigmoid(x_z + h_z)
    new = (1 - z) * np.tanh(x_n + sigmoid(x_r + h_r) * h_n) + z * h
    return w["readout.weight"] @ np.concatenate([new, context]) + w["readout.bias"], new


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_decoder_is_a_loop_over_words_and_letters(sizes, record_property):
    decoder, inputs = decoder_and_inputs(*sizes)
    weights = {name: tensor.numpy() for name, tensor in decoder.state_dict().items()}
    with torch.no_grad():
        obtained = decoder(*inputs)
    expected = zip(
        *(one_step(weights, *one) for one in zip(*(tensor.numpy() for tensor in inputs), strict=True)), strict=True
    )
    worst = max(relative(mine, theirs) for mine, theirs in zip(obtained, expected, strict=True))
    record_property("largest relative error of the decoder", float(worst))
    print(f"decoder: {worst:.1e}")
    assert worst < 1e-12


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_decoder_does_not_see_what_stands_at_the_padding(sizes):
    decoder, (w_prev, h_prev, states, mask) = decoder_and_inputs(*sizes)
    with torch.no_grad():
        expected = decoder(w_prev, h_prev, states, mask)
        other = torch.where(mask[:, :, None], states, 1e6)
        torch.testing.assert_close(decoder(w_prev, h_prev, other, mask), expected, rtol=0, atol=1e-12)


def module_and_inputs(name, sizes):
    return (encoder_and_words if name == "Encoder" else decoder_and_inputs)(*sizes)


def as_function(module, inputs):
    """The module's results as a function of its parameters alone, and these."""
    names = [name for name, _ in module.named_parameters()]

    def results(*values):
        return torch.func.functional_call(module, dict(zip(names, values, strict=True)), inputs)

    return results, [p.detach().clone().requires_grad_() for p in module.parameters()]


@pytest.mark.parametrize("sizes", SIZES[:3], ids=str)
@pytest.mark.parametrize("name", ["Encoder", "Decoder"])
def test_gradients_of_all_parameters(name, sizes):
    module, *inputs = module_and_inputs(name, sizes)
    results, parameters = as_function(module, tuple(inputs) if name == "Encoder" else inputs[0])
    assert torch.autograd.gradcheck(results, parameters, eps=1e-6, atol=1e-7, rtol=1e-5)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize(("name", "which"), [("Encoder", "rnn.weight_hh_l0_reverse"), ("Decoder", "query.weight")])
def test_gradients_by_central_differences(name, which, sizes, record_property):
    """By hand, for the weights that lie deepest: of the backward direction, and of the query behind the softmax."""
    module, *inputs = module_and_inputs(name, sizes)
    inputs = inputs if name == "Encoder" else inputs[0]
    torch.manual_seed(1)
    into = [torch.randn(result.shape, dtype=torch.float64) for result in module(*inputs)]

    def loss():
        return sum((result * weight).sum() for result, weight in zip(module(*inputs), into, strict=True))

    parameter = dict(module.named_parameters())[which]
    loss().backward()
    expected, eps = torch.zeros_like(parameter), 1e-5
    with torch.no_grad():
        for index in np.ndindex(*parameter.shape):
            kept = parameter[index].item()
            losses = []
            for moved in (kept + eps, kept - eps):
                parameter[index] = moved
                losses.append(loss())
            parameter[index] = kept
            expected[index] = (losses[0] - losses[1]) / (2 * eps)
    worst = relative(parameter.grad, expected.detach())
    record_property(f"largest relative error of the gradient of {which}", float(worst))
    print(f"gradient of {which}: {worst:.1e}")
    assert worst < 1e-6


# Decoding

DECODERS = [(5, 4), (2, 1), (3, 2), (7, 3), (4, 1)]  # (V, H)


def drawn_step(V, H, seed):
    """A small network's step and a state before it."""
    rng = np.random.default_rng(seed)
    fed, state, scores = (
        torch.tensor(scale * rng.normal(size=size)) for scale, *size in ((1.5, V, H), (1.2, H, H), (2, H, V))
    )

    def step(w_prev, h):
        new = torch.tanh(fed[w_prev] + h @ state)
        return new @ scores, new

    return step, torch.tensor(rng.normal(size=(3, H)))


def log_probability(step, h, start, tokens):
    """Of all tokens, the last one included, fed one after the other."""
    total, y = 0.0, start
    for token in tokens:
        scores, h = step(torch.tensor([y]), h.reshape(1, -1))
        p = scores.softmax(dim=1)[0]
        total, y = total + float(torch.log(p[token])), token
    return total


def whole(tokens, stop, max_steps):
    """Tokens with the stop token that ended them, if one did."""
    return [*tokens, stop] if len(tokens) < max_steps else tokens


@pytest.mark.parametrize("max_steps", [1, 2, 6])
@pytest.mark.parametrize(("V", "H"), DECODERS)
def test_greedy_is_a_beam_of_width_one(V, H, max_steps):
    for seed in range(10):
        step, h_0 = drawn_step(V, H, seed)
        together = FUNCTIONS["greedy_decode"](step, h_0, 0, 1, max_steps)
        alone = [FUNCTIONS["greedy_decode"](step, h[None], 0, 1, max_steps)[0] for h in h_0]
        beams = [FUNCTIONS["beam_search"](step, h, 0, 1, 1, max_steps)[0] for h in h_0]
        assert together == alone == beams
        assert all(len(tokens) <= max_steps and 1 not in tokens for tokens in together)


@pytest.mark.parametrize("max_steps", [1, 2, 4])
@pytest.mark.parametrize(("V", "H"), [(2, 1), (3, 2), (4, 1), (3, 3)])
def test_beam_that_keeps_everything_is_exhaustive_search(V, H, max_steps, record_property):
    worst = 0.0
    for seed in range(5):
        step, h_0 = drawn_step(V, H, seed)
        every = {row[: row.index(1) + 1] if 1 in row else row for row in product(range(V), repeat=max_steps)}
        logs = {row: log_probability(step, h_0[0], 0, row) for row in every}
        assert sum(np.exp(list(logs.values()))) == pytest.approx(1, abs=1e-12)
        best = max(logs, key=logs.get)
        tokens, total = FUNCTIONS["beam_search"](step, h_0[0], 0, 1, V**max_steps, max_steps)
        assert tokens == [token for token in best if token != 1]
        worst = max(worst, abs(total - logs[best]) / max(abs(logs[best]), 1e-3))
    record_property("largest relative error of the best log-probability", float(worst))
    print(f"exhaustive search: {worst:.1e}")
    assert worst < 1e-12


@pytest.mark.parametrize("width", [1, 2, 3, 10])
@pytest.mark.parametrize(("V", "H"), DECODERS)
def test_log_probability_is_that_of_the_answer_fed_again(V, H, width, record_property):
    worst = 0.0
    for seed in range(10):
        step, h_0 = drawn_step(V, H, seed)
        tokens, total = FUNCTIONS["beam_search"](step, h_0[0], 0, 1, width, 6)
        again = log_probability(step, h_0[0], 0, whole(tokens, 1, 6))
        worst = max(worst, abs(total - again) / max(abs(again), 1e-3))
    record_property("largest relative error of a log-probability", float(worst))
    print(f"fed again: {worst:.1e}")
    assert worst < 1e-12


def test_example_of_the_assignment():
    """Width 1 has 0.24 after two steps, width 2 finds 0.36."""
    after = {0: [0, 0.6, 0.4, 0], 1: [0, 0.4, 0.4, 0.2], 2: [0, 0.05, 0.05, 0.9]}

    def step(w_prev, h):
        return torch.tensor([after[y] for y in w_prev.tolist()], dtype=torch.float64).log(), h

    greedy, total = FUNCTIONS["beam_search"](step, torch.zeros(1), 0, 3, 1, 2)
    assert greedy[0] == 1 and np.exp(total) == pytest.approx(0.24)
    tokens, total = FUNCTIONS["beam_search"](step, torch.zeros(1), 0, 3, 2, 2)
    assert tokens == [2] and np.exp(total) == pytest.approx(0.36)
