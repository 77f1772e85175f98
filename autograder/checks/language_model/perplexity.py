"""Checks of ``perplexity``."""

import numpy as np

from autograder.checks.shared import drawn_lengths
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def perplexity_cases(rng: np.random.Generator) -> list[Case]:
    cases: list[Case] = []
    for B, T, V in [(6, 9, 4), (4, 5, 6), (1, 4, 5), (3, 1, 2), (5, 12, 3)]:
        lengths = drawn_lengths(rng, B, T)
        lengths[-1] = (T + 1) // 2 if B > 1 else T
        cases.append({"scores": rng.normal(size=(B, T, V)), "targets": rng.integers(0, V, size=(B, T)), "lengths": lengths})
    return cases


def one_full(case: Case) -> Case:
    return {"scores": case["scores"][:1], "targets": case["targets"][:1], "lengths": np.array([case["scores"].shape[1]])}


def all_full(case: Case) -> Case:
    return case | {"lengths": np.full(len(case["targets"]), case["targets"].shape[1])}


def all_large(case: Case) -> Case:
    """Scores around +1000 and -1000, without padding; multiples of 1/16, exact in 32 bits."""
    signs = (-1.0) ** np.arange(case["scores"].shape[1])[:, np.newaxis]
    return all_full(case) | {"scores": np.round(16 * case["scores"]) / 16 + 1000.0 * signs}


def unlikely(case: Case) -> Case | None:
    """One target among many with a probability that is no number of the computer's any more."""
    if case["targets"].size < 24:
        return None
    scores = np.round(16 * case["scores"]) / 16
    scores[0, 0, case["targets"][0, 0]] -= 760.0
    return all_full(case) | {"scores": scores}


def _logs(scores, targets, log_p=None):
    """Logarithm of each target's probability: (B, T)."""
    if log_p is None:
        shifted = scores - scores.max(axis=2, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    return np.take_along_axis(log_p, targets[..., np.newaxis], axis=2)[..., 0]


def _true(targets, lengths):
    return np.arange(targets.shape[1]) < lengths[:, np.newaxis]


def _mean_log(scores, targets, lengths):
    return _logs(scores, targets)[_true(targets, lengths)].mean()


def _sums(scores, targets, lengths):
    return (_logs(scores, targets) * _true(targets, lengths)).sum(axis=1)


def perplexity_no_exp(scores, targets, lengths):
    return -_mean_log(scores, targets, lengths)


def perplexity_two_to_nats(scores, targets, lengths):
    return 2 ** -_mean_log(scores, targets, lengths)


def perplexity_e_to_bits(scores, targets, lengths):
    return np.exp(-_mean_log(scores, targets, lengths) / np.log(2))


def perplexity_inverted(scores, targets, lengths):
    return np.exp(_mean_log(scores, targets, lengths))


def perplexity_mean_of_sequences(scores, targets, lengths):
    return np.exp(-(_sums(scores, targets, lengths) / lengths).mean())


def perplexity_mean_of_perplexities(scores, targets, lengths):
    return np.exp(-_sums(scores, targets, lengths) / lengths).mean()


def perplexity_per_sequence(scores, targets, lengths):
    return np.exp(-_sums(scores, targets, lengths).mean())


def perplexity_total(scores, targets, lengths):
    return np.exp(-_sums(scores, targets, lengths).sum())


def perplexity_padding_counted(scores, targets, lengths):
    return np.exp(-_logs(scores, targets).mean())


def perplexity_zero_as_padding(scores, targets, lengths):
    counts = targets != 0
    return np.exp(-(_logs(scores, targets) * counts).sum() / max(counts.sum(), 1))


def perplexity_divided_by_all(scores, targets, lengths):
    return np.exp(-_sums(scores, targets, lengths).sum() / targets.size)


def perplexity_stop_left_out(scores, targets, lengths):
    return np.exp(-_sums(scores, targets, lengths - 1).sum() / np.maximum((lengths - 1).sum(), 1))


def perplexity_mean_of_p(scores, targets, lengths):
    return 1 / np.exp(_logs(scores, targets))[_true(targets, lengths)].mean()


def perplexity_no_shift(scores, targets, lengths):
    p = np.exp(scores) / np.exp(scores).sum(axis=2, keepdims=True)
    return np.exp(-_logs(scores, targets, np.log(p))[_true(targets, lengths)].mean())


def perplexity_log_of_zero(scores, targets, lengths):
    return np.exp(-np.log(np.exp(_logs(scores, targets)))[_true(targets, lengths)].mean())


def perplexity_epsilon(scores, targets, lengths):
    return np.exp(-np.log(np.exp(_logs(scores, targets)) + 1e-12)[_true(targets, lengths)].mean())


PERPLEXITY = Exercise(
    name="perplexity",
    chapter="autoregressive",
    section="sec-perplexity",
    cases=perplexity_cases,
    behaviours=[
        Behaviour("one", "gives e to the mean loss of a single full sequence", 1, one_full),
        Behaviour("tokens", "takes the mean over all true tokens of sequences of different lengths", 2),
        Behaviour("large", "gives a finite number for scores of any size", 1, all_large),
        Behaviour("unlikely", "counts a target in full whose probability is as good as zero", 1, unlikely),
        Behaviour("inputs", "gives that number and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("no_exp", "the mean loss comes back; the perplexity is e to the power of it.", perplexity_no_exp),
        Misconception(
            "two_to_nats",
            "2 is raised to a loss in nats; either e and the natural logarithm, or 2 and log2.",
            perplexity_two_to_nats,
        ),
        Misconception(
            "e_to_bits",
            "e is raised to a loss in bits; either e and the natural logarithm, or 2 and log2.",
            perplexity_e_to_bits,
        ),
        Misconception("inverted", "the sign is missing: this is one over the perplexity.", perplexity_inverted),
        Misconception(
            "mean_of_sequences",
            "the mean is taken within each sequence and then over sequences: short ones weigh too much.",
            perplexity_mean_of_sequences,
        ),
        Misconception(
            "mean_of_perplexities",
            "the perplexities of the sequences are averaged; the mean belongs inside, over all tokens.",
            perplexity_mean_of_perplexities,
        ),
        Misconception(
            "per_sequence",
            "the sum is divided by the number of sequences; divide by that of tokens.",
            perplexity_per_sequence,
        ),
        Misconception("total", "the sum of all losses is taken; wanted is their mean.", perplexity_total),
        Misconception("padding_counted", "the losses behind the sequences' ends count too.", perplexity_padding_counted),
        Misconception(
            "zero_as_padding",
            "targets of 0 are taken for padding; token 0 is one like the others, and lengths says what counts.",
            perplexity_zero_as_padding,
        ),
        Misconception(
            "divided_by_all",
            "the padding adds no loss, but it is counted in the mean's denominator.",
            perplexity_divided_by_all,
        ),
        Misconception(
            "stop_left_out", "each sequence's last token, the stop, is left out; it counts.", perplexity_stop_left_out
        ),
        Misconception(
            "mean_of_p",
            "the mean of the probabilities is taken; wanted is the mean of their logarithms.",
            perplexity_mean_of_p,
        ),
        Misconception(
            "no_shift", "the exponentials overflow: subtract the largest score of each step first.", perplexity_no_shift
        ),
        Misconception(
            "log_of_zero",
            "a tiny probability becomes 0 and its logarithm infinite: compute ln p from the scores, without p.",
            perplexity_log_of_zero,
        ),
        Misconception(
            "epsilon", "a small number is added inside the logarithm, which hides bad predictions.", perplexity_epsilon
        ),
    ],
)
