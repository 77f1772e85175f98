"""What a score depends on, as hashes: the assignment, the submission, the secret."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.grading.secret import course_secret
from autograder.oracle.seeds import seed_for
from autograder.paths import ROOT

if TYPE_CHECKING:
    from autograder.grading.repair import Submission

# Whatever decides a score, as patterns. A change of anything else (a report, a plot, the proof room) grades nothing again.
DECIDES = (
    "solutions/{id}.py",
    "autograder/checks/*.py",
    "autograder/checks/{id}/**/*",
    "autograder/oracle/**/*.py",
    "autograder/sandbox/**/*.py",
    "autograder/grading/**/*.py",
    "unrolled/values/**/*.py",
    "unrolled/calls/**/*.py",
    "unrolled/judging/**/*.py",
    "unrolled/standins/**/*.py",
    "unrolled/late.py",
    "unrolled/graphs.py",
    "unrolled/data/*",
)


def deciding_files(assignment_id: str) -> list[Path]:
    """The files that decide the scores of an assignment, in an order that is always the same."""
    found = {path for pattern in DECIDES for path in ROOT.glob(pattern.format(id=assignment_id))}
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


@cache
def assignment_version(assignment_id: str) -> str:
    """A hash of everything that decides a score: source, checks, judge and grader."""
    digest = hashlib.sha256()
    for file in deciding_files(assignment_id):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def submission_digest(submission: Submission) -> str:
    """A hash of what counts in a submission: its cells' types, ids and sources, files beside it, and what was remarked."""
    cells = [(c.cell_type, c.id, c.source) for c in submission.notebook.cells]
    files = [(name, hashlib.sha256(content).hexdigest()) for name, content in sorted(submission.files.items())]
    content = json.dumps([cells, submission.remarks, submission.problem, *([files] if files else [])])
    return hashlib.sha256(content.encode()).hexdigest()


def result_key(assignment_id: str, submission: Submission, sandboxed: bool) -> str:
    """The name under which a result is kept."""
    parts = [assignment_version(assignment_id), submission_digest(submission), str(sandboxed)]
    return f"{seed_for(course_secret(), *parts):032x}"
