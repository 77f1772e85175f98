"""Where our grader meets nbgrader: three extension points, named in ``nbgrader_config.py``.

``RepairingExporter`` reads a submission, repaired; ``Judge`` runs it and writes verdicts
into its check cells; ``SaveVerdicts`` records the oracle's scores in the gradebook.
Stock ``nbgrader autograde``, the formgrader's button and ``autograder grade`` all pass here.
"""

import io
import os
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades

from autograder.checks import ASSIGNMENTS
from autograder.grading.handins import hand_in_of, submission_of
from autograder.grading.kept import kept_result
from autograder.grading.pseudonyms import pseudonym
from autograder.grading.reading import files_beside
from autograder.grading.repair import Submission
from autograder.grading.result import Result
from autograder.grading.submission import CHECK
from unrolled.judging.bank import Verdict
from unrolled.judging.report import book_address, verdict_html, verdict_text

UNSANDBOXED = "UNROLLED_NO_SANDBOX"
REMARKS_CELL = "unrolled-remarks"
PSEUDONYM_CELL = "unrolled-pseudonym"


Exported = tuple[NotebookNode, dict[str, Any]]


class RepairingExporter(NotebookExporter):
    """Reads what a student handed in through ``repair``; what nbgrader wrote itself, as it is."""

    def from_filename(self, filename: str, resources: dict[str, Any] | None = None, **kw: Any) -> Exported:
        """Convert the notebook ``filename``; the name nbgrader gives a submission may not exist."""
        if resources is None or not getattr(self.parent, "_sanitizing", False):
            return super().from_filename(filename, resources, **kw)
        assignment_id = resources["nbgrader"]["assignment"]
        submission = submission_of(resources["nbgrader"]["student"], assignment_id)
        submission.notebook.metadata["unrolled"] = {"remarks": submission.remarks, "problem": submission.problem}
        text = io.StringIO(nbformat.writes(submission.notebook))
        return super().from_file(text, resources, **kw)


class Judge(NbGraderPreprocessor):
    """Run a repaired notebook in the sandbox, or take its kept result, and show the verdicts."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Exported:
        notes = nb.metadata.get("unrolled", {})
        assignment_id, student = resources["nbgrader"]["assignment"], resources["nbgrader"]["student"]
        files, _ = files_beside(hand_in_of(student, assignment_id).folder, ASSIGNMENTS[assignment_id].files)
        submission = Submission(nb, list(notes.get("remarks", [])), notes.get("problem", ""), files)
        sandboxed = os.environ.get(UNSANDBOXED) != "1"
        result = kept_result(assignment_id, submission, sandboxed)
        resources["unrolled"] = result
        nb.metadata["unrolled"] = dict(notes) | {"result": result.key, "book": book_address("")}
        show_result(nb, result)
        if ASSIGNMENTS[assignment_id].measured:
            show_pseudonym(nb, pseudonym(student, assignment_id))
        return nb, resources


def show_result(nb: NotebookNode, result: Result) -> None:
    """Write outputs and verdicts into the notebook, and remarks in front of it."""
    verdicts = {f"{CHECK}{v.exercise}".replace("_", "-"): v for v in result.verdicts}
    for cell in nb.cells:
        verdict = verdicts.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if verdict is not None:
            cell.outputs = [verdict_output(verdict)]
        elif cell.cell_type == "code":
            cell.outputs = [nbformat.from_dict(output) for output in result.outputs.get(cell.id, [])]
    remarks = list(result.remarks)
    if not result.sandboxed:
        remarks.append("This was graded without the sandbox.")
    if remarks:
        text = "\n".join(["**Remarks of the grader**", "", *(f"- {plain(remark)}" for remark in remarks)])
        nb.cells.insert(0, nbformat.v4.new_markdown_cell(text, id=REMARKS_CELL))


def show_pseudonym(nb: NotebookNode, name: str) -> None:
    """Tell a student the name under which the leaderboard has the model."""
    nb.cells.append(nbformat.v4.new_markdown_cell(f"On the class's leaderboard you are **{name}**.", id=PSEUDONYM_CELL))


def plain(text: str) -> str:
    """Text that Markdown, HTML and MathJax show as it is: remarks may quote what a student wrote."""
    text = text.replace("\\", "")  # no formula without it
    return "".join(c if c.isalnum() or c in " ,.;:'-()=/" else f"&#{ord(c)};" for c in text)


def verdict_output(verdict: Verdict) -> NotebookNode:
    """The verdict as a cell's output, for the feedback page and the formgrader."""
    data = {"text/html": verdict_html(verdict), "text/plain": verdict_text(verdict)}
    return nbformat.v4.new_output("display_data", data=data)


class SaveVerdicts(SaveAutoGrades):
    """Record the oracle's scores; nothing that a cell printed counts.

    An exercise that could not be graded gets no score and is flagged for a person.
    """

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        grade_id = cell.metadata["nbgrader"]["grade_id"]
        if not grade_id.startswith(CHECK):
            super()._add_score(cell, resources)
            return
        result: Result = resources["unrolled"]
        name = grade_id.removeprefix(CHECK)
        verdict = next(v for v in result.verdicts if v.exercise.replace("_", "-") == name)
        grade = self.gradebook.find_grade(grade_id, self.notebook_id, self.assignment_id, self.student_id)
        grade.auto_score = None if verdict.problem else float(verdict.points)
        grade.needs_manual_grade = bool(verdict.problem) or grade.manual_score is not None
        self.gradebook.db.commit()
