"""The registry of checks: one module for each assignment, in the order of the book's table of contents."""

from importlib import import_module
from pkgutil import iter_modules

import yaml

from autograder.checks.spec import Assignment
from autograder.paths import ROOT


def _in_order(assignments: list[Assignment]) -> dict[str, Assignment]:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [c["file"] for part in toc["parts"] for c in part["chapters"]]
    ordered = sorted(assignments, key=lambda a: chapters.index(f"book/{a.exercises[0].chapter}"))
    return {assignment.id: assignment for assignment in ordered}


ASSIGNMENTS: dict[str, Assignment] = _in_order(
    [import_module(f"{__name__}.{module.name}").ASSIGNMENT for module in iter_modules(__path__)]
)
