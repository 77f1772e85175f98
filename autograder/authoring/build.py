"""Build what students get: notebooks in ``exercises/`` and prepared examples in ``unrolled/cases/``."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbgrader.converters import GenerateAssignment

from autograder.authoring.cases import banks_agree, public_banks
from autograder.checks import ASSIGNMENTS
from autograder.checks.spec import Assignment
from autograder.gradebook.registering import worked_in
from autograder.gradebook.stock import StockError, convert, nbgrader_settings
from autograder.oracle.source import SourceError, instructor_notebook
from autograder.paths import GRADEBOOK
from unrolled.judging.banks import FOLDER as CASES
from unrolled.judging.banks import shipped_banks


def build_assignment(assignment: Assignment, release: Path, gradebook: Path = GRADEBOOK) -> Path:
    """Write the instructor's notebook and let nbgrader make the student's from it.

    Returns the student's notebook. Raises SourceError if points or names do not agree with
    the checks, and StockError if nbgrader refuses; what was released before then stays.
    """
    notebook = instructor_notebook(assignment.id)
    verify_points(assignment, notebook)
    source = gradebook / "source" / assignment.id / f"{assignment.id}.ipynb"
    source.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, source)

    draft = gradebook / "release"
    config = nbgrader_settings()
    config.CourseDirectory.assignment_id = assignment.id
    config.CourseDirectory.source_directory = str(gradebook / "source")
    config.CourseDirectory.release_directory = str(draft)
    config.CourseDirectory.db_url = f"sqlite:///{gradebook}/gradebook.db"
    try:
        convert(GenerateAssignment, config)
    except StockError as error:
        raise StockError(
            f"{error}. The released {assignment.id} stays as it is; to change its cells all the same, "
            "move the folder gradebook/ away and begin a new one."
        ) from error
    return _put_in_place(draft / assignment.id / f"{assignment.id}.ipynb", release / assignment.id)


def _put_in_place(notebook: Path, folder: Path) -> Path:
    """Copy the finished notebook into ``folder``, if it is not the same already."""
    target = folder / notebook.name
    if target.exists() and worked_in(nbformat.read(target, as_version=4)):
        raise SourceError(
            f"{target} holds somebody's work, and a new release would overwrite it: move it away and run this again."
        )
    if not (target.exists() and target.read_bytes() == notebook.read_bytes()):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(notebook, target)
    return target


def verify_points(assignment: Assignment, notebook: nbformat.NotebookNode) -> None:
    """Every exercise has a check cell with the points of its behaviours, and no other is there."""
    in_notebook = {c.id: c.metadata.nbgrader.points for c in notebook.cells if c.id.startswith("check-")}
    in_checks = {f"check-{e.name}".replace("_", "-"): e.points for e in assignment.graded}
    if in_notebook != in_checks:
        raise SourceError(
            f"Points in solutions/{assignment.id}.py and autograder/checks/{assignment.id}/ differ: "
            f"{in_notebook} against {in_checks}."
        )


def build_all(release: Path, cases: Path = CASES, gradebook: Path = GRADEBOOK) -> Iterator[Path]:
    """Build one assignment after the other; gives the student's notebook of each."""
    for assignment in ASSIGNMENTS.values():
        yield build(assignment, release, cases, gradebook)


def build(assignment: Assignment, release: Path, cases: Path = CASES, gradebook: Path = GRADEBOOK) -> Path:
    """Write the prepared examples of an assignment, if they changed, and its notebook; returns the student's notebook."""
    cases.mkdir(parents=True, exist_ok=True)
    path, fresh = cases / f"{assignment.id}.json", public_banks(assignment)
    if not (path.exists() and banks_agree(path.read_text(encoding="utf-8"), fresh)):
        path.write_text(fresh, encoding="utf-8")
        shipped_banks.cache_clear()
    return build_assignment(assignment, release, gradebook)
