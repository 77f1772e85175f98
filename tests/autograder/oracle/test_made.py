"""Small changes and slips of the references: what they are called, and what each gives away."""

import re

import pytest

from autograder.checks import ASSIGNMENTS
from autograder.oracle import made
from autograder.oracle.mutants import mutants, slips
from autograder.oracle.source import solution_sources
from autograder.proof import checks as proofs
from unrolled.judging.banks import shipped_banks

SOURCE = '''
def f(x, W, step):
    """Words."""
    h = x[:, 0]
    for t in range(x.shape[1]):
        a = h @ W + 1 - h**2
        h = step(x[:, t], a)
    return h, a
'''
EXERCISES = [(a, e) for a in ASSIGNMENTS.values() for e in a.exercises]
EACH = pytest.mark.parametrize(("assignment", "exercise"), EXERCISES, ids=[e.name for _, e in EXERCISES])


def said(source=SOURCE):
    return {m.says for m in [*mutants(source), *slips(source, ["other_step"])]}


@pytest.mark.parametrize(
    "sentence",
    [
        "where a is computed, the factor W is left out.",
        "where a is computed, h and W are exchanged.",
        "where a is computed, the exponent 2 is left out.",
        "in the result, h and a stand in each other's place.",
        "the line for h is missing.",
        "range(x.shape[1]) ends one too early.",
        "range(x.shape[1]) begins one too late.",
        "where h is computed, step(x[:, t], h) stands where step(x[:, t], a) belongs.",
        "where h is computed, other_step is called in place of step, which is handed in.",
        "where h is computed, the first two arguments of step are exchanged.",
        "the line for a and the line for h are done in the other order.",
        "the line for a is done once, before the loop, and not in every round.",
        "the line for h is done again in every round.",
        "where a is computed, h and W are multiplied number by number, not as matrices.",
        "the loop goes backwards through range(x.shape[1]).",
        "the first axis of x is taken for its second, and the second for its first.",
        "where h is computed, x[:, t - 1] stands where x[:, t] belongs, an index is one place too early.",
    ],
)
def test_changes_and_slips_have_sentences(sentence):
    assert sentence in said()


def test_sentences_are_short_and_show_no_line():
    lines = {line.strip() for line in SOURCE.splitlines() if "=" in line or "return" in line}
    assert all(len(text) < 160 and not any(line in text for line in lines) for text in said())


@pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=ASSIGNMENTS)
def test_no_line_of_a_solution_stands_in_what_is_shipped(assignment):
    for name, source in solution_sources(assignment.id).items():
        solution = source.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
        lines = [line.strip() for line in solution.splitlines() if re.search(r"\\w = |return \\w|[+]=", line)]
        shipped = shipped_banks()[name].made if name in shipped_banks() else None
        for mistake in shipped.mistakes if shipped else []:
            assert not any(line in mistake.says for line in lines if len(line) > 12)


@EACH
def test_shipped_changes_are_of_these_references_and_checks(assignment, exercise):
    """Otherwise 'make exercises' makes them again."""
    shipped = shipped_banks()[exercise.name].made
    assert shipped is not None and shipped.of == made.decided_by(assignment, exercise)
    assert {m.key for m in shipped.mistakes} <= made.by_key(assignment.id, exercise.name).keys()


@EACH
@pytest.mark.filterwarnings("ignore")  # changed references warn of much
def test_shipped_fingerprints_are_what_the_changes_give(ledger, assignment, exercise):
    found = ledger.verdict(proofs.made(assignment, exercise))
    assert found == {"changes": len(shipped_banks()[exercise.name].made.mistakes), "others": []}
