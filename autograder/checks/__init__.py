"""The registry of checks: a folder for each assignment, with one module for each of its exercises."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from autograder.checks.spec import Assignment
from autograder.paths import ROOT


class Registry(Mapping[str, Assignment]):
    """The assignments by id. Each is imported when it is asked for; going through all follows the book's contents."""

    def __getitem__(self, assignment_id: str) -> Assignment:
        if assignment_id not in self:
            raise KeyError(assignment_id)
        return import_module(f"{__name__}.{assignment_id}").ASSIGNMENT

    def __contains__(self, assignment_id: object) -> bool:
        return assignment_id in known_ids()

    def __iter__(self) -> Iterator[str]:
        return iter(_in_order())

    def __len__(self) -> int:
        return len(known_ids())


@cache
def known_ids() -> frozenset[str]:
    """The ids of all assignments, which are the names of the folders here; nothing is imported."""
    return frozenset(module.name for module in iter_modules(__path__) if module.ispkg)


@cache
def _in_order() -> list[str]:
    """The ids in the order in which their first chapters stand in ``_toc.yml``."""
    import yaml

    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [c["file"] for part in toc["parts"] for c in part["chapters"]]
    return sorted(known_ids(), key=lambda name: chapters.index(f"book/{ASSIGNMENTS[name].exercises[0].chapter}"))


ASSIGNMENTS = Registry()
