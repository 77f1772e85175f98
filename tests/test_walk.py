"""The walk of adding an exercise, done on a copy of the repository with the very blocks of CONTRIBUTING.md."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NEEDED = ("autograder", "unrolled", "solutions", "exercises", "book", "tests")
GENERATED = {"exercises/rnn/rnn.ipynb", "unrolled/cases/rnn.json", "tests/submissions/rnn/ledger.json"}
MADE = """
import sys
from pathlib import Path

import pytest

import autograder
from autograder.authoring.build import build
from autograder.authoring.pieces import function_of, pieces
from autograder.checks import ASSIGNMENTS
from autograder.paths import EXERCISES
from unrolled import check

assert Path(autograder.__file__).parents[1] == Path.cwd()
build(ASSIGNMENTS["rnn"], EXERCISES)
exercise = ASSIGNMENTS["rnn"].exercise("clip_norm")
for link in [exercise.link(exercise.section), *map(exercise.pitfall, exercise.misconceptions)]:
    page, target = link.split("#")
    assert f"({target})=" in Path(page).with_suffix(".md").read_text(), link
for piece in (p for kind in ("wrong", "right") for p in pieces("rnn", kind) if p.exercise == "clip_norm"):
    print(piece.name, *str(check(function_of(piece))).split())
chosen = "(test_checks and clip_norm) or (test_release and rnn) or (test_points_in_text and rnn) or (test_assembly and rnn)"
tests = ("tests/autograder/checks", "tests/autograder/authoring/test_build.py")
sys.exit(pytest.main(["-v", "--assert=plain", "-p", "no:cacheprovider", "-k", chosen, *tests]))
"""


def blocks():
    """The blocks of the walk, each with the file that the text before it names."""
    walk = (ROOT / "CONTRIBUTING.md").read_text().split("## A new exercise, step by step")[1].split("\n## Refresh")[0]
    return re.findall(r"`([\w./]+)`:\n\n```\w+\n(.*?)^```$", walk, flags=re.MULTILINE | re.DOTALL)


def state(folder):
    """A hash of every file, by its place."""
    files = [f for f in folder.rglob("*") if f.is_file() and "__pycache__" not in f.parts]
    return {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def made(folder):
    """What building the assignment in the copy prints, and then the tests that find the exercise by themselves."""
    variables = {
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "UNROLLED_GRADEBOOK": str(folder.parent / "marks"),
    }
    command = [sys.executable, "-c", MADE]
    result = subprocess.run(command, cwd=folder, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def walk(folder):
    """Copy the repository into ``folder`` and do what the walk says; returns the copy's state before."""
    for name in NEEDED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "nbgrader_config.py", "_toc.yml"):
        shutil.copy(ROOT / name, folder)
    before = state(folder)
    for name, text in blocks():
        file = folder / name
        file.write_text(f"{file.read_text()}\n{text}" if file.exists() else text)
    source = folder / "solutions" / "rnn.py"
    points = int(re.search(r'check="clip_norm" points=(\d+)', source.read_text()).group(1))
    source.write_text(re.sub(r"(\d+)( by the autograder)", lambda m: f"{int(m[1]) + points}{m[2]}", source.read_text()))
    return before


def test_the_walk_makes_an_exercise_and_touches_what_it_names(tmp_path):
    folder = tmp_path / "repository"
    before = walk(folder)
    said = made(folder)
    for key, says in re.findall(r'Misconception\("(\w+)", "([^"]+)"', dict(blocks())["autograder/checks/rnn/clip_norm.py"]):
        assert re.search(rf"^{key} clip_norm: [0-3] of 4 points.*It looks as if: {re.escape(says)}", said, re.MULTILINE), (
            said
        )
        assert f"[clip_norm.{key}] PASSED" in said
    for name in ("joined", "in_place_on_copies"):
        assert f"{name} clip_norm: 4 of 4 points" in said and f"[clip_norm.{name}] PASSED" in said
    for test in ("reference", "every_misconception", "constant", "sizes"):
        assert re.search(rf"test_{test}\w*\[clip_norm\] PASSED", said), test
    after = state(folder)
    assert before.keys() <= after.keys()
    assert {name for name in after if before.get(name) != after[name]} == {name for name, _ in blocks()} | GENERATED
    new = [name for name in after.keys() - before.keys() if not name.startswith("tests/submissions/rnn/")]
    assert new == ["autograder/checks/rnn/clip_norm.py"]
