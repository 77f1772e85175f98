"""Asking a function every question of a bank, with patience for two calls that do not end."""

from collections.abc import Callable
from typing import Any

from unrolled.calls.probes import TIME_LIMIT, Observation
from unrolled.judging.bank import Answers, Bank

GIVEN_UP: Observation = {
    "error": {"type": TIME_LIMIT, "message": "was not made: two calls before it did not end", "line": None}
}


class Patience:
    """Gives a function up after two calls that did not end: the others are not waited for."""

    def __init__(self) -> None:
        self._left = 2

    @property
    def lost(self) -> bool:
        return self._left <= 0

    def note(self, observation: Observation) -> Observation:
        """Count ``observation`` if it is that of a call stopped at its limit; returns it."""
        if observation.get("error", {}).get("type") == TIME_LIMIT:
            self._left -= 1
        return observation


def ask_all(bank: Bank, ask: Callable[[dict[str, Any]], Observation]) -> Answers:
    """The observation of every trial of ``bank``, by behaviour; ``ask`` gives it for some inputs."""
    patience, answers = Patience(), no_answers(bank)
    for b in bank.behaviours:
        if not b.like:
            answers[b.key] += [GIVEN_UP if patience.lost else patience.note(ask(t.inputs)) for t in b.trials]
    return answers


def no_answers(bank: Bank) -> Answers:
    """Empty lists to collect answers in; behaviours that are asked together have theirs in common."""
    answers: Answers = {}
    for b in bank.behaviours:
        answers[b.key] = answers[b.like] if b.like else []
    return answers
