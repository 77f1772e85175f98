"""From observations to a verdict: one judge for the instant check and for the grader.

A ``Bank`` holds, for one exercise, the trials of each behaviour: inputs, the expected
observation, and what each known mistake would give.  The learner's package ships one
drawn bank for each exercise as data; the grader draws a fresh one for every submission.
"""

from collections.abc import Callable
from typing import Any

from unrolled.calls.probes import TIME_LIMIT, Observation
from unrolled.judging.bank import Answers, Bank, Verdict
from unrolled.judging.diagnosis import diagnose
from unrolled.judging.findings import judge_behaviour

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


def judge(bank: Bank, answers: Answers) -> Verdict:
    """Compare the observations of every trial of ``bank`` with what is expected."""
    findings = [judge_behaviour(b, answers[b.key]) for b in bank.behaviours]
    out_of = sum(b.points for b in bank.behaviours)
    return Verdict(bank.assignment, bank.exercise, bank.section, findings, diagnose(bank, answers, findings), out_of)
