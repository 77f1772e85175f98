"""The published table of the checks' quality: true, and good enough. And the machine that makes wrong answers."""

import ast

import pytest

from autograder.authoring.pieces import BANK
from autograder.checks import ASSIGNMENTS
from autograder.oracle.mutants import mutants
from autograder.proof.quality import Quality, count_mutants, explanations, published

EXERCISES = [(a, e) for a in ASSIGNMENTS.values() for e in a.exercises]
EACH = pytest.mark.parametrize(("assignment", "exercise"), EXERCISES, ids=[e.name for _, e in EXERCISES])
SOURCE = '''
def mixed(x, W, steps):
    """Words that are not changed."""
    total = x @ W.T
    for t in range(steps):
        total += np.tanh(x[:, t : -1], axis=0)
    return total if steps >= 2 else -x, "text"
'''


def test_every_kind_of_change_is_made_and_no_other():
    changes = {m.change for m in mutants(SOURCE)}
    assert changes >= {
        *("x @ W.T -> x", "x @ W.T -> W.T", "x @ W.T -> W.T @ x", "W.T -> W", "x -> W", "x -> steps", "W -> total"),
        *("total = x @ W.T -> pass", "range(steps) -> steps", "range(steps) -> range(0 + 1, steps)"),
        *("range(steps) -> range(0, steps - 1)", "0 -> 1", "0 -> -1", "t:-1 -> :-1", "t:-1 -> t:", "-x -> x"),
        "total += np.tanh(x[:, t:-1], axis=0) -> total = np.tanh(x[:, t:-1], axis=0)",
        "total += np.tanh(x[:, t:-1], axis=0) -> total -= np.tanh(x[:, t:-1], axis=0)",
        *("np.tanh(x[:, t:-1], axis=0) -> x[:, t:-1]", "np.tanh(x[:, t:-1], axis=0) -> np.tanh(x[:, t:-1])"),
        *("np.tanh -> np.sin", "steps >= 2 -> steps > 2", "steps >= 2 -> steps < 2", "2 -> 3", "2 -> 1"),
        "total if steps >= 2 else -x -> total if not steps >= 2 else -x",
    }
    assert not [c for c in changes if "text" in c.split(" -> ")[0] and not c.startswith("(")]


def test_mutants_differ_from_the_source_and_from_each_other_and_can_be_compiled():
    sources = [ast.unparse(ast.parse(SOURCE)), *(m.source for m in mutants(SOURCE))]
    assert len(set(sources)) == len(sources) > 40
    for source in sources:
        compile(source, "mutant", "exec")


@EACH
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # mutants warn of much
def test_mutants_are_killed_and_every_survivor_is_explained(ledger, assignment, exercise):
    row = Quality(assignment.id, exercise.name, exercise.points, len(exercise.behaviours), len(exercise.misconceptions))
    count_mutants(row, assignment, exercise, ledger)
    assert [s.change for s in row.survivors if not s.reason] == [], "a check lets these pass: mend it, or say why"
    assert row.killed >= 0.98 * (row.mutants - len(row.survivors)) and row.killed > 0
    explained = explanations(assignment.id).get(exercise.name, {})
    assert set(explained) == {s.change for s in row.survivors}, "an explanation that explains nothing"
    shown = published()[exercise.name]
    counts = ("points", "behaviours", "misconceptions", "mutants", "killed", "crashed")
    assert {key: shown[key] for key in counts} == {key: getattr(row, key) for key in counts}, "run 'make quality'"
    assert [s["change"] for s in shown["survivors"]] == [s.change for s in row.survivors], "run 'make quality'"


def test_published_table_is_complete_and_as_good_as_promised():
    rows = published()
    assert list(rows) == [e.name for _, e in EXERCISES], "run 'make quality'"
    for row in rows.values():
        counts = [
            len(list((BANK / row["assignment"] / kind).glob(f"{row['exercise']}.*.py"))) for kind in ("wrong", "right")
        ]
        assert counts == [row["wrong"], row["right"]] and min(counts) > 0, "run 'make quality'"
        assert row["failed"] == row["wrong"] and row["accepted"] == row["right"]
    assert sum(r["labelled"] for r in rows.values()) >= 0.95 * sum(r["wrong"] for r in rows.values())
    for assignment in ASSIGNMENTS:
        mine = [r for r in rows.values() if r["assignment"] == assignment]
        assert sum(r["wrong"] for r in mine) >= 20 and sum(r["right"] for r in mine) >= 8
