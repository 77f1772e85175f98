"""What decides a score is hashed, all of it and nothing else."""

import ast

import pytest

from autograder.checks import ASSIGNMENTS
from autograder.grading.version import deciding_files
from autograder.paths import ROOT

# These decide nothing: where things lie, what errors have in common, how graphs are drawn.
NO_RULES = {"autograder/paths.py", "autograder/errors.py", "unrolled/plots.py"}


def modules_named_in(path):
    """The files of this repository whose modules a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if any(files_of(name)) else node.module for name in inside]
        else:
            continue
        yield from (file for name in names for file in files_of(name))


def files_of(name):
    """The file of a module of this repository; none of any other."""
    base = ROOT / name.replace(".", "/")
    return [p for p in (base.with_suffix(".py"), base / "__init__.py") if p.is_file()]


@pytest.mark.parametrize("assignment_id", ASSIGNMENTS)
def test_whatever_the_grader_and_the_checks_import_is_hashed(assignment_id):
    hashed = set(deciding_files(assignment_id))
    reached = {p for p in hashed if p.suffix == ".py"}
    todo = [p for p in reached if "solutions" not in p.parts]
    while todo:
        found = set(modules_named_in(todo.pop())) - reached
        reached |= found
        todo += found
    forgotten = {p.relative_to(ROOT).as_posix() for p in reached - hashed}
    assert forgotten <= NO_RULES


def test_what_shows_and_proves_is_not_hashed():
    hashed, of_project = (
        {p.relative_to(ROOT).as_posix() for p in deciding_files(assignment_id)} for assignment_id in ("rnn", "project")
    )
    assert {"solutions/rnn.py", "autograder/checks/rnn/rnn_step.py", "autograder/checks/spec.py"} <= hashed
    others = ("autograder/reports/", "autograder/proof/", "autograder/cli/", "autograder/checks/gru/", "unrolled/plots.py")
    assert not [name for name in hashed if name.startswith(others)]
    assert "autograder/checks/project/held_back.txt.gz" in of_project - hashed
