"""Checks of ``rollout_error``."""

import numpy as np

from autograder.checks.scheduled_sampling.common import one_hot, seen, torch
from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import scheduled_sampling as around


def error_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(7, 4, 2, 3), (5, 6, 3, 2), (1, 8, 4, 3), (9, 1, 3, 4), (11, 5, 1, 4)]  # (B, T, D, V)
    return [
        {
            "x": 3 * rng.normal(size=(B, T, D)),
            "y_0": one_hot(rng, B, V),
            "targets": one_hot(rng, B, T, V),
            "W": rng.normal(size=(D, V)),
            "b": rng.normal(size=V),
            "pull": np.eye(V)[rng.integers(V)],
        }
        for B, T, D, V in sizes
    ]


def fed_or_not(case: Case) -> Case:
    """Where it makes no difference what is fed."""
    return seen(around.errors)(zeroed(case, "pull"))


def _wrong(scores, targets):
    return (scores.argmax(dim=-1) != targets.argmax(dim=-1)).double()


def error_forced(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 1.0)[0], targets).mean(dim=0)


def error_per_sequence(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 0.0)[0], targets).mean(dim=1)


def error_one_number(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 0.0)[0], targets).mean()


def error_accuracy(x, y_0, targets, rollout):
    return 1 - _wrong(rollout(x, y_0, targets, 0.0)[0], targets).mean(dim=0)


def error_cumulative(x, y_0, targets, rollout):
    errors = _wrong(rollout(x, y_0, targets, 0.0)[0], targets).mean(dim=0)
    return errors.cumsum(0) / torch.arange(1, len(errors) + 1)


def error_since_first(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 0.0)[0], targets).cummax(dim=1).values.mean(dim=0)


def error_against_fed(x, y_0, targets, rollout):
    scores, fed = rollout(x, y_0, targets, 0.0)
    return _wrong(scores, fed).mean(dim=0)


def error_fed_for_scores(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 0.0)[1], targets).mean(dim=0)


def error_counted(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 0.0)[0], targets).sum(dim=0)


def error_probability(x, y_0, targets, rollout):
    right = (rollout(x, y_0, targets, 0.0)[0].softmax(dim=-1) * targets).sum(dim=-1)
    return (1 - right).mean(dim=0)


def error_any_number(x, y_0, targets, rollout):
    """How often the one-hot vectors differ, number by number."""
    return _wrong(rollout(x, y_0, targets, 0.0)[0], targets).mean(dim=0) * 2 / targets.shape[-1]


def error_over_batch(x, y_0, targets, rollout):
    """The best sequence for each token, instead of the best token for each sequence."""
    scores = rollout(x, y_0, targets, 0.0)[0]
    return (scores.argmax(dim=0) != targets.argmax(dim=0)).double().mean(dim=-1)


def error_entropy(x, y_0, targets, rollout):
    scores = rollout(x, y_0, targets, 0.0)[0]
    return -(targets * scores.log_softmax(dim=-1)).sum(dim=-1).mean(dim=0)


ROLLOUT_ERROR = Exercise(
    name="rollout_error",
    chapter="distribution_shift",
    section="sec-error-against-step",
    cases=error_cases,
    axes="T",
    behaviours=[
        Behaviour("share", "gives the share of sequences with a wrong best token, at each step", 2, fed_or_not),
        Behaviour("free", "lets the network run freely: it is fed its own tokens only", 2, seen(around.errors)),
        Behaviour(
            "inputs",
            "gives those errors and leaves its inputs as they were",
            1,
            seen(around.errors),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception("forced", "the network is fed true tokens (p = 1); measure it on its own (p = 0).", error_forced),
        Misconception(
            "per_sequence",
            "the mean is taken over time, which gives a number for each sequence; take it over the batch.",
            error_per_sequence,
        ),
        Misconception(
            "one_number", "all steps are averaged into one number; wanted is one for each step.", error_one_number
        ),
        Misconception("accuracy", "this is the share of right tokens; wanted is that of wrong ones.", error_accuracy),
        Misconception(
            "cumulative", "this is the mean error up to each step; wanted is that at each step.", error_cumulative
        ),
        Misconception(
            "since_first",
            "a sequence counts as wrong from its first wrong token on; count at each step what is wrong there.",
            error_since_first,
        ),
        Misconception(
            "against_fed", "the tokens are compared with those that were fed, not with the targets.", error_against_fed
        ),
        Misconception(
            "fed_for_scores",
            "the tokens that were fed are compared with the targets; take the best tokens of the scores.",
            error_fed_for_scores,
        ),
        Misconception("counted", "wrong tokens are counted; divide by the number of sequences.", error_counted),
        Misconception(
            "probability",
            "this is the mean probability given to wrong tokens; count how often the best token is wrong.",
            error_probability,
        ),
        Misconception(
            "any_number",
            "one-hot vectors are compared number by number; compare tokens, and count each wrong one once.",
            error_any_number,
        ),
        Misconception(
            "over_batch", "the largest score is looked for along the batch; look along the vocabulary.", error_over_batch
        ),
        Misconception("entropy", "this is the cross-entropy; wanted is how often the best token is wrong.", error_entropy),
    ],
)
