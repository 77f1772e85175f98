"""Is each check any good? The reference passes, every known mistake fails with its own label."""

import re
from itertools import product

import numpy as np
import pytest

from autograder.authoring.compose import function_of, pieces
from autograder.checks import ASSIGNMENTS
from autograder.oracle.questions import draw_bank
from autograder.oracle.source import executed, reference, solution_sources
from autograder.proof.quality import RIGHT_SEEDS, WRONG_SEEDS, drawn, judged, label, unnamed
from unrolled.calls.probes import Answer, observe, read_answer
from unrolled.judging.judge import ask_all, judge

EXERCISES = [(a, e) for a in ASSIGNMENTS.values() for e in a.exercises]
NAMES = [e.name for _, e in EXERCISES]
WRONG = [(a, p) for a in ASSIGNMENTS.values() for p in pieces(a.id, "wrong")]
RIGHT = [(a, p) for a in ASSIGNMENTS.values() for p in pieces(a.id, "right")]
SEEDS = RIGHT_SEEDS[:25]  # 'make quality' takes all of them


def verdict_of(function, assignment, exercise, seed):
    return judged(function, drawn(assignment, exercise, seed))


def crossed(observation):
    return read_answer(Answer(observation).text)


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES, ids=NAMES)
def test_reference_has_full_marks(assignment, exercise):
    for seed in SEEDS:
        verdict = verdict_of(reference(assignment.id)[exercise.name], assignment, unnamed(exercise), seed)
        assert verdict.passed, verdict


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES, ids=NAMES)
def test_every_misconception_fails_with_its_own_label(assignment, exercise):
    for seed in range(10):
        bank = drawn(assignment, exercise, seed)
        for misconception in exercise.misconceptions:
            verdict = judged(misconception.function, bank)
            assert verdict.points < verdict.out_of
            assert [m.key for m in verdict.mistakes][:1] == [misconception.key]


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES, ids=NAMES)
def test_constant_answers_earn_nothing(assignment, exercise):
    """Zeros, ones, NaN or nothing, in the right shape, earn no point."""
    solution = reference(assignment.id)[exercise.name]
    bank = draw_bank(assignment, exercise, seed=0)

    def filled(value, number):
        if isinstance(value, tuple | list):
            return type(value)(filled(v, number) for v in value)
        if isinstance(value, dict):
            return {key: filled(v, number) for key, v in value.items()}
        if isinstance(value, str):
            return str(number)
        return np.full_like(np.asarray(value, dtype=float), number)

    def constant(inputs, number):
        observation = observe(solution, inputs)
        if "error" not in observation:
            observation["value"] = filled(observation["value"], number) if number is not None else None
        return crossed(observation)

    for number in (0.0, 1.0, np.nan, np.inf, None):
        verdict = judge(bank, ask_all(bank, lambda inputs, n=number: constant(inputs, n)))
        assert verdict.points == 0, (number, verdict)


@pytest.mark.parametrize(("assignment", "piece"), WRONG, ids=[f"{p.exercise}.{p.name}" for _, p in WRONG])
def test_wrong_submission_loses_points_and_is_named(assignment, piece):
    exercise = assignment.exercise(piece.exercise)
    for seed in WRONG_SEEDS:
        verdict = verdict_of(function_of(piece), assignment, exercise, seed)
        assert verdict.points < verdict.out_of, seed
        assert [m.key for m in verdict.mistakes][:1] == [label(piece)], (seed, verdict)


@pytest.mark.parametrize(("assignment", "piece"), RIGHT, ids=[f"{p.exercise}.{p.name}" for _, p in RIGHT])
def test_right_submission_has_full_marks(assignment, piece):
    function = function_of(piece)
    exercise = unnamed(assignment.exercise(piece.exercise))
    for seed in SEEDS:
        verdict = verdict_of(function, assignment, exercise, seed)
        assert verdict.passed, (seed, verdict)


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


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES, ids=NAMES)
def test_sizes_differ_and_one_is_among_them(assignment, exercise):
    """In some case all axes of every array differ in size, and some axis of some case has size 1."""
    cases = exercise.cases(np.random.default_rng(0))
    shapes = [v.shape for case in cases for v in leaves(list(case.values())) if isinstance(v, np.ndarray)]
    together = 4 if exercise.name == "forget_bias" else 1  # the biases of four gates, (4H,), and nothing else
    sizes = {n // together for shape in shapes for n in shape} | {
        v for case in cases for v in case.values() if isinstance(v, int)
    }
    assert 1 in sizes and len(sizes) > 3


@pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=ASSIGNMENTS)
def test_partial_credit_is_monotone(assignment):
    """Over all subsets of the exercises done, one more never lowers the score; each exercise counts for itself."""
    solutions = solution_sources(assignment.id)
    banks = {e.name: draw_bank(assignment, unnamed(e), seed=0) for e in assignment.exercises}
    stubs = {name: stubbed(source) for name, source in solutions.items()}
    scores = {}
    for done in product([False, True], repeat=len(solutions)):
        chosen = {name: solutions[name] if d else stubs[name] for name, d in zip(solutions, done, strict=True)}
        functions = executed(assignment.id, chosen)
        scores[done] = sum(judged(functions[name], bank).points for name, bank in banks.items())
    assert scores[(False,) * len(solutions)] == 0
    assert max(scores.values()) == scores[(True,) * len(solutions)] == sum(e.points for e in assignment.exercises)
    for done, score in scores.items():
        for k in range(len(done)):
            assert score <= scores[(*done[:k], True, *done[k + 1 :])]


def stubbed(source):
    """A solution cell as students get it."""
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", 'raise NotImplementedError("stub")', source, flags=re.DOTALL)
