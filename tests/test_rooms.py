"""The contracts between the rooms refuse what they are there to refuse."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WRONG = {
    "The rooms of autograder": ("autograder/sandbox/limits.py", "autograder.grading.repair"),
    "The rooms of unrolled": ("unrolled/values/compare.py", "unrolled.judging.judge"),
    "The students' package knows nothing of the grader's": ("unrolled/checking.py", "autograder.paths"),
    "An assignment's checks use no other's": ("autograder/checks/rnn/rnn_step.py", "autograder.checks.bptt.common"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The Python files of both packages, and the contracts."""
    folder = tmp_path_factory.mktemp("rooms")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for file in [f for package in ("autograder", "unrolled") for f in (ROOT / package).rglob("*.py")]:
        target = folder / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    return folder


def broken(folder):
    """The contracts that imports in ``folder`` break."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    judged = dict(re.findall(r"^(.+) (KEPT|BROKEN)\b", result.stdout, flags=re.MULTILINE))
    names = {name for name, word in judged.items() if word == "BROKEN"}
    assert judged.keys() == WRONG.keys(), result.stdout + result.stderr
    assert (result.returncode == 0) == (not names)
    return names


def test_every_import_leads_to_a_room_below(copy):
    assert broken(copy) == set()


@pytest.mark.parametrize("contract", WRONG)
def test_a_wrong_import_is_refused(copy, contract):
    name, imported = WRONG[contract]
    file = copy / name
    before = file.read_text()
    file.write_text(f"{before}\nimport {imported}\n")
    try:
        assert contract in broken(copy)
    finally:
        file.write_text(before)
