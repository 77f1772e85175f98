"""Read an assignment's one source, ``solutions/<id>.py``.

A source is a jupytext percent notebook whose cells carry short keys:

    # %% exercise="rnn_step"        the reference solution, between BEGIN/END SOLUTION
    # %% check="rnn_step" points=6  the line that a student runs and the grader replaces
    # %% [markdown] written="padding" points=4

``instructor_notebook`` expands the keys to nbgrader's metadata, ``reference`` executes
the set-up cell and the solution cells and gives the functions.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode

from autograder.errors import CourseError
from autograder.oracle.installing import needs, with_install_line
from autograder.paths import ROOT

SCHEMA_VERSION = 3
KEYS = ("exercise", "check", "written", "setup", "try", "real")


class SourceError(CourseError):
    """A source that cannot become an assignment, with the cell and what to do."""


def source_path(assignment_id: str) -> Path:
    return ROOT / "solutions" / f"{assignment_id}.py"


def read_source(assignment_id: str) -> NotebookNode:
    """The source as a notebook whose cells' metadata are the short keys.

    Raises SourceError if there is no such source.
    """
    path = source_path(assignment_id)
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.py")))
        raise SourceError(f"There is no assignment {assignment_id!r}; there are {known}.")
    return jupytext.read(path)


def instructor_notebook(assignment_id: str) -> NotebookNode:
    """The notebook with solutions and nbgrader's metadata; cell ids derive from the keys.

    Raises SourceError if two cells would have the same id.
    """
    source = read_source(assignment_id)
    notebook = nbformat.v4.new_notebook(metadata=_notebook_metadata())
    for position, cell in enumerate(source.cells):
        notebook.cells.append(_expanded(cell, position))
    _say_what_to_install(notebook)
    ids = [cell.id for cell in notebook.cells]
    twice = {i for i in ids if ids.count(i) > 1}
    if twice:
        raise SourceError(f"Two cells of {assignment_id} have the same key: {', '.join(sorted(twice))}.")
    return notebook


def _say_what_to_install(notebook: NotebookNode) -> None:
    ours = [c for c in notebook.cells if c.id.startswith(("setup-", "real-"))]
    extra = "torch" if any("torch" in needs(cell.source) for cell in ours) else "plots"
    for cell in ours:
        cell.source = with_install_line(cell.source, extra)


def _notebook_metadata() -> dict[str, Any]:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {"kernelspec": kernel, "language_info": {"name": "python"}}


def _expanded(cell: NotebookNode, position: int) -> NotebookNode:
    kind, key = _kind_and_key(cell)
    cell_id = f"{kind}-{key}".replace("_", "-") if kind else f"text-{position}"
    new_cell = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
    expanded = new_cell(cell.source, id=cell_id[:64])
    if kind == "":
        expanded.metadata |= {"editable": False, "deletable": False}
    elif kind not in ("try", "real"):
        expanded.metadata["nbgrader"] = _nbgrader(kind, expanded.id, cell)
    return expanded


def _kind_and_key(cell: NotebookNode) -> tuple[str, str]:
    for kind in KEYS:
        if kind in cell.metadata:
            value = cell.metadata[kind]
            return kind, value if isinstance(value, str) else "cell"
    return "", ""


def _nbgrader(kind: str, cell_id: str, cell: NotebookNode) -> dict[str, Any]:
    """nbgrader's metadata of a cell of this kind; checks and the set-up are read-only."""
    metadata: dict[str, Any] = {
        "grade": kind in ("check", "written"),
        "solution": kind in ("exercise", "written"),
        "locked": kind in ("check", "setup"),
        "task": False,
        "grade_id": cell_id,
        "schema_version": SCHEMA_VERSION,
    }
    if metadata["grade"]:
        metadata["points"] = cell.metadata["points"]
    return metadata


@cache
def _code(assignment_id: str) -> tuple[str, dict[str, str]]:
    """The set-up cells' source, and that of each solution cell by the name of its exercise."""
    cells = read_source(assignment_id).cells
    setup = [c.source for c in cells if "setup" in c.metadata]
    return "\n".join(setup), {c.metadata["exercise"]: c.source for c in cells if "exercise" in c.metadata}


def setup_source(assignment_id: str) -> str:
    """The source of the set-up cell."""
    return _code(assignment_id)[0]


def solution_sources(assignment_id: str) -> dict[str, str]:
    """The source of each solution cell, by the name of its exercise."""
    return dict(_code(assignment_id)[1])


def executed(assignment_id: str, sources: dict[str, str]) -> dict[str, Callable]:
    """The functions that solution cells define after the set-up cell, by exercise; nothing else is executed."""
    namespace = _after(assignment_id, [setup_source(assignment_id), *sources.values()], {})
    return {name: namespace[name] for name in sources}


def _after(assignment_id: str, cells: list[str], namespace: dict[str, Any]) -> dict[str, Any]:
    """A copy of the name space in which some cells have run."""
    namespace = namespace | {"__name__": f"solutions.{assignment_id}"}
    for source in cells:
        exec(compile(source, f"<a cell of {assignment_id}>", "exec"), namespace)  # noqa: S102
    return namespace


@cache
def _of_reference(assignment_id: str) -> dict[str, Any]:
    return _after(assignment_id, [setup_source(assignment_id), *solution_sources(assignment_id).values()], {})


def reference(assignment_id: str) -> dict[str, Callable]:
    """The reference functions by name."""
    return {name: _of_reference(assignment_id)[name] for name in solution_sources(assignment_id)}


def changed_function(assignment_id: str, name: str, source: str) -> Callable:
    """The function of one cell that stands in the place of the solution's, after all others: they do not see it."""
    return _after(assignment_id, [source], _of_reference(assignment_id))[name]


def stub_name(source: str) -> str:
    """The name that a solution cell's stub raises: the first function or class it defines."""
    match = re.search(r"^(?:def|class)\s+(\w+)", source, flags=re.MULTILINE)
    return match.group(1) if match else "this cell"


def marking_scheme(assignment_id: str) -> dict[str, str]:
    """Model answer and marking scheme of each written question, by its key."""
    cells = [c for c in read_source(assignment_id).cells if "written" in c.metadata]
    return {c.metadata["written"]: re.sub(r"### (BEGIN|END) SOLUTION\n?", "", c.source).strip() for c in cells}
