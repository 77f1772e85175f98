"""Checks of ``beam_search``."""

from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np

from autograder.checks.project.common import drawn_until, step_weights, torch
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import project as look


def beam_search(step, h_0, start, stop, width, max_steps, fault=""):
    """Beam search with a step of arrays; fault: what is wrong with it. A hypothesis is (tokens, sum, state)."""
    beam, aside = [([], 0.0, h_0)], []
    for _ in range(max_steps + (fault == "one_too_many")):
        ended = [one for one in beam if _ended(one, stop)]
        going = beam if fault == "finished_extended" else [one for one in beam if not _ended(one, stop)]
        if not going:
            break
        longer = _continued(step, going, start, stop, width, fault)
        kept = [] if fault in ("finished_dropped", "finished_extended") else ended
        ranked = sorted(kept + longer, key=lambda one: _rank(one, fault), reverse=fault != "worst_kept")
        if fault == "finished_aside":
            places = [n for n, one in enumerate(ranked) if not _ended(one, stop)][:width]
            seen = places[-1] if len(places) == width else len(ranked)
            aside += [one for one in ranked[:seen] if _ended(one, stop)]
            ranked = [ranked[n] for n in places]
        rows = _states_after(step, beam, start) if fault == "states_not_moved" else []
        beam = ranked[:width]
        if fault == "first_finished" and any(_ended(one, stop) for one in beam):
            beam = [one for one in beam if _ended(one, stop)]
            break
        if fault == "states_not_moved":
            beam = [(tokens, total, rows[min(n, len(rows) - 1)]) for n, (tokens, total, _) in enumerate(beam)]
    if fault == "ended_preferred":
        beam = [one for one in beam if _ended(one, stop)] or beam
    tokens, total, _ = max(beam + aside, key=lambda one: one[1]) if aside else beam[0]
    shown = tokens[: tokens.index(stop)] if stop in tokens and fault != "stop_kept" else tokens
    return shown, total / max(len(tokens), 1) if fault == "length_normalised" else total


def _states_after(step, beam, start):
    """The new states of all hypotheses, those that have ended too, row by row."""
    y = np.array([(tokens or [start])[-1] for tokens, _, _ in beam])
    return step(y, np.stack([state for _, _, state in beam]))[1]


def _ended(one: tuple, stop: int) -> bool:
    return one[0][-1:] == [stop]


def _rank(one: tuple, fault: str) -> float:
    tokens, total, _ = one
    return total / len(tokens) if fault == "length_normalised" else total


def _continued(step, going, start, stop, width, fault):
    """All continuations of the hypotheses that have not ended."""
    y = np.array([(tokens or [start])[-1] for tokens, _, _ in going])
    scores, h = step(y, np.stack([state for _, _, state in going]))
    p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    if fault == "stop_not_counted":
        p[:, stop] = 0.0
    values = {"probabilities_added": np.exp(p), "raw_scores": scores}.get(fault, p).tolist()
    continued = []
    for k, (tokens, total, _) in enumerate(going):
        best = sorted(range(len(values[k])), key=lambda v: values[k][v], reverse=True)
        best = best[: {"greedy": 1, "width_per_hypothesis": 1 if len(going) > 1 else width}.get(fault, len(best))]
        state = h[0] if fault == "states_mixed_up" else h[k]
        continued += [([*tokens, v], total + values[k][v], state) for v in best]
    return continued


def beam_cases(rng: np.random.Generator) -> list[Case]:
    return _drawn_beams(int(rng.integers(2**62)))


@lru_cache(maxsize=200)
def _drawn_beams(seed: int) -> list[Case]:
    """Many are drawn until one is telling, so that they are kept for whoever asks again."""
    rng = np.random.default_rng(seed)
    sizes = [(5, 4, 3, 7), (6, 3, 2, 5), (4, 2, 5, 6), (5, 3, 3, 1), (7, 4, 2, 6)]  # (V, H, width, max_steps)
    cases = [drawn_until(partial(_beam_case, rng, *size), _telling) for size in sizes]
    cases.append(drawn_until(lambda: _beam_case(rng, 5, 1, 2, 4), _open))
    return [
        *cases,
        *(drawn_until(partial(_beam_case, rng, *size), partial(_tells, fault)) for fault, size in SUBTLE.items()),
    ]


def _beam_case(rng: np.random.Generator, V: int, H: int, width: int, max_steps: int) -> Case:
    start, stop = (int(token) for token in rng.permutation(V)[:2])
    inputs = {"weights": step_weights(rng, V, H), "h_0": rng.normal(size=H)}
    return inputs | {"start": start, "stop": stop, "width": width, "max_steps": max_steps}


def _found(case: Case, fault: str = "") -> tuple[list[int], float]:
    fed, state, scores = (case["weights"][name] for name in ("fed", "state", "scores"))

    def step(y, h):
        new = np.tanh(fed[y] + h @ state)
        return new @ scores, new

    h_0, start, stop, width, max_steps = (case[name] for name in ("h_0", "start", "stop", "width", "max_steps"))
    return beam_search(step, h_0, start, stop, width, max_steps, fault)


def _says_start(case: Case) -> bool:
    """The start token is said: whether that belongs to an answer "without start" is left open."""
    return case["start"] in _found(case)[0] or case["start"] in _found(narrow(case))[0]


def _telling(case: Case) -> bool:
    """The best hypothesis ends before the last step and is not what other ways would find."""
    tokens, total = _found(case)
    if case["max_steps"] == 1:
        return len(tokens) == 1 and not _says_start(case)
    if not 1 < len(tokens) < case["max_steps"] - 1 or _says_start(case):
        return False
    faults = ("greedy", "states_mixed_up", "finished_extended", "finished_dropped")
    others = [_found(case, fault)[1] for fault in faults]
    return min(abs(total - other) for other in others) > 0.02 < abs(others[-1] - others[-2])


SUBTLE = {
    "finished_aside": (6, 3, 3, 7),
    "ended_preferred": (5, 3, 3, 5),
    "states_not_moved": (5, 3, 3, 5),
    "width_per_hypothesis": (5, 3, 3, 5),
    "length_normalised": (5, 3, 3, 5),
}  # (V, H, width, max_steps) of a case that tells each


def _tells(fault: str, case: Case) -> bool:
    """What would be found with this mistake is neither what is right nor what the other ones would find."""
    tokens, total = _found(case, fault)
    for other in {"", "finished_extended", *SUBTLE} - {fault}:
        others, another = _found(case, other)
        if tokens == others or abs(total - another) < 0.02:
            return False
    return not _says_start(case)


def _open(case: Case) -> bool:
    """The best hypothesis has not ended."""
    return len(_found(case)[0]) == case["max_steps"] and not _says_start(case)


def narrow(case: Case) -> Case:
    return case | {"width": 1}


def wrong_beam(fault: str) -> Callable:
    def search(step, h_0, start, stop, width, max_steps):
        def arrays(y, h):
            return [tensor.numpy() for tensor in step(torch.from_numpy(y), torch.from_numpy(h))]

        return beam_search(arrays, h_0.numpy(), start, stop, width, max_steps, fault)

    return search


BEAM_SEARCH = Exercise(
    name="beam_search",
    chapter="sequence_to_sequence",
    section="sec-beam",
    cases=beam_cases,
    behaviours=[
        Behaviour("narrow", "with a width of 1 takes the best token at each step", 2, seen_by(look.tokens_by_beam, narrow)),
        Behaviour("tokens", "finds the best hypothesis of its beam", 4, seen_by(look.tokens_by_beam)),
        Behaviour(
            "whole",
            "gives its tokens and the sum of their log-probabilities, stop included, and leaves its inputs as they were",
            3,
            seen_by(look.by_beam),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception(
            "greedy", "each hypothesis is continued by its best token alone, so the beam never widens.", wrong_beam("greedy")
        ),
        Misconception(
            "probabilities_added",
            "probabilities are added up; it is their logarithms that add.",
            wrong_beam("probabilities_added"),
        ),
        Misconception(
            "raw_scores",
            "scores are added up without a softmax; they are comparable only as log-probabilities.",
            wrong_beam("raw_scores"),
        ),
        Misconception(
            "width_per_hypothesis",
            "each hypothesis keeps its own best continuation; of all continuations together the best are to be kept.",
            wrong_beam("width_per_hypothesis"),
        ),
        Misconception(
            "states_mixed_up",
            "a continuation goes on from the state of another hypothesis; it needs the state of the one that it continues.",
            wrong_beam("states_mixed_up"),
        ),
        Misconception(
            "finished_dropped", "hypotheses that have ended are lost; they stay in the beam.", wrong_beam("finished_dropped")
        ),
        Misconception(
            "finished_extended",
            "hypotheses that have ended are continued beyond their stop token.",
            wrong_beam("finished_extended"),
        ),
        Misconception(
            "first_finished",
            "the search ends with the first hypothesis that ends; one that is still open may be better.",
            wrong_beam("first_finished"),
        ),
        Misconception(
            "finished_aside",
            "hypotheses that have ended are put aside; they stay in the beam, take their places, and may be pushed out.",
            wrong_beam("finished_aside"),
        ),
        Misconception(
            "ended_preferred",
            "at the end only hypotheses that have ended count; the best one counts, ended or not.",
            wrong_beam("ended_preferred"),
        ),
        Misconception(
            "states_not_moved",
            "the states stay in their rows while the hypotheses are sorted; each goes on from another one's state.",
            wrong_beam("states_not_moved"),
        ),
        Misconception(
            "stop_not_counted",
            "the stop token adds nothing to the sum; its log-probability counts like any other's.",
            wrong_beam("stop_not_counted"),
        ),
        Misconception("one_too_many", "there is one step more than max_steps.", wrong_beam("one_too_many")),
        Misconception("worst_kept", "the worst continuations are kept instead of the best.", wrong_beam("worst_kept")),
        Misconception(
            "length_normalised",
            "sums are divided by the number of tokens; they are to be compared as they are.",
            wrong_beam("length_normalised"),
        ),
        Misconception(
            "stop_kept", "the stop token is part of the answer; only its log-probability counts.", wrong_beam("stop_kept")
        ),
    ],
)
