"""Checks of ``token_probabilities``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def probability_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 0.5), (4, 2, 2.0), (1, 6, 0.4), (5, 3, 1.6), (1, 4, 3.0)]  # (B, V, temperature)
    return [{"scores": rng.normal(size=(B, V)), "temperature": temperature} for B, V, temperature in sizes]


def at_one(case: Case) -> Case:
    return case | {"temperature": 1.0}


def cold(case: Case) -> Case:
    """Rows around +400 and -400 at a low temperature, all but the last two tokens far below, the first one if there are
    but two; multiples of 1/16, exact in 32 bits.
    """
    scores = np.round(16 * case["scores"]) / 16
    scores[:, : max(1, scores.shape[1] - 2)] -= 300.0
    return {"scores": scores + 400.0 * (-1.0) ** np.arange(len(scores))[:, np.newaxis], "temperature": 0.25}


def _softmax(scores, axis=-1):
    exps = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


def probability_multiplied(scores, temperature):
    return _softmax(scores * temperature)


def probability_ignored(scores, temperature):
    return _softmax(scores)


def probability_p_divided(scores, temperature):
    return _softmax(scores) / temperature


def probability_subtracted(scores, temperature):
    return _softmax(np.maximum(scores - temperature, 0.0))


def probability_no_shift(scores, temperature):
    exps = np.exp(scores / temperature)
    return exps / exps.sum(axis=1, keepdims=True)


def probability_global_shift(scores, temperature):
    return probability_no_shift(scores - scores.max(), temperature)


def probability_mean_shift(scores, temperature):
    return probability_no_shift(scores - scores.mean(axis=1, keepdims=True), temperature)


def probability_not_normalised(scores, temperature):
    return np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)


def probability_axis(scores, temperature):
    return _softmax(scores / temperature, axis=0)


def probability_whole_batch(scores, temperature):
    exps = np.exp((scores - scores.max()) / temperature)
    return exps / exps.sum()


def probability_base_two(scores, temperature):
    return _softmax(np.log(2.0) * scores / temperature)


def probability_squared(scores, temperature):
    return _softmax(scores / temperature**2)


TOKEN_PROBABILITIES = Exercise(
    name="token_probabilities",
    chapter="autoregressive",
    section="sec-temperature",
    cases=probability_cases,
    axes="BV",
    behaviours=[
        Behaviour("softmax", "gives the softmax of each row at temperature 1", 1, at_one),
        Behaviour("temperature", "divides the scores by the temperature", 2),
        Behaviour("cold", "gives finite numbers for large scores at a low temperature", 1, cold),
        Behaviour("inputs", "gives those and leaves the scores as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "multiplied",
            "the scores are multiplied by the temperature: low ones become flat, high ones sharp; it must divide.",
            probability_multiplied,
        ),
        Misconception(
            "ignored", "the temperature changes nothing; it divides the scores before the softmax.", probability_ignored
        ),
        Misconception(
            "p_divided",
            "the probabilities are divided by the temperature, and their sum is no longer 1; it divides the scores.",
            probability_p_divided,
        ),
        Misconception("squared", "the scores are divided by the temperature twice.", probability_squared),
        Misconception(
            "no_shift",
            "the exponentials overflow at low temperatures: subtract each row's largest score first.",
            probability_no_shift,
        ),
        Misconception(
            "global_shift",
            "one largest score is subtracted from all rows; rows far below it vanish, so each needs its own.",
            probability_global_shift,
        ),
        Misconception(
            "mean_shift",
            "each row's mean is subtracted, and scores far above it still overflow; subtract the largest.",
            probability_mean_shift,
        ),
        Misconception("not_normalised", "the exponentials are not divided by their sum.", probability_not_normalised),
        Misconception("axis", "the softmax runs over the batch; it runs over the tokens of one row.", probability_axis),
        Misconception("whole_batch", "all rows together have the sum 1; each row has.", probability_whole_batch),
        Misconception("base_two", "powers of 2 are taken; wanted are powers of e.", probability_base_two),
    ],
)
