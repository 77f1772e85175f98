"""Grade one submission: a pure function of the submission, the assignment and the secret."""

import hashlib
import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_core.utils import run_sync
from nbformat import NotebookNode

from autograder.checks import ASSIGNMENTS
from autograder.oracle import draw_bank, seed_for
from autograder.paths import GRADEBOOK, ROOT
from autograder.repair import Submission
from autograder.sandbox.bubblewrap import bwrap
from autograder.sandbox.limits import Limits
from autograder.session import KernelGone, Session
from autograder.spec import Assignment
from unrolled.judging import Finding, Mistake, Verdict, judge
from unrolled.probes import Observation

CHECK = "check-"


@dataclass
class Result:
    """What is recorded of one graded submission.

    key: the hash of all that the result depends on
    verdicts: one for each exercise; remarks: repairs and events, in words
    outputs: cell id to the outputs kept for the feedback page
    sandboxed: false only if someone asked to grade without protection
    """

    key: str
    verdicts: list[Verdict]
    remarks: list[str]
    outputs: dict[str, list[Any]] = field(default_factory=dict)
    sandboxed: bool = True

    @property
    def points(self) -> int:
        return sum(v.points for v in self.verdicts)

    @property
    def out_of(self) -> int:
        return sum(v.out_of for v in self.verdicts)

    @property
    def ungraded(self) -> list[str]:
        return [v.exercise for v in self.verdicts if v.problem]

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Result":
        tree = json.loads(text)
        verdicts = [_verdict_from_tree(v) for v in tree.pop("verdicts")]
        return cls(verdicts=verdicts, **tree)


def _verdict_from_tree(tree: dict[str, Any]) -> Verdict:
    findings = [Finding(**f) for f in tree["findings"]]
    mistakes = [Mistake(**m) for m in tree["mistakes"]]
    return Verdict(**tree | {"findings": findings, "mistakes": mistakes})


def course_secret() -> bytes:
    """The course's secret, made on first use and readable by its owner alone."""
    path = GRADEBOOK / "secret.key"
    if not path.exists():
        GRADEBOOK.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):  # another worker was first: its secret stands
            os.link(fresh, path)
        fresh.unlink()
    return bytes.fromhex(path.read_text())


@cache
def assignment_version(assignment_id: str) -> str:
    """A hash of everything that decides a score: source, checks, judge and grader."""
    files = [
        ROOT / "solutions" / f"{assignment_id}.py",
        *sorted((ROOT / "autograder").rglob("*.py")),
        *sorted((ROOT / "unrolled").glob("*.py")),
    ]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def submission_digest(submission: Submission) -> str:
    """A hash of what counts in a submission: its cells' types, ids and sources, and what was remarked."""
    cells = [(c.cell_type, c.id, c.source) for c in submission.notebook.cells]
    content = json.dumps([cells, submission.remarks, submission.problem])
    return hashlib.sha256(content.encode()).hexdigest()


def result_key(assignment_id: str, submission: Submission, sandboxed: bool) -> str:
    """The name under which a result is kept."""
    parts = [assignment_version(assignment_id), submission_digest(submission), str(sandboxed)]
    return f"{seed_for(course_secret(), *parts):032x}"


def grade(assignment_id: str, submission: Submission, sandboxed: bool = True, limits: Limits | None = None) -> Result:
    """Run and judge one repaired submission.

    Never raises for anything a student did; an error of ours becomes a result whose
    exercises "could not be graded".
    """
    assignment = ASSIGNMENTS[assignment_id]
    key = result_key(assignment_id, submission, sandboxed)
    if submission.problem:
        return _ungraded(assignment, key, submission.problem, sandboxed)
    run = Run(assignment, submission, limits or Limits(), sandboxed)
    run_sync(run.execute)()
    return Result(key, run.verdicts(), [*submission.remarks, *run.remarks], run.outputs, sandboxed)


def _ungraded(assignment: Assignment, key: str, problem: str, sandboxed: bool) -> Result:
    verdicts = [_could_not(assignment, e.name, problem) for e in assignment.exercises]
    return Result(key, verdicts, [problem], {}, sandboxed)


def _could_not(assignment: Assignment, name: str, problem: str) -> Verdict:
    exercise = assignment.exercise(name)
    section = exercise.link(exercise.section)
    return Verdict(assignment.id, name, section, [], [], exercise.points, problem)


class Run:
    """One submission on its way through a session."""

    def __init__(self, assignment: Assignment, submission: Submission, limits: Limits, sandboxed: bool) -> None:
        self.assignment, self.submission = assignment, submission
        self.limits, self.sandboxed = limits, sandboxed
        self.remarks: list[str] = []
        self.outputs: dict[str, list[Any]] = {}
        self._verdicts: dict[str, Verdict] = {}
        self._digest = submission_digest(submission)

    async def execute(self) -> None:
        """Run every cell in order; at each check cell put the oracle's questions."""
        try:
            async with Session(self.limits, self.assignment.torch, self.sandboxed) as session:
                for cell in self.submission.notebook.cells:
                    await self._step(session, cell)
        except KernelGone as gone:
            self.remarks.append(f"{gone} What had been checked before keeps its points.")

    async def _step(self, session: Session, cell: NotebookNode) -> None:
        key = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if key.startswith(CHECK):
            name = self._exercise_name(key)
            self._verdicts[name] = await self._judge(session, name)
        elif cell.cell_type == "code" and cell.source.strip():
            self.outputs[cell.id], remark = await session.run_cell(cell.source)
            if remark:
                self.remarks.append(remark)

    def _exercise_name(self, key: str) -> str:
        wanted = key.removeprefix(CHECK)
        return next(e.name for e in self.assignment.exercises if e.name.replace("_", "-") == wanted)

    async def _judge(self, session: Session, name: str) -> Verdict:
        seed = seed_for(course_secret(), assignment_version(self.assignment.id), self._digest, name)
        bank = draw_bank(self.assignment, self.assignment.exercise(name), seed)
        answers = [await session.ask(name, trial.inputs) for b in bank.behaviours for trial in b.trials]
        replies = iter(answers)
        return judge(bank, lambda inputs: next(replies))

    def verdicts(self) -> list[Verdict]:
        """One verdict for each exercise; those that were never reached earn nothing, and say so."""
        return [self._verdicts.get(e.name) or self._not_reached(e.name) for e in self.assignment.exercises]

    def _not_reached(self, name: str) -> Verdict:
        exercise = self.assignment.exercise(name)
        message = "The notebook ended before this check was reached."
        findings = [Finding(b.key, b.says, b.points, False, message) for b in exercise.behaviours]
        return Verdict(self.assignment.id, name, exercise.link(exercise.section), findings, [], exercise.points)


def kept_result(assignment_id: str, submission: Submission, sandboxed: bool = True) -> Result:
    """The kept result of this submission, graded now if there is none.

    An error of ours is recorded as "could not be graded" and not kept, so that the next run tries again.
    """
    key = result_key(assignment_id, submission, sandboxed)
    path = GRADEBOOK / "results" / assignment_id / f"{key}.json"
    if path.exists():
        return Result.from_json(path.read_text(encoding="utf-8"))
    if sandboxed:
        bwrap()  # without a sandbox nothing is graded, and nothing recorded
    try:
        result = grade(assignment_id, submission, sandboxed)
    except Exception as error:  # ours, whatever it is: a person must look
        problem = f"The grader itself failed ({type(error).__name__}: {str(error)[:200]}); a person will look at it."
        return _ungraded(ASSIGNMENTS[assignment_id], key, problem, sandboxed)
    write_whole(path, result.to_json())
    return result


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all, even if the grader is killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
