"""Checks of ``train_step``."""

from typing import Any

import numpy as np

from autograder.checks.scheduled_sampling.common import one_hot, seen
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.late import Late
from unrolled.standins import scheduled_sampling as around

functional: Any = Late("torch.nn.functional")


def train_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 5, 2, 3), (1, 4, 3, 5), (3, 1, 4, 2), (2, 6, 1, 4)]  # (B, T, D, V)
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "y_0": one_hot(rng, B, V),
            "targets": one_hot(rng, B, T, V),
            "p": float(p),
            "W": rng.normal(size=(D, V)),
            "b": rng.normal(size=V),
            "pull": rng.normal(size=V),
            "dW": rng.normal(size=(D, V)),
            "db": rng.normal(size=V),
        }
        for (B, T, D, V), p in zip(sizes, rng.uniform(0.2, 0.4, size=4), strict=True)
    ]


def _entropy(scores, targets):
    return functional.cross_entropy(scores.flatten(0, 1), targets.flatten(0, 1))


def _stepped(loss, optimiser):
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()


def train_not_zeroed(x, y_0, targets, p, rollout, optimiser):
    loss = _entropy(rollout(x, y_0, targets, p)[0], targets)
    loss.backward()
    optimiser.step()
    return loss.item()


def train_zeroed_late(x, y_0, targets, p, rollout, optimiser):
    loss = train_not_zeroed(x, y_0, targets, p, rollout, optimiser)
    optimiser.zero_grad()
    return loss


def train_not_moved(x, y_0, targets, p, rollout, optimiser):
    loss = _entropy(rollout(x, y_0, targets, p)[0], targets)
    optimiser.zero_grad()
    loss.backward()
    return loss.item()


def train_on_fed(x, y_0, targets, p, rollout, optimiser):
    scores, fed = rollout(x, y_0, targets, p)
    return _stepped(_entropy(scores, fed), optimiser)


def train_summed(x, y_0, targets, p, rollout, optimiser):
    scores = rollout(x, y_0, targets, p)[0]
    return _stepped(_entropy(scores, targets) * scores.shape[0] * scores.shape[1], optimiser)


def train_summed_over_time(x, y_0, targets, p, rollout, optimiser):
    scores = rollout(x, y_0, targets, p)[0]
    return _stepped(_entropy(scores, targets) * scores.shape[1], optimiser)


def train_over_vocabulary(x, y_0, targets, p, rollout, optimiser):
    scores = rollout(x, y_0, targets, p)[0]
    return _stepped(_entropy(scores, targets) / scores.shape[2], optimiser)


def train_exchanged(x, y_0, targets, p, rollout, optimiser):
    return _stepped(_entropy(rollout(x, y_0, targets, 1 - p)[0], targets), optimiser)


def train_forced(x, y_0, targets, p, rollout, optimiser):
    return _stepped(_entropy(rollout(x, y_0, targets, 1.0)[0], targets), optimiser)


def train_free(x, y_0, targets, p, rollout, optimiser):
    return _stepped(_entropy(rollout(x, y_0, targets, 0.0)[0], targets), optimiser)


def train_loss_after(x, y_0, targets, p, rollout, optimiser):
    _stepped(_entropy(rollout(x, y_0, targets, p)[0], targets), optimiser)
    return _entropy(rollout(x, y_0, targets, p)[0], targets).item()


def train_two_runs(x, y_0, targets, p, rollout, optimiser):
    loss = _entropy(rollout(x, y_0, targets, p)[0], targets)
    _stepped(_entropy(rollout(x, y_0, targets, p)[0], targets), optimiser)
    return loss.item()


def train_softmax_twice(x, y_0, targets, p, rollout, optimiser):
    return _stepped(_entropy(rollout(x, y_0, targets, p)[0].softmax(dim=-1), targets), optimiser)


def train_no_softmax(x, y_0, targets, p, rollout, optimiser):
    scores = rollout(x, y_0, targets, p)[0]
    return _stepped(functional.nll_loss(scores.flatten(0, 1), targets.argmax(dim=-1).flatten()), optimiser)


def train_last_only(x, y_0, targets, p, rollout, optimiser):
    return _stepped(functional.cross_entropy(rollout(x, y_0, targets, p)[0][:, -1], targets[:, -1]), optimiser)


def train_softmax_over_time(x, y_0, targets, p, rollout, optimiser):
    return _stepped(functional.cross_entropy(rollout(x, y_0, targets, p)[0], targets), optimiser)


def train_uphill(x, y_0, targets, p, rollout, optimiser):
    loss = _entropy(rollout(x, y_0, targets, p)[0], targets)
    _stepped(-loss, optimiser)
    return loss.item()


TRAIN_STEP = Exercise(
    name="train_step",
    chapter="scheduled_sampling",
    section="sec-scheduled-training",
    cases=train_cases,
    axes={"W": "DV", "b": "V"},
    behaviours=[
        Behaviour(
            "loss",
            "gives the loss before the step: the mean cross-entropy of scores and targets, with p handed on to the rollout",
            2,
            seen(around.loss_before, "dW", "db"),
        ),
        Behaviour(
            "update", "moves the parameters against the gradient of that loss", 2, seen(around.parameters_after, "dW", "db")
        ),
        Behaviour("fresh", "does not count gradients from before", 2, seen(around.parameters_after_two)),
        Behaviour(
            "inputs",
            "gives the loss and leaves its inputs as they were",
            1,
            seen(around.loss_before, "dW", "db"),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception(
            "not_zeroed", "gradients from before are never set to zero; they add up from step to step.", train_not_zeroed
        ),
        Misconception(
            "zeroed_late",
            "gradients are set to zero only at the end; those from before the call still count in this step.",
            train_zeroed_late,
        ),
        Misconception(
            "not_moved",
            "the parameters stay where they are: the optimiser's step is missing, or finds gradients of zero.",
            train_not_moved,
        ),
        Misconception(
            "on_fed", "the loss compares the scores with what was fed; the network must learn the targets.", train_on_fed
        ),
        Misconception("summed", "the loss is summed over all tokens; wanted is the mean.", train_summed),
        Misconception(
            "summed_over_time",
            "the loss is summed over time and averaged over the batch only; average over both.",
            train_summed_over_time,
        ),
        Misconception(
            "over_vocabulary",
            "the mean also counts the V - 1 zeros of each target; divide by the number of tokens, B times T.",
            train_over_vocabulary,
        ),
        Misconception("exchanged", "the rollout is given 1 - p; it wants p, the share of true tokens.", train_exchanged),
        Misconception("forced", "the rollout is always given p = 1: this is teacher forcing.", train_forced),
        Misconception("free", "the rollout is always given p = 0: the network is fed its own tokens only.", train_free),
        Misconception(
            "two_runs",
            "the loss that comes back and the gradient are of two runs, in which the coins fall differently; run once.",
            train_two_runs,
        ),
        Misconception("loss_after", "the loss is that after the step; wanted is the one before.", train_loss_after),
        Misconception(
            "softmax_twice",
            "the scores go through a softmax twice; torch's cross_entropy has one inside.",
            train_softmax_twice,
        ),
        Misconception(
            "no_softmax",
            "the scores themselves are taken for log-probabilities; a log-softmax is missing.",
            train_no_softmax,
        ),
        Misconception("last_only", "only the last step counts in the loss; all steps do.", train_last_only),
        Misconception(
            "softmax_over_time",
            "the softmax runs over time: cross_entropy takes axis 1 for the classes, so flatten batch and time first.",
            train_softmax_over_time,
        ),
        Misconception("uphill", "the parameters move up the gradient, so that the loss grows.", train_uphill),
    ],
)
