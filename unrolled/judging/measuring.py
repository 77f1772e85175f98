"""Count how many of a model's answers are right, and say what stands out among the others.

A call hands over a list of items and gives a list with an answer for each of them; an answer
is a list of texts.  ``accepted`` holds for each item the answers that are right.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from unrolled.calls.probes import Observation, error_sentence

SHOWN = 3
OFTEN = 0.05  # of all answers: rarer parts may be right for other items


@dataclass(frozen=True)
class Count:
    """Right answers of all that count, and a sentence or more on them."""

    right: int
    of: int
    message: str

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True)
class One:
    """One item, what may be answered to it, and what was; ``answer`` is None if nothing of the kind came back."""

    item: str
    accepted: list[list[str]]
    answer: list[str] | None

    @property
    def right(self) -> bool:
        return self.answer in self.accepted


def count_right(inputs: list[dict[str, Any]], expected: list[Observation], answers: list[Observation]) -> Count:
    """Count the right answers of several calls.

    inputs: those of each call, with the list of items first
    expected: for each call {"value": accepted answers of each item, "shown": whether they may be told}
    """
    ones, complaints = [], []
    for given, wanted, answer in zip(inputs, expected, answers, strict=True):
        found, complaint = read_call(given, wanted, answer)
        complaints += [complaint] if complaint else []
        ones += [one for one in found if one.accepted]
    right = sum(one.right for one in ones)
    told = bool(expected) and bool(expected[0].get("shown"))
    sentences = [f"{right} of {len(ones)} answers are right ({right / max(len(ones), 1):.1%}).", *complaints[:1]]
    no_lists = sum(one.answer is None for one in ones)
    if no_lists and not complaints:
        sentences.append(f"{no_lists} answers are no lists of texts, which is what each has to be.")
    sentences += _form(ones) + (_examples(ones) if told else [])
    return Count(right, len(ones), " ".join(sentences))


def read_call(given: dict[str, Any], wanted: Observation, answer: Observation) -> tuple[list[One], str]:
    """What was answered to each item of one call, and a sentence if it was no list of as many answers."""
    items = next(iter(given.values()))
    found, complaint = answers_to(items, answer)
    return [One(*one) for one in zip(items, wanted["value"], found, strict=True)], complaint


def answers_to(items: list[str], answer: Observation) -> tuple[list[list[str] | None], str]:
    """The answer to each item, and a sentence if the call did not give a list of as many."""
    nothing: list[list[str] | None] = [None] * len(items)
    if "error" in answer:
        return nothing, error_sentence(answer["error"])
    value = answer.get("value")
    if not isinstance(value, list | tuple) or len(value) != len(items):
        kind = f"{type(value).__name__} of {len(value)}" if isinstance(value, list | tuple) else type(value).__name__
        return nothing, f"A call with {len(items)} items gave a {kind}; expected is a list with an answer for each."
    return [[_text(part) for part in one] if isinstance(one, list | tuple) else None for one in value], ""


def _text(part: Any) -> str:
    """A text as it is; what is none by a text that shows it."""
    if isinstance(part, str):
        return part
    return repr(part) if isinstance(part, int | float) else f"<{type(part).__name__}>"


def _form(ones: list[One]) -> list[str]:
    """What no right answer ever holds, as a token for the end."""
    known = {part for one in ones for accepted in one.accepted for part in accepted}
    foreign = Counter(part[:20] for one in ones for part in one.answer or [] if part not in known)
    part, times = foreign.most_common(1)[0] if foreign else ("", 0)
    if times <= OFTEN * len(ones):
        return []
    return [f"{part!r} stands in {times} places and in no right answer."]


def _examples(ones: list[One]) -> list[str]:
    wrong = [one for one in ones if not one.right and one.answer is not None][:SHOWN]
    if not wrong:
        return []
    shown = [f"{one.item!r} gave {_joined(one.answer)}, right is {_joined(one.accepted[0])}" for one in wrong]
    return [f"For instance {'; '.join(shown)}."]


def _joined(parts: list[str] | None) -> str:
    return " ".join(part[:20] for part in (parts or [])[:20]) or "nothing"
