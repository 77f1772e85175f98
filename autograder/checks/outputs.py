"""Checks of the assignment ``outputs``: a loss at every step, a shared readout, the whole network's gradient."""

import numpy as np

from autograder.checks.rnn import drawn_lengths
from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Misconception, seen_by
from autograder.checks.unrolled_net import zeroed
from unrolled.standins import outputs as parts
from unrolled.standins import stand_in

# softmax_cross_entropy


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


def _log_softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _one_hot(scores, targets):
    return np.eye(scores.shape[1])[targets]


def _right(scores, targets, mask, log_p=None):
    """Loss and gradient of every row, masked: (N,), (N, C)."""
    log_p = _log_softmax(scores) if log_p is None else log_p
    one_hot = _one_hot(scores, targets)
    return -(log_p * one_hot).sum(axis=1) * mask, (np.exp(log_p) - one_hot) * mask[:, np.newaxis]


def _from_p(p, scores, targets, mask, epsilon=0.0):
    one_hot = _one_hot(scores, targets)
    losses = -np.log((p * one_hot).sum(axis=1) + epsilon)
    return (losses * mask).sum(), (p - one_hot) * mask[:, np.newaxis]


def softmax_no_shift(scores, targets, mask):
    exps = np.exp(scores)
    return _from_p(exps / exps.sum(axis=1, keepdims=True), scores, targets, mask)


def softmax_global_shift(scores, targets, mask):
    return softmax_no_shift(scores - scores.max(), targets, mask)


def softmax_mean_shift(scores, targets, mask):
    return softmax_no_shift(scores - scores.mean(axis=1, keepdims=True), targets, mask)


def softmax_clipped(scores, targets, mask):
    losses, dscores = _right(np.clip(scores, -500, 500), targets, mask)
    return losses.sum(), dscores


def softmax_floored(scores, targets, mask):
    shifted = np.maximum(scores - scores.max(axis=1, keepdims=True), -1000)
    losses, dscores = _right(shifted, targets, mask)
    return losses.sum(), dscores


def softmax_shift_axis(scores, targets, mask):
    shifted = scores - scores.max(axis=0)
    losses, dscores = _right(scores, targets, mask, shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))
    return losses.sum(), dscores


def softmax_log_of_zero(scores, targets, mask):
    return _from_p(np.exp(_log_softmax(scores)), scores, targets, mask)


def softmax_epsilon(scores, targets, mask):
    return _from_p(np.exp(_log_softmax(scores)), scores, targets, mask, 1e-12)


def softmax_axis(scores, targets, mask):
    losses, dscores = _right(scores, targets, mask, _log_softmax(scores.T).T)
    return losses.sum(), dscores


def softmax_averaged(scores, targets, mask):
    losses, dscores = _right(scores, targets, mask)
    return losses.sum() / mask.sum(), dscores / mask.sum()


def softmax_averaged_over_all(scores, targets, mask):
    losses, dscores = _right(scores, targets, mask)
    return losses.mean(), dscores / len(scores)


def softmax_loss_averaged(scores, targets, mask):
    losses, dscores = _right(scores, targets, mask)
    return losses.sum() / mask.sum(), dscores


def softmax_gradient_averaged(scores, targets, mask):
    losses, dscores = _right(scores, targets, mask)
    return losses.sum(), dscores / mask.sum()


def softmax_padding_in_loss(scores, targets, mask):
    return _right(scores, targets, np.ones(len(mask)))[0].sum(), _right(scores, targets, mask)[1]


def softmax_padding_in_gradient(scores, targets, mask):
    return _right(scores, targets, mask)[0].sum(), _right(scores, targets, np.ones(len(mask)))[1]


def softmax_mask_ignored(scores, targets, mask):
    losses, dscores = _right(scores, targets, np.ones(len(mask)))
    return losses.sum(), dscores


def softmax_mask_on_scores(scores, targets, mask):
    return softmax_mask_ignored(scores * mask[:, np.newaxis], targets, mask)


def softmax_padded_target(scores, targets, mask):
    losses, dscores = _right(scores, targets, mask)
    return losses.sum(), dscores - (1 - mask)[:, np.newaxis] * _one_hot(scores, targets)


def softmax_no_target(scores, targets, mask):
    losses, dscores = _right(scores, targets, mask)
    return losses.sum(), dscores + mask[:, np.newaxis] * _one_hot(scores, targets)


def softmax_sign(scores, targets, mask):
    losses, dscores = _right(scores, targets, mask)
    return losses.sum(), -dscores


def softmax_all_columns(scores, targets, mask):
    losses, _ = _right(scores, targets, mask)
    every = np.eye(scores.shape[1])[targets].any(axis=0)  # the columns that are some row's target
    return losses.sum(), (np.exp(_log_softmax(scores)) - every) * mask[:, np.newaxis]


def softmax_counted_from_one(scores, targets, mask):
    losses, dscores = _right(scores, targets - 1, mask)
    return losses.sum(), dscores


def softmax_base_two(scores, targets, mask):
    losses, dscores = _right(scores, targets, mask)
    return losses.sum() / np.log(2), dscores


def softmax_minus(scores, targets, mask):
    losses, dscores = _right(scores, targets, mask)
    return -losses.sum(), dscores


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
            softmax_no_shift,
        ),
        Misconception(
            "global_shift",
            "the largest score of all rows is taken off each; a row far below it has only zeros left. Take each row's own.",
            softmax_global_shift,
        ),
        Misconception(
            "shift_axis",
            "the largest score of each column is taken off; only what is the same for the whole row changes nothing.",
            softmax_shift_axis,
        ),
        Misconception(
            "mean_shift",
            "something else than the row's largest score is taken off, perhaps its mean; a score far above that overflows.",
            softmax_mean_shift,
        ),
        Misconception(
            "clipped",
            "the scores are cut off at some size, which makes large ones equal; take each row's largest score off instead.",
            softmax_clipped,
        ),
        Misconception(
            "floored",
            "the distance to the largest score is cut off at some size, and the loss with it; a loss may be of any size.",
            softmax_floored,
        ),
        Misconception(
            "log_of_zero",
            "the logarithm of a probability is taken after it was rounded to 0; use ln of the sum of exps, less the score.",
            softmax_log_of_zero,
        ),
        Misconception(
            "epsilon",
            "a small number is added inside the logarithm, which hides how large a loss is; no such number is needed.",
            softmax_epsilon,
        ),
        Misconception("softmax_axis", "the softmax runs over the rows; it runs over the classes of each row.", softmax_axis),
        Misconception(
            "averaged", "loss and gradient are divided by the number of rows that count; both are sums.", softmax_averaged
        ),
        Misconception(
            "averaged_over_all",
            "loss and gradient are divided by the number of all rows, masked ones included; both are sums.",
            softmax_averaged_over_all,
        ),
        Misconception("loss_averaged", "the loss is a mean over the rows; it is a sum.", softmax_loss_averaged),
        Misconception(
            "gradient_averaged",
            "the gradient is divided by the number of rows, although the loss is a sum.",
            softmax_gradient_averaged,
        ),
        Misconception(
            "padding_in_loss", "rows whose mask is 0 are counted in the loss (not in the gradient).", softmax_padding_in_loss
        ),
        Misconception(
            "padding_in_gradient",
            "rows whose mask is 0 have a gradient; they are left out of the loss, so theirs is zero.",
            softmax_padding_in_gradient,
        ),
        Misconception("mask_ignored", "the mask is not used at all.", softmax_mask_ignored),
        Misconception(
            "mask_on_scores",
            "the mask multiplies the scores; a row of zeros still has the loss ln C. It multiplies the losses.",
            softmax_mask_on_scores,
        ),
        Misconception(
            "padded_target",
            "in masked rows the probabilities are zeroed, but 1 is still subtracted at the target.",
            softmax_padded_target,
        ),
        Misconception(
            "no_target", "the gradient is the probabilities alone; 1 is missing at the target class.", softmax_no_target
        ),
        Misconception("sign", "the gradient has the wrong sign: it is probabilities minus target.", softmax_sign),
        Misconception(
            "all_columns",
            "1 is subtracted in the columns of all targets, in every row; each row has one target: index rows and columns.",
            softmax_all_columns,
        ),
        Misconception(
            "counted_from_one", "class k is looked up in column k - 1; classes count from 0.", softmax_counted_from_one
        ),
        Misconception("base_two", "the loss is in bits (base 2); wanted is the natural logarithm.", softmax_base_two),
        Misconception("minus", "the loss has the wrong sign: it is minus the logarithm of a probability.", softmax_minus),
    ],
)


# readout_forward


def readout_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 2, 4), (1, 4, 3, 2), (4, 1, 2, 3), (2, 3, 1, 5), (5, 2, 4, 1)]  # (B, T, H, C)
    return [
        {
            "h": rng.normal(size=(B, T, H)),
            "W_hy": rng.normal(size=(H, C)),
            "b_y": rng.normal(size=C) + 0.5,
        }
        for B, T, H, C in sizes
    ]


def forward_no_bias(h, W_hy, b_y):
    return h @ W_hy, (h, W_hy)


def forward_bias_twice(h, W_hy, b_y):
    return h @ W_hy + 2 * b_y, (h, W_hy)


def forward_last_only(h, W_hy, b_y):
    return h[:, -1] @ W_hy + b_y, (h, W_hy)


def forward_softmax(h, W_hy, b_y):
    exps = np.exp(h @ W_hy + b_y)
    return exps / exps.sum(axis=-1, keepdims=True), (h, W_hy)


def forward_tanh(h, W_hy, b_y):
    return np.tanh(h @ W_hy + b_y), (h, W_hy)


def forward_time_first(h, W_hy, b_y):
    return (h @ W_hy + b_y).swapaxes(0, 1), (h, W_hy)


def forward_mixed_axes(h, W_hy, b_y):
    B, T, _ = h.shape
    return (h @ W_hy + b_y).swapaxes(0, 1).reshape(B, T, len(b_y)), (h, W_hy)


def forward_cache_swapped(h, W_hy, b_y):
    return h @ W_hy + b_y, (W_hy, h)


def forward_no_cache(h, W_hy, b_y):
    return h @ W_hy + b_y


READOUT_FORWARD = Exercise(
    name="readout_forward",
    chapter="outputs",
    section="sec-shared-readout",
    cases=readout_cases,
    axes={"y": "BTC", "cache": ""},
    behaviours=[
        Behaviour(
            "every_step",
            "reads the scores of every step with W_hy",
            1,
            lambda c: seen_by(parts.scores_alone)(zeroed(c, "b_y")),
        ),
        Behaviour("bias", "adds the bias once", 1, lambda c: seen_by(parts.scores_alone)(zeroed(c, "h"))),
        Behaviour("cache", "gives the scores, and h and W_hy for the way back", 1),
        Behaviour("inputs", "gives those and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("no_bias", "the bias of the readout is never added.", forward_no_bias),
        Misconception("bias_twice", "the bias of the readout is added twice.", forward_bias_twice),
        Misconception("last_only", "only the last step is read; every step has its scores.", forward_last_only),
        Misconception("softmax", "the scores went through a softmax; that belongs to the loss.", forward_softmax),
        Misconception("tanh", "the scores went through a tanh; the readout is linear.", forward_tanh),
        Misconception("time_first", "the axes are (time, batch, class); wanted is batch first.", forward_time_first),
        Misconception(
            "mixed_axes",
            "the steps were collected along a first axis and reshaped, which mixes sequences; stack them along axis 1.",
            forward_mixed_axes,
        ),
        Misconception("cache_swapped", "the cache holds W_hy first; it is the pair (h, W_hy).", forward_cache_swapped),
        Misconception("no_cache", "the scores come alone; wanted are y and the cache (h, W_hy).", forward_no_cache),
    ],
)


# readout_backward


def backward_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 2, 4), (1, 4, 3, 2), (4, 1, 2, 3), (2, 3, 1, 5), (3, 2, 4, 4)]  # (B, T, H, C)
    return [
        {
            "dy": rng.normal(size=(B, T, C)),
            "h": rng.normal(size=(B, T, H)),
            "W_hy": rng.normal(size=(H, C)),
            "around": stand_in(parts.way_back),
        }
        for B, T, H, C in sizes
    ]


def _readout_gradients(dy, h, W_hy):
    return dy @ W_hy.T, np.einsum("bth,btc->hc", h, dy), dy.sum(axis=(0, 1))


def backward_last_step(dy, cache):
    h, W_hy = cache
    return dy @ W_hy.T, h[:, -1].T @ dy[:, -1], dy[:, -1].sum(axis=0)


def backward_first_step(dy, cache):
    h, W_hy = cache
    return dy @ W_hy.T, h[:, 0].T @ dy[:, 0], dy[:, 0].sum(axis=0)


def backward_bias_overwritten(dy, cache):
    dh, dW_hy, _ = _readout_gradients(dy, *cache)
    return dh, dW_hy, dy[:, -1].sum(axis=0)


def backward_bias_per_step(dy, cache):
    dh, dW_hy, _ = _readout_gradients(dy, *cache)
    return dh, dW_hy, dy.sum(axis=0)


def backward_bias_one_number(dy, cache):
    dh, dW_hy, _ = _readout_gradients(dy, *cache)
    return dh, dW_hy, dy.sum()


def backward_bias_times_count(dy, cache):
    dh, dW_hy, db_y = _readout_gradients(dy, *cache)
    return dh, dW_hy, db_y * dy.shape[1]


def backward_averaged(dy, cache):
    dh, dW_hy, db_y = _readout_gradients(dy, *cache)
    return dh, dW_hy / dy[..., 0].size, db_y / dy[..., 0].size


def backward_divided_by_batch(dy, cache):
    dh, dW_hy, db_y = _readout_gradients(dy, *cache)
    return dh, dW_hy / len(dy), db_y / len(dy)


def backward_transposed(dy, cache):
    dh, dW_hy, db_y = _readout_gradients(dy, *cache)
    return dh, dW_hy.T, db_y


def backward_per_sequence(dy, cache):
    dh, _, db_y = _readout_gradients(dy, *cache)
    return dh, cache[0].swapaxes(1, 2) @ dy, db_y


def backward_weights_not_transposed(dy, cache):
    dh = dy @ cache[1]
    return dh, *_readout_gradients(dy, *cache)[1:]


def backward_last_state_only(dy, cache):
    dh, dW_hy, db_y = _readout_gradients(dy, *cache)
    last = np.zeros_like(dh)
    last[:, -1] = dh[:, -1]
    return last, dW_hy, db_y


READOUT_BACKWARD = Exercise(
    name="readout_backward",
    chapter="outputs",
    section="sec-readout-backwards",
    cases=backward_cases,
    axes={"dh": "BTH", "dW_hy": "HC", "db_y": "C"},
    behaviours=[
        Behaviour("states", "gives every state its part of the gradient", 1, seen_by(parts.way_back_to_states)),
        Behaviour(
            "matrix", "adds up the gradient of W_hy over all steps and sequences", 2, seen_by(parts.way_back_to_matrix)
        ),
        Behaviour("bias", "adds up the gradient of b_y over all steps and sequences", 1, seen_by(parts.way_back_to_bias)),
        Behaviour("inputs", "gives those three and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "last_step",
            "each step overwrites dW_hy and db_y instead of adding to them; only the last step is left.",
            backward_last_step,
        ),
        Misconception(
            "first_step",
            "the loop back in time overwrites dW_hy and db_y instead of adding to them; only the first step is left.",
            backward_first_step,
        ),
        Misconception(
            "bias_overwritten", "db_y comes from the last step alone; it is a sum over steps.", backward_bias_overwritten
        ),
        Misconception(
            "bias_per_step",
            "db_y is summed over the sequences but not over time: one bias serves all steps.",
            backward_bias_per_step,
        ),
        Misconception(
            "bias_one_number", "db_y is summed over the classes too; every class has its own bias.", backward_bias_one_number
        ),
        Misconception(
            "bias_times_count",
            "db_y is added up once more for every step: a sum over all steps was added inside the loop.",
            backward_bias_times_count,
        ),
        Misconception("averaged", "dW_hy and db_y are means over steps and sequences; they are sums.", backward_averaged),
        Misconception(
            "divided_by_batch",
            "dW_hy and db_y are divided by the batch size; where the loss is a mean, dy has been divided already.",
            backward_divided_by_batch,
        ),
        Misconception("transposed", "dW_hy is transposed; it has the shape of W_hy, (H, C).", backward_transposed),
        Misconception(
            "per_sequence",
            "dW_hy has an entry for each sequence; it is summed over the batch as well.",
            backward_per_sequence,
        ),
        Misconception(
            "weights_not_transposed",
            "dy is multiplied by W_hy; on the way back from scores to states it is the transpose.",
            backward_weights_not_transposed,
        ),
        Misconception(
            "last_state_only",
            "only the last state receives a gradient; every state has its own output.",
            backward_last_state_only,
        ),
    ],
)


# sequence_loss


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


# rnn_lm_loss_and_gradients


def network_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 2, 4, 6), (1, 4, 3, 2, 5), (4, 1, 2, 3, 2), (2, 3, 1, 1, 5)]  # (B, T, D, H, C)
    cases: list[Case] = [
        {
            "x": rng.normal(size=(B, T, D)),
            "targets": rng.integers(0, C, size=(B, T)),
            "lengths": drawn_lengths(rng, B, T),
            "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, H)) / np.sqrt(H),
            "b_h": rng.normal(size=H) / 2,
            "W_hy": rng.normal(size=(H, C)),
            "b_y": rng.normal(size=C),
            "loss_function": stand_in(parts.fading_loss),
            "around": stand_in(parts.network_results),
        }
        for B, T, D, H, C in sizes
    ]
    for case in cases:
        case["targets"][:, 0] = 0
        case["targets"][:, -1] = 1
    return cases


def first_step(case: Case) -> Case:
    B = len(case["x"])
    return case | {"x": case["x"][:, :1], "targets": case["targets"][:, :1], "lengths": np.ones(B, dtype=int)}


def _forward(x, W_xh, W_hh, b_h, h_0=0.0):
    h = np.full((len(x), x.shape[1] + 1, len(b_h)), h_0)
    for t in range(x.shape[1]):
        h[:, t + 1] = np.tanh(x[:, t] @ W_xh + h[:, t] @ W_hh + b_h)
    return h


def _slope(h):
    return 1 - h**2


def _deltas(dh, h, W_back, slope=_slope):
    """dh with both deltas, and the deltas inside the tanh; dh (B, T, H) holds each step's own."""
    dh, delta = dh.copy(), np.zeros_like(dh)
    for t in reversed(range(dh.shape[1])):
        if t + 1 < dh.shape[1]:
            dh[:, t] += delta[:, t + 1] @ W_back
        delta[:, t] = dh[:, t] * slope(h[:, t + 1])
    return dh, delta


def _network(
    x, targets, lengths, W_xh, W_hh, b_h, W_hy, b_y, loss_function, *, h_0=0.0, W_back=None, slope=_slope, divide=1.0
):
    """Everything that a wrong network may want to change; the keyword arguments hold the changes."""
    h = _forward(x, W_xh, W_hh, b_h, h_0)
    loss, _, dy = loss_function(h[:, 1:] @ W_hy + b_y, targets, lengths)
    dy = dy / divide
    dh, delta = _deltas(dy @ W_hy.T, h, W_hh.T if W_back is None else W_back, slope)
    return loss, dh, _collected(x, h, delta, dy), (h, dy, delta)


def _collected(x, h, delta, dy):
    return {
        "W_xh": np.einsum("btd,bth->dh", x, delta),
        "W_hh": np.einsum("bti,btj->ij", h[:, :-1], delta),
        "b_h": delta.sum(axis=(0, 1)),
        "W_hy": np.einsum("bth,btc->hc", h[:, 1:], dy),
        "b_y": dy.sum(axis=(0, 1)),
    }


def network_ones_state(**inputs):
    return _network(**inputs, h_0=1.0)[:3]


def network_no_next_delta(**inputs):
    return _network(**inputs, W_back=np.zeros_like(inputs["W_hh"]))[:3]


def network_no_own_delta(**inputs):
    loss, _, _, (h, dy, _) = _network(**inputs)
    own = dy @ inputs["W_hy"].T
    own[:, :-1] = 0
    dh, delta = _deltas(own, h, inputs["W_hh"].T)
    return loss, dh, _collected(inputs["x"], h, delta, dy)


def network_not_transposed(**inputs):
    return _network(**inputs, W_back=inputs["W_hh"])[:3]


def network_no_slope(**inputs):
    return _network(**inputs, slope=np.ones_like)[:3]


def network_slope_at_output(**inputs):
    return _network(**inputs, slope=lambda h: 1 - np.tanh(h) ** 2)[:3]


def network_loop_forwards(**inputs):
    loss, _, _, (h, dy, _) = _network(**inputs)
    dh = dy @ inputs["W_hy"].T
    delta = np.zeros_like(dh)
    for t in range(dh.shape[1]):
        if t > 0:
            dh[:, t] += delta[:, t - 1] @ inputs["W_hh"].T
        delta[:, t] = dh[:, t] * _slope(h[:, t + 1])
    return loss, dh, _collected(inputs["x"], h, delta, dy)


def network_one_step_back(**inputs):
    """Each state hears of its own loss and of the next one, and of none after it."""
    loss, _, _, (h, dy, _) = _network(**inputs)
    own = dy @ inputs["W_hy"].T
    dh = own.copy()
    dh[:, :-1] += (own * _slope(h[:, 1:]))[:, 1:] @ inputs["W_hh"].T
    return loss, dh, _collected(inputs["x"], h, dh * _slope(h[:, 1:]), dy)


def network_first_step_left_out(**inputs):
    loss, dh, _, (h, dy, delta) = _network(**inputs)
    dh, delta, dy = (np.concatenate([0 * array[:, :1], array[:, 1:]], axis=1) for array in (dh, delta, dy))
    return loss, dh, _collected(inputs["x"], h, delta, dy)


def network_slope_skipped_in_time(**inputs):
    """What goes on to the step before has not passed the tanh."""
    loss, _, _, (h, dy, _) = _network(**inputs)
    dh = dy @ inputs["W_hy"].T
    for t in reversed(range(dh.shape[1] - 1)):
        dh[:, t] += dh[:, t + 1] @ inputs["W_hh"].T
    return loss, dh, _collected(inputs["x"], h, dh * _slope(h[:, 1:]), dy)


def network_state_after(**inputs):
    loss, dh, gradients, (h, _, delta) = _network(**inputs)
    return loss, dh, gradients | {"W_hh": np.einsum("bti,btj->ij", h[:, 1:], delta)}


def network_state_wraps(**inputs):
    loss, dh, gradients, (h, _, delta) = _network(**inputs)
    before = np.roll(h[:, 1:], 1, axis=1)  # at the first step index -1 is the last
    return loss, dh, gradients | {"W_hh": np.einsum("bti,btj->ij", before, delta)}


def network_dh_wraps(**inputs):
    loss, dh, gradients, (_, _, delta) = _network(**inputs)
    dh = dh.copy()
    dh[:, -1] += delta[:, 0] @ inputs["W_hh"].T
    return loss, dh, gradients


def network_overwritten(**inputs):
    loss, dh, gradients, (h, _, delta) = _network(**inputs)
    first = _collected(inputs["x"][:, :1], h[:, :2], delta[:, :1], delta[:, :1])
    return loss, dh, gradients | {name: first[name] for name in ("W_xh", "W_hh", "b_h")}


def network_readout_overwritten(**inputs):
    return _readout_from(-1, **inputs)


def network_readout_first_step(**inputs):
    return _readout_from(0, **inputs)


def _readout_from(t, **inputs):
    loss, dh, gradients, (h, dy, _) = _network(**inputs)
    return loss, dh, gradients | {"W_hy": h[:, 1:][:, t].T @ dy[:, t], "b_y": dy[:, t].sum(axis=0)}


def network_readout_transposed(**inputs):
    loss, dh, gradients, _ = _network(**inputs)
    return loss, dh, gradients | {"W_hy": gradients["W_hy"].T}


def network_bias_per_step(**inputs):
    loss, dh, gradients, (_, dy, _) = _network(**inputs)
    return loss, dh, gradients | {"b_y": dy.sum(axis=0)}


def network_bias_last(**inputs):
    loss, dh, gradients, (_, _, delta) = _network(**inputs)
    return loss, dh, gradients | {"b_h": delta.sum(axis=0)}


def network_readout_state_before(**inputs):
    loss, dh, gradients, (h, dy, _) = _network(**inputs)
    return loss, dh, gradients | {"W_hy": np.einsum("bth,btc->hc", h[:, :-1], dy)}


def network_no_readout_bias(**inputs):
    return _network(**inputs | {"b_y": np.zeros_like(inputs["b_y"])})[:3]


def network_readout_bias_twice(**inputs):
    return _network(**inputs | {"b_y": 2 * inputs["b_y"]})[:3]


def network_targets_shifted(**inputs):
    return _network(**inputs | {"targets": np.roll(inputs["targets"], -1, axis=1)})[:3]


def network_padding_counted(**inputs):
    return _network(**inputs | {"lengths": np.full(len(inputs["x"]), inputs["x"].shape[1])})[:3]


def network_divided_twice(**inputs):
    return _network(**inputs, divide=len(inputs["x"]))[:3]


def network_averaged_over_steps(**inputs):
    T = inputs["x"].shape[1]
    loss, dh, gradients, _ = _network(**inputs, divide=T)
    return loss / T, dh, gradients


def network_dh_own_only(**inputs):
    loss, _, gradients, (_, dy, _) = _network(**inputs)
    return loss, dy @ inputs["W_hy"].T, gradients


def network_dh_inside(**inputs):
    loss, _, gradients, (_, _, delta) = _network(**inputs)
    return loss, delta, gradients


RNN_LM = Exercise(
    name="rnn_lm_loss_and_gradients",
    chapter="outputs",
    section="sec-whole-network",
    cases=network_cases,
    axes={"loss": "", "dh": "BtH"}
    | {
        f'gradients["{name}"]': axes
        for name, axes in [("W_xh", "DH"), ("W_hh", "RK"), ("b_h", "H"), ("W_hy", "HC"), ("b_y", "C")]
    },
    behaviours=[
        Behaviour("loss", "hands the right scores, targets and lengths to the loss", 2, seen_by(parts.loss_alone)),
        Behaviour("one_step", "gives loss, dh and all gradients for sequences of one step", 2, first_step),
        Behaviour(
            "deltas", "gives every state both of its deltas, its own and the next step's", 3, seen_by(parts.deltas_alone)
        ),
        Behaviour(
            "readout",
            "adds up the gradients of W_hy and b_y over all steps and sequences",
            1,
            seen_by(parts.readout_gradients),
        ),
        Behaviour(
            "recurrent",
            "adds up the gradients of W_xh, W_hh and b_h over all steps and sequences",
            2,
            seen_by(parts.recurrent_gradients),
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
        Misconception("ones_state", "the first state is computed from ones; h_0 is zero.", network_ones_state),
        Misconception(
            "no_next_delta",
            "the delta of the next step is forgotten: each state also counts for all later steps.",
            network_no_next_delta,
        ),
        Misconception(
            "no_own_delta",
            "the delta of the step's own loss is forgotten, for all steps but the last; every step has a loss.",
            network_no_own_delta,
        ),
        Misconception(
            "loop_forwards",
            "the way back runs from the first step to the last; each delta needs that of the next step: start at the end.",
            network_loop_forwards,
        ),
        Misconception(
            "one_step_back",
            "only the next step's own loss is handed back; what goes back is its whole delta, with all that came later.",
            network_one_step_back,
        ),
        Misconception(
            "first_step_left_out", "the loop back ends before it reaches the first step.", network_first_step_left_out
        ),
        Misconception(
            "not_transposed",
            "the delta goes back through W_hh; on the way back it is the transpose.",
            network_not_transposed,
        ),
        Misconception("no_slope", "the slope of the tanh, 1 - h_t squared, is missing on the way back.", network_no_slope),
        Misconception(
            "slope_at_output",
            "the slope of the tanh is 1 - tanh(h_t) squared; h_t is a tanh already, so it is 1 - h_t squared.",
            network_slope_at_output,
        ),
        Misconception(
            "slope_skipped_in_time",
            "what goes back to the step before has not passed the slope of the tanh: it is dh, and should be delta.",
            network_slope_skipped_in_time,
        ),
        Misconception(
            "state_after", "dW_hh is made with h_t; the state that W_hh multiplies is h_(t-1).", network_state_after
        ),
        Misconception(
            "state_wraps",
            "at the first step h[:, t - 1] is the last state, as index -1 counts from the end; before it the state is zero.",
            network_state_wraps,
        ),
        Misconception(
            "dh_wraps",
            "the first step adds to dh[:, t - 1], which is the last step's: index -1 counts from the end. Stop before that.",
            network_dh_wraps,
        ),
        Misconception(
            "overwritten",
            "each step overwrites dW_xh, dW_hh and db_h instead of adding to them; only the first step is left.",
            network_overwritten,
        ),
        Misconception(
            "readout_overwritten",
            "dW_hy and db_y come from the last step alone; they are sums over all steps.",
            network_readout_overwritten,
        ),
        Misconception(
            "readout_first_step",
            "dW_hy and db_y come from the first step alone: each step overwrites them instead of adding to them.",
            network_readout_first_step,
        ),
        Misconception(
            "readout_transposed", "dW_hy is transposed; it has the shape of W_hy, (H, C).", network_readout_transposed
        ),
        Misconception(
            "readout_bias_per_step", "db_y is not summed over time; one bias serves all steps.", network_bias_per_step
        ),
        Misconception("bias_per_step", "db_h is not summed over time; one bias serves all steps.", network_bias_last),
        Misconception(
            "readout_state_before",
            "dW_hy is made with h_(t-1); step t's scores were read from h_t.",
            network_readout_state_before,
        ),
        Misconception("no_readout_bias", "the bias of the readout is never added.", network_no_readout_bias),
        Misconception("readout_bias_twice", "the bias of the readout is added twice.", network_readout_bias_twice),
        Misconception(
            "targets_shifted",
            "the loss receives the targets shifted by one step; they come already in their places.",
            network_targets_shifted,
        ),
        Misconception(
            "padding_counted",
            "the loss does not receive the true lengths, so that padded steps are counted.",
            network_padding_counted,
        ),
        Misconception(
            "divided_twice",
            "the gradients are divided by the number of sequences; the gradient from loss_function has been already.",
            network_divided_twice,
        ),
        Misconception(
            "averaged_over_steps",
            "loss and gradients are divided by the number of steps; over the steps they are added up.",
            network_averaged_over_steps,
        ),
        Misconception(
            "dh_own_only",
            "the dh that is returned holds each step's own delta only, although the gradients were made with both.",
            network_dh_own_only,
        ),
        Misconception(
            "dh_inside",
            "the dh that is returned belongs to what stands inside the tanh; wanted is the gradient of the states.",
            network_dh_inside,
        ),
    ],
)

ASSIGNMENT = Assignment("outputs", [SOFTMAX_CROSS_ENTROPY, READOUT_FORWARD, READOUT_BACKWARD, SEQUENCE_LOSS, RNN_LM])
