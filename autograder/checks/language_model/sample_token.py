"""Checks of ``sample_token``."""

from itertools import cycle

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import language_model as parts
from unrolled.standins import stand_in

OFF_BY = 0.18  # two frequencies in 600 draws each differ by more with a probability below 7.3e-9 (Hoeffding);


# a bank has fewer than 100 of them, and tests/solutions/test_language_model.py adds them up: below 1e-6 in all
CHANCES = {4: [0.6, 0.25, 0.1, 0.05], 5: [0.62, 0.16, 0.1, 0.07, 0.05]}


def sample_cases(rng: np.random.Generator) -> list[Case]:
    """Rows p (B, V) that have their best tokens at different places; the first row's is inside, and its token 0 is rare."""
    cases: list[Case] = []
    for B, V in [(3, 4), (2, 5), (1, 4)]:
        while True:
            chances = rng.permutation(CHANCES[V])
            if chances[0] <= 0.1 and chances.argmax() < V - 1:
                break
        chances *= rng.uniform(0.95, 1.05, size=V)
        rows = np.stack([np.roll(chances / chances.sum(), row) for row in range(B)])
        cases.append({"p": rows, "seed": int(rng.integers(2**31))})
    return cases


def one_row(case: Case) -> Case:
    return case | {"p": case["p"][:1], "around": stand_in(parts.frequencies)}


def several_rows(case: Case) -> Case | None:
    return case | {"around": stand_in(parts.frequencies_of_rows)} if len(case["p"]) > 1 else None


def two_rows(case: Case) -> Case | None:
    return case | {"around": stand_in(parts.frequencies_and_p)} if len(case["p"]) == 2 else None


def many(case: Case) -> Case | None:
    """One common token among ten rare and three impossible ones: noise that is added or multiplied gives other shares."""
    if len(case["p"]) > 1:
        return None
    p = np.random.default_rng(case["seed"]).permutation([0.5] + [0.05] * 10 + [0.0] * 3)
    return case | {"p": p[np.newaxis], "around": stand_in(parts.frequencies_of_many)}


def even(function):
    """One row in which two tokens of three come equally often."""

    def vary(case: Case) -> Case | None:
        if len(case["p"]) > 1:
            return None
        p = np.roll([0.48, 0.04, 0.48], case["seed"] % 3)
        return case | {"p": p[np.newaxis], "around": stand_in(function)}

    return vary


def _first_above(p, u):
    return (p.cumsum(axis=1)[:, :-1] <= u).sum(axis=1)


def sample_best(p, rng):
    return p.argmax(axis=1)


def sample_uniform(p, rng):
    return rng.integers(p.shape[1], size=len(p))


def sample_own_generator(p, rng):
    return _first_above(p, np.random.default_rng(0).random((len(p), 1)))


TURNS = cycle((0, 1))  # every stand-in makes an even number of calls, so that each begins with 0


def sample_other_generator(p, rng):
    """Draws that a generator in the same state does not repeat; from two generators in turn, so that cases stay the same."""
    other = np.random.default_rng([next(TURNS), int(rng.integers(2**31))])
    return _first_above(p, other.random((len(p), 1)))


def sample_one_draw(p, rng):
    return _first_above(p, rng.random())


def sample_first_row(p, rng):
    return _first_above(p[:1], rng.random((len(p), 1)))


def sample_not_summed(p, rng):
    above = p > rng.random((len(p), 1))
    return above.argmax(axis=1)


def sample_one_late(p, rng):
    return np.minimum(_first_above(p, rng.random((len(p), 1))) + 1, p.shape[1] - 1)


def sample_turned(p, rng):
    return p.shape[1] - 1 - _first_above(p, rng.random((len(p), 1)))


def sample_noise_added(p, rng):
    return (p + rng.random(p.shape)).argmax(axis=1)


def sample_noise_multiplied(p, rng):
    return (p * rng.random(p.shape)).argmax(axis=1)


def sample_in_place(p, rng):
    tokens = _first_above(p, rng.random((len(p), 1)))
    np.cumsum(p, axis=1, out=p)
    return tokens


SAMPLE_TOKEN = Exercise(
    name="sample_token",
    chapter="autoregressive",
    section="sec-temperature",
    cases=sample_cases,
    axes={
        "frequency of each token": "V",
        "frequency in each row": "BV",
        "a token with probability 0 came": "",
        "frequency of pairs in two rows": "",
        "frequency of pairs in two calls with the same generator": "",
        "p after the calls": "BV",
    },
    behaviours=[
        Behaviour("often", "draws each token as often as its probability says", 1, one_row, tolerance=OFF_BY),
        Behaviour(
            "many",
            "does so where one common token stands among many rare ones and impossible ones",
            1,
            many,
            tolerance=OFF_BY,
        ),
        Behaviour("rows", "draws for each row by the row's own probabilities", 1, several_rows, tolerance=OFF_BY),
        Behaviour(
            "apart", "draws for each row anew, whatever came in the others", 1, even(parts.pairs_of_rows), tolerance=OFF_BY
        ),
        Behaviour(
            "again", "draws the same from a generator in the same state", 1, even(parts.pairs_of_calls), tolerance=OFF_BY
        ),
        Behaviour(
            "inputs",
            "draws so and leaves p as it was",
            1,
            two_rows,
            looks_at=("value", "inputs"),
            tolerance=OFF_BY,
        ),
    ],
    misconceptions=[
        Misconception("best", "the best token comes every time; each comes as often as its probability says.", sample_best),
        Misconception("uniform", "all tokens come equally often: the probabilities are not used.", sample_uniform),
        Misconception(
            "own_generator",
            "a generator is made inside, with a fixed seed: each call draws the same; use the one handed over.",
            sample_own_generator,
        ),
        Misconception(
            "other_generator",
            "the chance does not come from the generator that is handed over: nobody can repeat the draw.",
            sample_other_generator,
        ),
        Misconception(
            "one_draw", "one random number serves all rows of the batch, which so are not independent.", sample_one_draw
        ),
        Misconception("first_row", "all rows are drawn by the probabilities of the first one.", sample_first_row),
        Misconception(
            "not_summed",
            "the random number is compared with single probabilities; compare it with their running sum.",
            sample_not_summed,
        ),
        Misconception("one_late", "each token is the one behind the right one.", sample_one_late),
        Misconception(
            "turned",
            "the places are counted from the other end: token k comes as often as it should from the back.",
            sample_turned,
        ),
        Misconception(
            "noise_added",
            "noise is added to the probabilities and the largest sum wins: even a token with probability 0 comes.",
            sample_noise_added,
        ),
        Misconception(
            "noise_multiplied",
            "the probabilities are multiplied by noise and the largest product wins: common tokens come too often.",
            sample_noise_multiplied,
        ),
        Misconception("in_place", "the probabilities that were handed over are changed by the call.", sample_in_place),
    ],
)
