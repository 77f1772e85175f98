"""Checks of ``one_to_many``."""

import numpy as np

from autograder.checks.shared import softmax
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import architectures as look
from unrolled.standins import stand_in


def caption_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 6, 2, 4, 5), (1, 5, 3, 2, 4), (4, 3, 1, 5, 6), (2, 7, 4, 3, 3), (2, 4, 3, 1, 5)]  # (B, T, E, H, V)
    return [_caption_case(rng, *size) for size in sizes]


def _caption_case(rng, B, T, E, H, V):
    """A case in which no choice is close, as it could be decided by rounding, and several tokens are chosen."""
    while True:
        case = {
            "h_0": rng.normal(size=(B, H)),
            "start": int(rng.integers(V)),
            "T": T,
            "embedding": rng.normal(size=(V, E)),
            "step": stand_in(look.row_step),
            "W_hy": rng.normal(size=(H, V)),
            "b_y": 0.5 * rng.normal(size=V),
        }
        scores, tokens = _caption(**case | {"step": look.row_step})
        best = np.sort(scores, axis=-1)
        if (best[..., -1] - best[..., -2]).min() > 1e-3 and len(np.unique(tokens)) > 2 and len(np.unique(tokens[0])) > 1:
            return case


def one_step(case: Case) -> Case:
    return case | {"T": 1}


def _caption(h_0, start, T, embedding, step, W_hy, b_y, feeds=None):
    """Scores and tokens; feeds: the next input, from all scores so far and the embedding."""
    h, x_t, scores = h_0, np.repeat(embedding[[start]], len(h_0), axis=0), []
    for _ in range(T):
        h = step(x_t, h)
        scores.append(h @ W_hy + b_y)
        x_t = feeds(scores, x_t) if feeds else embedding[scores[-1].argmax(axis=1)]
    scores = np.stack(scores, axis=1)
    return scores, scores.argmax(axis=2)


def caption_start_again(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T, embedding, step, W_hy, b_y, lambda scores, x_t: x_t)


def caption_state_fixed(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T, embedding, lambda x_t, _: step(x_t, h_0), W_hy, b_y)


def caption_first_missing(h_0, start, T, embedding, step, W_hy, b_y):
    scores, tokens = _caption(h_0, start, T + 1, embedding, step, W_hy, b_y)
    return scores[:, 1:], tokens[:, 1:]


def caption_one_short(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T - 1, embedding, step, W_hy, b_y)


def caption_start_included(h_0, start, T, embedding, step, W_hy, b_y):
    scores, tokens = _caption(h_0, start, T, embedding, step, W_hy, b_y)
    return scores, np.concatenate([np.full((len(h_0), 1), start), tokens[:, :-1]], axis=1)


def caption_soft_fed(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T, embedding, step, W_hy, b_y, lambda scores, _: softmax(scores[-1]) @ embedding)


def caption_scores_fed(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T, embedding, step, W_hy, b_y, lambda scores, _: scores[-1] @ embedding)


def caption_one_late(h_0, start, T, embedding, step, W_hy, b_y):
    def fed(scores, x_t):
        return embedding[scores[-2].argmax(axis=1)] if len(scores) > 1 else x_t

    return _caption(h_0, start, T, embedding, step, W_hy, b_y, fed)


def caption_first_sequence(h_0, start, T, embedding, step, W_hy, b_y):
    def fed(scores, x_t):
        return np.repeat(embedding[[scores[-1][0].argmax()]], len(x_t), axis=0)

    return _caption(h_0, start, T, embedding, step, W_hy, b_y, fed)


def caption_before_step(h_0, start, T, embedding, step, W_hy, b_y):
    h, x_t, scores = h_0, np.repeat(embedding[[start]], len(h_0), axis=0), []
    for _ in range(T):
        scores.append(h @ W_hy + b_y)
        h = step(x_t, h)
        x_t = embedding[scores[-1].argmax(axis=1)]
    scores = np.stack(scores, axis=1)
    return scores, scores.argmax(axis=2)


def caption_one_row(h_0, start, T, embedding, step, W_hy, b_y):
    h, x_t, scores = h_0, embedding[[start]], []
    for _ in range(T):
        h = step(x_t, h)
        scores.append(h @ W_hy + b_y)
        x_t = embedding[scores[-1].argmax(axis=1)]
    scores = np.stack(scores, axis=1)
    return scores, scores.argmax(axis=2)


def caption_no_bias(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T, embedding, step, W_hy, np.zeros_like(b_y))


def caption_softmax(h_0, start, T, embedding, step, W_hy, b_y):
    scores, tokens = _caption(h_0, start, T, embedding, step, W_hy, b_y)
    return softmax(scores), tokens


ONE_TO_MANY = Exercise(
    name="one_to_many",
    chapter="architectures",
    section="sec-one-to-many",
    cases=caption_cases,
    axes={"scores": "BTV", "tokens": "BT"},
    behaviours=[
        Behaviour("first", "gives the first output, from h_0 and the start token", 1, one_step),
        Behaviour("tokens", "feeds each chosen token back and gives all tokens", 2, seen_by(look.tokens_alone)),
        Behaviour("scores", "gives the scores of every step", 2, seen_by(look.scores_alone)),
        Behaviour("inputs", "gives both and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "start_again",
            "the start token is fed at every step; from the second on it should be the last output.",
            caption_start_again,
        ),
        Misconception("state_fixed", "every step starts from h_0 again: the new state is not kept.", caption_state_fixed),
        Misconception(
            "first_missing", "the first output is thrown away, and one too many is made at the end.", caption_first_missing
        ),
        Misconception(
            "one_short",
            "only T - 1 steps are made, none at all if T = 1; the start token is no output, and T steps follow it.",
            caption_one_short,
        ),
        Misconception(
            "start_included",
            "the start token stands among the tokens, and the last output is missing.",
            caption_start_included,
        ),
        Misconception(
            "soft_fed",
            "fed back is the mean of all embeddings, weighted by probability; wanted is that of the chosen token.",
            caption_soft_fed,
        ),
        Misconception(
            "scores_fed",
            "fed back are all embeddings, weighted by their scores; wanted is that of the chosen token.",
            caption_scores_fed,
        ),
        Misconception(
            "one_late", "the token that is fed back is one step old: the output before the last one.", caption_one_late
        ),
        Misconception(
            "first_sequence",
            "the token of the first sequence is fed to all; each goes on from its own.",
            caption_first_sequence,
        ),
        Misconception(
            "before_step", "the scores are read from the state before the step, not after it.", caption_before_step
        ),
        Misconception(
            "one_row",
            "the first input is a single row, which fits a batch of one only; step wants a row for each sequence.",
            caption_one_row,
        ),
        Misconception("no_bias", "the bias of the readout is never added.", caption_no_bias),
        Misconception("softmax", "the scores went through a softmax; wanted are the scores themselves.", caption_softmax),
    ],
)
