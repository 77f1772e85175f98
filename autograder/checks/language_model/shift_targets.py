"""Checks of ``shift_targets``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import language_model as parts
from unrolled.standins import stand_in


def shift_cases(rng: np.random.Generator) -> list[Case]:
    cases: list[Case] = []
    for counts, start, stop in [([3, 6, 2], 5, 2), ([4, 0, 1, 5], 0, 1), ([1, 3], 2, 7), ([4], 1, 3), ([1], 4, 1)]:
        sentences = [rng.integers(8, 20, size=n) for n in counts]
        cases.append({"sentences": sentences, "start": start, "stop": stop})
    return cases


def longest_alone(case: Case) -> Case:
    """Only the longest sentence: nothing is filled up."""
    return case | {"sentences": [max(case["sentences"], key=len)], "around": stand_in(parts.shifted_pairs)}


def several(case: Case) -> Case | None:
    return case | {"around": stand_in(parts.shifted_pairs)} if len(case["sentences"]) > 1 else None


def _filled(rows, fill):
    width = max(map(len, rows))
    return np.array([[*row, *[fill] * (width - len(row))] for row in rows], dtype=int)


def _pairs(sentences, start, stop):
    return [[start, *s] for s in sentences], [[*s, stop] for s in sentences], np.array([len(s) + 1 for s in sentences])


def shift_not_shifted(sentences, start, stop):
    inputs, _, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, stop), _filled(inputs, stop), lengths


def shift_both_whole(sentences, start, stop):
    whole = [[start, *s, stop] for s in sentences]
    return _filled(whole, stop), _filled(whole, stop), np.array([len(s) + 2 for s in sentences])


def shift_backwards(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(targets, stop), _filled(inputs, stop), lengths


def shift_no_stop(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled([i[:-1] for i in inputs], stop), _filled([t[:-1] for t in targets], stop), lengths - 1


def shift_no_start(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled([i[1:] for i in inputs], stop), _filled([t[1:] for t in targets], stop), lengths - 1


def shift_two_ahead(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, stop), _filled([[*t[1:], stop] for t in targets], stop), lengths


def shift_filled_zero(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, 0), _filled(targets, 0), lengths


def shift_filled_minus_100(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, stop), _filled(targets, -100), lengths


def shift_filled_in_front(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled([i[::-1] for i in inputs], stop)[:, ::-1], _filled([t[::-1] for t in targets], stop)[:, ::-1], lengths


def shift_stop_in_last_column(sentences, start, stop):
    inputs, _, lengths = _pairs(sentences, start, stop)
    targets = np.c_[_filled(sentences, 0), np.full(len(sentences), stop)]
    return _filled(inputs, 0), targets, lengths


def shift_stop_not_counted(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, stop), _filled(targets, stop), lengths - 1


def shift_columns_counted(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, stop), _filled(targets, stop), np.full_like(lengths, lengths.max())


SHIFT_TARGETS = Exercise(
    name="shift_targets",
    chapter="autoregressive",
    section="sec-inputs-and-targets",
    cases=shift_cases,
    axes={"inputs": "BT", "targets": "BT", "lengths": "B"},
    behaviours=[
        Behaviour("pairs", "makes the pairs of one sentence: from the start token to the stop token", 2, longest_alone),
        Behaviour("filled", "does so for several sentences, and fills short ones up behind their end", 2, several),
        Behaviour(
            "lengths", "counts the true pairs, the one with the stop token among them", 1, seen_by(parts.pairs_counted)
        ),
        Behaviour("inputs", "gives all that and leaves the sentences as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "not_shifted",
            "the targets are the inputs: the model would only have to repeat what it reads.",
            shift_not_shifted,
        ),
        Misconception(
            "both_whole",
            "inputs and targets are both the whole sentence with start and stop; they should differ by one step.",
            shift_both_whole,
        ),
        Misconception(
            "backwards",
            "the shift goes the wrong way: the target of each step is the token before; wanted is the one behind.",
            shift_backwards,
        ),
        Misconception("no_stop", "no target is the stop token: the model would never learn to end.", shift_no_stop),
        Misconception("no_start", "the start token is missing: nobody asks the model for the first word.", shift_no_start),
        Misconception("two_ahead", "the targets are two steps ahead of the inputs; wanted is one.", shift_two_ahead),
        Misconception(
            "filled_zero", "short sentences are filled up with 0; wanted is the number of the stop.", shift_filled_zero
        ),
        Misconception(
            "filled_minus_100",
            "short targets are filled up with -100, as torch's loss wants it; wanted is the number of the stop.",
            shift_filled_minus_100,
        ),
        Misconception(
            "filled_in_front", "short sentences are filled up in front; wanted is behind their end.", shift_filled_in_front
        ),
        Misconception(
            "stop_in_last_column",
            "the stop stands in the last column; it belongs directly behind each sentence's own last word.",
            shift_stop_in_last_column,
        ),
        Misconception(
            "stop_not_counted",
            "the lengths count the words; the pair with the stop token counts too.",
            shift_stop_not_counted,
        ),
        Misconception(
            "columns_counted", "every length is the number of columns; filling does not count.", shift_columns_counted
        ),
    ],
)
