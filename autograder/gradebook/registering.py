"""Enter assignments into the gradebook as they were released, without making them anew.

The rows are those that ``nbgrader generate_assignment`` leaves. nbgrader's own step for that asks the database
several times about each cell; here all cells of all assignments go in at once, as objects of nbgrader's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from autograder.errors import CourseError
from autograder.gradebook.database import PATH, URL, registered
from autograder.paths import EXERCISES

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from nbgrader.api import Assignment, Gradebook


class NotReleased(CourseError):
    """There is no released notebook to register; the message says what to do."""


def register(assignment_ids: Iterable[str]) -> list[str]:
    """Enter those of the assignments that the gradebook does not know yet; returns their ids.

    Raises NotReleased for one whose notebook in ``exercises/`` is missing, or is no longer what students get.
    """
    wanted = list(assignment_ids)
    known = registered(wanted)
    new = [name for name in wanted if name not in known]
    if new:
        notebooks = {name: _released(name) for name in new}
        with _gradebook() as gradebook:
            gradebook.db.add_all([_assignment(name, notebook) for name, notebook in notebooks.items()])
            gradebook.db.commit()
    return new


def worked_in(notebook: NotebookNode) -> bool:
    """Whether a solution cell is no longer what nbgrader released: its checksum tells."""
    from nbgrader.utils import compute_checksum, is_solution

    return any(compute_checksum(c) != c.metadata.nbgrader.get("checksum") for c in notebook.cells if is_solution(c))


def _released(assignment_id: str) -> NotebookNode:
    import nbformat

    path = EXERCISES / assignment_id / f"{assignment_id}.ipynb"
    if not path.is_file():
        raise NotReleased(f"There is no {path}: run 'make exercises', then try again.")
    notebook = nbformat.read(path, as_version=4)
    if worked_in(notebook):
        raise NotReleased(f"{path} holds somebody's work: move it away, run 'make exercises', and try again.")
    return notebook


@contextmanager
def _gradebook() -> Iterator[Gradebook]:
    """nbgrader's gradebook. A new one gets its version here: nbgrader would start a program of alembic's for that."""
    from nbgrader.api import Gradebook

    if not PATH.exists():
        _stamp()
    with Gradebook(URL) as gradebook:
        yield gradebook


def _stamp() -> None:
    """Begin a database that says that its tables are those of this version of nbgrader."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR
    from sqlalchemy import create_engine

    PATH.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(URL)
    with engine.begin() as connection:
        MigrationContext.configure(connection).stamp(ScriptDirectory(ALEMBIC_DIR), "head")
    engine.dispose()


def _assignment(assignment_id: str, released: NotebookNode) -> Assignment:
    """The assignment with its notebook and cells, as ``nbgrader.preprocessors.SaveCells`` enters them."""
    from nbgrader.api import Assignment, GradeCell, Notebook, SolutionCell, SourceCell
    from nbgrader.utils import is_grade, is_locked, is_solution

    assignment = Assignment(name=assignment_id, course_id="")  # as long as the settings name no course
    kernel = json.dumps(released.metadata.kernelspec)
    notebook = Notebook(name=assignment_id, assignment=assignment, kernelspec=kernel)
    for cell in (c for c in released.cells if "nbgrader" in c.metadata):
        key, notes = cell.metadata.nbgrader.grade_id, cell.metadata.nbgrader
        if is_grade(cell):
            GradeCell(name=key, notebook=notebook, max_score=float(notes.points), cell_type=cell.cell_type)
        if is_solution(cell):
            SolutionCell(name=key, notebook=notebook)
        SourceCell(
            name=key,
            notebook=notebook,
            cell_type=cell.cell_type,
            locked=is_locked(cell),
            source=cell.source,
            checksum=notes.checksum,
        )
    return assignment
