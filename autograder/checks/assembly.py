"""Put an assignment together from the modules of its folder.

Each module that holds an ``Exercise`` or a ``Measured`` adds it; modules without one help the others.
The notebook's check cells say in which order they come.
"""

import re
import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from autograder.checks.spec import Assignment, Exercise, Measured, Task
from autograder.paths import ROOT


def assembled(package: str, **settings: Any) -> Assignment:
    """The assignment whose checks lie in ``package``, in the order of its notebook.

    settings: those of ``Assignment`` that are not as usual: torch, limits, files
    """
    assignment_id = package.rpartition(".")[2]
    tasks = _tasks(package)
    place = {name: k for k, name in enumerate(_checked(assignment_id))}
    tasks.sort(key=lambda task: place.get(task.name, len(place)))  # a task that has no cell yet comes last
    exercises = [task for task in tasks if isinstance(task, Exercise)]
    measured = [task for task in tasks if isinstance(task, Measured)]
    return Assignment(assignment_id, exercises, measured, **settings)


def _tasks(package: str) -> list[Task]:
    modules = [import_module(f"{package}.{found.name}") for found in iter_modules(sys.modules[package].__path__)]
    return [value for module in modules for value in vars(module).values() if isinstance(value, Task)]


def _checked(assignment_id: str) -> list[str]:
    """What the check cells of ``solutions/<id>.py`` check, in their order; nothing if there is no such file yet."""
    source = ROOT / "solutions" / f"{assignment_id}.py"
    return re.findall(r'^# %% check="(\w+)"', source.read_text(encoding="utf-8"), re.MULTILINE) if source.exists() else []
