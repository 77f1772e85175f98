"""Is each check any good? The reference passes, every known mistake fails with its own label.

What the proofs find is looked up in the ledger where nothing has changed, and judged here in any case.
"""

import numpy as np
import pytest

from autograder.authoring.pieces import pieces
from autograder.checks import ASSIGNMENTS
from autograder.proof import checks as proofs
from autograder.proof.quality import label

EXERCISES = [(a, e) for a in ASSIGNMENTS.values() for e in a.exercises]
WRONG = [(a, p) for a in ASSIGNMENTS.values() for p in pieces(a.id, "wrong")]
RIGHT = [(a, p) for a in ASSIGNMENTS.values() for p in pieces(a.id, "right")]
EACH = pytest.mark.parametrize(("assignment", "exercise"), EXERCISES, ids=[e.name for _, e in EXERCISES])


@EACH
def test_reference_has_full_marks(ledger, assignment, exercise):
    assert ledger.verdict(proofs.solution(assignment, exercise)) == [[exercise.points, exercise.points]]


@EACH
def test_every_misconception_fails_with_its_own_label(ledger, assignment, exercise):
    found = ledger.verdict(proofs.misconceptions(assignment, exercise))
    assert list(found) == [m.key for m in exercise.misconceptions]
    for key, outcomes in found.items():
        for points, out_of, *named in outcomes:
            assert points < out_of == exercise.points and named == [key]


@EACH
def test_constant_answers_earn_nothing(ledger, assignment, exercise):
    """Zeros, ones, NaN or nothing, in the right shape, earn no point."""
    found = ledger.verdict(proofs.constants(assignment, exercise))
    assert found == dict.fromkeys(("0.0", "1.0", "nan", "inf", "None"), 0)


@pytest.mark.parametrize(("assignment", "piece"), WRONG, ids=[f"{p.exercise}.{p.name}" for _, p in WRONG])
def test_wrong_submission_loses_points_and_is_named(ledger, assignment, piece):
    outcomes = ledger.verdict(proofs.wrong(assignment, piece))
    assert outcomes
    for points, out_of, *named in outcomes:
        assert points < out_of and named == [label(piece)]


@pytest.mark.parametrize(("assignment", "piece"), RIGHT, ids=[f"{p.exercise}.{p.name}" for _, p in RIGHT])
def test_right_submission_has_full_marks(ledger, assignment, piece):
    points = assignment.exercise(piece.exercise).points
    assert ledger.verdict(proofs.right(assignment, piece)) == [[points, points]]


def test_banks_are_large_enough():
    assert len(WRONG) >= 20 and len(RIGHT) >= 8
    for assignment in ASSIGNMENTS.values():
        covered = {(p.exercise, p.name.split("-")[0]) for p in pieces(assignment.id, "wrong")}
        assert covered >= {(e.name, m.key) for e in assignment.exercises for m in e.misconceptions}


def leaves(value):
    """Everything in a nested value that is no container."""
    if isinstance(value, dict):
        return leaves(list(value.values()))
    return [leaf for item in value for leaf in leaves(item)] if isinstance(value, list | tuple) else [value]


@EACH
def test_sizes_differ_and_one_is_among_them(assignment, exercise):
    """In some case all axes of every array differ in size, and some axis of some case has size 1."""
    cases = exercise.cases(np.random.default_rng(0))
    shapes = [v.shape for case in cases for v in leaves(list(case.values())) if isinstance(v, np.ndarray)]
    together = 4 if exercise.name == "forget_bias" else 1  # the biases of four gates, (4H,), and nothing else
    sizes = {n // together for shape in shapes for n in shape} | {
        v for case in cases for v in case.values() if isinstance(v, int)
    }
    assert 1 in sizes and len(sizes) > 3


@pytest.mark.slow
@pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=ASSIGNMENTS)
def test_partial_credit_is_monotone(ledger, assignment):
    """Over all subsets of the exercises done, one more adds just its points; nothing done earns nothing."""
    found = ledger.verdict(proofs.partial_credit(assignment))
    assert found == {"none": 0, "adds": {e.name: [e.points, e.points] for e in assignment.exercises}}
