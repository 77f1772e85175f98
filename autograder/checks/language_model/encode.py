"""Checks of ``encode``."""

import numpy as np

from autograder.checks.language_model.common import WORDS
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def encode_cases(rng: np.random.Generator) -> list[Case]:
    cases: list[Case] = []
    for length, missing, unknown in [(6, 2, 2), (4, 1, 5), (1, 1, 3), (5, 0, 2), (1, 0, 1), (7, 3, 4)]:
        words = rng.permutation(WORDS).tolist()
        numbers = [0, *(rng.permutation(12)[:5] + 6).tolist()]
        index = dict(zip(words[:6], numbers, strict=True))
        known = [words[rng.integers(2) if n == 0 else rng.integers(6)] for n in range(length - missing)]
        known[1:2] = words[:1] if len(known) > 1 else []
        text = known + words[7 : 7 + missing]
        cases.append({"text": rng.permutation(text).tolist(), "index": index, "unknown": unknown})
    letters = {letter: int(number) for letter, number in zip("abc d", rng.permutation(9)[:5] + 6, strict=True)}
    return [*cases, {"text": "".join(rng.permutation(list("aabc dxxb")).tolist()), "index": letters, "unknown": 3}]


def all_known(case: Case) -> Case | None:
    text = [token for token in case["text"] if token in case["index"]]
    return case | {"text": text} if text else None


def encode_raises(text, index, unknown):
    return np.array([index[token] for token in text])


def encode_dropped(text, index, unknown):
    return np.array([index[token] for token in text if token in index], dtype=int)


def encode_zero(text, index, unknown):
    return np.array([index.get(token, 0) for token in text])


def encode_zero_lost(text, index, unknown):
    return np.array([index.get(token) or unknown for token in text])


def encode_grows(text, index, unknown):
    return np.array([index.setdefault(token, len(index)) for token in text])


def encode_from_one(text, index, unknown):
    return np.array([index.get(token, unknown - 1) + 1 for token in text])


def encode_place(text, index, unknown):
    words = list(index)
    return np.array([words.index(token) if token in index else unknown for token in text])


def encode_one_hot(text, index, unknown):
    return np.eye(20)[[index.get(token, unknown) for token in text]]


ENCODE = Exercise(
    name="encode",
    chapter="autoregressive",
    section="sec-inputs-and-targets",
    cases=encode_cases,
    axes="T",
    behaviours=[
        Behaviour("known", "gives the number of every known token, in order", 1, all_known),
        Behaviour("unknown", "gives the number of the unknown token for the others", 1),
        Behaviour("inputs", "gives those and leaves the index as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "raises", "a token that is not in the index raises an error; it should become the unknown one.", encode_raises
        ),
        Misconception(
            "dropped",
            "unknown tokens are left out, so that the text gets shorter; each becomes the unknown one.",
            encode_dropped,
        ),
        Misconception("zero", "unknown tokens become 0, whatever the number for unknown is.", encode_zero),
        Misconception(
            "zero_lost",
            "a known token with the number 0 is taken for unknown: 0 counts as false in a condition.",
            encode_zero_lost,
        ),
        Misconception(
            "grows",
            "unknown tokens get new numbers and are added to the index; the network has no place for them.",
            encode_grows,
        ),
        Misconception("from_one", "every number is one too large.", encode_from_one),
        Misconception("place", "the place in the dictionary is taken; wanted is the number that it holds.", encode_place),
        Misconception("one_hot", "one-hot vectors come back; wanted are the numbers.", encode_one_hot),
    ],
)
