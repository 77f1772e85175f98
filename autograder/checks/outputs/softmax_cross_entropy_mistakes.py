"""Wrong implementations of ``softmax_cross_entropy``."""

import numpy as np


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
