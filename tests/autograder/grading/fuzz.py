"""Random damage to a notebook, with what it must cost: for the fuzz of the road from file to score.

Each kind of damage is a function that changes the notebook's tree and says which exercises are lost
by it and for which nothing can be said; all others must keep their points.
"""

import copy
import json
from dataclasses import dataclass, field

from hypothesis import strategies as st

from autograder.authoring.compose import solved
from autograder.oracle.source import solution_sources

ASSIGNMENT = "rnn"
EXERCISES = list(solution_sources(ASSIGNMENT))
SETTINGS = ("points", "schema_version", "grade", "solution", "locked", "task", "cell_type", "checksum", "remove")
KEYS = st.sampled_from(["tags", "nbgrader", "id", "editable", "name", "collapsed", "", "grade_id", "\ud800", "a.b"])
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("\ud83d"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
TAGS = st.lists(st.sampled_from(["skip-execution", "remove-cell", "raises-exception", "parameters"]) | st.text(max_size=8))
OWN = ["1 / 0", "x = 1", "raise SystemExit", "import numpy as np", "print('27')", "%%bash\nexit 1", "}{", ""]


@dataclass
class Damage:
    """What the damage costs: exercises that are lost, and those of which nothing can be said."""

    lost: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)


def clean_notebook() -> dict:
    """The solved notebook as a tree, without the cells that work on real data: they take seconds."""
    notebook = solved(ASSIGNMENT, answer="An answer.")
    notebook.cells = [c for c in notebook.cells if not c.id.startswith("real-")]
    return json.loads(json.dumps(notebook))


def cells_of(tree: dict) -> list[dict]:
    """The cells that are cells, whatever else stands among them."""
    return [c for c in tree["cells"] if isinstance(c, dict)]


def text_of(cell: dict) -> str:
    """A cell's source, as a text or as lines; something else is none."""
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def a_cell(draw, tree: dict, prefix: str = "") -> dict:
    chosen = [c for c in cells_of(tree) if claimed(c).startswith(prefix)]
    return draw(st.sampled_from(chosen)) if chosen else {}


def claimed(cell: dict) -> str:
    """The id that a cell claims in nbgrader's metadata."""
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return str(marks.get("grade_id", "")) if isinstance(marks, dict) else ""


def marks_of(cell: dict) -> dict | None:
    """nbgrader's metadata of a cell, if they are still a dictionary."""
    metadata = cell.get("metadata")
    return metadata.get("nbgrader") if isinstance(metadata, dict) and isinstance(metadata.get("nbgrader"), dict) else None


def defining(tree: dict, exercise: str) -> list[dict]:
    return [c for c in cells_of(tree) if f"def {exercise}(" in text_of(c)]


def exercises_in(cell: dict) -> set[str]:
    """The exercises that a cell defines, or claims to."""
    key = claimed(cell).removeprefix("exercise-").replace("-", "_")
    return {name for name in EXERCISES if name == key or f"def {name}(" in text_of(cell)}


def set_tags(draw, tree, damage):
    cell = a_cell(draw, tree)
    if isinstance(cell.get("metadata"), dict):
        cell["metadata"]["tags"] = draw(TAGS | TREES)


def set_setting(draw, tree, damage):
    marks = marks_of(a_cell(draw, tree, draw(st.sampled_from(["check-", "exercise-", "written-", "setup-"]))))
    if marks is not None:
        marks[draw(st.sampled_from(SETTINGS))] = draw(TREES)


def set_metadata(draw, tree, damage):
    """Metadata beside nbgrader's, of a cell or of the notebook."""
    holder = draw(st.sampled_from([tree, *cells_of(tree)]))
    if isinstance(holder.get("metadata"), dict):
        holder["metadata"][draw(KEYS.filter(lambda key: key != "nbgrader"))] = draw(TREES)


def set_of_notebook(draw, tree, damage):
    tree[draw(st.sampled_from(["nbformat", "nbformat_minor", "metadata", "orig_nbformat", "extra"]))] = draw(TREES)


def set_of_cell(draw, tree, damage):
    a_cell(draw, tree)[draw(st.sampled_from(["id", "outputs", "execution_count", "attachments"]))] = draw(TREES)


def retype(draw, tree, damage):
    a_cell(draw, tree, draw(st.sampled_from(["check-", "exercise-"])))["cell_type"] = draw(
        st.sampled_from(["code", "markdown", "raw", "heading", 3, None])
    )


def edit_check(draw, tree, damage):
    a_cell(draw, tree, "check-")["source"] = draw(st.sampled_from([*OWN, "print(100)"]) | st.text(max_size=30) | TREES)


def drop_ours(draw, tree, damage):
    """Delete a cell that is ours."""
    chosen = [c for c in tree["cells"] if not (isinstance(c, dict) and exercises_in(c))]
    if chosen:
        tree["cells"].remove(draw(st.sampled_from(chosen)))


def insert(draw, tree, damage):
    own = {"cell_type": "code", "metadata": {}, "source": draw(st.sampled_from(OWN)), "outputs": []}
    position = draw(st.integers(0, len(tree["cells"])))
    tree["cells"].insert(position, draw(st.just(own) | st.sampled_from([None, 3, "text", [], {}, {"source": 7}])))


def move(draw, tree, damage):
    cells = tree["cells"]
    cell = cells.pop(draw(st.integers(0, len(cells) - 1)))
    cells.insert(draw(st.integers(0, len(cells))), cell)


def duplicate(draw, tree, damage):
    """Copy a cell behind itself."""
    cell = a_cell(draw, tree)
    if cell:
        tree["cells"].insert(tree["cells"].index(cell) + 1, copy.deepcopy(cell))


def as_lines(draw, tree, damage):
    cell = a_cell(draw, tree)
    if isinstance(cell.get("source"), str):
        cell["source"] = cell["source"].splitlines(keepends=True)


def rename(draw, tree, damage):
    """Change the id that a cell claims, or take all its marks away: where its code then runs, nobody can say."""
    cell = a_cell(draw, tree, draw(st.sampled_from(["check-", "exercise-", ""])))
    marks = marks_of(cell)
    damage.open |= exercises_in(cell)
    if marks is not None:
        others = [claimed(c) for c in cells_of(tree) if claimed(c)]
        marks["grade_id"] = draw(st.sampled_from(others) | TREES)
    elif isinstance(cell.get("metadata"), dict):
        cell["metadata"]["nbgrader"] = draw(TREES)
    damage.open |= exercises_in(cell)


def unsolve(draw, tree, damage):
    """Take a solution out, wherever it stands."""
    exercise = draw(st.sampled_from(EXERCISES))
    for cell in defining(tree, exercise):
        cell["source"] = f"def {exercise}(*args, **kwargs):\n    raise NotImplementedError('{exercise}')"
    damage.lost.add(exercise)


def drop_solution(draw, tree, damage):
    exercise = draw(st.sampled_from(EXERCISES))
    gone = [id(c) for c in defining(tree, exercise)]
    tree["cells"] = [c for c in tree["cells"] if id(c) not in gone]
    damage.lost.add(exercise)


DAMAGES = [
    *(set_tags, set_setting, set_metadata, set_of_notebook, set_of_cell, retype, edit_check, drop_ours, insert),
    *(move, duplicate, as_lines, rename, unsolve, drop_solution),
]


@st.composite
def damaged(draw) -> tuple[dict, Damage]:
    """A damaged notebook as a tree, and what the damage costs."""
    tree, damage = clean_notebook(), Damage()
    for inflict in draw(st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=5)):
        inflict(draw, tree, damage)
    return tree, damage


BROKEN = st.sampled_from(
    ["", "null", "[]", "{}", "3", '"text"', "NaN", '{"cells": 3}', '{"cells": {}}', "[" * 100_000, "\ufeff{}"]
)


@st.composite
def broken(draw) -> bytes:
    """A file that is no notebook any more: cut off, with bytes exchanged, or something else altogether."""
    whole = json.dumps(clean_notebook()).encode()
    if draw(st.booleans()):
        return draw(BROKEN).encode()
    if draw(st.booleans()):
        return whole[: draw(st.integers(0, len(whole) - 1))]
    position = draw(st.integers(0, len(whole) - 1))
    return whole[:position] + draw(st.binary(min_size=1, max_size=40)) + whole[position:]
