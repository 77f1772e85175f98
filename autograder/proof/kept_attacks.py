"""Attacks in the ledger: which are to be tried in a run, and under which key their outcome is kept.

Attacks are handed in as one class, so they are tried together: those whose entry does not hold, and of each theme a tenth.
"""

from functools import cache
from math import ceil
from typing import Any

from autograder.checks import ASSIGNMENTS
from autograder.grading.classroom import Tick
from autograder.grading.repair import released_notebook
from autograder.paths import ROOT
from autograder.proof import hostile
from autograder.proof.attacks import ASSIGNMENT, Attack
from autograder.proof.checks import decided_by
from autograder.proof.decides import digest, digest_of_files, files_of, imports, upstream, versions
from autograder.proof.ledger import SHARE, Ledger, Proof
from unrolled.judging.judge import judge

ROOMS = ("autograder.sandbox", "autograder.grading", "autograder.gradebook", "autograder.authoring.stubs")
STUDENTS = "unrolled.checking"  # what the notebook imports on the other side of the wall
FOLDER = "hostile"


def proof(one: Attack) -> Proof:
    """That an attack gets what its honest part earns; its verdict is found by ``tried`` alone."""
    source = ROOT / "tests" / "submissions" / FOLDER / f"{one.theme.replace(' ', '_')}.py"
    return Proof(FOLDER, f"{one.theme}: {one.name}", digest(one.name, digest_of_files([source]), _decided()), _alone)


def _alone() -> Any:
    raise NotImplementedError("attacks are tried together")


@cache
def _decided() -> str:
    """Everything on the road from a file that is handed in to a page that is handed back."""
    modules = {m for m in imports().modules if m.startswith(ROOMS)} | {hostile.__name__, STUDENTS}
    files = files_of(frozenset().union(*map(upstream, modules)))
    files |= {ROOT / "nbgrader_config.py", ROOT / "requirements.lock"}
    files |= {file for file in (ROOT / "autograder" / "reports" / "templates").rglob("*") if file.is_file()}
    cells = [(c.id, c.source if c.cell_type == "code" else "") for c in released_notebook(ASSIGNMENT).cells]
    checks = [decided_by(judge, ASSIGNMENTS[ASSIGNMENT], exercise) for exercise in ASSIGNMENTS[ASSIGNMENT].exercises]
    return digest(digest_of_files(files), checks, cells, versions())


def chosen(attacks: list[Attack], ledger: Ledger) -> list[Attack]:
    """The attacks to try in this run."""
    themes: dict[str, list[Attack]] = {}
    for one in attacks:
        themes.setdefault(one.theme, []).append(one)
    drawn = set()
    for several in themes.values():
        by_lot = sorted(several, key=lambda one: ledger.lot(proof(one)))
        drawn |= {one.name for one in by_lot[: ceil(SHARE * len(several))]}
    return [one for one in attacks if ledger.everything or one.name in drawn or ledger.kept(proof(one)) is None]


def tried(attacks: list[Attack], tick: Tick) -> dict[str, dict[str, Any]]:
    """Hand these attacks in as a class; the points of each and what did not happen as it must, by name.

    Raises AssertionError if a neighbour suffered, a secret got out, or something was left behind.
    """
    outcomes = hostile.run_bank(attacks, tick)
    return {
        one.name: {"points": outcome.points, "shortcomings": hostile.shortcomings(one, outcome)}
        for one, outcome in zip(attacks, outcomes, strict=True)
    }
