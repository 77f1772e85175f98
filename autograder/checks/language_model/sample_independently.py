"""Checks of ``sample_independently``."""

import numpy as np

from autograder.checks.language_model.common import (
    ended_at_stop,
    first_missed_in,
    first_stop,
    last_missed_in,
    never_stops,
    none_found_in,
)
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import language_model as parts
from unrolled.standins import stand_in


def independent_cases(rng: np.random.Generator) -> list[Case]:
    """Scores (B, T, V) whose draws stop first after given numbers of tokens: at once, inside, in the last step, never."""
    wanted = {(3, 6, 4): [1, 4, 6], (4, 7, 3): [0, 2, 3, 7], (1, 5, 4): [3], (2, 1, 5): [0, 1], (5, 4, 6): [1, 2, 3, 4, 4]}
    cases: list[Case] = []
    for (B, T, V), lengths in wanted.items():
        stop = int(rng.integers(1, V))
        scores = np.empty((B, T, V))
        for b, length in enumerate(rng.permutation(lengths)):
            for t in range(T):
                stops = t == length or (t == length + 2 and t < T - 1)  # a second time, where there is room behind it
                scores[b, t] = _scores_drawn(rng, V, stop, stops)
        cases.append({"scores": scores, "stop": stop, "sample": stand_in(parts.fixed_draw)})
    return cases


def _scores_drawn(rng: np.random.Generator, V: int, stop: int, stops: bool) -> np.ndarray:
    """Scores (V,) from which the stop token is drawn, or another one."""
    while True:
        scores = rng.normal(size=V)
        if (parts.fixed_draw(scores[np.newaxis])[0] == stop) == stops:
            return scores


def _each(scores, sample):
    return np.stack([sample(scores[:, t]) for t in range(scores.shape[1])], axis=1)


def independent_first_step(scores, stop, sample):
    return ended_at_stop(_each(np.repeat(scores[:, :1], scores.shape[1], axis=1), sample), stop)


def independent_best(scores, stop, sample):
    return ended_at_stop(scores.argmax(axis=2), stop)


def independent_mean(scores, stop, sample):
    return ended_at_stop(_each(np.repeat(scores.mean(axis=1, keepdims=True), scores.shape[1], axis=1), sample), stop)


def independent_stop_ignored(scores, stop, sample):
    return _each(scores, sample), np.full(len(scores), scores.shape[1])


def independent_written_on(scores, stop, sample):
    tokens = _each(scores, sample)
    return tokens, first_stop(tokens, stop)


def independent_stop_counted(scores, stop, sample):
    tokens, lengths = ended_at_stop(_each(scores, sample), stop)
    return tokens, np.minimum(lengths + 1, scores.shape[1])


def independent_all_stop(scores, stop, sample):
    tokens = _each(scores, sample)
    ended = (tokens == stop).any(axis=0).cumsum() > 0
    tokens = np.where(ended, stop, tokens)
    return tokens, first_stop(tokens, stop)


def independent_last_stop(scores, stop, sample):
    tokens = _each(scores, sample)
    lengths = [max(np.flatnonzero(row == stop), default=len(row)) for row in tokens]
    return np.where(np.arange(tokens.shape[1]) >= np.c_[lengths], stop, tokens), np.array(lengths)


def independent_words_counted(scores, stop, sample):
    tokens = _each(scores, sample)
    return ended_at_stop(tokens, stop)[0], (tokens != stop).sum(axis=1)


def independent_first_missed(scores, stop, sample):
    return first_missed_in(_each(scores, sample), stop)


def independent_none_found(scores, stop, sample):
    return none_found_in(_each(scores, sample), stop)


def independent_last_missed(scores, stop, sample):
    return last_missed_in(_each(scores, sample), stop)


def independent_time_first(scores, stop, sample):
    tokens, lengths = ended_at_stop(_each(scores, sample), stop)
    return tokens.T, lengths


SAMPLE_INDEPENDENTLY = Exercise(
    name="sample_independently",
    chapter="autoregressive",
    section="sec-each-on-its-own",
    cases=independent_cases,
    axes={"tokens": "BT", "lengths": "B"},
    behaviours=[
        Behaviour("steps", "draws each step's token from the scores of that step", 2, never_stops),
        Behaviour("stop", "gives the stop token from the first stop on", 1, seen_by(parts.tokens_written)),
        Behaviour("lengths", "counts the tokens before the first stop", 1, seen_by(parts.lengths_written)),
        Behaviour("inputs", "gives both and leaves the scores as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("first_step", "every step is drawn from the scores of the first one.", independent_first_step),
        Misconception("best", "the best token is taken; it should be drawn with sample.", independent_best),
        Misconception("mean", "every step is drawn from the mean of all scores; each has its own.", independent_mean),
        Misconception(
            "stop_ignored", "sequences go on behind their stop token, and every length is T.", independent_stop_ignored
        ),
        Misconception(
            "written_on",
            "the lengths are right, but other tokens stand behind the stop; there should be stop only.",
            independent_written_on,
        ),
        Misconception("stop_counted", "the lengths count the stop token too; it is no word.", independent_stop_counted),
        Misconception("all_stop", "the first sequence that ends also ends all the others.", independent_all_stop),
        Misconception("last_stop", "the sequence ends at its last stop token; it ends at the first.", independent_last_stop),
        Misconception(
            "words_counted",
            "the lengths also count tokens that were drawn behind the first stop.",
            independent_words_counted,
        ),
        Misconception(
            "first_missed",
            "a stop in the first place is taken for none: argmax gives 0 for both; such a sequence has the length 0.",
            independent_first_missed,
        ),
        Misconception(
            "none_found",
            "a sequence without a stop gets the length 0: argmax gives 0 where nothing is true.",
            independent_none_found,
        ),
        Misconception(
            "last_missed",
            "a stop in the last step does not count as an end: the length is one too large there.",
            independent_last_missed,
        ),
        Misconception("time_first", "the axes are (time, batch); wanted is batch first.", independent_time_first),
    ],
)
