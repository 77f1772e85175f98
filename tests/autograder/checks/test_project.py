"""Trained models are graded end to end: the better ones earn more, and whatever is not a trained model does not."""

import shutil
from math import comb
from pathlib import Path

import nbformat
import numpy as np
import pytest

from autograder.authoring.compose import solved
from autograder.authoring.pieces import BANK, Piece
from autograder.checks.project import ASSIGNMENT
from autograder.checks.project.pronounce import (
    PRONOUNCE,
    SHARES,
    STRANGE_ASKED,
    STRANGE_KNOWN,
    graded_words,
    held_back,
    knows_too_much,
)
from autograder.grading.repair import load_submission
from autograder.grading.secret import course_secret
from autograder.grading.submission import grade
from autograder.oracle.questions import measured_bank
from autograder.oracle.seeds import seed_for
from autograder.oracle.source import read_source
from autograder.reports.replay import shown_trials
from autograder.sandbox.limits import Limits

MODELS = BANK / "project" / "models"
ORDER = ["hardly_trained", "small", "as_released", "longer", "falling_rate", "larger_with_beam"]
SIZES = {"hardly_trained": 32, "small": 32, "larger_with_beam": 128}
GREEDY = """
def pronounce(words):
    x, lengths = batch_of(words)
    mask = torch.arange(x.shape[1]) < lengths[:, None]
    with torch.no_grad():
        states, h_0 = MODEL["encoder"](x, lengths)
        answers = greedy_decode(lambda y, h: MODEL["decoder"](y, h, states, mask), h_0, START, STOP, 14)
    return [[PHONES[token] for token in tokens if token > 2] for tokens in answers]
"""
BRIEF = Limits(cell_seconds=8.0, call_seconds=2.0)  # for what does not end
EXACT = 30  # points of the four exercises that come before


def handed_in(folder: Path, pronounce: str | None = None, weights: Path | None = None, H: int = 64):
    """A submission with the reference's other cells: loaded as the grader does it."""
    changed = [] if pronounce is None else [Piece("project", "pronounce", "own", pronounce)]
    notebook = solved("project", *changed)
    model = next(cell for cell in notebook.cells if cell.id == "real-model")
    model.source = model.source.replace("BATCH = 32, 64,", f"BATCH = 32, {H},")
    nbformat.write(notebook, folder / "project.ipynb")
    if weights is not None:
        shutil.copy(weights, folder / "weights.npz")
    return load_submission(folder, "project")


def outcome(folder: Path, limits: Limits | None = None, **submission):
    """The graded result and its verdict on ``pronounce``."""
    result = grade("project", handed_in(folder, **submission), limits=limits)
    return result, next(v for v in result.verdicts if v.exercise == "pronounce")


@pytest.fixture(scope="module", autouse=True)
def one_secret():
    """The same for each run of the tests: which words are drawn moves a share by more than a point."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autograder.grading.secret.course_secret", lambda: bytes(32))
        yield


@pytest.fixture(scope="module")
def graded_models(one_secret, tmp_path_factory):
    """The verdict on each model of the bank, graded in the sandbox."""
    verdicts = {}
    for name in ORDER:
        own = None if name == "larger_with_beam" else GREEDY
        result, verdict = outcome(
            tmp_path_factory.mktemp(name), pronounce=own, weights=MODELS / f"{name}.npz", H=SIZES.get(name, 64)
        )
        assert result.remarks == [] and result.points == EXACT + verdict.points, result
        verdicts[name] = verdict
    return verdicts


@pytest.mark.xdist_group("models")
def test_better_models_earn_more_in_the_expected_order(graded_models, record_property):
    shares = [graded_models[name].findings[0].share for name in ORDER]
    points = [graded_models[name].points for name in ORDER]
    for name, share, earned in zip(ORDER, shares, points, strict=True):
        record_property(name, f"{share:.3f}, {earned} points")
    assert shares == sorted(shares) and len(set(shares)) == len(shares), shares
    assert points == sorted(points) and points[0] == 4 and points[-1] == 24, points
    assert len(set(points)) >= 5, points


@pytest.mark.xdist_group("models")
def test_feedback_tells_the_share_and_no_answer(graded_models):
    text = " ".join(finding.message for verdict in graded_models.values() for finding in verdict.findings)
    assert "of 1000 answers are right" in text and "right is" not in text and "For instance" not in text


def test_levels_in_the_notebook_are_those_of_the_check():
    *lower, highest = (f"{share:.0%}".rstrip("%") for share in SHARES)
    text = "\n".join(cell.source for cell in read_source("project").cells).replace("\n# ", "\n")
    assert f"earns points:\n{', '.join(lower)} and {highest} %" in text
    assert f"Grading then calls `pronounce` {len(graded_words(np.random.default_rng(0)).calls)} times" in text


def test_questions_are_the_same_for_all_and_hold_words_that_do_not_count():
    seed = seed_for(course_secret(), "project", "pronounce")
    first, second = (graded_words(np.random.default_rng(seed)) for _ in range(2))
    assert first == second and graded_words(np.random.default_rng(seed + 1)) != first
    counted = [said for accepted in first.accepted for said in accepted]
    assert sum(not said for said in counted) == STRANGE_ASKED and sum(bool(said) for said in counted) == 1000
    assert all(len(call["words"]) <= 40 for call in first.calls)


def leaked(folder: Path) -> Path:
    """Weights that are a list of answers, as somebody with the dictionary would make them."""
    answers = {word: " ".join(said[0]) for part in held_back() for word, said in part}
    path = folder / "answers.npz"
    np.savez_compressed(path, words=np.array(list(answers)), answers=np.array(list(answers.values())))
    return path


LOOK_UP = """
with np.load("weights.npz") as file:
    ANSWERS = dict(zip(file["words"].tolist(), file["answers"].tolist()))

def pronounce(words):
    return [ANSWERS.get(word, "").split() for word in words]
"""


def test_leaked_answers_wait_for_a_person(tmp_path):
    result, verdict = outcome(tmp_path, pronounce=LOOK_UP, weights=leaked(tmp_path))
    assert verdict.points == 24 and "a person will look at it" in verdict.problem
    assert result.ungraded == ["pronounce"]


@pytest.mark.xdist_group("models")
def test_trained_models_know_few_strange_words(graded_models):
    assert all(verdict.problem == "" for verdict in graded_models.values())


def test_a_model_that_has_learnt_is_hardly_ever_in_doubt():
    """The best models tried know at most 5 of the 60 strange words."""
    rate, asked = 5 / len(held_back()[1]), STRANGE_ASKED
    assert sum(comb(asked, k) * rate**k * (1 - rate) ** (asked - k) for k in range(STRANGE_KNOWN, asked + 1)) < 1e-6


@pytest.mark.parametrize("known", [14, 15])
def test_doubt_begins_with_fifteen_strange_words(known):
    questions = graded_words(np.random.default_rng(0))
    said, left = dict(held_back()[1]), known
    answers = []
    for call in questions.calls:
        value = []
        for word in call["words"]:
            value.append(said[word][0] if word in said and left > 0 else [])
            left -= word in said and left > 0
        answers.append({"value": value})
    assert bool(knows_too_much(questions, {PRONOUNCE.behaviours[0].key: answers})) == (known >= 15)


SLOW = "\ndef pronounce(words):\n    total = 0\n    while True:\n        total += 1\n"
FORGED = {
    "over budget": (SLOW, "did not end within"),
    "one answer for all": ("\ndef pronounce(words):\n    return [['AH', 'N']] * len(words)\n", "of 1000 answers are right"),
    "stop token kept": (GREEDY.replace("if token > 2]", "if token != 1] + ['<stop>']"), "'<stop>' stands in"),
}


@pytest.mark.parametrize("name", FORGED)
def test_what_is_no_trained_model_earns_nothing_and_is_told_why(tmp_path, name):
    source, message = FORGED[name]
    result, verdict = outcome(
        tmp_path, BRIEF if source == SLOW else None, pronounce=source, weights=MODELS / "as_released.npz"
    )
    assert verdict.points == 0 and result.points == EXACT
    assert message in verdict.findings[0].message, verdict.findings[0].message


@pytest.mark.parametrize(
    ("kind", "remark"),
    [
        ("missing", "There is no file weights.npz in the submission."),
        ("too large", "weights.npz is larger than 4 MB. It is not used."),
        ("a link", "weights.npz is a link or cannot be opened; hand in the file itself. It is not used."),
        ("a folder", "weights.npz is not an ordinary file; hand in the file itself. It is not used."),
    ],
)
def test_weights_that_cannot_be_used_are_named(tmp_path, kind, remark):
    path = tmp_path / "weights.npz"
    if kind == "too large":
        path.write_bytes(bytes(4_000_001))
    elif kind == "a link":
        path.symlink_to(MODELS / "as_released.npz")
    elif kind == "a folder":
        path.mkdir()
    submission = handed_in(tmp_path)
    assert submission.files == {"weights.npz": b""} and submission.remarks == [remark]


def test_without_weights_nothing_is_trained_and_the_rest_counts(tmp_path):
    result, verdict = outcome(tmp_path, pronounce=GREEDY)
    assert result.remarks == ["There is no file weights.npz in the submission."]
    assert verdict.points == 0 and result.points == EXACT


def test_weights_that_hold_objects_are_not_unpacked(tmp_path):
    """An array of objects is a pickle, which can run anything: NumPy refuses it, here inside the sandbox."""
    path = tmp_path / "objects.npz"
    np.savez(path, history=np.array([{"a": 1}], dtype=object))
    result, verdict = outcome(tmp_path, pronounce=GREEDY, weights=path)
    assert verdict.points == 0 and result.points == EXACT


def test_weights_count_for_the_result(tmp_path):
    """Another file is another submission; the same is the same, byte for byte."""
    one = handed_in(tmp_path, weights=MODELS / "as_released.npz")
    assert set(one.files) == {"weights.npz"} and one.files["weights.npz"] == (MODELS / "as_released.npz").read_bytes()


def test_replay_shows_each_word_with_its_answer():
    questions = graded_words(np.random.default_rng(0))
    bank = measured_bank(ASSIGNMENT, PRONOUNCE, questions, shown=False)
    words, accepted = questions.calls[0]["words"], questions.accepted[0]
    observations = [{"value": [["AH"] for _ in call["words"]]} for call in questions.calls]
    text = shown_trials(bank.behaviours[0], observations, everything=False)[0]
    ordinary = next(n for n, said in enumerate(accepted) if said and said != [["AH"]])
    assert f"{words[ordinary]}: AH (wrong, {' '.join(accepted[ordinary][0])}" in text
    assert all(f"{word}: AH (" in text for word in words)
    assert shown_trials(bank.behaviours[1], observations, everything=False) == []
