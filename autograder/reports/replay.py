"""Replay an appeal: the questions that a recorded result was asked, and what comes back now, trial by trial."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jupyter_core.utils import run_sync

from autograder.checks import ASSIGNMENTS
from autograder.gradebook.recording import latest_result
from autograder.grading.classroom import GradingError
from autograder.grading.handins import submission_of
from autograder.grading.result import Result
from autograder.grading.submission import Run
from autograder.grading.version import assignment_version, submission_digest
from unrolled.calls.probes import Observation
from unrolled.judging.bank import Answers, Bank, BehaviourBank, Trial, Verdict
from unrolled.judging.findings import mismatch
from unrolled.judging.judge import judge
from unrolled.judging.measuring import read_call
from unrolled.values.codec import StandIn


@dataclass(frozen=True)
class Replay:
    """One exercise asked again: what was recorded, the questions, the answers of today, and their verdict.

    remarks: what is not as it was when the result was recorded, in words
    """

    seed: str
    recorded: Verdict
    bank: Bank
    answers: Answers
    verdict: Verdict
    remarks: list[str]


def replay(student: str, assignment_id: str, exercise: str) -> Replay:
    """Run a student's notebook again and ask what was asked then.

    Raises GradingError if there is no such exercise or nothing recorded for the student.
    """
    result = recorded_result(student, assignment_id, exercise)
    assignment = ASSIGNMENTS[assignment_id]
    submission = submission_of(student, assignment_id)
    seeds = {name: int(seed, 16) for name, seed in result.seeds.items()}
    run = Run(assignment, submission, assignment.limits, result.sandboxed, seeds)
    run_sync(run.execute)()
    if exercise not in run.asked:
        raise GradingError(f"The notebook of {student} ends before {exercise} is asked: {' '.join(run.remarks)}")
    bank, answers = run.asked[exercise]
    recorded = next(v for v in result.verdicts if v.exercise == exercise)
    changed = {
        "The checks are not those of the recorded result: the same seed may draw other questions.": (
            result.version != assignment_version(assignment_id)
        ),
        "The notebook in gradebook/submitted is not the one that was graded.": (
            result.submission != submission_digest(submission)
        ),
    }
    remarks = [text for text, holds in changed.items() if holds] + run.remarks
    return Replay(result.seeds[exercise], recorded, bank, answers, judge(bank, answers), remarks)


def recorded_result(student: str, assignment_id: str, exercise: str) -> Result:
    """The result that stands in the gradebook for a student."""
    if assignment_id not in ASSIGNMENTS:
        raise GradingError(f"There is no assignment {assignment_id!r}; there are {', '.join(ASSIGNMENTS)}.")
    names = [e.name for e in ASSIGNMENTS[assignment_id].graded]
    if exercise not in names:
        raise GradingError(f"{assignment_id} has no exercise {exercise!r}; it has {', '.join(names)}.")
    result = latest_result(student, assignment_id)
    if result is None:
        raise GradingError(f"No result of {student} for {assignment_id} is recorded: grade it first.")
    if exercise not in result.seeds:
        raise GradingError(f"{exercise} of {student} could not be graded, so nothing was asked: {' '.join(result.remarks)}")
    return result


def shown_trials(behaviour: BehaviourBank, answers: list[Observation], everything: bool) -> list[str]:
    """The trials of a behaviour as text: all, or the one that decides, the first that differs or else the first.

    Of a behaviour that counts right answers all are shown, once for all its levels.
    """
    trials = list(zip(behaviour.trials, answers, strict=True))
    if behaviour.share:
        return [] if behaviour.like else [counted_call(trial, obtained) for trial, obtained in trials]
    messages = [mismatch(obtained, trial.expected, behaviour) for trial, obtained in trials]
    decisive = next((k for k, message in enumerate(messages) if message), 0)
    texts = []
    for k, ((trial, obtained), message) in enumerate(zip(trials, messages, strict=True)):
        if everything or k == decisive:
            lines = [f"trial {k + 1} of {len(trials)}: {message or 'as expected'}"]
            lines += [line for name, value in trial.inputs.items() for line in shown(f"input {name}", value)]
            looked_at = {part: value for part, value in obtained.items() if part in (*behaviour.looks_at, "error")}
            lines += [*outcome("expected", trial.expected), *outcome("obtained", looked_at)]
            texts.append("\n".join(lines))
    return texts


def counted_call(trial: Trial, obtained: Observation) -> str:
    """What was answered to each item of a call of which the right answers are counted."""
    ones, complaint = read_call(trial.inputs, trial.expected, obtained)
    lines = [complaint] if complaint else []
    for one in ones:
        mark = "right" if one.right else "wrong" if one.accepted else "not counted"
        right = " or ".join(" ".join(said) for said in one.accepted)
        lines.append(
            f"  {one.item}: {' '.join(one.answer or ['nothing'])} ({mark}{'' if one.right or not right else f', {right}'})"
        )
    return "\n".join(lines)


def outcome(which: str, observation: Observation) -> list[str]:
    """What a call gave and, if it is looked at, what its inputs were afterwards; or what it raised."""
    if "error" in observation:
        error = observation["error"]
        return [f"  {which}: {error['type']}: {error.get('message', '')}"]
    afterwards = observation.get("inputs", {})
    lines = shown(which, observation["value"])
    return lines + [line for name, value in afterwards.items() for line in shown(f"{which} {name} afterwards", value)]


def shown(name: str, value: Any) -> list[str]:
    """A value with its numbers, as lines under its name, however deep they lie."""
    if isinstance(value, np.ndarray):
        numbers = np.array2string(value, precision=6, threshold=200, max_line_width=100).splitlines()
        return [f"  {name}: array of shape {value.shape}", *(f"    {line}" for line in numbers)]
    if isinstance(value, tuple | list):
        return [line for k, item in enumerate(value, start=1) for line in shown(f"{name}, value {k}", item)]
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in shown(f"{name}, {key}", item)]
    return [f"  {name}: {value.name if isinstance(value, StandIn) else value}"]
