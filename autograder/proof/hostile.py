"""The bank of hostile submissions: what each tries, what must happen, and what did happen.

``tests/submissions/hostile/*.py`` hold the attacks, functions with the decorator ``attack``.
``run_bank`` hands them in as a class, with honest neighbours among them, grades the class on the
real road, and looks afterwards for everything that must not be there.
"""

import json
import os
import re
import resource
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil
from nbgrader.api import Gradebook

from autograder.gradebook.recording import feedback_page, record
from autograder.gradebook.registering import register
from autograder.grading.classroom import Tick, judge_student
from autograder.grading.secret import course_secret
from autograder.grading.seen import Graded
from autograder.paths import GRADEBOOK, ROOT
from autograder.proof.attacks import ASSIGNMENT, CANARY, FULL, MARK, NEIGHBOURS, Attack, Content, honest, with_cell
from autograder.sandbox.limits import Limits

PUBLISHED = ROOT / "book" / "data" / "hostile.json"
LIMITS = Limits(
    call_seconds=2.0, cell_seconds=5.0, notebook_seconds=90.0, memory=2 * 2**30, total_memory=3 * 2**30, processes=48
)
GRADERS_MEMORY = 1.5 * 2**30  # of one worker, with torch, numpy and the notebook's messages
GOT_THROUGH = r"\b(IMPORTED|CONNECTED|RESOLVED|WROTE|CHANGED|FOUND|BECAME|TAKEN)\b"  # what an attack prints if it succeeds


@dataclass
class Outcome:
    """What became of an attack.

    points: None if it could not be graded; said: remarks and messages; shown: the outputs that were kept
    """

    name: str
    points: int | None
    seconds: float
    said: str
    shown: str


# Pieces to make attacks from


# The run


def hand_in(attacks: list[Attack], submitted: Path) -> None:
    """Write every attack's submission, and those of the neighbours, who have secrets."""
    for name in NEIGHBOURS:
        write(submitted / name / ASSIGNMENT, with_cell(honest(), f"# {CANARY}-OF-A-NEIGHBOUR"))
    for one in attacks:
        folder = submitted / one.name / ASSIGNMENT
        folder.mkdir(parents=True, exist_ok=True)
        write(folder, one.hand_in(folder))


def write(folder: Path, content: Content) -> None:
    """Write the notebook; None if the attack has done so itself."""
    folder.mkdir(parents=True, exist_ok=True)
    if content is None:
        return
    text = content if isinstance(content, bytes | str) else json.dumps(content)
    (folder / f"{ASSIGNMENT}.ipynb").write_bytes(text.encode() if isinstance(text, str) else text)


def run_bank(attacks: list[Attack], tick: Tick) -> list[Outcome]:
    """Grade the class of attackers and neighbours; returns the attackers' outcomes.

    Raises AssertionError with what it found if a neighbour suffered, a secret got out, or something was left behind.
    """
    os.environ["UNROLLED_CANARY"] = f"{CANARY}-OF-THE-GRADER"
    hand_in(attacks, GRADEBOOK / "submitted")
    register([ASSIGNMENT])
    names = sorted([*NEIGHBOURS, *(one.name for one in attacks)])
    with nothing_left():
        timed = list(_judged(names, tick))
        assert record(ASSIGNMENT, [graded for graded, _, _ in timed], True, lambda: None) == {}
    outcomes = {graded.student: _outcome(graded, seconds) for graded, seconds, _ in timed}
    assert max(memory for _, _, memory in timed) < GRADERS_MEMORY, "a worker of the grader took too much memory"
    for name in NEIGHBOURS:
        assert outcomes[name].points == FULL, f"{name} suffered: {outcomes[name]}"
    verify_recorded(outcomes)
    verify_pages_are_harmless([one.name for one in attacks])
    verify_no_secret_got_out([one.name for one in attacks])
    return [outcomes[one.name] for one in attacks]


def _judged(names: list[str], tick: Tick) -> Iterator[tuple[Graded, float, int]]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for result in pool.map(_judge_timed, names):
            tick()
            yield result


def _judge_timed(name: str) -> tuple[Graded, float, int]:
    """A worker's task: the outcome, its seconds, and the most memory that this worker ever had, in bytes."""
    start = time.monotonic()
    graded = judge_student(ASSIGNMENT, name, True, LIMITS)
    return graded, time.monotonic() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _outcome(graded: Graded, seconds: float) -> Outcome:
    result = graded.result
    messages = [f.message for v in result.verdicts for f in v.findings if f.message]
    names = [m.says for v in result.verdicts for m in v.mistakes]
    said = "\n".join(dict.fromkeys([*result.remarks, *messages, *names]))
    points = None if result.ungraded else result.points
    return Outcome(graded.student, points, round(seconds, 1), said, json.dumps(list(result.outputs.values())))


@contextmanager
def nothing_left() -> Iterator[None]:
    """Raises AssertionError if a process, a folder, a mount or a socket is there afterwards that was not before."""
    folder = GRADEBOOK / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    before, usual = _traces(folder), os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)  # where the workers' sessions make their folders
    try:
        yield
    finally:
        os.environ.pop("TMPDIR") if usual is None else os.environ.update(TMPDIR=usual)
    left = _traces(folder) - before
    assert not left, f"left behind: {left}"


def _traces(folder: Path) -> set[str]:
    """Processes of the sandboxes or of attacks, folders of sessions, mounts, and sockets that attacks make."""
    commands = {p.pid: " ".join(p.info["cmdline"] or []) for p in psutil.process_iter(["cmdline"])}
    processes = {f"process {pid} {text[:80]}" for pid, text in commands.items() if str(folder) in text or MARK in text}
    folders = {f"folder {path}" for path in folder.glob("*")}
    mounts = {f"mount {line.split()[1]}" for line in Path("/proc/self/mounts").read_text().splitlines()}
    sockets = {f"socket {line.split()[-1]}" for line in Path("/proc/net/unix").read_text().splitlines() if MARK in line}
    return processes | folders | mounts | sockets


def verify_recorded(outcomes: dict[str, Outcome]) -> None:
    """nbgrader's gradebook has the same points; what could not be graded waits for a person."""
    with Gradebook(f"sqlite:///{GRADEBOOK}/gradebook.db") as book:
        for name, outcome in outcomes.items():
            submission = book.find_submission(ASSIGNMENT, name)
            assert submission.score == (outcome.points or 0), (submission.score, outcome)
            assert outcome.points is not None or submission.needs_manual_grade, outcome


def secrets() -> dict[str, str]:
    """What must not get out, by what it is."""
    scheme = next(
        line for line in (ROOT / "solutions" / f"{ASSIGNMENT}.py").read_text().splitlines() if "Marking scheme" in line
    )
    return {
        "a neighbour's notebook": f"{CANARY}-OF-A-NEIGHBOUR",
        "the grader's environment": f"{CANARY}-OF-THE-GRADER",
        "the course's secret": course_secret().hex(),
        "a marking scheme": scheme.removeprefix("# ")[:60],
    }


def verify_no_secret_got_out(students: list[str]) -> None:
    """No secret is in anything that was kept of these students, or that they get to see."""
    for student in students:
        files = [feedback_page(ASSIGNMENT, student), *(GRADEBOOK / "autograded" / student).rglob("*.ipynb")]
        kept = "".join(file.read_text(encoding="utf-8") for file in files)
        for what, secret in secrets().items():
            assert secret not in kept, f"{student} got hold of {what}"


ACTIVE = (
    r"""<[a-z][^<>]*\son\w+\s*=|<(?:script|iframe|object|embed|svg|form)\b|<[^<>]*\bsrc\s*=\s*["']?\s*http"""
    r"""|<[^<>]*(?:java|vb)script:|\\href\s*\{\s*javascript:"""
)


def verify_pages_are_harmless(students: list[str]) -> None:
    """Nothing in a feedback page acts or calls elsewhere that is not on a neighbour's page as well."""
    usual = _active_parts(NEIGHBOURS[0])
    for student in students:
        more = _active_parts(student) - usual
        assert not more, f"{student} put something active into a page: {more}"


def _active_parts(student: str) -> Counter[str]:
    return Counter(re.findall(ACTIVE, feedback_page(ASSIGNMENT, student).read_text(encoding="utf-8"), re.IGNORECASE))


def published() -> dict[str, dict[str, Any]]:
    """The published rows by the name of the attack."""
    return {row["name"]: row for row in json.loads(PUBLISHED.read_text(encoding="utf-8"))} if PUBLISHED.exists() else {}


def publish(attacks: list[Attack], outcomes: list[Outcome], stock: dict[str, dict[str, Any]]) -> None:
    """Write the table's file; what nbgrader alone made of an attack stays as it was if it was not run now."""
    before = published()
    rows = [
        {key: value for key, value in asdict(one).items() if key not in ("hand_in", "says")}
        | {"ours": outcome.points, "stock": stock.get(one.name) or before.get(one.name, {}).get("stock")}
        for one, outcome in zip(attacks, outcomes, strict=True)
    ]
    PUBLISHED.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def shortcomings(one: Attack, outcome: Outcome) -> list[str]:
    """What did not happen as it must, in words."""
    found = []
    if (outcome.points or 0) != one.points:
        found.append(f"{one.name}: {outcome.points} points for work worth {one.points}")
    if not re.search(one.says, outcome.said):
        found.append(f"{one.name}: nothing says {one.says!r}, but: {outcome.said[:300]}")
    if re.search(GOT_THROUGH, outcome.shown):
        found.append(f"{one.name}: it printed that it got through: {outcome.shown[:300]}")
    if outcome.seconds > LIMITS.notebook_seconds + LIMITS.start_seconds:
        found.append(f"{one.name}: took {outcome.seconds} seconds")
    return found
