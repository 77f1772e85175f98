"""Submissions that lie as they lay need no worker; whatever a result depends on sends them to one again."""

import os
import shutil

import pytest

from autograder.grading import classroom, seen
from autograder.grading.classroom import judge_class
from autograder.grading.result import could_not_be_graded
from autograder.grading.seen import Graded, fingerprint, note, unchanged
from autograder.grading.shelf import place, write_whole
from autograder.paths import EXERCISES, GRADEBOOK

ID, STUDENT, KEY = "unrolled_net", "seen-ada", "0" * 32
FOLDER = GRADEBOOK / "submitted" / STUDENT / ID


@pytest.fixture
def graded():
    """One student who is graded, with a kept result."""
    FOLDER.mkdir(parents=True)
    shutil.copyfile(EXERCISES / ID / f"{ID}.ipynb", FOLDER / f"{ID}.ipynb")
    result = could_not_be_graded(ID, "a problem", KEY)
    write_whole(place(ID, KEY), result.to_json())
    one = Graded(STUDENT, result, fingerprint(FOLDER, ID, True))
    note(ID, [one])
    yield one
    shutil.rmtree(FOLDER.parent)
    place(ID, KEY).unlink(missing_ok=True)


def found(sandboxed=True):
    return unchanged(ID, [STUDENT], sandboxed)


def test_a_class_in_which_nothing_changed_needs_no_worker(graded, monkeypatch):
    monkeypatch.setattr(classroom, "students_with", lambda _: [STUDENT])
    monkeypatch.setattr(classroom, "workers", None)
    ticks = []
    assert judge_class(ID, None, True, lambda: ticks.append(1)) == [graded] and ticks == [1]


def edited():
    path = FOLDER / f"{ID}.ipynb"
    path.write_text(path.read_text().replace("NotImplementedError", "ValueError", 1))


def linked():
    path = FOLDER / f"{ID}.ipynb"
    path.rename(FOLDER.parent / "elsewhere.ipynb")
    path.symlink_to(FOLDER.parent / "elsewhere.ipynb")


def folder_linked():
    FOLDER.rename(FOLDER.parent / "elsewhere")
    FOLDER.symlink_to(FOLDER.parent / "elsewhere")


def a_pipe():
    (FOLDER / f"{ID}.ipynb").unlink()
    os.mkfifo(FOLDER / f"{ID}.ipynb")


CHANGES = {
    "edited": edited,
    "missing": lambda: (FOLDER / f"{ID}.ipynb").unlink(),
    "renamed": lambda: (FOLDER / f"{ID}.ipynb").rename(FOLDER / "mine.ipynb"),
    "another file": lambda: (FOLDER / "notes.txt").write_text("x"),
    "a time": lambda: (FOLDER / "timestamp.txt").write_text("2026-01-01 10:00:00 UTC"),
    "a link": linked,
    "the folder a link": folder_linked,
    "a pipe": a_pipe,
    "result gone": lambda: place(ID, KEY).unlink(),
    "result broken": lambda: place(ID, KEY).write_text("{"),
    "notes broken": lambda: (GRADEBOOK / "results" / f"{ID}.seen.json").write_text("[1"),
    "notes forged": lambda: (GRADEBOOK / "results" / f"{ID}.seen.json").write_text(f'{{"{STUDENT}": ["", "{KEY}"]}}'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(graded, change):
    assert found() == {STUDENT: graded}
    change()
    assert found() == {}


def test_a_time_of_handing_in_that_changes_is_seen(graded):
    (FOLDER / "timestamp.txt").write_text("2026-01-01 10:00:00 UTC" + " " * 200)
    note(ID, [Graded(STUDENT, graded.result, fingerprint(FOLDER, ID, True))])
    assert found()
    (FOLDER / "timestamp.txt").write_text("2026-01-01 10:00:0x UTC" + " " * 200)
    assert not found()


def test_the_assignment_the_release_the_secret_and_the_protection_count(graded, monkeypatch, tmp_path):
    assert not found(sandboxed=False)
    with monkeypatch.context() as changed:
        changed.setattr(seen, "assignment_version", lambda _: "another")
        assert not found()
    with monkeypatch.context() as changed:
        changed.setattr(seen, "course_secret", lambda: bytes(32))
        assert not found()
    (tmp_path / ID).mkdir()
    (tmp_path / ID / f"{ID}.ipynb").write_text("{}")
    with monkeypatch.context() as changed:
        changed.setattr(seen, "EXERCISES", tmp_path)
        assert not found()
    assert found()


def test_a_file_handed_in_beside_the_notebook_counts(tmp_path):
    shutil.copyfile(EXERCISES / "project" / "project.ipynb", tmp_path / "project.ipynb")
    wanted = next(iter(seen.ASSIGNMENTS["project"].files))
    prints = []
    for content in (b"one", b"two"):
        (tmp_path / wanted).write_bytes(content)
        prints.append(fingerprint(tmp_path, "project", True))
    assert len(set(prints)) == 2


def test_what_changed_while_it_was_graded_or_is_not_kept_is_not_noted(graded):
    note(ID, [Graded(STUDENT, graded.result, "")])
    assert not found()
    note(ID, [Graded(STUDENT, could_not_be_graded(ID, "ours"), graded.fingerprint)])
    assert not found()
