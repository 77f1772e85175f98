"""The reference of ``language_model`` against torch and exact probabilities, and how rarely its statistical checks err."""

import math

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from autograder.checks import ASSIGNMENTS
from autograder.checks.language_model.sample_token import OFF_BY
from autograder.oracle.questions import draw_bank
from autograder.oracle.source import reference
from unrolled.standins import language_model as parts

SOLUTIONS = reference("language_model")
SENTENCES = ["I think therefore i am", "I like machine learning", "I am not just a neural network"]


def relative(obtained, expected):
    """Largest difference, relative to the largest number expected."""
    obtained, expected = np.asarray(obtained), np.asarray(expected)
    assert obtained.shape == expected.shape
    return np.abs(obtained - expected).max() / np.abs(expected).max()


@pytest.mark.parametrize(("B", "V"), [(3, 5), (1, 4), (4, 1), (1, 1), (6, 30)])
@pytest.mark.parametrize("temperature", [0.01, 0.5, 1.0, 7.0])
def test_probabilities_are_torchs_softmax(B, V, temperature):
    for size in (1.0, 1000.0):
        scores = size * np.random.default_rng(B * V).normal(size=(B, V))
        p = SOLUTIONS["token_probabilities"](scores, temperature)
        assert relative(p, torch.softmax(torch.tensor(scores) / temperature, dim=1)) < 1e-12
        np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-12)


@pytest.mark.parametrize(("B", "T", "V"), [(3, 5, 4), (1, 1, 2), (4, 1, 3), (1, 7, 6), (2, 3, 1)])
def test_perplexity_is_that_of_torchs_cross_entropy(B, T, V, record_property):
    rng = np.random.default_rng(B + T)
    scores, targets, lengths = 3 * rng.normal(size=(B, T, V)), rng.integers(0, V, (B, T)), rng.integers(1, T + 1, B)
    wanted = torch.tensor(np.where(np.arange(T) < lengths[:, np.newaxis], targets, -100))
    expected = cross_entropy(torch.tensor(scores).flatten(0, 1), wanted.flatten(), ignore_index=-100).exp()
    error = relative(SOLUTIONS["perplexity"](scores, targets, lengths), expected)
    print(f"perplexity: largest relative error against torch {error:.1e}")
    record_property("torch", float(error))
    assert error < 1e-12


def test_perplexity_of_a_known_distribution():
    scores = np.log(np.broadcast_to([0.5, 0.25, 0.25], (1, 4, 3)))
    assert SOLUTIONS["perplexity"](scores, np.array([[0, 1, 0, 2]]), np.array([4])) == pytest.approx(2**1.5)


def test_training_is_torchs_plain_descent(record_property):
    """Parameters after ten steps, with gradients by autograd on one side and by central differences on the other."""
    rng = np.random.default_rng(0)
    start = {"W": rng.normal(size=(3, 4)), "b": rng.normal(size=4)}
    batches = [rng.normal(size=(n, 3)) for n in (2, 5, 1, 3, 2, 2, 4, 1, 1, 3)]

    def loss_of(parameters, batch, library):
        return (library.tanh(batch @ parameters["W"] + parameters["b"]) ** 2).sum()

    def measured(parameters, batch):
        gradients = {name: np.zeros_like(w) for name, w in parameters.items()}
        for name, w in parameters.items():
            for index in np.ndindex(w.shape):
                moved = [
                    {**parameters, name: w + sign * 1e-5 * (index == np.indices(w.shape).T).all(-1).T} for sign in (1, -1)
                ]
                gradients[name][index] = (loss_of(moved[0], batch, np) - loss_of(moved[1], batch, np)) / 2e-5
        return loss_of(parameters, batch, np), gradients

    def differentiated(parameters, batch):
        tensors = {name: torch.tensor(w, requires_grad=True) for name, w in parameters.items()}
        loss = loss_of(tensors, torch.tensor(batch), torch)
        found = torch.autograd.grad(loss, list(tensors.values()))
        return loss.item(), {name: g.numpy() for name, g in zip(tensors, found, strict=True)}

    theirs = {name: torch.tensor(w, requires_grad=True) for name, w in start.items()}
    optimiser, their_losses = torch.optim.SGD(theirs.values(), lr=0.1), []
    for batch in batches:
        loss = loss_of(theirs, torch.tensor(batch), torch)
        their_losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    for name, gradients, most in (("autograd", differentiated, 1e-12), ("central differences", measured, 1e-8)):
        trained, losses = SOLUTIONS["train"](start, gradients, batches, 0.1)
        errors = [relative(trained[n], theirs[n].detach()) for n in start] + [relative(losses, their_losses)]
        print(f"train: largest relative error against {name} {max(errors):.1e}")
        record_property(name, float(max(errors)))
        assert max(errors) < most


def test_pairs_of_the_three_sentences():
    texts = [s.split() for s in SENTENCES]
    tokens, index = SOLUTIONS["build_vocabulary"](texts, 1)
    assert (
        tokens[:3] == ["<start>", "<stop>", "<unknown>"]
        and len(tokens) == 3 + 13
        and [index[t] for t in tokens] == [*range(16)]
    )
    encoded = [SOLUTIONS["encode"](text, index, 2) for text in texts]
    inputs, targets, lengths = SOLUTIONS["shift_targets"](encoded, 0, 1)
    assert inputs.shape == targets.shape == (3, 8) and lengths.tolist() == [6, 5, 8]
    for row, text in enumerate(texts):
        assert [tokens[k] for k in inputs[row, : lengths[row]]] == ["<start>", *text]
        assert [tokens[k] for k in targets[row, : lengths[row]]] == [*text, "<stop>"]


def test_steps_on_their_own_give_the_probability_that_can_be_computed():
    """The exact distributions of each step: a sentence in 2 of 81 draws, against 1 of 1 with feedback."""
    texts = [s.split() for s in SENTENCES]
    tokens, index = SOLUTIONS["build_vocabulary"](texts, 1)
    _, targets, lengths = SOLUTIONS["shift_targets"]([SOLUTIONS["encode"](t, index, 2) for t in texts], 0, 1)
    true = np.arange(targets.shape[1]) < lengths[:, np.newaxis]
    share = np.stack([np.bincount(k[ok], minlength=len(tokens)) / ok.sum() for k, ok in zip(targets.T, true.T, strict=True)])
    exact = sum(np.prod(share[np.arange(n), k[:n]]) for k, n in zip(targets, lengths, strict=True))
    assert exact == pytest.approx(2 / 81)

    rng, n = np.random.default_rng(1), 20000
    with np.errstate(divide="ignore"):
        scores = np.broadcast_to(np.log(share + 1e-300), (n, *share.shape))

    def sample(scores):
        return SOLUTIONS["sample_token"](SOLUTIONS["token_probabilities"](scores, 1.0), rng)

    drawn, ends = SOLUTIONS["sample_independently"](scores, 1, sample)
    written = [" ".join(tokens[k] for k in row[:end]) for row, end in zip(drawn, ends, strict=True)]
    assert np.mean([text in SENTENCES for text in written]) == pytest.approx(2 / 81, abs=0.006)  # more than 5 deviations

    def step(token, h):
        """Scores of the words that may follow; the state holds the sentences that are still possible, and the place."""
        place = int(h[0, -1])
        possible = h[:, :-1] * (token[:, np.newaxis] == np.array([t[place - 1] if place else 0 for t in targets]))
        following = np.einsum("bs,sv->bv", possible, np.eye(len(tokens))[targets[:, min(place, 7)]])
        return np.log(following + 1e-300), np.c_[possible, np.full(len(h), place + 1)]

    rows, ends = SOLUTIONS["generate"](step, np.tile([1.0, 1.0, 1.0, 0.0], (300, 1)), 0, 1, 8, sample)
    again = [" ".join(tokens[k] for k in row[:end]) for row, end in zip(rows, ends, strict=True)]
    assert set(again) == set(SENTENCES)


def test_a_right_draw_is_refused_less_than_once_in_a_million():
    """Hoeffding: two means of n independent draws differ by more than e with a probability of at most 2 exp(-n e²).

    Each behaviour compares the frequencies of the reference with those of a student, all from independent draws.
    """
    exercise = ASSIGNMENTS["language_model"].exercise("sample_token")
    for seed in range(5):
        bank = draw_bank(ASSIGNMENTS["language_model"], exercise, seed)
        tables = [
            table
            for behaviour in bank.behaviours
            for trial in behaviour.trials
            for name, table in trial.expected["value"].items()
            if name.startswith("frequency")
        ]
        assert all(b.tolerance == OFF_BY for b in bank.behaviours)
        cells = sum(table.size for table in tables)
        refused = cells * 2 * math.exp(-parts.DRAWS * OFF_BY**2)
        print(f"{cells} frequencies, refused by chance with a probability below {refused:.1e}")
        assert refused < 1e-6
        for table in tables:
            counts = table * parts.DRAWS
            np.testing.assert_allclose(
                counts, counts.round(), atol=1e-9
            )  # frequencies of that many draws, no more and no fewer
