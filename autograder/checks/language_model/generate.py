"""Checks of ``generate``."""

import numpy as np

from autograder.checks.language_model.common import (
    NEVER,
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


def generate_cases(rng: np.random.Generator) -> list[Case]:
    """States h_0 (B, H) from which sequences end after given numbers of tokens: at once, inside, in the last step, never.

    start and stop are not 0.
    """
    wanted = {(3, 4, 7): [1, 4, 7], (4, 2, 6): [0, 2, 3, 6], (1, 3, 5): [3], (2, 1, 8): [2, 8], (5, 3, 4): [1, 2, 3, 4, 4]}
    cases: list[Case] = []
    for (_, H, most), lengths in wanted.items():
        h_0 = None
        while h_0 is None:
            start, stop = (int(k) for k in rng.permutation(np.arange(1, H + 3))[:2])
            rows = [_state_ending(rng, H, start, stop, most, length) for length in rng.permutation(lengths)]
            h_0 = np.stack([row for row in rows if row is not None]) if all(row is not None for row in rows) else None
        step, sample = stand_in(parts.wave_network), stand_in(parts.fixed_draw)
        cases.append({"step": step, "h_0": h_0, "start": start, "stop": stop, "most": most, "sample": sample})
    return cases


def _state_ending(rng: np.random.Generator, H: int, start: int, stop: int, most: int, length: int) -> np.ndarray | None:
    """A state (H,) from which so many tokens are drawn before the first stop, and others behind it; None if hard to find."""
    h_0 = rng.normal(size=(500, H))
    drawn, _ = _run(parts.wave_network, h_0, start, most, parts.fixed_draw)
    fits = (first_stop(drawn, stop) == length) & ((length >= most - 1) | (drawn[:, -1] != stop))
    if H > 1:
        fits &= np.array([len(set(row.tolist())) for row in drawn]) > 2
    return h_0[fits.argmax()] if fits.any() else None


def seen_first(case: Case) -> Case:
    return case | {"stop": NEVER, "around": stand_in(parts.first_token)}


def _run(step, h_0, token, most, sample, feed=lambda token, scores: token, keep=lambda h, h_0: h):
    """Drawn tokens (B, most) and the last state; token: the first one; feed, keep: what goes into the next step."""
    token, h, written = np.full(len(h_0), token), h_0, []
    for _ in range(most):
        scores, h = step(token, keep(h, h_0))
        written.append(sample(scores))
        token = feed(written[-1], scores)
    return np.stack(written, axis=1), h


def generate_not_fed_back(step, h_0, start, stop, most, sample):
    return ended_at_stop(_run(step, h_0, start, most, sample, feed=lambda token, _: np.full_like(token, start))[0], stop)


def generate_state_not_carried(step, h_0, start, stop, most, sample):
    return ended_at_stop(_run(step, h_0, start, most, sample, keep=lambda h, h_0: h_0)[0], stop)


def generate_best(step, h_0, start, stop, most, sample):
    return ended_at_stop(_run(step, h_0, start, most, lambda scores: scores.argmax(axis=1))[0], stop)


def generate_best_fed(step, h_0, start, stop, most, sample):
    return ended_at_stop(_run(step, h_0, start, most, sample, feed=lambda _, scores: scores.argmax(axis=1))[0], stop)


def generate_zero_first(step, h_0, start, stop, most, sample):
    return ended_at_stop(_run(step, h_0, 0, most, sample)[0], stop)


def generate_stop_first(step, h_0, start, stop, most, sample):
    return ended_at_stop(_run(step, h_0, stop, most, sample)[0], stop)


def generate_start_written(step, h_0, start, stop, most, sample):
    tokens, _ = _run(step, h_0, start, most, sample)
    return ended_at_stop(np.c_[np.full(len(h_0), start), tokens], stop)


def generate_one_short(step, h_0, start, stop, most, sample):
    tokens, _ = _run(step, h_0, start, most - 1, sample) if most > 1 else (np.zeros((len(h_0), 0), dtype=int), None)
    return ended_at_stop(tokens, stop)


def generate_narrow(step, h_0, start, stop, most, sample):
    tokens, lengths = ended_at_stop(_run(step, h_0, start, most, sample)[0], stop)
    return tokens[:, : lengths.max() + 1], lengths


def generate_stop_ignored(step, h_0, start, stop, most, sample):
    return _run(step, h_0, start, most, sample)[0], np.full(len(h_0), most)


def generate_written_on(step, h_0, start, stop, most, sample):
    tokens, _ = _run(step, h_0, start, most, sample)
    return tokens, first_stop(tokens, stop)


def generate_stop_counted(step, h_0, start, stop, most, sample):
    tokens, lengths = ended_at_stop(_run(step, h_0, start, most, sample)[0], stop)
    return tokens, np.minimum(lengths + 1, most)


def generate_all_stop(step, h_0, start, stop, most, sample):
    tokens, _ = _run(step, h_0, start, most, sample)
    tokens = np.where((tokens == stop).any(axis=0).cumsum() > 0, stop, tokens)
    return tokens, first_stop(tokens, stop)


def generate_words_counted(step, h_0, start, stop, most, sample):
    tokens, _ = _run(step, h_0, start, most, sample)
    return ended_at_stop(tokens, stop)[0], (tokens != stop).sum(axis=1)


def generate_first_missed(step, h_0, start, stop, most, sample):
    return first_missed_in(_run(step, h_0, start, most, sample)[0], stop)


def generate_none_found(step, h_0, start, stop, most, sample):
    return none_found_in(_run(step, h_0, start, most, sample)[0], stop)


def generate_last_missed(step, h_0, start, stop, most, sample):
    return last_missed_in(_run(step, h_0, start, most, sample)[0], stop)


def generate_time_first(step, h_0, start, stop, most, sample):
    tokens, lengths = ended_at_stop(_run(step, h_0, start, most, sample)[0], stop)
    return tokens.T, lengths


GENERATE = Exercise(
    name="generate",
    chapter="autoregressive",
    section="sec-fed-back",
    cases=generate_cases,
    axes={"tokens": "BT", "lengths": "B"},
    behaviours=[
        Behaviour("first", "draws the first token from what the network says to the start token", 1, seen_first),
        Behaviour("fed", "feeds back each token drawn and hands on the state", 2, never_stops),
        Behaviour("stop", "gives the stop token from a sequence's first stop on", 1, seen_by(parts.tokens_written)),
        Behaviour("lengths", "counts the tokens before the first stop", 1, seen_by(parts.lengths_written)),
        Behaviour("inputs", "gives both and leaves h_0 as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "not_fed_back",
            "every step reads the start token; from the second on it should read the token drawn.",
            generate_not_fed_back,
        ),
        Misconception(
            "state_not_carried",
            "every step begins from h_0 again: the new state is not handed on.",
            generate_state_not_carried,
        ),
        Misconception("best", "the best token is taken; it should be drawn with sample.", generate_best),
        Misconception(
            "best_fed", "the best token is fed back, and another one is written; the token drawn is both.", generate_best_fed
        ),
        Misconception("zero_first", "the first input is token 0, whatever the start token is.", generate_zero_first),
        Misconception("stop_first", "the first input is the stop token; it is the start token.", generate_stop_first),
        Misconception(
            "start_written", "the start token is among the tokens written; it is only read.", generate_start_written
        ),
        Misconception("one_short", "there is one step too few.", generate_one_short),
        Misconception(
            "narrow",
            "the array ends when all sequences have ended; wanted are most columns, filled up with stop.",
            generate_narrow,
        ),
        Misconception(
            "stop_ignored", "sequences go on behind their stop token, and every length is most.", generate_stop_ignored
        ),
        Misconception(
            "written_on",
            "the lengths are right, but other tokens stand behind the stop; there should be stop only.",
            generate_written_on,
        ),
        Misconception("stop_counted", "the lengths count the stop token too; it is no word.", generate_stop_counted),
        Misconception("all_stop", "the first sequence that ends also ends all the others.", generate_all_stop),
        Misconception(
            "words_counted",
            "the lengths also count tokens that were drawn behind the first stop.",
            generate_words_counted,
        ),
        Misconception(
            "first_missed",
            "a stop in the first place is taken for none: argmax gives 0 for both; such a sequence has the length 0.",
            generate_first_missed,
        ),
        Misconception(
            "none_found",
            "a sequence without a stop gets the length 0: argmax gives 0 where nothing is true.",
            generate_none_found,
        ),
        Misconception(
            "last_missed",
            "a stop in the last step does not count as an end: the length is one too large there.",
            generate_last_missed,
        ),
        Misconception("time_first", "the axes are (time, batch); wanted is batch first.", generate_time_first),
    ],
)
