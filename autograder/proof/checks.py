"""The proofs of the checks, each with the key under which its verdict is kept."""

import sys
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from autograder.authoring.pieces import Piece
from autograder.checks.spec import Assignment, Exercise
from autograder.oracle.source import setup_source, solution_sources
from autograder.proof import examples, scores, verdicts
from autograder.proof.decides import digest, digest_of_files, digest_of_modules, file_digest, used_modules, versions
from autograder.proof.ledger import Proof
from unrolled.judging.bank import Bank
from unrolled.judging.banks import FOLDER

NAMING = (verdicts.__name__, examples.__name__)  # what they find depends on what is shipped


def wrong(assignment: Assignment, piece: Piece) -> Proof:
    """That a wrong submission of the bank loses points and is named."""
    return _of_piece("wrong", assignment, piece, verdicts.wrong)


def right(assignment: Assignment, piece: Piece) -> Proof:
    """That a right one has all points."""
    return _of_piece("right", assignment, piece, scores.right)


def solution(assignment: Assignment, exercise: Exercise) -> Proof:
    """That the reference has all points."""
    return _of_exercise("solution", assignment, exercise, scores.solution)


def misconceptions(assignment: Assignment, exercise: Exercise) -> Proof:
    """That each known mistake loses points and is named."""
    return _of_exercise("misconceptions", assignment, exercise, verdicts.misconceptions)


def constants(assignment: Assignment, exercise: Exercise) -> Proof:
    """That constant answers earn nothing."""
    return _of_exercise("constants", assignment, exercise, scores.constants)


def changed(assignment: Assignment, exercise: Exercise) -> Proof:
    """That changes of the reference lose points."""
    return _of_exercise("changed", assignment, exercise, scores.changed)


def partial_credit(assignment: Assignment) -> Proof:
    """That each exercise counts for itself."""
    key = digest("partial credit", [decided_by(scores.partial_credit, assignment, e) for e in assignment.exercises])
    return Proof(assignment.id, "partial credit", key, partial(scores.partial_credit, assignment))


def made(assignment: Assignment, exercise: Exercise) -> Proof:
    """That the shipped fingerprints are what the changes of the reference give."""
    return _of_exercise("made", assignment, exercise, examples.made_again)


def shipped(assignment: Assignment, exercise: Exercise) -> Proof:
    """That ``check()`` names each known mistake."""
    key = digest("shipped", _examples_of(assignment.id), decided_by(examples.checked, assignment, exercise))
    return Proof(assignment.id, f"shipped {exercise.name}", key, partial(examples.checked, assignment, exercise))


def recorded(bank: Bank) -> Proof:
    """That the shipped data alone name each known mistake."""
    key = digest("recorded", bank.exercise, _examples_of(bank.assignment), versions("numpy"))
    return Proof(bank.assignment, f"recorded {bank.exercise}", key, partial(examples.recorded, bank))


def _examples_of(assignment_id: str) -> list[str]:
    return [digest_of_files([FOLDER / f"{assignment_id}.json"]), _modules(examples.__name__)]


def _of_piece(kind: str, assignment: Assignment, piece: Piece, find: Callable) -> Proof:
    key = digest(kind, piece.source, decided_by(find, assignment, assignment.exercise(piece.exercise), piece.source))
    return Proof(assignment.id, f"{kind} {piece.exercise}.{piece.name}", key, partial(find, assignment, piece))


def _of_exercise(kind: str, assignment: Assignment, exercise: Exercise, find: Callable) -> Proof:
    key = digest(kind, decided_by(find, assignment, exercise))
    return Proof(assignment.id, f"{kind} {exercise.name}", key, partial(find, assignment, exercise))


def decided_by(find: Callable, assignment: Assignment, exercise: Exercise, *sources: str) -> list[Any]:
    """Digests of all that decides what ``find`` finds of an exercise: its modules, check, judge, solutions, versions.

    sources: cells that take the place of one of the solutions
    """
    setup, solutions = setup_source(assignment.id), solution_sources(assignment.id)
    modules = [module_of(assignment, exercise), find.__module__, *used_modules(setup, *solutions.values(), *sources)]
    packages = ["numpy", "torch"] if assignment.torch else ["numpy"]
    named = file_digest(FOLDER / f"{assignment.id}.json") if find.__module__ in NAMING else ""
    return [exercise.name, assignment.torch, setup, solutions, named, _modules(*modules), versions(*packages)]


_modules = cache(digest_of_modules)


@cache
def _modules_of(assignment_id: str) -> dict[int, str]:
    prefix = f"autograder.checks.{assignment_id}."
    found = [(name, module) for name, module in list(sys.modules.items()) if name.startswith(prefix)]
    return {id(value): name for name, module in found for value in vars(module).values() if isinstance(value, Exercise)}


def module_of(assignment: Assignment, exercise: Exercise) -> str:
    """The module of checks that an exercise stands in."""
    return _modules_of(assignment.id)[id(exercise)]
