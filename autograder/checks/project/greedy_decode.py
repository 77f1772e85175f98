"""Checks of ``greedy_decode``."""

from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np

from autograder.checks.project.common import drawn_until, step_weights, torch
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import project as look


def greedy(step, h_0, start, stop, max_steps, fault=""):
    """Greedy decoding; fault: what is wrong with it."""
    h, y = h_0, torch.full((len(h_0),), start)
    taken = []
    for _ in range(max_steps + {"one_too_many": 1, "one_short": -1}.get(fault, 0)):
        scores, new = step(y, h)
        y, h = scores.argmax(dim=1), h_0 if fault == "state_lost" else new
        taken.append(y.tolist())
        if fault == "start_fed_always":
            y = torch.full((len(h_0),), start)
    rows = [list(row) for row in zip(*taken, strict=True)] or [[] for _ in range(len(h_0))]
    if fault in ("stops_with_first", "stops_after_first"):
        ends = min([row.index(stop) for row in rows if stop in row], default=len(rows[0]))
        rows = [row[: ends + (fault == "stops_after_first")] for row in rows]
    return [([start] if fault == "start_kept" else []) + _cut(row, stop, fault) for row in rows]


def _cut(row: list[int], stop: int, fault: str) -> list[int]:
    if fault == "goes_on":
        return [token for token in row if token != stop]
    if fault == "first_unchecked":
        return row[:1] + _cut(row[1:], stop, "")
    if stop not in row:
        return row
    return row[: row.index(stop) + (fault == "stop_kept")]


def greedy_cases(rng: np.random.Generator) -> list[Case]:
    return _drawn_batches(int(rng.integers(2**62)))


@lru_cache(maxsize=200)
def _drawn_batches(seed: int) -> list[Case]:
    """Many are drawn until one is telling, so that they are kept for whoever asks again."""
    rng = np.random.default_rng(seed)
    sizes = [(3, 5, 4, 7), (2, 6, 3, 5), (1, 7, 2, 4), (4, 3, 5, 6), (2, 5, 1, 3)]  # (B, V, H, max_steps)
    cases = [drawn_until(partial(_greedy_case, rng, *size), _ends_differ) for size in sizes]
    cases.append(drawn_until(lambda: _greedy_case(rng, 3, 5, 3, 4), _one_is_empty))
    return [*cases, drawn_until(lambda: _greedy_case(rng, 2, 6, 4, 5), _no_end)]


def _greedy_case(rng: np.random.Generator, B: int, V: int, H: int, max_steps: int) -> Case:
    start, stop = (int(token) for token in rng.permutation(V)[:2])
    inputs = {"weights": step_weights(rng, V, H), "h_0": rng.normal(size=(B, H))}
    return inputs | {"start": start, "stop": stop, "max_steps": max_steps}


def _answers(case: Case, fault: str = "") -> list[list[int]]:
    return look.greedily(partial(greedy, fault=fault), **case)


def _ends_differ(case: Case) -> bool:
    """The sequences are of different lengths, none is empty, and what would follow an end is no end."""
    if _starts_again(case):
        return False
    lengths = [len(answer) for answer in _answers(case)]
    if len(lengths) == 1:
        return 0 < lengths[0] < case["max_steps"] - 1 and _answers(case, "goes_on") != _answers(case)
    return (
        len(set(lengths)) > 1 and min(lengths) > 0 and len(_answers(case, "goes_on")[int(np.argmin(lengths))]) > min(lengths)
    )


def _starts_again(case: Case) -> bool:
    """The start token is said: whether that belongs to an answer "without start" is left open."""
    return any(case["start"] in answer for answer in _answers(case))


def _one_is_empty(case: Case) -> bool:
    """One sequence ends at once, and what would follow is no end; another one does not."""
    answers = _answers(case)
    going_on = [after for answer, after in zip(answers, _answers(case, "first_unchecked"), strict=True) if not answer]
    return not _starts_again(case) and any(answers) and any(len(after) > 1 for after in going_on)


def _no_end(case: Case) -> bool:
    if _starts_again(case):
        return False
    answers = _answers(case, "one_too_many")
    return all(len(answer) == case["max_steps"] + 1 and len(set(answer)) > 2 for answer in answers)


def first_alone(case: Case) -> Case:
    """The longest answer alone, cut where it ends by itself."""
    longest = max(range(len(case["h_0"])), key=lambda b: len(_answers(case)[b]))
    steps = len(_answers(case)[longest])
    return case | {"h_0": case["h_0"][longest : longest + 1], "max_steps": steps}


def wrong_greedy(fault: str) -> Callable:
    def decode(step, h_0, start, stop, max_steps):
        return greedy(step, h_0, start, stop, max_steps, fault)

    return decode


GREEDY_DECODE = Exercise(
    name="greedy_decode",
    chapter="sequence_to_sequence",
    section="sec-greedy",
    cases=greedy_cases,
    behaviours=[
        Behaviour(
            "tokens",
            "takes the best token at each step and feeds it, with the new state",
            2,
            seen_by(look.greedily, first_alone),
        ),
        Behaviour("ends", "ends each sequence at its own stop token", 2, seen_by(look.lengths_of_greedily)),
        Behaviour(
            "whole",
            "gives a list of lists without start and stop, and leaves its inputs as they were",
            2,
            seen_by(look.greedily),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception("stop_kept", "the stop token is part of the answer; it only ends it.", wrong_greedy("stop_kept")),
        Misconception("start_kept", "the start token is part of the answer.", wrong_greedy("start_kept")),
        Misconception(
            "stops_with_first",
            "the whole batch ends with its first stop token; the others go on.",
            wrong_greedy("stops_with_first"),
        ),
        Misconception(
            "stops_after_first",
            "once a sequence has written its stop token no further step is made; the others go on.",
            wrong_greedy("stops_after_first"),
        ),
        Misconception(
            "goes_on",
            "what follows a stop token is part of the answer; a sequence has ended there for good.",
            wrong_greedy("goes_on"),
        ),
        Misconception(
            "start_fed_always",
            "the start token is fed at each step; it is the token taken before.",
            wrong_greedy("start_fed_always"),
        ),
        Misconception(
            "state_lost", "each step starts from h_0; it goes on from the step before.", wrong_greedy("state_lost")
        ),
        Misconception("one_too_many", "there is one step more than max_steps.", wrong_greedy("one_too_many")),
        Misconception("one_short", "there is one step less than max_steps.", wrong_greedy("one_short")),
        Misconception(
            "first_unchecked",
            "the first token is taken even if it is the stop token; such an answer is empty.",
            wrong_greedy("first_unchecked"),
        ),
    ],
)
