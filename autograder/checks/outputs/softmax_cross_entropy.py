"""Checks of ``softmax_cross_entropy``."""

import numpy as np

from autograder.checks.outputs import softmax_cross_entropy_mistakes as wrong
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import outputs as parts


def softmax_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(5, 4), (3, 6), (1, 3), (6, 2), (4, 5)]  # (N, C)
    cases: list[Case] = []
    for N, C in sizes:
        targets, mask = rng.integers(0, C, size=N), (rng.random(N) < 0.6).astype(float)
        targets[0], targets[-1] = rng.permutation(C)[:2] if N > 1 else (C - 1, C - 1)  # not all of one class
        mask[0], mask[-1] = (1.0, 0.0) if N > 1 else (1.0, 1.0)
        cases.append({"scores": rng.normal(size=(N, C)), "targets": targets, "mask": mask})
    return cases


def all_count(case: Case) -> Case:
    return case | {"mask": np.ones(len(case["mask"]))}


def large(case: Case) -> Case:
    """Rows at +1000 and -1000, a target far below the others, a class far above; multiples of 1/4, exact in 32 bits."""
    scores = np.round(4 * case["scores"]) / 4
    scores[0, case["targets"][0]] -= 800
    scores += 1000.0 * (-1.0) ** np.arange(len(scores))[:, np.newaxis]
    if len(scores) > 1:
        scores[1, case["targets"][1] - 1] += 4000  # one class far above all others, and not the target
    return all_count(case) | {"scores": scores}


def some_masked(case: Case) -> Case | None:
    return dict(case) if (case["mask"] == 0).any() else None


SOFTMAX_CROSS_ENTROPY = Exercise(
    name="softmax_cross_entropy",
    chapter="outputs",
    section="sec-stable-loss",
    cases=softmax_cases,
    axes={"loss": "", "dscores": "RC"},
    behaviours=[
        Behaviour("loss", "adds up the losses of the rows", 2, lambda c: seen_by(parts.loss_alone)(all_count(c))),
        Behaviour(
            "gradient",
            "gives the gradient of that sum: probabilities, less 1 at the target",
            2,
            lambda c: seen_by(parts.dscores_alone)(all_count(c)),
        ),
        # float32 has steps of 6e-5 at 1000, and a right answer may take the log of the sum of exps off there
        Behaviour("large", "gives the right numbers for scores in the hundreds and thousands too", 2, large, tolerance=3e-4),
        Behaviour("mask", "leaves out rows whose mask is 0, in the loss and in the gradient", 2, some_masked),
        Behaviour("inputs", "gives all that and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "no_shift",
            "exp is taken of the scores as they are; exp(1000) overflows, so take the largest score of each row off first.",
            wrong.softmax_no_shift,
        ),
        Misconception(
            "global_shift",
            "the largest score of all rows is taken off each; a row far below it has only zeros left. Take each row's own.",
            wrong.softmax_global_shift,
        ),
        Misconception(
            "shift_axis",
            "the largest score of each column is taken off; only what is the same for the whole row changes nothing.",
            wrong.softmax_shift_axis,
        ),
        Misconception(
            "mean_shift",
            "something else than the row's largest score is taken off, perhaps its mean; a score far above that overflows.",
            wrong.softmax_mean_shift,
        ),
        Misconception(
            "clipped",
            "the scores are cut off at some size, which makes large ones equal; take each row's largest score off instead.",
            wrong.softmax_clipped,
        ),
        Misconception(
            "floored",
            "the distance to the largest score is cut off at some size, and the loss with it; a loss may be of any size.",
            wrong.softmax_floored,
        ),
        Misconception(
            "log_of_zero",
            "the logarithm of a probability is taken after it was rounded to 0; use ln of the sum of exps, less the score.",
            wrong.softmax_log_of_zero,
        ),
        Misconception(
            "epsilon",
            "a small number is added inside the logarithm, which hides how large a loss is; no such number is needed.",
            wrong.softmax_epsilon,
        ),
        Misconception(
            "softmax_axis", "the softmax runs over the rows; it runs over the classes of each row.", wrong.softmax_axis
        ),
        Misconception(
            "averaged",
            "loss and gradient are divided by the number of rows that count; both are sums.",
            wrong.softmax_averaged,
        ),
        Misconception(
            "averaged_over_all",
            "loss and gradient are divided by the number of all rows, masked ones included; both are sums.",
            wrong.softmax_averaged_over_all,
        ),
        Misconception("loss_averaged", "the loss is a mean over the rows; it is a sum.", wrong.softmax_loss_averaged),
        Misconception(
            "gradient_averaged",
            "the gradient is divided by the number of rows, although the loss is a sum.",
            wrong.softmax_gradient_averaged,
        ),
        Misconception(
            "padding_in_loss",
            "rows whose mask is 0 are counted in the loss (not in the gradient).",
            wrong.softmax_padding_in_loss,
        ),
        Misconception(
            "padding_in_gradient",
            "rows whose mask is 0 have a gradient; they are left out of the loss, so theirs is zero.",
            wrong.softmax_padding_in_gradient,
        ),
        Misconception("mask_ignored", "the mask is not used at all.", wrong.softmax_mask_ignored),
        Misconception(
            "mask_on_scores",
            "the mask multiplies the scores; a row of zeros still has the loss ln C. It multiplies the losses.",
            wrong.softmax_mask_on_scores,
        ),
        Misconception(
            "padded_target",
            "in masked rows the probabilities are zeroed, but 1 is still subtracted at the target.",
            wrong.softmax_padded_target,
        ),
        Misconception(
            "no_target",
            "the gradient is the probabilities alone; 1 is missing at the target class.",
            wrong.softmax_no_target,
        ),
        Misconception("sign", "the gradient has the wrong sign: it is probabilities minus target.", wrong.softmax_sign),
        Misconception(
            "all_columns",
            "1 is subtracted in the columns of all targets, in every row; each row has one target: index rows and columns.",
            wrong.softmax_all_columns,
        ),
        Misconception(
            "counted_from_one", "class k is looked up in column k - 1; classes count from 0.", wrong.softmax_counted_from_one
        ),
        Misconception("base_two", "the loss is in bits (base 2); wanted is the natural logarithm.", wrong.softmax_base_two),
        Misconception(
            "minus", "the loss has the wrong sign: it is minus the logarithm of a probability.", wrong.softmax_minus
        ),
    ],
)
