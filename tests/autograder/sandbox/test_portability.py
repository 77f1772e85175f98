"""The sandbox as an ordinary user, as root, and where it cannot be had."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.grading.classroom import judge_class
from autograder.paths import ROOT
from autograder.sandbox import bubblewrap

USER = 12_345
GRADED = """
import os, sys, tempfile
from pathlib import Path
from autograder.grading.submission import grade
from autograder.proof.hostile import LIMITS, write
from autograder.proof.attacks import load_bank
from autograder.grading.repair import load_submission
for name in sys.argv[1:]:
    one = load_bank()[name]
    folder = Path(tempfile.mkdtemp()) / one.name / "rnn"
    folder.mkdir(parents=True)
    write(folder, one.hand_in(folder))
    result = grade("rnn", load_submission(folder, "rnn"), limits=LIMITS)
    print(name, os.getuid(), result.points == one.points, "CANARY" in str(result.outputs), "WROTE" in str(result.outputs))
"""
# Attacks whose walls are built in another way where the grader is not root.
CHOSEN = ("every-folder", "searches-proc", "nameless-files", "locked-shared-folder", "becomes-root")


def as_user(*command: str) -> list[str]:
    """The command as an ordinary user, who may enter the folders of Python, in a view of the disk of its own."""
    closed = next((p for p in reversed(Path(sys.base_prefix).parents) if not p.stat().st_mode & 0o005), None)
    opened = "true"
    if closed is not None:
        python = sys.base_prefix
        opened = (
            f"held=$(mktemp -d) && mount --bind {python} $held && mount -t tmpfs -o mode=755 none {closed} "
            f"&& mkdir -p {python} && mount --bind $held {python}"
        )
    user = f"setpriv --reuid {USER} --regid {USER} --clear-groups"
    return ["unshare", "-m", "sh", "-c", f'{opened} && exec {user} "$@"', "sh", *command]


@pytest.fixture
def open_folder():
    """A folder for everybody: pytest's own are root's alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@pytest.mark.skipif(os.getuid() != 0, reason="this run is an ordinary user's already: all other tests show it")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv is not installed, so no other user can be tried")
def test_ordinary_user_grades_behind_the_same_walls(open_folder):
    environment = {"HOME": str(open_folder), "TMPDIR": "/tmp", "UNROLLED_GRADEBOOK": str(open_folder / "gradebook")}
    environment |= {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "UNROLLED_CANARY": "CANARY"}
    command = as_user(sys.executable, "-B", "-c", GRADED, *CHOSEN)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if "unshare" in done.stderr:
        pytest.skip("no view of the disk of its own can be had here")
    assert done.stdout.splitlines() == [f"{name} {USER} True False False" for name in CHOSEN], done.stderr[-2000:]


@pytest.fixture
def anew():
    """Forget which bubblewrap was found, before and after."""
    bubblewrap.bwrap.cache_clear()
    yield
    bubblewrap.bwrap.cache_clear()


def test_forbidden_name_spaces_refuse_with_one_sentence(monkeypatch, tmp_path, anew):
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name: str(program))
    with pytest.raises(bubblewrap.NoSandbox) as caught:
        judge_class("rnn", None, True, lambda: None)
    sentence = str(caught.value)
    assert "No permissions to create new namespace" in sentence and "--no-sandbox" in sentence and "\n" not in sentence
