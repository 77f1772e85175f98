"""Registering leaves what nbgrader's own converter leaves, and says what to do where it cannot."""

import sqlite3
from contextlib import closing

import nbformat
import pytest

from autograder.authoring.build import build_assignment
from autograder.checks import ASSIGNMENTS
from autograder.gradebook import database, registering
from autograder.gradebook.registering import NotReleased, register
from autograder.paths import EXERCISES

CHOSEN = ["project", "rnn"]


@pytest.fixture
def new_gradebook(monkeypatch, tmp_path):
    """A gradebook that does not exist yet; its database's path."""
    path = tmp_path / "new" / "gradebook.db"
    for module in (database, registering):
        monkeypatch.setattr(module, "PATH", path)
    monkeypatch.setattr(registering, "URL", f"sqlite:///{path}")
    return path


def contents(path):
    """Every table's definition and rows in their order, with random ids numbered as they appear."""
    numbers = {}
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        found = {}
        for name, definition in sorted(tables):
            rows = connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
            found[name] = ("".join(definition.split()) if name != "alembic_version" else "", [])
            found[name][1].extend(tuple(_numbered(value, numbers) for value in row) for row in rows)
    return found


def _numbered(value, numbers):
    is_id = isinstance(value, str) and len(value) == 32 and set(value) <= set("0123456789abcdef")
    return numbers.setdefault(value, f"id {len(numbers)}") if is_id else value


def without_ids(rows):
    return sorted(str([v for v in row if not str(v).startswith("id ")]) for row in rows)


def test_rows_are_those_of_the_real_converter(new_gradebook, tmp_path):
    for assignment_id in CHOSEN:
        build_assignment(ASSIGNMENTS[assignment_id], tmp_path / "release", tmp_path / "real")
    assert register(CHOSEN) == CHOSEN
    real, ours = contents(tmp_path / "real" / "gradebook.db"), contents(new_gradebook)
    assert real.keys() == ours.keys()
    for name in real:
        assert ours[name][0] == real[name][0]
        assert without_ids(ours[name][1]) == without_ids(real[name][1])
    assert len(ours["source_cell"][1]) > 20 and ours["alembic_version"][1]


def joined(path):
    """What hangs together, by name."""
    questions = [
        "SELECT a.name, n.name, b.type, b.name, g.max_score, g.cell_type FROM base_cell b "
        "JOIN notebook n ON n.id = b.notebook_id JOIN assignment a ON a.id = n.assignment_id "
        "LEFT JOIN grade_cells g ON g.id = b.id",
        "SELECT a.name, n.name, s.name, s.source, s.checksum, s.locked, s.cell_type FROM source_cell s "
        "JOIN notebook n ON n.id = s.notebook_id JOIN assignment a ON a.id = n.assignment_id",
        "SELECT b.name FROM solution_cells s JOIN base_cell b ON b.id = s.id",
    ]
    with closing(sqlite3.connect(path)) as connection:
        return [sorted(connection.execute(question).fetchall()) for question in questions]


def test_cells_hang_together_as_in_the_real_converters_database(new_gradebook, tmp_path):
    build_assignment(ASSIGNMENTS["rnn"], tmp_path / "release", tmp_path / "real")
    register(["rnn"])
    assert joined(new_gradebook) == joined(tmp_path / "real" / "gradebook.db")


def test_what_is_known_is_left_alone(new_gradebook):
    assert register(["rnn"]) == ["rnn"]
    before = new_gradebook.read_bytes()
    assert register(["rnn"]) == [] and new_gradebook.read_bytes() == before
    assert register(["gru", "rnn"]) == ["gru"]
    assert database.registered(["gru", "lstm", "rnn"]) == ["gru", "rnn"]


def test_a_release_that_is_missing_or_worked_in_gets_one_sentence(new_gradebook, monkeypatch, tmp_path):
    monkeypatch.setattr(registering, "EXERCISES", tmp_path)
    with pytest.raises(NotReleased, match="run 'make exercises'"):
        register(["rnn"])
    notebook = nbformat.read(EXERCISES / "rnn" / "rnn.ipynb", as_version=4)
    next(c for c in notebook.cells if c.id == "exercise-rnn-step").source += "\n    # my work"
    (tmp_path / "rnn").mkdir()
    nbformat.write(notebook, tmp_path / "rnn" / "rnn.ipynb")
    with pytest.raises(NotReleased, match="holds somebody's work"):
        register(["rnn"])
    assert not new_gradebook.exists()
