"""The reference of ``scheduled_sampling``: schedules, exactness, gradients, training; and how rare a wrong verdict is."""

import math
from decimal import Decimal, getcontext
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy, one_hot

from autograder.checks.scheduled_sampling import ASSIGNMENT
from autograder.checks.scheduled_sampling.mix_inputs import ALIKE, COUNTED, ZERO_FIRST, mix_cases
from autograder.oracle.questions import draw_bank
from autograder.oracle.source import reference
from autograder.proof.scores import unnamed
from unrolled.calls.probes import observe
from unrolled.judging.asking import ask_all
from unrolled.judging.judge import judge
from unrolled.standins import scheduled_sampling as around

REFERENCE = reference("scheduled_sampling")
SIZES = [(4, 6, 2, 5, 3), (1, 1, 1, 1, 1), (3, 1, 4, 2, 5), (1, 7, 3, 4, 2), (2, 5, 1, 3, 4)]  # (B, T, D, H, V)


def relative_error(mine, theirs):
    return ((mine - theirs).abs().max() / theirs.abs().max().clamp(min=1e-12)).item()


# schedules


def test_schedules_are_those_of_the_paper_in_exact_arithmetic():
    getcontext().prec = 60
    largest = 0.0
    for i in (0, 1, 5, 40, 300):
        for k in (0.3, 0.9, 0.99):
            largest = max(largest, abs(REFERENCE["exponential_decay"](i, k) / float(Decimal(k) ** i) - 1))
            line = max(Decimal(1) / 8, Decimal(k) - i / Decimal(512))
            largest = max(largest, abs(REFERENCE["linear_decay"](i, k, 1 / 512, 1 / 8) / float(line) - 1))
        for k in (1.0, 3.5, 60.0):
            exact = Decimal(k) / (Decimal(k) + (Decimal(i) / Decimal(k)).exp())
            largest = max(largest, abs(REFERENCE["inverse_sigmoid_decay"](i, k) / float(exact) - 1))
    print(f"largest relative error of a share {largest:.1e}")
    assert largest < 1e-12


@pytest.mark.parametrize("share", [lambda i: REFERENCE["linear_decay"](i, 1.0, 0.003, 0.05),
                                   lambda i: REFERENCE["exponential_decay"](i, 0.98),
                                   lambda i: REFERENCE["inverse_sigmoid_decay"](i, 30.0)])  # fmt: skip
def test_schedules_never_rise_and_are_probabilities(share):
    shares = [share(i) for i in (*range(2000), 10**5, 10**8)]
    assert all(0 <= later <= earlier <= 1 for earlier, later in pairwise(shares))


# the rollout


class Net(nn.Module):
    """An LSTM that is fed tokens; its state is h and c side by side."""

    def __init__(self, D, H, V):
        super().__init__()
        self.cell, self.readout = nn.LSTMCell(V + D, H), nn.Linear(H, V)
        self.double()

    def step(self, u_t, x_t, state):
        h, c = self.cell(torch.cat([u_t, x_t], dim=1), state.chunk(2, dim=1))
        return self.readout(h), torch.cat([h, c], dim=1)


def drawn(B, T, D, H, V):
    torch.manual_seed(B + 10 * T)
    tokens = one_hot(torch.randint(0, V, (B, T + 1)), V).double()
    x, state = torch.randn(B, T, D, dtype=torch.float64), torch.randn(B, 2 * H, dtype=torch.float64)
    return x, tokens[:, 0], tokens[:, 1:], state, Net(D, H, V)


def soft(scores):
    """A choice that would let gradients through."""
    return torch.softmax(2 * scores, dim=-1)


def mixing(p, generator):
    return lambda y_true, y_own: REFERENCE["mix_inputs"](y_true, y_own, p, generator)


def run_on(fed, x, state, net):
    """Scores of the net on given tokens."""
    scores = []
    for t in range(x.shape[1]):
        scores_t, state = net.step(fed[:, t], x[:, t], state)
        scores.append(scores_t)
    return torch.stack(scores, dim=1)


@pytest.mark.parametrize("sizes", SIZES)
def test_all_true_is_teacher_forcing_to_the_bit(sizes):
    x, y_0, targets, state, net = drawn(*sizes)
    mix = mixing(1.0, torch.Generator().manual_seed(1))
    scores, fed = REFERENCE["scheduled_rollout"](x, y_0, targets, state, net.step, soft, mix)
    before = torch.cat([y_0[:, None], targets[:, :-1]], dim=1)
    assert torch.equal(fed, before) and torch.equal(scores, run_on(before, x, state, net))


@pytest.mark.parametrize("sizes", SIZES)
def test_no_true_token_is_free_running_to_the_bit(sizes):
    x, y_0, targets, state, net = drawn(*sizes)
    mix = mixing(0.0, torch.Generator().manual_seed(1))
    scores, fed = REFERENCE["scheduled_rollout"](x, y_0, targets, state, net.step, soft, mix)
    u = y_0
    for t in range(sizes[1]):
        assert torch.equal(fed[:, t], u)
        scores_t, state = net.step(u, x[:, t], state)
        assert torch.equal(scores[:, t], scores_t)
        u = soft(scores_t)


@pytest.mark.parametrize("sizes", SIZES)
def test_gradients_are_those_with_fed_tokens_held_fixed(sizes, record_property):
    """Against autograd on the same tokens as constants, and against central differences of that."""
    x, y_0, targets, state, net = drawn(*sizes)
    mix = mixing(0.5, torch.Generator().manual_seed(1))
    scores, fed = REFERENCE["scheduled_rollout"](x, y_0, targets, state, net.step, soft, mix)
    weights = torch.randn_like(scores)
    parameters = list(net.parameters())
    mine = torch.autograd.grad((scores * weights).sum(), parameters)
    fixed = fed.detach().clone()
    theirs = torch.autograd.grad((run_on(fixed, x, state, net) * weights).sum(), parameters)
    errors = [relative_error(a, b) for a, b in zip(mine, theirs, strict=True)]
    differences = [
        relative_error(a, by_differences(p, fixed, x, state, net, weights)) for a, p in zip(mine, parameters, strict=True)
    ]
    print(f"{sizes}: largest relative error {max(errors):.1e} against autograd, {max(differences):.1e} against differences")
    record_property("largest relative error", float(max(errors)))
    assert max(errors) < 1e-13 and max(differences) < 1e-6


@torch.no_grad()
def by_differences(parameter, fed, x, state, net, weights, eps=1e-6):
    gradient = torch.zeros_like(parameter)
    flat, out = parameter.view(-1), gradient.view(-1)
    for k in range(flat.numel()):
        values, kept = [], flat[k].item()
        for moved in (kept + eps, kept - eps):
            flat[k] = moved
            values.append((run_on(fed, x, state, net) * weights).sum().item())
        flat[k] = kept
        out[k] = (values[0] - values[1]) / (2 * eps)
    return gradient


def test_with_a_gradient_through_the_choice_the_result_would_differ():
    """So that the test above tests something."""
    x, y_0, _, state, net = drawn(*SIZES[0])
    gradients = []
    for choose in (soft, lambda scores: soft(scores).detach()):
        u, h, total = y_0, state, 0.0
        for t in range(x.shape[1]):
            scores_t, h = net.step(u, x[:, t], h)
            total = total + scores_t.square().sum()
            u = choose(scores_t)
        gradients.append(torch.autograd.grad(total, net.readout.weight)[0])
    assert relative_error(*gradients) > 1e-2


# training


@pytest.mark.parametrize("sizes", SIZES)
def test_train_step_is_torchs(sizes):
    x, y_0, targets, state, net = drawn(*sizes)

    def rollout(x, y_0, targets, p):
        return REFERENCE["scheduled_rollout"](
            x, y_0, targets, state, net.step, soft, mixing(p, torch.Generator().manual_seed(2))
        )

    for parameter in net.parameters():
        parameter.grad = torch.ones_like(parameter)
    before = [p.detach().clone() for p in net.parameters()]
    loss = cross_entropy(rollout(x, y_0, targets, 0.3)[0].flatten(0, 1), targets.argmax(dim=-1).flatten())
    gradients = torch.autograd.grad(loss, list(net.parameters()))
    mine = REFERENCE["train_step"](x, y_0, targets, 0.3, rollout, torch.optim.SGD(net.parameters(), lr=0.1))
    assert isinstance(mine, float) and abs(mine - loss.item()) < 1e-13
    largest = max(relative_error(p, b - 0.1 * g) for p, b, g in zip(net.parameters(), before, gradients, strict=True))
    print(f"{sizes}: largest relative error of a parameter {largest:.1e}")
    assert largest < 1e-13


def test_rollout_error_counts_by_hand():
    B, T, V = 5, 4, 3
    rng = np.random.default_rng(0)
    scores, targets = torch.tensor(rng.normal(size=(B, T, V))), torch.tensor(np.eye(V)[rng.integers(0, V, size=(B, T))])
    given = []

    def rollout(x, y_0, targets, p):
        given.append(p)
        return scores, targets

    errors = REFERENCE["rollout_error"](torch.zeros(B, T, 1), torch.zeros(B, V), targets, rollout)
    counted = [sum(int(scores[n, t].argmax() != targets[n, t].argmax()) for n in range(B)) / B for t in range(T)]
    np.testing.assert_allclose(errors, counted, rtol=1e-15)
    assert given == [0]


# How rare a wrong verdict is


LEAST = 0.28  # p, where coins are counted


def chance_to_be_off(d, tokens, draws=1):
    """McDiarmid's bound for a statistic that each of its coins, ``draws`` for a token, changes by 1 / tokens at most."""
    return 2 * math.exp(-2 * d**2 * tokens / draws)


def test_honest_coins_miss_a_statistic_with_probability_far_below_a_millionth():
    """The bounds of all comparisons together.

    The obtained and the expected statistic, of an honest answer each, have the same mean. They differ by the
    tolerance or more only if one of the two is half of that away from it. (The tolerance, d (1 + expected), grows with
    the number; only for the share among single calls that is made use of. If both are less than d (1 + p) / (2 + d)
    away from p, they differ by less than the tolerance.) The share chosen alike in two calls depends on two coins for each.
    """
    assert min(case["p"] for seed in range(20) for case in mix_cases(np.random.default_rng(seed))) >= LEAST
    counted, compared = math.prod(around.COUNTED), math.prod(around.COMPARED)
    off = {
        "share, of true and own, in two cases": 2 * 2 * chance_to_be_off(COUNTED / 2, counted),
        "a token in each call": chance_to_be_off(COUNTED * (1 + LEAST) / (2 + COUNTED), around.CALLS),
        "true and own in a single step": 2 * chance_to_be_off(COUNTED / 2, math.prod(around.ONE_STEP)),
        "sequences and steps, in two cases": 2 * 2 * chance_to_be_off(COUNTED / 2, compared),
        "alike in two calls, in two cases": 2 * chance_to_be_off(ALIKE / 2, compared, draws=2),
    }
    refused = 2 * sum(off.values())  # the obtained one or the expected one
    print(f"a right answer is refused with a probability below {refused:.0e}")
    assert refused < 1e-7
    for seed in range(20):  # and a share of 0, as by a rounded number of true tokens, is further away than that
        assert all(case["p"] > 1.5 * COUNTED * (1 + case["p"]) for case in mix_cases(np.random.default_rng(seed)))


def three_loops(y_true, y_own, p, generator):
    """A right answer, number by number."""
    if y_true.dim() == 2:
        return three_loops(y_true[:, None], y_own[:, None], p, generator)[:, 0]
    mixed = torch.zeros_like(y_true)
    for n, t in np.ndindex(*y_true.shape[:2]):
        coin = torch.rand(1, generator=generator)
        for v in range(y_true.shape[2]):
            if coin < p:
                mixed[n, t, v] = y_true[n, t, v]
            else:
                mixed[n, t, v] = y_own[n, t, v]
    return mixed


def test_coins_are_so_few_that_loops_pass():
    """Three nested loops, number by number, within the time limit of a call."""
    bank = draw_bank(ASSIGNMENT, unnamed(ASSIGNMENT.exercise("mix_inputs")), seed=0)
    assert judge(bank, ask_all(bank, lambda inputs: observe(three_loops, inputs))).passed
    assert max(math.prod(around.COUNTED), around.CALLS, math.prod(around.ONE_STEP)) < 15_000


def test_the_seed_that_begins_with_zero_does():
    """Whatever the shape: with it, p = 0 and a coin of 0 meet at the first token."""
    for shape in [(1,), (4, 7), around.COUNTED]:
        coins = torch.rand(shape, generator=torch.Generator().manual_seed(ZERO_FIRST))
        assert coins.flatten()[0] == 0


def test_wrong_coins_cannot_pass():
    """Coins that are shared make a variance exactly 0, exchanged ones move a share by more than twice what is allowed."""
    for seed in range(20):
        for case in mix_cases(np.random.default_rng(seed)):
            p = case["p"]
            variance, alike = p * (1 - p), p**2 + (1 - p) ** 2
            assert variance > 1.3 * COUNTED * (1 + variance)
            assert abs(p - (1 - p)) > 1.5 * COUNTED * (1 + p)
            assert 1 - alike > 1.3 * ALIKE * (1 + alike) and 1 - alike > 1.1 * 2 * ALIKE


def test_tolerances_are_wide_only_where_coins_are_counted():
    wide = {b.key for e in ASSIGNMENT.exercises for b in e.behaviours if b.tolerance > 1e-5}
    assert wide == {"share", "alone", "sequences", "steps", "fresh"}
