"""What a check is made of: exercises with cases, behaviours and misconceptions.

``autograder/checks/<assignment>/`` says these once, a module for each; from there come the student's
instant check, the grader's questions and the proof that the check is any good.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.sandbox.limits import Limits
from unrolled.judging.bank import Answers
from unrolled.standins import stand_in
from unrolled.values.compare import TOLERANCE, Axes

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


def seen_by(around: Callable, vary: Callable[[Case], Case | None] = dict) -> Callable[[Case], Case | None]:
    """``vary``, then only that part of the results is looked at which the stand-in ``around`` hands on."""

    def varied(case: Case) -> Case | None:
        inputs = vary(case)
        return None if inputs is None else inputs | {"around": stand_in(around)}

    return varied


@dataclass(frozen=True)
class Task:
    """One function or class to write.

    name: its name; chapter, section: page and target that teach it
    """

    name: str
    chapter: str
    section: str

    def link(self, target: str) -> str:
        """The book's page and target, as in ``book/unrolled.html#sec-one-layer``."""
        return f"book/{self.chapter}.html#{target}"


@dataclass(frozen=True)
class Exercise(Task):
    """A task with exact answers.

    cases: draws the inputs, from a generator
    axes: a letter for each axis of the result, to name the place of a difference; where several
        values come back, a dictionary from the name of each to its letters, in their order
    """

    cases: Callable[[np.random.Generator], list[Case]]
    behaviours: list[Behaviour]
    misconceptions: list[Misconception]
    axes: Axes = ""

    @property
    def points(self) -> int:
        return sum(b.points for b in self.behaviours)

    def pitfall(self, misconception: Misconception) -> str:
        """Where the book explains ``misconception``."""
        return self.link(f"pitfall-{self.name}-{misconception.key}".replace("_", "-").lower())


@dataclass(frozen=True)
class Questions:
    """What is put to a trained model: inputs of a few calls, and what may be answered.

    calls: the inputs of each call, of which the first is a list of items
    accepted: for each call, for each of its items, the answers that are right; none where an item is not counted
    """

    calls: list[Case]
    accepted: list[list[list[Any]]]


@dataclass(frozen=True)
class Level:
    """A share of right answers that earns points."""

    key: str
    says: str
    points: int
    share: float


@dataclass(frozen=True)
class Measured(Task):
    """A task that no reference can be the measure of: a trained model, whose right answers are counted.

    questions: draws what the grader asks, the same for a whole class; public: what the instant check asks
    doubt: says why a person has to look before points are given, from what was asked and answered; or nothing
    """

    questions: Callable[[np.random.Generator], Questions]
    public: Callable[[], Questions]
    behaviours: list[Level]
    doubt: Callable[[Questions, Answers], str]
    misconceptions: tuple[()] = ()

    @property
    def points(self) -> int:
        return sum(level.points for level in self.behaviours)


@dataclass(frozen=True)
class Assignment:
    """The tasks of one assignment.

    torch: whether its notebook may use torch; limits: what a submission may use
    files: what is handed in beside the notebook, with the largest size of each in bytes
    """

    id: str
    exercises: list[Exercise] = field(default_factory=list)
    measured: list[Measured] = field(default_factory=list)
    torch: bool = False
    limits: Limits = Limits()  # noqa: RUF009  it cannot change
    files: dict[str, int] = field(default_factory=dict)

    @property
    def graded(self) -> list[Exercise | Measured]:
        """All that has a check of its own, in the order of the notebook."""
        return [*self.exercises, *self.measured]

    def exercise(self, name: str) -> Exercise:
        return next(e for e in self.exercises if e.name == name)
