"""Grade one submission: a pure function of the submission, the assignment and the secret."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from jupyter_core.utils import run_sync

from autograder.checks import ASSIGNMENTS
from autograder.checks.spec import Assignment, Exercise, Measured
from autograder.grading.repair import Submission
from autograder.grading.result import Result, could_not_be_graded
from autograder.grading.secret import course_secret
from autograder.grading.session import KernelGone, Session, TimeUp
from autograder.grading.version import assignment_version, result_key, submission_digest
from autograder.oracle import made
from autograder.oracle.questions import measured_bank
from autograder.oracle.seeds import seed_for
from autograder.sandbox.limits import Limits
from unrolled.calls.probes import MISSING, Observation
from unrolled.judging.asking import GIVEN_UP, Patience, no_answers
from unrolled.judging.bank import Answers, Bank, Finding, Verdict
from unrolled.judging.judge import judge
from unrolled.values.codec import printable

CHECK = "check-"
LEAST = 1.0  # second for a cell of a student's own, as long as any are left


def grade(assignment_id: str, submission: Submission, sandboxed: bool = True, limits: Limits | None = None) -> Result:
    """Run and judge one repaired submission.

    Never raises for anything a student did; an error of ours becomes a result whose
    exercises "could not be graded".
    """
    assignment = ASSIGNMENTS[assignment_id]
    key = result_key(assignment_id, submission, sandboxed)
    if submission.problem:
        return could_not_be_graded(assignment_id, submission.problem, key, sandboxed)
    digest, version = submission_digest(submission), assignment_version(assignment_id)
    own = {e.name: seed_for(course_secret(), version, digest, e.name) for e in assignment.exercises}
    seeds = own | {m.name: seed_for(course_secret(), assignment_id, m.name) for m in assignment.measured}  # one for all
    run = Run(assignment, submission, limits or assignment.limits, sandboxed, seeds)
    run_sync(run.execute)()
    return Result(
        key,
        run.verdicts(),
        [*submission.remarks, *run.remarks],
        run.outputs,
        sandboxed,
        version,
        digest,
        {name: f"{seed:032x}" for name, seed in seeds.items()},
    )


class OwnTime:
    """The time that cells of a student's own may take: what is left of the notebook's is for solutions and checks.

    One cell may take half of what is left, so that no number of slow ones takes everything from a quick one below.
    """

    USED_UP = "Cells outside of the tasks may take half of the notebook's time; when that was used up, no more were run."

    def __init__(self, seconds: float, longest: float) -> None:
        self._left, self._longest = seconds, longest

    @contextmanager
    def spent(self, counts: bool) -> Iterator[float]:
        """Give the seconds that the next cell may take, 0 if there are none, and note what it takes if that counts."""
        seconds = min(self._longest, max(self._left / 2, LEAST)) if self._left > 0 else 0.0
        began = time.monotonic()
        try:
            yield seconds if counts else self._longest
        finally:
            self._left -= (time.monotonic() - began) * counts


class Run:
    """One submission on its way through a kernel.

    If a cell or a call ends the kernel, the notebook is run again in a new one without
    that cell, so that one crash does not cost the exercises after it.

    seeds: exercise to the seed of its questions
    asked: exercise to its questions and the answers that came back
    """

    def __init__(
        self, assignment: Assignment, submission: Submission, limits: Limits, sandboxed: bool, seeds: dict[str, int]
    ) -> None:
        self.assignment, self.cells, self.files = assignment, submission.notebook.cells, submission.files
        self.limits, self.sandboxed, self.seeds = limits, sandboxed, seeds
        self.asked: dict[str, tuple[Bank, Answers]] = {}
        self.remarks: list[str] = []
        self.outputs: dict[str, list[Any]] = {}
        self._verdicts: dict[str, Verdict] = {}
        self._left_out: set[int] = set()
        self._failed: dict[str, str] = {}  # a cell's id to how it ended, if not well
        self._again: list[str] = []
        self._at = 0

    async def execute(self) -> None:
        """Run every cell in order; at each check cell put the oracle's questions."""
        deadline = time.monotonic() + self.limits.notebook_seconds
        for _ in range(self.limits.kernels):
            try:
                async with Session(self.limits, self.assignment.torch, self.sandboxed, deadline, self.files) as session:
                    await self._run_cells(session, OwnTime((deadline - time.monotonic()) / 2, self.limits.cell_seconds))
                    await self._ask_again(session)
                return
            except TimeUp as up:
                self.remarks.append(f"{up} What had been checked before keeps its points.")
                return
            except KernelGone as gone:
                self._left_out.add(self._at)
                self._failed[self.cells[self._at].id] = "ended the kernel"
                self.remarks.append(f"{gone} The notebook was run again without cell {self._at + 1}.")
        self.remarks.append(f"The kernel ended {self.limits.kernels} times; the rest of the notebook was not run.")

    async def _run_cells(self, session: Session, own: OwnTime) -> None:
        room = self.limits.all_output
        for position, cell in enumerate(self.cells):
            self._at = position
            key = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if key.startswith(CHECK):
                await self._check(session, self._exercise_name(key))
            elif cell.cell_type == "code" and cell.source.strip() and self._at not in self._left_out:
                with own.spent(counts=not key) as seconds:
                    if not seconds:
                        self.remarks += [own.USED_UP] if own.USED_UP not in self.remarks else []
                        continue
                    self.outputs[cell.id], remark = await session.run_cell(cell.source, max(room, 0), seconds)
                room -= len(json.dumps(self.outputs[cell.id]))
                self.remarks += [f"Cell {self._at + 1}: {remark}"] if remark else []
                self._note_failure(cell.id, bool(remark))

    def _note_failure(self, cell_id: str, stopped: bool) -> None:
        errors = [output for output in self.outputs[cell_id] if output.output_type == "error"]
        if stopped:
            self._failed[cell_id] = "was stopped when its time was up"
        elif errors:
            text = " ".join(f"{errors[-1].ename}: {errors[-1].evalue}".split())
            self._failed[cell_id] = f"ended with {printable(text[:200])}"

    def _exercise_name(self, key: str) -> str:
        wanted = key.removeprefix(CHECK)
        return next(e.name for e in self.assignment.graded if e.name.replace("_", "-") == wanted)

    async def _check(self, session: Session, name: str) -> None:
        """Judge one exercise, unless that is done already; what was asked before a crash counts."""
        if name in self._verdicts:
            return
        bank, doubt = self._questions(name)
        answers = no_answers(bank)
        try:
            await ask_session(session, bank, answers)
            await session.settle()
        finally:
            self._explain(name, answers)
            self._judge(name, bank, answers, doubt)
            if any(_may_come_later(seen) for seen in answers[bank.behaviours[0].key][:1]):
                self._again.append(name)

    def _judge(self, name: str, bank: Bank, answers: Answers, doubt: Callable[[Answers], str]) -> None:
        self.asked[name] = bank, filled(bank, answers)
        self._verdicts[name] = replace(judge(*self.asked[name]), problem=doubt(self.asked[name][1]))

    async def _ask_again(self, session: Session) -> None:
        """Ask those functions once more that were not there at their check, or used what was not: it may stand below."""
        while self._again:
            name = self._again.pop()
            bank, doubt = self._questions(name)
            before, answers = (self.asked[name], self._verdicts[name]), no_answers(bank)
            if _may_come_later(await session.ask(name, bank.behaviours[0].trials[0].inputs)):
                continue
            await ask_session(session, bank, answers)
            self._judge(name, bank, answers, doubt)
            if self._verdicts[name].points > before[1].points or self._verdicts[name].problem:
                self.remarks.append(
                    f"{name}, or something that it uses, stands below its check; it was asked again at the end."
                )
            else:
                self.asked[name], self._verdicts[name] = before

    def _explain(self, name: str, answers: Answers) -> None:
        """Say of a function that is not there how the cell ended which was to define it."""
        key = f"exercise-{name}".replace("_", "-")
        of_it = [c.id for c in self.cells if c.id == key or f"def {name}(" in c.source]
        ends = [self._failed[cell_id] for cell_id in of_it if cell_id in self._failed]
        for seen in (seen for some in answers.values() for seen in some):
            if ends and seen.get("error", {}).get("type") == MISSING:
                seen["error"]["message"] = f"There is no function {name} in the notebook: its cell {ends[-1].rstrip('.')}."

    def _questions(self, name: str) -> tuple[Bank, Callable[[Answers], str]]:
        """What to ask, and what says from the answers why a person has to look first, if there is a reason."""
        measured = next((m for m in self.assignment.measured if m.name == name), None)
        if measured is None:
            return made.draw(self.assignment, self.assignment.exercise(name), self.seeds[name]), lambda _: ""
        questions = measured.questions(np.random.default_rng(self.seeds[name]))
        return measured_bank(self.assignment, measured, questions, shown=False), partial(measured.doubt, questions)

    def verdicts(self) -> list[Verdict]:
        """One verdict for each exercise; those that were never reached earn nothing, and say so."""
        return [self._verdicts.get(e.name) or self._not_reached(e) for e in self.assignment.graded]

    def _not_reached(self, exercise: Exercise | Measured) -> Verdict:
        message = "The notebook ended before this check was reached."
        findings = [Finding(b.key, b.says, b.points, False, message) for b in exercise.behaviours]
        return Verdict(self.assignment.id, exercise.name, exercise.link(exercise.section), findings, [], exercise.points)


async def ask_session(session: Session, bank: Bank, answers: Answers) -> None:
    """Put every trial of ``bank`` to the notebook in ``session`` and collect the observations in ``answers``."""
    patience = Patience()
    for behaviour in (b for b in bank.behaviours if not b.like):
        for trial in behaviour.trials:
            observation = GIVEN_UP if patience.lost else await session.ask(bank.exercise, trial.inputs)
            answers[behaviour.key].append(patience.note(observation))


def filled(bank: Bank, answers: Answers) -> Answers:
    """The answers with an error for every trial that the kernel did not live to see."""
    ended: Observation = {"error": {"type": "KernelGone", "message": "This or an earlier call ended the kernel."}}
    return {b.key: (answers[b.key] + [ended] * len(b.trials))[: len(b.trials)] for b in bank.behaviours}


def _may_come_later(seen: Observation) -> bool:
    """Whether a function was not there, not written or in want of a name: what is run later may mend that."""
    error = seen.get("error", {})
    return error.get("type") in (MISSING, "NotImplementedError") or "NameError" in error.get("kinds", [])
