"""The ledger: what has not changed is taken from it, what has is proved again, and it cannot be edited into passing."""

import json
import shutil
import subprocess
import sys

import pytest

from autograder.authoring.pieces import Piece
from autograder.checks import ASSIGNMENTS
from autograder.paths import ROOT
from autograder.proof import checks as proofs
from autograder.proof import decides
from autograder.proof.decides import digest_of_files, files_of, upstream, used_modules
from autograder.proof.ledger import DRAWN, NEW, TAKEN, Disagreement, Ledger, Proof, sealed

LSTM = ASSIGNMENTS["lstm"]
FORGET_BIAS = LSTM.exercise("forget_bias")
PIECE = Piece("lstm", "forget_bias", "wrong", "def forget_bias(H, value):\n    return None\n")


class Work:
    """A proof that counts how often it is made."""

    def __init__(self, verdict, key="key", name="wrong one.mistake"):
        self.made, self.says = 0, verdict
        self.proof = Proof("rnn", name, key, self._compute)

    def _compute(self):
        self.made += 1
        return self.says


@pytest.fixture
def bank(tmp_path):
    (tmp_path / "rnn").mkdir()
    return tmp_path


def ledger_of(bank, **more):
    return Ledger("seed", bank=bank, **more)


def written(bank, *works):
    """The bank's folder with entries of these works."""
    ledger = ledger_of(bank)
    for work in works:
        ledger.verdict(work.proof)
    ledger.write()
    return bank / "rnn" / "ledger.json"


def edit(path, name, **changed):
    entries = json.loads(path.read_text())
    entries[name] |= changed
    path.write_text(json.dumps(entries))


def test_what_is_unchanged_is_not_proved_again(bank):
    work = Work([[3, 6, "mistake"]])
    written(bank, work)
    again = ledger_of(bank)
    assert again.verdict(work.proof, drawn=False) == [[3, 6, "mistake"]] and work.made == 1
    assert again.counts == {TAKEN: 1} and again.write() == []


def test_an_entry_with_another_key_is_proved_again_and_replaced(bank):
    written(bank, Work(1))
    changed = Work(2, key="other")
    ledger = ledger_of(bank)
    assert ledger.verdict(changed.proof, drawn=False) == 2 and changed.made == 1 and ledger.counts == {NEW: 1}
    assert ledger.write() == [bank / "rnn" / "ledger.json"]
    assert ledger_of(bank).verdict(changed.proof, drawn=False) == 2 and changed.made == 1


@pytest.mark.parametrize("edited", [{"verdict": [[0, 6, "mistake"]]}, {"key": "other"}, {"seal": ""}, {"passed": True}])
def test_an_edited_entry_is_proved_again(bank, edited):
    work = Work([[6, 6]], key="key")
    edit(written(bank, work), work.proof.name, **edited)
    assert ledger_of(bank).verdict(work.proof, drawn=False) == [[6, 6]] and work.made == 2


@pytest.mark.parametrize("text", ["", "<<<<<<< ours\n{}", "[]", "[1]", "null", '{"wrong one.mistake": 3}'])
def test_a_ledger_that_cannot_be_read_is_none(bank, text):
    work = Work([[6, 6]])
    written(bank, work).write_text(text)
    ledger = ledger_of(bank)
    assert ledger.verdict(work.proof, drawn=False) == [[6, 6]] and work.made == 2
    assert ledger.write() and ledger_of(bank).kept(work.proof)


def test_an_edit_with_a_new_seal_is_found_when_it_is_drawn_and_when_all_is_proved(bank):
    work = Work([[6, 6]])
    path = written(bank, work)
    edit(path, work.proof.name, **sealed("key", [[0, 6, "mistake"]]))
    assert ledger_of(bank).verdict(work.proof, drawn=False) == [[0, 6, "mistake"]], "the book says so: a seal is no secret"
    with pytest.raises(Disagreement, match=r"wrong one\.mistake.*\[\[0, 6, 'mistake'\]\].*it is \[\[6, 6\]\]"):
        ledger_of(bank).verdict(work.proof, drawn=True)
    everything = ledger_of(bank, everything=True)
    with pytest.raises(Disagreement):
        everything.verdict(work.proof)
    everything.write()
    assert ledger_of(bank).verdict(work.proof, drawn=False) == [[6, 6]]


def test_about_a_tenth_is_drawn_and_others_in_another_run():
    works = [Work(0, name=f"wrong one.{k}").proof for k in range(2000)]
    runs = [{p.name for p in works if Ledger(seed).is_drawn(p)} for seed in ("a", "a", "b", "c")]
    assert all(150 < len(run) < 250 for run in runs)
    assert runs[0] == runs[1] != runs[2] and len(runs[0] & runs[2]) < 50


def test_a_drawn_entry_that_agrees_is_counted_and_stays(bank):
    work = Work({"killed": 3})
    path = written(bank, work)
    before, ledger = path.read_text(), ledger_of(bank)
    assert ledger.verdict(work.proof, drawn=True) == {"killed": 3} and ledger.counts == {DRAWN: 1}
    assert ledger.write() == [] and path.read_text() == before


def test_a_verdict_that_nobody_is_content_with_is_taken_back(bank):
    good, bad, ledger = Work(1, name="wrong good"), Work(2, name="wrong bad"), ledger_of(bank)
    for work in (good, bad):
        ledger.latest.clear()
        ledger.verdict(work.proof)
    ledger.forget_latest()
    ledger.write()
    assert ledger_of(bank).kept(good.proof) and not ledger_of(bank).kept(bad.proof)


def test_entries_are_lines_in_the_order_of_their_names(bank):
    path = written(bank, Work(1, name="wrong b"), Work(2, name="right a"))
    written(bank, Work(3, name="solution"))
    assert [line.split('"')[1] for line in path.read_text().splitlines()[1:-1]] == ["right a", "solution", "wrong b"]
    assert len(json.loads(path.read_text())) == 3


def test_entries_of_what_is_no_longer_there_go_when_everything_is_proved(bank):
    path = written(bank, Work(1, name="wrong gone"), Work(2, name="wrong here"))
    ledger = ledger_of(bank, everything=True)
    ledger.verdict(Work(2, name="wrong here").proof)
    assert ledger.write(anew=True) == [path] and list(json.loads(path.read_text())) == ["wrong here"]


def key(assignment=LSTM, exercise=FORGET_BIAS, piece=PIECE):
    return proofs.wrong(assignment, piece).key, proofs.misconceptions(assignment, exercise).key


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A function that changes a file in a copy of the project and forgets what was read of it before."""
    for name in ("autograder", "unrolled", "solutions"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "cases"))
    forget()
    monkeypatch.setattr(decides, "ROOT", tmp_path)

    def change(name, old, new):
        path = tmp_path / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))
        forget()

    yield change
    monkeypatch.undo()
    forget()


def forget():
    for kept in (decides.file_digest, decides._named_beside, proofs._modules):
        kept.cache_clear()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("autograder/checks/lstm/forget_bias.py", "misconceptions=[", "misconceptions=[*[], "),
        ("autograder/checks/spec.py", "tolerance: float = TOLERANCE", "tolerance: float = 2 * TOLERANCE"),
        ("unrolled/judging/asking.py", "self._left = 2", "self._left = 3"),
        ("unrolled/values/compare.py", '"""', '"""Other. '),
        ("autograder/oracle/questions.py", "PUBLIC_SEED =", "ANOTHER = 1\nPUBLIC_SEED ="),
        ("autograder/proof/verdicts.py", "WRONG_SEEDS = range(5)", "WRONG_SEEDS = range(4)"),
        ("autograder/oracle/changes.py", "ast.Add: [ast.Sub]", "ast.Add: []"),
    ],
)
def test_what_decides_a_verdict_changes_its_key(copied, name, old, new):
    before = key()
    copied(name, old, new)
    assert all(one != other for one, other in zip(before, key(), strict=True))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("autograder/checks/gru/gru_step.py", "misconceptions=[", "misconceptions=[*[], "),
        ("autograder/checks/lstm/lstm_step.py", "misconceptions=[", "misconceptions=[*[], "),
        ("autograder/cli/__init__.py", "import click", "import click, math"),
        ("unrolled/plots.py", '"""', '"""Other. '),
        ("unrolled/judging/asking.py", "self._left = 2", "self._left = 2  # calls"),
        ("solutions/lstm.py", "# %% [markdown]", "# %% [markdown]\n# More words."),
    ],
)
def test_what_decides_nothing_leaves_the_key(copied, name, old, new):
    before = key()
    copied(name, old, new)
    assert key() == before


def test_another_diagnosis_changes_names_and_no_points(copied):
    def points():
        return proofs.right(LSTM, PIECE).key, proofs.solution(LSTM, FORGET_BIAS).key, proofs.changed(LSTM, FORGET_BIAS).key

    names, before = key(), points()
    copied("unrolled/judging/diagnosis/places.py", "size < 3", "size < 4")
    assert points() == before and all(one != other for one, other in zip(names, key(), strict=True))


def test_submission_solution_and_versions_change_the_key(monkeypatch):
    before = key()
    assert key(piece=Piece("lstm", "forget_bias", "wrong", PIECE.source + "\n"))[0] != before[0]
    with monkeypatch.context() as patch:
        patch.setattr(proofs, "solution_sources", lambda _: {"forget_bias": "pass"})
        assert all(one != other for one, other in zip(before, key(), strict=True))
    for package, matters in (("numpy", True), ("torch", False), ("click", False)):
        with monkeypatch.context() as patch:
            patch.setattr(decides, "version", lambda name, package=package: "0" if name == package else "1")
            alone = key()
            patch.setattr(decides, "version", lambda name: "1")
            assert (key() != alone) == matters
    monkeypatch.setattr(decides.sys, "version_info", Version())
    assert all(one != other for one, other in zip(before, key(), strict=True))


class Version:
    major, minor = 3, 99


def test_modules_that_a_check_imports_and_files_that_they_name_count():
    assert "unrolled.standins.lstm" in upstream("autograder.checks.lstm.lstm_forward")
    assert ROOT / "autograder/checks/project/held_back.txt.gz" in files_of(["autograder.checks.project.pronounce"])
    assert ROOT / "unrolled/data/psalms.txt.gz" in files_of(["unrolled.data"])
    assert ROOT / "autograder/sandbox/enter.py" in files_of(["autograder.sandbox.bubblewrap"])


def test_of_the_cells_imports_only_what_is_used_counts():
    setup = "import numpy as np\nfrom unrolled import check, data, plots\nfrom unrolled.graphs import Node"
    assert used_modules(setup, "def f(x):\n    return np.tanh(x)") == []
    assert used_modules(setup, "def f(x):\n    return Node(data.digits())") == ["unrolled.data", "unrolled.graphs"]


def test_data_count_with_every_byte_and_programs_without_their_comments(tmp_path, monkeypatch):
    monkeypatch.setattr(decides, "ROOT", tmp_path)
    found = []
    for name, text in (("a.py", "x = 1"), ("a.py", "x = 1  # one"), ("a.txt", "x = 1"), ("a.txt", "x = 1  # one")):
        (tmp_path / name).write_text(text)
        decides.file_digest.cache_clear()
        found.append(digest_of_files([tmp_path / name]))
    decides.file_digest.cache_clear()
    assert found[0] == found[1] and len(set(found)) == 3


RUN = """
import pytest
from autograder.proof.ledger import Proof

@pytest.mark.parametrize("k", range(40))
def test_one(ledger, k, tmp_path_factory):
    assert ledger.verdict(Proof("rnn", f"proof {k:02}", "key", lambda: k)) == k < 39, "the last one fails"
"""
CONFTEST = """
from pathlib import Path
import pytest
from tests import proving

pytest_plugins = ["tests.proving"]

@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    config.stash[proving.LEDGER].bank = Path(__file__).parent
"""


@pytest.mark.slow
def test_a_run_writes_what_all_its_workers_proved(bank):
    (bank / "conftest.py").write_text(CONFTEST)
    (bank / "test_run.py").write_text(RUN)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={bank}", str(bank)]
    first, second = (
        subprocess.run([*command, *more], cwd=ROOT, capture_output=True, text=True, check=False).stdout
        for more in (["-n", "2"], ["--draw", "x"])
    )
    assert f"Ledger: 40 {NEW}" in first and "ledger.json: commit them" in first, first
    assert list(json.loads((bank / "rnn" / "ledger.json").read_text())) == [f"proof {k:02}" for k in range(39)]
    drawn = sum(Ledger("x").is_drawn(Proof("rnn", f"proof {k:02}", "", int)) for k in range(39))
    assert f"Ledger: {drawn} {DRAWN}, 1 {NEW}, {39 - drawn} {TAKEN} (--draw x)." in second, second
    assert "commit" not in second and "1 failed, 39 passed" in second
