"""A page on which a class sees how good its trained models are, without names.

Each student has a pseudonym, which the course's secret makes from the name and which only the
student's own feedback page tells. Nothing else on the page comes from a student.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from autograder.checks import ASSIGNMENTS
from autograder.gradebook.recording import latest_result
from autograder.grading.classroom import students_with
from autograder.grading.pseudonyms import pseudonym
from autograder.grading.shelf import write_whole
from autograder.paths import GRADEBOOK
from autograder.reports.class_report import page_html, rows_html


@dataclass(frozen=True)
class Place:
    """One line of the leaderboard: the rank, equal for equal shares, the pseudonym and the share of right answers."""

    rank: int
    pseudonym: str
    share: float


def places(assignment_id: str) -> list[Place]:
    """Everyone whose trained model has been measured and recorded, best first.

    Left out is whoever could not be graded, or waits for a person.
    """
    measured = {m.name for m in ASSIGNMENTS[assignment_id].measured}
    shares = []
    for student in students_with(assignment_id):
        result = latest_result(student, assignment_id)
        verdicts = [v for v in result.verdicts if v.exercise in measured and not v.problem] if result else []
        shares += [(v.findings[0].share or 0.0, pseudonym(student, assignment_id)) for v in verdicts]
    ordered = sorted(shares, key=lambda one: (-one[0], one[1]))
    return [Place(1 + sum(other > share for other, _ in shares), name, share) for share, name in ordered]


def write_leaderboard(assignment_id: str) -> Path | None:
    """Write ``gradebook/reports/<assignment>-leaderboard.html`` and return its place; None if nothing is measured there."""
    if not ASSIGNMENTS[assignment_id].measured:
        return None
    body = [[str(place.rank), escape(place.pseudonym), _bar(place.share)] for place in places(assignment_id)]
    table = rows_html(
        ["place", "who", "right answers"], body, "Words said wholly right, of 1,000 that nobody has trained on"
    )
    note = "<p>Your pseudonym stands on your feedback page. Models less than three points apart are about equally good.</p>"
    page = GRADEBOOK / "reports" / f"{assignment_id}-leaderboard.html"
    write_whole(page, page_html(f"{assignment_id}: the leaderboard", [note, table]))
    return page


def _bar(share: float) -> str:
    return f'<meter min="0" max="1" value="{share:.3f}" aria-label="{share:.1%}"></meter> {share:.1%}'
