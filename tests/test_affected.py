"""Which tests a change can break: no other exercise's proofs, and none too few."""

import subprocess
from types import SimpleNamespace

import pytest

from autograder.authoring.pieces import pieces
from autograder.checks import ASSIGNMENTS
from autograder.paths import ROOT
from tests.affected import FileOfTests, affected, changed_files

FILES = {path.relative_to(ROOT).as_posix(): FileOfTests(path) for path in sorted((ROOT / "tests").rglob("test_*.py"))}
CHECKS = "tests/autograder/checks/test_checks.py"


def item(**params):
    """A test that is given these parameters."""
    return SimpleNamespace(callspec=SimpleNamespace(params=params)) if params else SimpleNamespace()


def proofs():
    """The proofs of the checks as they are collected: assignment, exercise and the test."""
    for assignment in ASSIGNMENTS.values():
        for exercise in assignment.exercises:
            yield assignment.id, exercise.name, item(assignment=assignment, exercise=exercise)
        for piece in pieces(assignment.id, "wrong"):
            yield assignment.id, piece.exercise, item(assignment=assignment, piece=piece)


def selected(*changed):
    return {(a, e) for a, e, test in proofs() if affected(test, FILES[CHECKS], set(changed))}


def every(*assignments):
    return {(a.id, e.name) for a in ASSIGNMENTS.values() for e in a.exercises if a.id in (assignments or ASSIGNMENTS)}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("autograder/checks/lstm/forget_bias.py", {("lstm", "forget_bias")}),
        ("tests/submissions/lstm/wrong/forget_bias.anything.py", {("lstm", "forget_bias")}),
        ("tests/submissions/gru/equivalent.toml", every("gru")),
        ("solutions/lstm.py", every("lstm")),
        ("autograder/checks/spec.py", every()),
        ("unrolled/values/codec.py", every()),
        ("unrolled/judging/judge.py", every()),
        ("autograder/cli.py", set()),
        ("unrolled/plots.py", every("autodiff")),  # by way of unrolled.graphs
        ("unrolled/sliders.py", set()),
        ("book/lstm.md", set()),
        ("README.md", set()),
    ],
)
def test_proofs_that_a_change_can_break(changed, expected):
    assert selected(changed) == expected


def test_a_stand_in_breaks_the_exercises_that_are_handed_it():
    found = selected("unrolled/standins/gru.py")
    assert found and found <= every("gru", "lstm", "architectures") and found != every()


def files(*changed):
    return {name for name, file in FILES.items() if any(file.needs(path) for path in changed)}


@pytest.mark.parametrize(
    ("changed", "some", "none"),
    [
        (
            "unrolled/values/codec.py",
            ["unrolled/values/test_codec", "autograder/grading/test_submission"],
            ["unrolled/test_sliders"],
        ),
        ("unrolled/plots.py", ["unrolled/test_plots"], ["unrolled/values/test_codec"]),
        ("solutions/gru.py", ["solutions/test_gru_against_torch"], ["solutions/test_lstm", "unrolled/values/test_codec"]),
        ("autograder/checks/gru/gru_step.py", ["autograder/checks/test_checks"], ["solutions/test_lstm"]),
        ("book/lstm.md", ["book/test_pages"], ["autograder/checks/test_checks", "unrolled/values/test_codec"]),
        ("Makefile", ["test_project"], ["book/test_pages"]),
        ("requirements.lock", ["test_project"], ["unrolled/values/test_codec"]),
        ("tests/autograder/grading/fuzz.py", ["autograder/grading/test_fuzz"], ["autograder/grading/test_repair"]),
        ("unrolled/data/psalms.txt.gz", ["unrolled/test_data"], ["unrolled/values/test_codec"]),
        ("tests/unrolled/test_ring.py", ["unrolled/test_ring"], ["unrolled/test_data"]),
    ],
)
def test_files_that_a_change_can_break(changed, some, none):
    found = files(changed)
    assert {f"tests/{name}.py" for name in some} <= found and not {f"tests/{name}.py" for name in none} & found


def test_a_change_of_what_all_tests_read_breaks_all():
    assert files("tests/conftest.py") == set(FILES)


@pytest.fixture
def repository(tmp_path):
    """A function that calls git in a new repository with a file and two commits."""

    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a", *arguments], cwd=tmp_path, check=True)

    git("init", "-q", "-b", "main")
    for name in ("one", "two"):
        (tmp_path / name).write_text("1")
        git("add", name)
        git("commit", "-qm", name)
    return git


def test_what_is_changed_is_told_by_git(repository, tmp_path):
    assert changed_files(tmp_path) == {"two"}, "the last commit, if nothing has changed since"
    (tmp_path / "new").write_text("1")
    assert changed_files(tmp_path) == {"new"}
    repository("switch", "-qc", "branch")
    repository("add", "new")
    repository("commit", "-qm", "new")
    (tmp_path / "one").write_text("2")
    assert changed_files(tmp_path) == {"one", "new"}, "all that main does not have"


def test_a_run_without_a_change_says_so(monkeypatch):
    from tests import affected as plugin

    monkeypatch.setattr(plugin, "changed_files", set)
    said = []
    selection = plugin.Selection(SimpleNamespace(option=SimpleNamespace(draw="x")))
    assert selection.pytest_ignore_collect(ROOT / CHECKS) is True
    selection.pytest_terminal_summary(SimpleNamespace(write_line=said.append))
    assert said == ["Affected: nothing has changed."]
