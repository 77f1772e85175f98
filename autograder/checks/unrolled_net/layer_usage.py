"""Checks of ``layer_usage``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def usage_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(9, 6), (1, 5), (12, 4), (7, 11), (3, 1)]  # (number of sequences, N)
    cases = [{"lengths": rng.integers(1, N + 1, size=n), "N": N} for n, N in sizes]
    return [*cases, {"lengths": np.full(4, 7), "N": 7}]


def at_least_one_full(case: Case) -> Case:
    lengths = case["lengths"].copy()
    lengths[0] = case["N"]
    return case | {"lengths": lengths}


def all_short(case: Case) -> Case | None:
    """No sequence reaches the first layer."""
    if case["N"] < 3:
        return None
    return case | {"lengths": np.minimum(case["lengths"], case["N"] - 2)}


def usage_left_aligned(lengths, N):
    return np.array([np.mean(lengths >= n) for n in range(1, N + 1)])


def usage_off_by_one(lengths, N):
    return np.array([np.mean(lengths > N - k) for k in range(N)])


def usage_counts(lengths, N):
    return np.array([np.sum(lengths >= N - k) for k in range(N)], dtype=float)


def usage_percent(lengths, N):
    return np.array([100 * np.mean(lengths >= N - k) for k in range(N)])


LAYER_USAGE = Exercise(
    name="layer_usage",
    chapter="unrolled",
    section="sec-layer-usage",
    cases=usage_cases,
    axes="L",
    behaviours=[
        Behaviour("order", "gives each layer its share when the longest sequence fills the net", 2, at_least_one_full),
        Behaviour("unused", "gives 0 for layers that no sequence reaches", 1, all_short),
        Behaviour("shares", "gives shares of the number of sequences", 1),
        Behaviour("inputs", "gives the right shares and leaves the lengths as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "left_aligned",
            "the first layer is counted as used by everyone: that is a net whose short sequences use the first layers.",
            usage_left_aligned,
        ),
        Misconception("off_by_one", "each layer is one off: sequences of length 1 use layer N too.", usage_off_by_one),
        Misconception("counts", "these are numbers of sequences; divide by how many there are.", usage_counts),
        Misconception("percent", "these are per cent; wanted are shares from 0 to 1.", usage_percent),
    ],
)
