"""From observations to a verdict: one judge for the instant check and for the grader.

A ``Bank`` holds, for one exercise, the trials of each behaviour: inputs, the expected
observation, and what each known mistake would give.  The learner's package ships one
drawn bank for each exercise as data; the grader draws a fresh one for every submission.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from unrolled.calls.probes import TIME_LIMIT, Observation, error_sentence
from unrolled.judging.measuring import count_right
from unrolled.values.compare import TOLERANCE, Axes, difference

Answers = dict[str, list[Observation]]


@dataclass(frozen=True)
class Trial:
    """One question: inputs, the expected observation, and each mistake's observation."""

    inputs: dict[str, Any]
    expected: Observation
    mistaken: dict[str, Observation]


@dataclass(frozen=True)
class BehaviourBank:
    """One behaviour: what it says, its points, what it looks at, its trials and how far numbers may be off.

    share: above 0, the share of right answers that is enough; then a value is a list, and the expected
        one holds for each item the answers that are right (none: it is not counted)
    like: the key of the behaviour before that has the same trials: they are asked only once
    """

    key: str
    says: str
    points: int
    looks_at: tuple[str, ...]
    axes: Axes
    trials: list[Trial]
    tolerance: float = TOLERANCE
    share: float = 0.0
    like: str = ""


@dataclass(frozen=True)
class Mistake:
    """A known mistake: its sentence for the student and the place in the book that explains it."""

    key: str
    says: str
    link: str


@dataclass(frozen=True)
class Bank:
    """Everything needed to judge one exercise."""

    assignment: str
    exercise: str
    section: str
    behaviours: list[BehaviourBank]
    mistakes: list[Mistake]


@dataclass(frozen=True)
class Finding:
    """One behaviour judged: passed or not, and why not."""

    key: str
    says: str
    points: int
    passed: bool
    message: str = ""
    share: float | None = None  # of right answers, where these are counted


@dataclass(frozen=True)
class Verdict:
    """The judgement of one exercise.

    ``problem`` is empty, or says why the exercise could not be graded: then nothing is
    known about it, and no points are given or taken.
    """

    assignment: str
    exercise: str
    section: str
    findings: list[Finding]
    mistakes: list[Mistake] = field(default_factory=list)
    out_of: int = 0
    problem: str = ""

    @property
    def points(self) -> int:
        return sum(f.points for f in self.findings if f.passed)

    @property
    def passed(self) -> bool:
        return not self.problem and self.points == self.out_of


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


def judge_behaviour(behaviour: BehaviourBank, answers: list[Observation]) -> Finding:
    """Passed if every answer is as expected; otherwise the first difference is the message."""
    if behaviour.share:
        count = count_right([t.inputs for t in behaviour.trials], [t.expected for t in behaviour.trials], answers)
        enough = count.share >= behaviour.share
        return Finding(behaviour.key, behaviour.says, behaviour.points, enough, count.message, count.share)
    for trial, obtained in zip(behaviour.trials, answers, strict=True):
        message = mismatch(obtained, trial.expected, behaviour)
        if message:
            return Finding(behaviour.key, behaviour.says, behaviour.points, False, message)
    return Finding(behaviour.key, behaviour.says, behaviour.points, True)


def mismatch(obtained: Observation, expected: Observation, behaviour: BehaviourBank) -> str | None:
    """None if the observations agree in all that the behaviour looks at, else a sentence."""
    if "error" in obtained or "error" in expected:
        return _error_mismatch(obtained.get("error"), expected.get("error"))
    for part in behaviour.looks_at:
        axes = behaviour.axes if part == "value" else ""
        sentence = difference(obtained[part], expected[part], axes, behaviour.tolerance)
        if sentence:
            return sentence if part == "value" else f"The call changed its inputs. {sentence}"
    return None


def _error_mismatch(obtained: dict | None, expected: dict | None) -> str | None:
    if obtained is None:
        return f"The call returned a value; expected it to raise {expected['type'] if expected else 'an error'}."
    if expected is not None and expected["type"] in obtained.get("kinds", [obtained["type"]]):
        return None
    return error_sentence(obtained)


def diagnose(bank: Bank, answers: Answers, findings: list[Finding]) -> list[Mistake]:
    """The known mistakes that explain the failed behaviours, best explanation first.

    A mistake explains a behaviour if it would have given the student's answer in every
    trial.  It is considered only if the student missed every behaviour that it breaks.
    Among candidates, the one that also agrees wherever the student passed wins; the next
    one must explain something that is still open. If there is none, one that the student made in part will do.
    """
    reproduced = {m.key: _reproduced(m.key, bank, answers) for m in bank.mistakes}
    open_behaviours = {f.key for f in findings if not f.passed}
    possible = [m for m in bank.mistakes if _broken_by(m.key, bank) <= open_behaviours]
    found = []
    while open_behaviours:
        best = max(
            possible,
            key=lambda m: (len(reproduced[m.key] & open_behaviours), len(reproduced[m.key])),
            default=None,
        )
        if best is None or not reproduced[best.key] & open_behaviours:
            break
        found.append(best)
        open_behaviours -= reproduced[best.key]
    return found or _made_in_part(bank, answers)


def _made_in_part(bank: Bank, answers: Answers) -> list[Mistake]:
    """The known mistake that stands in some parts of the results while all other parts are right, if there is one.

    A part is one of several values or entries: a gradient that is overwritten, say, beside others that are added up.
    Of several such mistakes it is the one of which the fewest parts are missing.
    """
    missing = {m.key: _parts_missing(m.key, bank, answers) for m in bank.mistakes}
    candidates = [m for m in bank.mistakes if missing[m.key] is not None]
    if not candidates:
        return []
    nearest = min(candidates, key=lambda m: missing[m.key] or 0)
    return [replace(nearest, says=f"in part, {nearest.says}")]


def _parts_missing(key: str, bank: Bank, answers: Answers) -> int | None:
    """In how many parts the mistake ``key`` was not made; None if the answers are not right but for parts of it."""
    missing = made = 0
    for b in bank.behaviours:
        for trial, obtained in zip(b.trials, answers[b.key], strict=True):
            parts = [_parts(one) for one in (obtained, trial.expected, trial.mistaken.get(key, trial.expected))]
            if not parts[0].keys() == parts[1].keys() == parts[2].keys():
                return None
            for mine, right, wrong in zip(*(part.values() for part in parts), strict=True):
                if difference(mine, right, tolerance=b.tolerance) is None:
                    missing += difference(wrong, right, tolerance=b.tolerance) is not None
                elif difference(mine, wrong, tolerance=b.tolerance) is None:
                    made += 1
                else:
                    return None
    return missing if made else None


def _parts(observation: Observation) -> dict[Any, Any]:
    """The parts of what a call returned, by name or place; none if it returned one value or raised an error."""
    value = countable(observation.get("value"))
    if isinstance(value, list | tuple):
        value = dict(enumerate(value))
    return dict(sorted(value.items())) if isinstance(value, dict) else {}


def _broken_by(key: str, bank: Bank) -> set[str]:
    """The behaviours in which the mistake ``key`` gives something unexpected."""
    return {b.key for b in bank.behaviours if any(_differs(key, t, b) for t in b.trials)}


def _differs(key: str, trial: Trial, behaviour: BehaviourBank) -> bool:
    return key in trial.mistaken and mismatch(trial.mistaken[key], trial.expected, behaviour) is not None


def _reproduced(key: str, bank: Bank, answers: Answers) -> set[str]:
    """The behaviours in which the mistake ``key`` gives the student's answers throughout."""
    return {b.key for b in bank.behaviours if _agrees_throughout(key, b, answers[b.key])}


def _agrees_throughout(key: str, behaviour: BehaviourBank, answers: list[Observation]) -> bool:
    predictions = [trial.mistaken.get(key, trial.expected) for trial in behaviour.trials]
    if all("error" in predicted for predicted in predictions):
        return False
    return not any(mismatch(countable(o), countable(p), behaviour) for o, p in zip(answers, predictions, strict=True))


def countable(value: Any) -> Any:
    """``value`` with one ordinary number for NaN and infinities, which never count as equal to anything.

    For diagnosis alone: a mistake that overflows, as a softmax may, is known by it. Whether infinity or NaN
    comes of it often depends on the order of operations, so both count as the same.
    """
    if isinstance(value, dict):
        return {key: countable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(countable(item) for item in value)
    if isinstance(value, float | np.floating) or (isinstance(value, np.ndarray) and value.dtype.kind in "fc"):
        return np.nan_to_num(value, nan=3e30, posinf=3e30, neginf=3e30)
    return value
