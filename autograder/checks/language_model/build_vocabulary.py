"""Checks of ``build_vocabulary``."""

import numpy as np

from autograder.checks.language_model.common import WORDS
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import language_model as parts
from unrolled.standins import stand_in

SPECIAL = ["<start>", "<stop>", "<unknown>"]


def vocabulary_cases(rng: np.random.Generator) -> list[Case]:
    """Texts of words and of characters; some token is as rare as allowed, and some occurs often in a single text."""
    cases: list[Case] = []
    for count, least in [(5, 2), (4, 1), (6, 3), (1, 1), (7, 4)]:
        rare, often, twice, *others = rng.permutation(WORDS).tolist()
        texts = [rng.choice(others[:4], size=rng.integers(1, 6)).tolist() for _ in range(count)]
        texts[0] += [often] * (least + 1) + [rare] * least + [twice] * (least - 1)
        cases.append({"texts": [rng.permutation(text).tolist() for text in texts], "least": least})
    letters = rng.choice(list("Aabcdxyz "), size=(3, 6))
    return [*cases, {"texts": ["".join(row) + "qQQ" for row in letters.tolist()], "least": 1}]


def keep_all(function):
    return lambda case: case | {"least": 1, "around": stand_in(function)}


def only_rare(case: Case) -> Case | None:
    return dict(case) if case["least"] > 1 else None


def _counts(texts):
    counts = {}
    for text in texts:
        for token in text:
            counts[token] = counts.get(token, 0) + 1
    return counts


def _numbered(tokens, first=0):
    return tokens, {token: number for number, token in enumerate(tokens, start=first)}


def _kept(counts, least):
    return [token for token, count in counts.items() if count >= least]


def vocabulary_no_special(texts, least):
    return _numbered(sorted(_kept(_counts(texts), least)))


def vocabulary_special_last(texts, least):
    return _numbered(sorted(_kept(_counts(texts), least)) + SPECIAL)


def vocabulary_all_sorted(texts, least):
    return _numbered(sorted(_kept(_counts(texts), least) + SPECIAL))


def vocabulary_unsorted(texts, least):
    return _numbered(SPECIAL + _kept(_counts(texts), least))


def vocabulary_by_count(texts, least):
    counts = _counts(texts)
    return _numbered(SPECIAL + sorted(_kept(counts, least), key=lambda token: (-counts[token], token)))


def vocabulary_repeated(texts, least):
    counts = _counts(texts)
    return _numbered(SPECIAL + sorted(token for text in texts for token in text if counts[token] >= least))


def vocabulary_more_than(texts, least):
    return _numbered(SPECIAL + sorted(_kept(_counts(texts), least + 1)))


def vocabulary_least_ignored(texts, least):
    return _numbered(SPECIAL + sorted(_counts(texts)))


def vocabulary_texts_counted(texts, least):
    return _numbered(SPECIAL + sorted(_kept(_counts([set(text) for text in texts]), least)))


def vocabulary_from_one(texts, least):
    return _numbered(SPECIAL + sorted(_kept(_counts(texts), least)), first=1)


def vocabulary_lowered(texts, least):
    return _numbered(SPECIAL + sorted(_kept(_counts([[token.lower() for token in text] for text in texts]), least)))


BUILD_VOCABULARY = Exercise(
    name="build_vocabulary",
    chapter="autoregressive",
    section="sec-inputs-and-targets",
    cases=vocabulary_cases,
    axes={"tokens": "", "index": ""},
    behaviours=[
        Behaviour("tokens", "lists the three special tokens, then every token once, sorted", 1, keep_all(parts.entries)),
        Behaviour("index", "gives each token its place in that list", 1, keep_all(parts.numbers)),
        Behaviour("least", "leaves out what occurs less than least times, and nothing else", 1, only_rare),
        Behaviour("inputs", "gives both and leaves the texts as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "no_special", "the tokens for start, stop and unknown are missing; they come first.", vocabulary_no_special
        ),
        Misconception("special_last", "the special tokens stand at the end; they come first.", vocabulary_special_last),
        Misconception(
            "all_sorted",
            "the special tokens are sorted in among the others; only what follows them is sorted.",
            vocabulary_all_sorted,
        ),
        Misconception(
            "unsorted", "the tokens stand in the order in which they occur; wanted is sorted.", vocabulary_unsorted
        ),
        Misconception("by_count", "the tokens are ordered by how often they occur; wanted is sorted.", vocabulary_by_count),
        Misconception(
            "repeated", "a token that occurs twice is listed twice; each has one place and one number.", vocabulary_repeated
        ),
        Misconception(
            "more_than", "tokens that occur exactly least times are left out; they are kept.", vocabulary_more_than
        ),
        Misconception("least_ignored", "rare tokens are kept: least is not used.", vocabulary_least_ignored),
        Misconception(
            "texts_counted",
            "counted is in how many texts a token occurs; counted should be every occurrence.",
            vocabulary_texts_counted,
        ),
        Misconception("from_one", "the numbers count from 1; the first token has number 0.", vocabulary_from_one),
        Misconception(
            "lowered", "capital letters are made small: I and i become one token; they are two.", vocabulary_lowered
        ),
    ],
)
