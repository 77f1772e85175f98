"""What is recorded of one graded submission."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from autograder.checks import ASSIGNMENTS
from unrolled.judging.bank import Finding, Mistake, Verdict


@dataclass
class Result:
    """What is recorded of one graded submission.

    key: the hash of all that the result depends on
    verdicts: one for each exercise; remarks: repairs and events, in words
    outputs: cell id to the outputs kept for the feedback page
    sandboxed: false only if someone asked to grade without protection
    version, submission: hashes of the assignment and of the submission; seeds: exercise to the seed
        of its questions, in hexadecimal. With these an appeal is replayed exactly.
    """

    key: str
    verdicts: list[Verdict]
    remarks: list[str]
    outputs: dict[str, list[Any]] = field(default_factory=dict)
    sandboxed: bool = True
    version: str = ""
    submission: str = ""
    seeds: dict[str, str] = field(default_factory=dict)

    @property
    def points(self) -> int:
        return sum(v.points for v in self.verdicts)

    @property
    def out_of(self) -> int:
        return sum(v.out_of for v in self.verdicts)

    @property
    def ungraded(self) -> list[str]:
        return [v.exercise for v in self.verdicts if v.problem]

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Result":
        tree = json.loads(text)
        verdicts = [_verdict_from_tree(v) for v in tree.pop("verdicts")]
        return cls(verdicts=verdicts, **tree)


def _verdict_from_tree(tree: dict[str, Any]) -> Verdict:
    findings = [Finding(**f) for f in tree["findings"]]
    mistakes = [Mistake(**m) for m in tree["mistakes"]]
    return Verdict(**tree | {"findings": findings, "mistakes": mistakes})


def could_not_be_graded(assignment_id: str, problem: str, key: str = "", sandboxed: bool = True) -> Result:
    """The third outcome: nothing is known about any exercise, and a person has to look."""
    verdicts = [
        Verdict(assignment_id, e.name, e.link(e.section), [], [], e.points, problem)
        for e in ASSIGNMENTS[assignment_id].graded
    ]
    return Result(key, verdicts, [problem], {}, sandboxed)
