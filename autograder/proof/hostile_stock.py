"""What nbgrader alone makes of the hostile bank: the other column of the published table.

A stock course is built the usual way: the same notebook, with checks that assert, on drawn inputs,
that a student's function agrees with the reference, and nbgrader's own settings throughout. Each
attack is handed in to a fresh copy of it and graded by ``nbgrader autograde``. As nothing protects the
grader there, all of nbgrader runs in a sandbox, with the course as the only folder it can write to.
This is a report and no test: it says what happens, and nothing depends on it.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import numpy as np

from autograder.checks import ASSIGNMENTS
from autograder.gradebook.stock import nbgrader_settings
from autograder.grading.classroom import Tick
from autograder.oracle.questions import draw_bank
from autograder.oracle.source import instructor_notebook
from autograder.proof.attacks import ASSIGNMENT, CANARY, NEIGHBOURS, Attack, honest, with_cell
from autograder.proof.hostile import LIMITS, write
from autograder.proof.scores import unnamed
from autograder.sandbox.bubblewrap import CLOSED, bound, entering, environment, spare_uid, walls
from unrolled.values.codec import StandIn

SECONDS = 60
COURSE = Path("/stock")
NBGRADER = [sys.executable, "-m", "nbgrader"]
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.ExecutePreprocessor.timeout = 10
"""


def build_course(folder: Path) -> None:
    """A stock course with the assignment, ready to be copied: source, release, gradebook, a neighbour's work."""
    source = folder / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG)
    notebook = instructor_notebook(ASSIGNMENT)
    for exercise in ASSIGNMENTS[ASSIGNMENT].exercises:
        key = f"check-{exercise.name}".replace("_", "-")
        next(c for c in notebook.cells if c.id == key).source = check_source(exercise.name)
    nbformat.write(notebook, source / f"{ASSIGNMENT}.ipynb")
    nbgrader_settings()  # puts the programs that nbgrader calls on the path
    command = [*NBGRADER, "generate_assignment", ASSIGNMENT]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    write(folder / "submitted" / NEIGHBOURS[0] / ASSIGNMENT, with_cell(honest(), f"# {CANARY}-OF-A-NEIGHBOUR"))


def check_source(name: str) -> str:
    """Hidden tests as an instructor would write them: calls with numbers, and assertions on what comes back."""
    assignment = ASSIGNMENTS[ASSIGNMENT]
    bank = draw_bank(assignment, unnamed(assignment.exercise(name)), seed=7)
    lines = ["### BEGIN HIDDEN TESTS", "from unrolled.standins.rnn import wave_step"]
    for trial in bank.behaviours[-1].trials:
        arguments = ", ".join(f"{key}={literal(value)}" for key, value in trial.inputs.items())
        expected = trial.expected["value"]
        lines += [f"obtained = {name}({arguments})", f"expected = {literal(expected)}"]
        if isinstance(expected, tuple):
            lines.append("assert all(np.allclose(o, e) for o, e in zip(obtained, expected, strict=True))")
        else:
            lines.append("assert np.allclose(obtained, expected)")
    return "\n".join([*lines, "### END HIDDEN TESTS"])


def literal(value: Any) -> str:
    """A value as an expression in a notebook."""
    if isinstance(value, np.ndarray):
        return f"np.array({value.tolist()!r})"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))},)"
    return value.name.split(".")[1] if isinstance(value, StandIn) else repr(value)


def grade_stock(one: Attack, course: Path, scratch: Path) -> dict[str, Any]:
    """What becomes of one attack: the score that the gradebook holds, and words on what else happened."""
    folder = scratch / one.name
    shutil.copytree(course, folder)
    target = folder / "submitted" / one.name / ASSIGNMENT
    target.mkdir(parents=True)
    write(target, one.hand_in(target))
    try:
        ended = _run_autograde(folder)
    except (OSError, RecursionError) as error:  # what it hands in can hardly be walked through
        return {"points": None, "happened": f"could not be run ({type(error).__name__})"}
    happened = [] if ended == 0 else ["did not end" if ended is None else "stopped with an error"]
    if CANARY.encode() in b"".join(p.read_bytes() for p in (folder / "autograded").rglob(f"{one.name}/**/*.ipynb")):
        happened.append("shows a neighbour's work")
    score = recorded_score(folder / "gradebook.db", one.name)
    shutil.rmtree(folder, ignore_errors=True)
    return {"points": score, "happened": ", ".join(happened)}


def _run_autograde(folder: Path) -> int | None:
    """Run nbgrader over the whole class of one attacker and one neighbour; its exit status, None after the time is up."""
    uid = spare_uid()
    if uid is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, uid, uid, follow_symlinks=False)
    limits = replace(LIMITS, processes=100, cpu_seconds=SECONDS)
    writable = [*bound(folder, COURSE, "--bind"), *CLOSED, "--chdir", str(COURSE)]
    more = {"UNROLLED_CANARY": f"{CANARY}-OF-THE-GRADER", "USER": "instructor"}
    program = entering([*NBGRADER, "autograde", ASSIGNMENT], limits, uid)
    command = [*walls(limits, False, uid), *writable, *environment(more), *program]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            return process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None


def stock_column(attacks: list[Attack], tick: Tick) -> dict[str, dict[str, Any]]:
    """What becomes of each attack, by its name; two at a time, ``tick`` is called after each."""
    with TemporaryDirectory(prefix="unrolled-stock-") as scratch, ThreadPoolExecutor(2) as pool:
        course = Path(scratch) / "course"
        build_course(course)

        def column(one: Attack) -> dict[str, Any]:
            made = grade_stock(one, course, Path(scratch))
            tick()
            return made

        return dict(zip((one.name for one in attacks), pool.map(column, attacks), strict=True))


def recorded_score(database: Path, student: str) -> float | None:
    """The points in nbgrader's gradebook, read as data: None if there are none, or it cannot be read."""
    question = (
        "SELECT SUM(COALESCE(grade.manual_score, grade.auto_score)) FROM grade "
        "JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id "
        "JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id "
        "WHERE submitted_assignment.student_id = ?"
    )
    with suppress(sqlite3.Error), sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        found = connection.execute(question, (student,)).fetchone()[0]
        return None if found is None else float(found)
    return None
