"""The command line: help is there without anything heavy, and our own errors are one sentence."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.errors import CourseError
from autograder.paths import ROOT

HEAVY = {"nbgrader", "nbformat", "nbconvert", "jupytext", "torch", "numpy", "matplotlib", "rich", "distributed"}
LOOK = """
import json, sys
from contextlib import suppress
from autograder.cli import main
for arguments in json.loads(sys.argv[1]):
    with suppress(SystemExit):
        main([*arguments, "--help"])
print(json.dumps(list(sys.modules)))
"""


def test_help_of_every_command_imports_nothing_heavy():
    arguments = [[], *([name] for name in main.commands)]
    command = [sys.executable, "-c", LOOK, json.dumps(arguments)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert printed.count("Usage:") == len(arguments) > 9
    modules = set(json.loads(printed.splitlines()[-1]))
    assert "autograder.cli" in modules and not modules & HEAVY


@pytest.mark.parametrize("name", ["BookError", "GradingError", "NoSandbox", "NotReleased", "SourceError", "StockError"])
def test_each_of_our_errors_is_one_that_the_command_line_says_in_a_sentence(name):
    from autograder.book import BookError
    from autograder.gradebook.registering import NotReleased
    from autograder.gradebook.stock import StockError
    from autograder.grading.classroom import GradingError
    from autograder.oracle.source import SourceError
    from autograder.sandbox.bubblewrap import NoSandbox

    ours = {e.__name__: e for e in (BookError, GradingError, NoSandbox, NotReleased, SourceError, StockError)}
    assert issubclass(ours[name], CourseError)


def test_an_error_of_ours_is_one_sentence_and_an_exit_status():
    result = CliRunner().invoke(main, ["marking", "rmm"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: There is no assignment 'rmm'; there are ") and result.output.count("\n") == 1


def test_without_an_assignment_all_are_graded_of_which_something_was_handed_in(tmp_path, monkeypatch):
    graded = []
    monkeypatch.setattr("autograder.grading.handins.SUBMITTED", tmp_path)
    monkeypatch.setattr("autograder.cli.classes.grade_class", lambda assignment_id, *_: graded.append(assignment_id))
    result = CliRunner().invoke(main, ["grade"])
    assert result.exit_code == 1 and result.output.startswith("Error: Nobody has handed in anything: put each notebook at")
    for place in ("ada/rnn", "bob/RNN", "ada/unknown", "bob/lstm.ipynb", "eve/week 3/gru-1.ipynb"):
        (tmp_path / place).mkdir(parents=True)
    assert CliRunner().invoke(main, ["grade"]).exit_code == 0 and graded == ["gru", "lstm", "rnn"]
    assert CliRunner().invoke(main, ["grade", "bptt", "rnn"]).exit_code == 0 and graded[3:] == ["bptt", "rnn"]
