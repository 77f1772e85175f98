"""What is judged, and what a judgement is: banks of trials, findings, verdicts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from unrolled.calls.probes import Observation
from unrolled.values.compare import TOLERANCE, Axes

Answers = dict[str, list[Observation]]
Print = tuple[tuple[int, float], ...]  # a fingerprint: of each part of a result the digest of its structure, and a sum


@dataclass(frozen=True)
class Trial:
    """One question: inputs, the expected observation, and each mistake's observation."""

    inputs: dict[str, Any]
    expected: Observation
    mistaken: dict[str, Observation]


@dataclass(frozen=True)
class BehaviourBank:
    """One behaviour: what it says, its points, what it looks at, its trials and how far numbers may be off.

    share: above 0, the share of right answers that is enough; then a value is a list, and the expected
        one holds for each item the answers that are right (none: it is not counted)
    like: the key of the behaviour before that has the same trials: they are asked only once
    """

    key: str
    says: str
    points: int
    looks_at: tuple[str, ...]
    axes: Axes
    trials: list[Trial]
    tolerance: float = TOLERANCE
    share: float = 0.0
    like: str = ""


@dataclass(frozen=True)
class Mistake:
    """A known mistake: its sentence for the student and the place in the book that explains it."""

    key: str
    says: str
    link: str


@dataclass(frozen=True)
class Made:
    """Mistakes that were made by machine, and what they give.

    of: a digest of what they were made of: where it is the same, they need not be made again
    seen: the fingerprint of a result, from the keys of mistake and behaviour and the number of the trial;
        None where it is as expected
    """

    mistakes: list[Mistake]
    seen: Callable[[str, str, int], Print | None]
    of: str = ""


@dataclass(frozen=True)
class Bank:
    """Everything needed to judge one exercise; ``made`` is looked into where no known mistake fits."""

    assignment: str
    exercise: str
    section: str
    behaviours: list[BehaviourBank]
    mistakes: list[Mistake]
    made: Made | None = None


@dataclass(frozen=True)
class Finding:
    """One behaviour judged: passed or not, and why not."""

    key: str
    says: str
    points: int
    passed: bool
    message: str = ""
    share: float | None = None  # of right answers, where these are counted


@dataclass(frozen=True)
class Verdict:
    """The judgement of one exercise.

    ``problem`` is empty, or says why the exercise could not be graded: then nothing is
    known about it, and no points are given or taken.
    """

    assignment: str
    exercise: str
    section: str
    findings: list[Finding]
    mistakes: list[Mistake] = field(default_factory=list)
    out_of: int = 0
    problem: str = ""

    @property
    def points(self) -> int:
        return sum(f.points for f in self.findings if f.passed)

    @property
    def passed(self) -> bool:
        return not self.problem and self.points == self.out_of
