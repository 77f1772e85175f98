"""The walk of adding an exercise, done on a copy of the repository with the very blocks of CONTRIBUTING.md."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NEEDED = ("autograder", "unrolled", "solutions", "exercises", "book", "tests")
GENERATED = {"exercises/rnn/rnn.ipynb", "unrolled/cases/rnn.json"}
PIECES = ("wrong/clip_norm.each_alone", "wrong/clip_norm.always_scaled", "right/clip_norm.joined")
MADE = """
from pathlib import Path
import autograder
from autograder.authoring.build import build
from autograder.authoring.compose import function_of, pieces
from autograder.checks import ASSIGNMENTS
from autograder.paths import EXERCISES
from unrolled import check

assert Path(autograder.__file__).parents[1] == Path.cwd()
build(ASSIGNMENTS["rnn"], EXERCISES)
exercise = ASSIGNMENTS["rnn"].exercise("clip_norm")
for link in [exercise.link(exercise.section), *map(exercise.pitfall, exercise.misconceptions)]:
    page, target = link.split("#")
    assert f"({target})=" in Path(page).with_suffix(".md").read_text(), link
for kind in ("wrong", "right"):
    for piece in (p for p in pieces("rnn", kind) if p.exercise == "clip_norm"):
        print(f"{kind}/clip_norm.{piece.name}:", check(function_of(piece)))
"""


def blocks():
    """The blocks of the walk, each with the file that the text before it names."""
    walk = (ROOT / "CONTRIBUTING.md").read_text().split("## A new exercise, step by step")[1].split("\n## Refresh")[0]
    found = re.findall(r"`([\w./]+)`:\n\n```\w+\n(.*?)^```$", walk, flags=re.MULTILINE | re.DOTALL)
    return [(name, text) for name, text in found]


def state(folder):
    """A hash of every file, by its place."""
    files = [f for f in folder.rglob("*") if f.is_file() and "__pycache__" not in f.parts]
    return {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def ran(folder, *arguments):
    """What a Python in the copy prints."""
    variables = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "UNROLLED_GRADEBOOK": str(folder.parent / "marks")}
    command = [sys.executable, *arguments]
    result = subprocess.run(command, cwd=folder, env=os.environ | variables, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """A copy of the repository in which the walk was done: its folder, and its state before."""
    folder = tmp_path_factory.mktemp("walk") / "repository"
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
    return folder, before


def test_walk_makes_an_exercise_and_touches_what_it_names(walked):
    folder, before = walked
    said = ran(folder, "-c", MADE)
    for name in PIECES:
        assert name in said
    print(said)
    after = state(folder)
    assert before.keys() <= after.keys()
    assert {name for name in after if before.get(name) != after[name]} == {name for name, _ in blocks()} | GENERATED
    assert [name for name in after.keys() - before.keys() if name.startswith("autograder/")] == [
        "autograder/checks/rnn/clip_norm.py"
    ]


def test_tests_find_the_new_exercise_by_themselves(walked):
    """Those of checks, bank and release run on it, and are content."""
    files = ("tests/autograder/checks", "tests/autograder/authoring/test_build.py")
    chosen = "(test_checks and clip_norm) or (test_build and rnn) or (test_assembly and rnn)"
    said = ran(walked[0], "-m", "pytest", "-v", "-p", "no:cacheprovider", "-k", chosen, *files)
    for name in ("reference", "misconception", "constant", "sizes"):
        assert re.search(rf"test_\w*{name}\w*\[clip_norm\] PASSED", said)
    for piece in PIECES:
        assert f"[{piece.split('/')[1]}] PASSED" in said
