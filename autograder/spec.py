"""What a check is made of: exercises with cases, behaviours and misconceptions.

``autograder/checks/<assignment>.py`` says these once; from there come the student's
instant check, the grader's questions and the proof that the check is any good.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from unrolled.compare import TOLERANCE, Axes

Case = dict[str, Any]


@dataclass(frozen=True)
class Behaviour:
    """A statement about a function that a student reads, and how to put it to the test.

    says: completes "the function ..." in plain words
    points: what it earns
    vary: from one drawn case, the inputs to hand over (None leaves the case out)
    looks_at: the parts of the observation that are compared, "value" and "inputs"
    tolerance: how far numbers may be off; a wider one than the course's needs its reason beside it
    """

    key: str
    says: str
    points: int
    vary: Callable[[Case], Case | None] = dict
    looks_at: tuple[str, ...] = ("value",)
    tolerance: float = TOLERANCE


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation that people really write, and the sentence that explains it.

    The place in the book that explains it has the target
    ``pitfall-<exercise>-<key>``, with hyphens and in small letters.
    """

    key: str
    says: str
    function: Callable


@dataclass(frozen=True)
class Exercise:
    """One function to write.

    name: the function's name; section: chapter and target that teach it
    cases: draws the inputs, from a generator
    axes: a letter for each axis of the result, to name the place of a difference; where several
        values come back, a dictionary from the name of each to its letters, in their order
    """

    name: str
    chapter: str
    section: str
    cases: Callable[[np.random.Generator], list[Case]]
    behaviours: list[Behaviour]
    misconceptions: list[Misconception]
    axes: Axes = ""

    @property
    def points(self) -> int:
        return sum(b.points for b in self.behaviours)

    def link(self, target: str) -> str:
        """The book's page and target, as in ``book/unrolled.html#sec-one-layer``."""
        return f"book/{self.chapter}.html#{target}"

    def pitfall(self, misconception: Misconception) -> str:
        """Where the book explains ``misconception``."""
        return self.link(f"pitfall-{self.name}-{misconception.key}".replace("_", "-").lower())


@dataclass(frozen=True)
class Assignment:
    """The exercises of one assignment.

    torch: whether its notebook may use torch; cell_seconds: how long one cell may run
    """

    id: str
    exercises: list[Exercise] = field(default_factory=list)
    torch: bool = False
    cell_seconds: float = 20.0

    def exercise(self, name: str) -> Exercise:
        return next(e for e in self.exercises if e.name == name)
