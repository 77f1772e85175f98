"""What a score depends on, as hashes: the assignment, the submission, the secret."""

import hashlib
import json
from functools import cache

from autograder.grading.repair import Submission
from autograder.grading.secret import course_secret
from autograder.oracle.questions import seed_for
from autograder.paths import ROOT


@cache
def assignment_version(assignment_id: str) -> str:
    """A hash of everything that decides a score: source, checks, judge and grader."""
    files = [
        ROOT / "solutions" / f"{assignment_id}.py",
        *sorted((ROOT / "autograder").rglob("*.py")),
        *sorted((ROOT / "autograder" / "checks").glob("*.gz")),
        *sorted((ROOT / "unrolled").rglob("*.py")),
    ]
    digest = hashlib.sha256()
    for file in files:
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
