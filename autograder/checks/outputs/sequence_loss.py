"""Checks of ``sequence_loss``."""

import numpy as np

from autograder.checks.shared import drawn_lengths
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import outputs as parts
from unrolled.standins import stand_in


def sequence_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 5, 3), (3, 6, 2), (1, 3, 4), (5, 1, 3)]  # (B, T, C)
    cases: list[Case] = [
        {
            "scores": rng.normal(size=(B, T, C)),
            "targets": rng.integers(0, C, size=(B, T)),
            "lengths": drawn_lengths(rng, B, T),
            "step_loss": stand_in(parts.wavy_step_loss),
        }
        for B, T, C in sizes
    ]
    cases[1]["lengths"] = np.minimum(cases[1]["lengths"], sizes[1][1] - 2)  # nothing fills the array
    for case in cases:
        case["targets"][:, 0] = 0
        case["targets"][:, -1] = 1  # targets change along a sequence, so a shifted one shows
    return cases


def all_true(case: Case) -> Case:
    return case | {"lengths": np.full(len(case["scores"]), case["scores"].shape[1])}


def with_padding(case: Case) -> Case | None:
    return dict(case) if (case["lengths"] < case["scores"].shape[1]).any() else None


def _sequence(scores, targets, mask, step_loss):
    """Sums over the rows that count, without any division: (T,), (B, T, C)."""
    pairs = [step_loss(scores[:, t], targets[:, t], mask[:, t]) for t in range(scores.shape[1])]
    return np.array([loss for loss, _ in pairs]), np.stack([d for _, d in pairs], axis=1)


def _mask(scores, lengths):
    return (np.arange(scores.shape[1]) < lengths[:, np.newaxis]).astype(float)


def _divided(losses, dscores, by):
    return losses.sum() / by, losses / by, dscores / by


def _batch_mean(scores, targets, mask, step_loss):
    return _divided(*_sequence(scores, targets, mask, step_loss), len(scores))


def sequence_averaged_over_steps(scores, targets, lengths, step_loss):
    B, T, _ = scores.shape
    return _divided(*_sequence(scores, targets, _mask(scores, lengths), step_loss), B * T)


def sequence_averaged_over_true_steps(scores, targets, lengths, step_loss):
    return _divided(*_sequence(scores, targets, _mask(scores, lengths), step_loss), lengths.sum())


def sequence_mean_of_means(scores, targets, lengths, step_loss):
    return _batch_mean(scores, targets, _mask(scores, lengths) / lengths[:, np.newaxis], step_loss)


def sequence_summed_over_batch(scores, targets, lengths, step_loss):
    return _divided(*_sequence(scores, targets, _mask(scores, lengths), step_loss), 1)


def sequence_divided_twice(scores, targets, lengths, step_loss):
    loss, losses, dscores = _batch_mean(scores, targets, _mask(scores, lengths), step_loss)
    return loss, losses, dscores / len(scores)


def sequence_gradient_not_divided(scores, targets, lengths, step_loss):
    loss, losses, dscores = _batch_mean(scores, targets, _mask(scores, lengths), step_loss)
    return loss, losses, dscores * len(scores)


def sequence_losses_not_divided(scores, targets, lengths, step_loss):
    loss, losses, dscores = _batch_mean(scores, targets, _mask(scores, lengths), step_loss)
    return loss, losses * len(scores), dscores


def sequence_loss_averaged(scores, targets, lengths, step_loss):
    _, losses, dscores = _batch_mean(scores, targets, _mask(scores, lengths), step_loss)
    return losses.mean(), losses, dscores


def sequence_running(scores, targets, lengths, step_loss):
    """At each step the mean over the sequences that still run."""
    mask = _mask(scores, lengths)
    losses, dscores = _sequence(scores, targets, mask, step_loss)
    count = np.maximum(mask.sum(axis=0), 1)
    return (losses / count).sum(), losses / count, dscores / count[:, np.newaxis]


def sequence_padding_counted(scores, targets, lengths, step_loss):
    return _batch_mean(scores, targets, np.ones(scores.shape[:2]), step_loss)


def sequence_padding_in_gradient(scores, targets, lengths, step_loss):
    loss, losses, _ = _batch_mean(scores, targets, _mask(scores, lengths), step_loss)
    return loss, losses, sequence_padding_counted(scores, targets, lengths, step_loss)[2]


def sequence_padding_in_loss(scores, targets, lengths, step_loss):
    dscores = _batch_mean(scores, targets, _mask(scores, lengths), step_loss)[2]
    return *sequence_padding_counted(scores, targets, lengths, step_loss)[:2], dscores


def sequence_masked_scores(scores, targets, lengths, step_loss):
    return sequence_padding_counted(scores * _mask(scores, lengths)[..., np.newaxis], targets, lengths, step_loss)


def sequence_one_short(scores, targets, lengths, step_loss):
    return _batch_mean(scores, targets, _mask(scores, lengths - 1), step_loss)


def sequence_one_long(scores, targets, lengths, step_loss):
    return _batch_mean(scores, targets, _mask(scores, lengths + 1), step_loss)


def sequence_right_aligned(scores, targets, lengths, step_loss):
    return _batch_mean(scores, targets, _mask(scores, lengths)[:, ::-1], step_loss)


def sequence_targets_shifted(scores, targets, lengths, step_loss):
    return _batch_mean(scores, np.roll(targets, -1, axis=1), _mask(scores, lengths), step_loss)


def sequence_time_first(scores, targets, lengths, step_loss):
    loss, losses, dscores = _batch_mean(scores, targets, _mask(scores, lengths), step_loss)
    return loss, losses, dscores.swapaxes(0, 1)


def sequence_mixed_axes(scores, targets, lengths, step_loss):
    loss, losses, dscores = _batch_mean(scores, targets, _mask(scores, lengths), step_loss)
    return loss, losses, dscores.swapaxes(0, 1).reshape(dscores.shape)


def sequence_last_step_only(scores, targets, lengths, step_loss):
    return _batch_mean(scores, targets, _mask(scores, lengths) - _mask(scores, lengths - 1), step_loss)


SEQUENCE_LOSS = Exercise(
    name="sequence_loss",
    chapter="outputs",
    section="sec-padding-in-the-loss",
    cases=sequence_cases,
    axes={"loss": "", "losses": "T", "dscores": "BTC"},
    behaviours=[
        Behaviour(
            "losses",
            "gives the loss of each step, averaged over the sequences",
            1,
            lambda c: seen_by(parts.losses_alone)(all_true(c)),
        ),
        Behaviour(
            "sum",
            "adds up the losses of the steps, where nothing is padded",
            1,
            lambda c: seen_by(parts.loss_alone)(all_true(c)),
        ),
        Behaviour(
            "gradient",
            "gives the gradient of that sum for every step",
            2,
            lambda c: seen_by(parts.dscores_alone)(all_true(c)),
        ),
        Behaviour(
            "padding", "counts no step after a sequence's end, neither in the losses nor in the gradient", 2, with_padding
        ),
        Behaviour(
            "inputs",
            "gives the right loss and leaves its inputs as they were",
            1,
            seen_by(parts.loss_alone),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception(
            "averaged_over_steps",
            "the losses are averaged over the T columns as well; over the steps of a sequence they are added up.",
            sequence_averaged_over_steps,
        ),
        Misconception(
            "loss_averaged",
            "the loss is the mean of the L_t; it is their sum, and that is what the gradient belongs to.",
            sequence_loss_averaged,
        ),
        Misconception(
            "averaged_over_true_steps",
            "everything is divided by the number of true steps; here by the number of sequences, B.",
            sequence_averaged_over_true_steps,
        ),
        Misconception(
            "mean_of_means",
            "each sequence's loss is divided by its length; over the steps of a sequence losses are added up.",
            sequence_mean_of_means,
        ),
        Misconception(
            "running_mean",
            "each step is divided by the number of sequences that still run; all steps are divided by B.",
            sequence_running,
        ),
        Misconception(
            "summed_over_batch",
            "nothing is divided by the number of sequences: the batch is averaged.",
            sequence_summed_over_batch,
        ),
        Misconception("divided_twice", "the gradient is divided by the number of sequences twice.", sequence_divided_twice),
        Misconception(
            "gradient_not_divided",
            "the loss is divided by the number of sequences, the gradient is not; it is the gradient of this loss.",
            sequence_gradient_not_divided,
        ),
        Misconception(
            "losses_not_divided",
            "the losses of the steps are sums over the batch; they are means, and add up to the loss.",
            sequence_losses_not_divided,
        ),
        Misconception(
            "padding_counted", "padded steps are counted: the mask lets every step through.", sequence_padding_counted
        ),
        Misconception(
            "padding_in_gradient",
            "padded steps are left out of the loss, but still have a gradient.",
            sequence_padding_in_gradient,
        ),
        Misconception(
            "padding_in_loss",
            "padded steps have no gradient, but their losses are counted.",
            sequence_padding_in_loss,
        ),
        Misconception(
            "mask_on_scores",
            "the scores are set to zero in the padding, and zeros have a loss too; hand the mask to step_loss.",
            sequence_masked_scores,
        ),
        Misconception("one_short", "the last true step of every sequence is left out.", sequence_one_short),
        Misconception("one_long", "one padded step is counted: step t is true if t < length.", sequence_one_long),
        Misconception(
            "right_aligned", "the mask lets the last columns through; the true steps are the first.", sequence_right_aligned
        ),
        Misconception(
            "targets_shifted",
            "each step is compared with the target of the next one; targets come already in their places.",
            sequence_targets_shifted,
        ),
        Misconception(
            "last_step_only", "only the last true step has a loss; here every step has one.", sequence_last_step_only
        ),
        Misconception(
            "time_first", "the gradient's axes are (time, batch, class); wanted is batch first.", sequence_time_first
        ),
        Misconception(
            "mixed_axes",
            "the gradients of the steps were collected along a first axis and reshaped; stack them along axis 1.",
            sequence_mixed_axes,
        ),
    ],
)
