"""Checks of ``pronounce``."""

import gzip
from functools import cache
from pathlib import Path

import numpy as np

from autograder.checks.spec import Level, Measured, Questions
from unrolled import data
from unrolled.judging.bank import Answers

HELD_BACK = Path(__file__).with_name("held_back.txt.gz")


WORDS_ASKED, STRANGE_ASKED, PER_CALL, PUBLIC_ASKED = 1000, 40, 40, 400


# Trained models know at most 5 of 60: at that rate one is in doubt with a probability below 1e-6.
STRANGE_KNOWN = 15


SHARES = (0.20, 0.35, 0.42, 0.50, 0.55, 0.58)


@cache
def held_back() -> tuple[list[tuple[str, list[list[str]]]], list[tuple[str, list[list[str]]]]]:
    """Words that no student has, with all their pronunciations: ordinary ones, and such as letters do not tell."""
    text = gzip.decompress(HELD_BACK.read_bytes()).decode("ascii")
    ordinary: list[tuple[str, list[list[str]]]] = []
    strange: list[tuple[str, list[list[str]]]] = []
    for line in text.splitlines():
        word, said = line.removesuffix(" ?").split(" ", 1)
        entry = word, [phones.split() for phones in said.split(", ")]
        (strange if line.endswith(" ?") else ordinary).append(entry)
    return ordinary, strange


def in_calls(words: list[str], accepted: list[list[list[str]]]) -> Questions:
    starts = range(0, len(words), PER_CALL)
    return Questions(
        [{"words": words[n : n + PER_CALL]} for n in starts],
        [accepted[n : n + PER_CALL] for n in starts],
    )


def graded_words(rng: np.random.Generator) -> Questions:
    """Ordinary words that count and strange ones that do not, mixed."""
    ordinary, strange = held_back()
    chosen = [ordinary[n] for n in rng.permutation(len(ordinary))[:WORDS_ASKED]]
    chosen += [(strange[n][0], []) for n in rng.permutation(len(strange))[:STRANGE_ASKED]]
    mixed = [chosen[n] for n in rng.permutation(len(chosen))]
    return in_calls([word for word, _ in mixed], [said for _, said in mixed])


def public_words() -> Questions:
    spoken = data.pronunciations()[1][:PUBLIC_ASKED]
    return in_calls([one.word for one in spoken], [[one.phones] for one in spoken])


def knows_too_much(questions: Questions, answers: Answers) -> str:
    """A sentence if the answers hold many words whose letters do not give them away."""
    said = dict(held_back()[1])
    known = 0
    for call, answer in zip(questions.calls, answers[LEVELS[0].key], strict=True):
        value = answer.get("value")
        if isinstance(value, list | tuple) and len(value) == len(call["words"]):
            given = zip(call["words"], value, strict=True)
            known += sum(word in said and isinstance(one, list | tuple) and list(one) in said[word] for word, one in given)
    if known < STRANGE_KNOWN:
        return ""
    return (
        f"{known} of {STRANGE_ASKED} words are right that cannot be known from their letters: a person will look at it "
        "before points are given. Was the model trained with the 16,000 training words alone?"
    )


LEVELS = [
    Level(f"words_{share * 100:.0f}", f"says at least {share:.0%} of the words wholly right", 4, share) for share in SHARES
]


PRONOUNCE = Measured(
    name="pronounce",
    chapter="sequence_to_sequence",
    section="sec-s2s-trained",
    questions=graded_words,
    public=public_words,
    behaviours=LEVELS,
    doubt=knows_too_much,
)
