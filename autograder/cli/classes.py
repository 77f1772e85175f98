"""Commands for a class: grade it, and say where everything lies."""

from collections.abc import Sequence

from autograder.checks import ASSIGNMENTS
from autograder.cli.console import CONSOLE, progress, ticker
from autograder.gradebook.database import PATH
from autograder.gradebook.recording import feedback_page, record
from autograder.gradebook.registering import register
from autograder.grading.classroom import GradingError, judge_class, students_with
from autograder.grading.handins import handed_in_of, overlooked
from autograder.paths import BOOK, GRADEBOOK
from autograder.reports.class_report import rows, table, write_reports
from autograder.reports.leaderboard import write_leaderboard


def grade_classes(assignment_ids: Sequence[str], scheduler: str | None, sandboxed: bool) -> None:
    """Grade these assignments one after the other; without any, all that somebody has handed in."""
    chosen = assignment_ids or handed_in_of()
    if not chosen:
        raise GradingError(
            "Nobody has handed in anything: put each notebook at "
            "gradebook/submitted/<student>/<assignment>/<assignment>.ipynb, then grade again."
        )
    for assignment_id in chosen:
        grade_class(assignment_id, scheduler, sandboxed)


def grade_class(assignment_id: str, scheduler: str | None, sandboxed: bool) -> None:
    """Grade, record, report; raises GradingError in the end if nbgrader refused somebody."""
    total = len(students_with(assignment_id))
    register([assignment_id])
    if not sandboxed:
        CONSOLE.print("[bold]Without the sandbox student code can read and change everything you can.[/bold]")
    with progress() as bar:
        graded = judge_class(assignment_id, scheduler, sandboxed, ticker(bar, f"run and judge {assignment_id}", total))
        refused = record(assignment_id, graded, sandboxed, ticker(bar, f"record {assignment_id}", total))
    class_rows = rows(assignment_id, graded)
    page = write_reports(assignment_id, graded, class_rows)
    CONSOLE.print(table(assignment_id, class_rows))
    CONSOLE.print(f"class report   {page} (also .csv and .json)")
    leaderboard = write_leaderboard(assignment_id)
    if leaderboard is not None:
        CONSOLE.print(f"leaderboard    {leaderboard}  (pseudonyms: each stands on its owner's feedback page)")
    open_cases = [row.student for row in class_rows if row.ungraded]
    for sentence in overlooked(assignment_id):
        CONSOLE.print(sentence, markup=False)
    if open_cases:
        CONSOLE.print(f"Could not be graded, please look at: {', '.join(open_cases)}.")
    if refused:
        reasons = "; ".join(f"{student}: {reason}" for student, reason in refused.items())
        raise GradingError(f"Graded, but not recorded in the gradebook: {reasons}. All others are recorded.")


def show_places() -> None:
    CONSOLE.print(f"book           {BOOK / 'index.html'}")
    for assignment_id in ASSIGNMENTS:
        folders = (GRADEBOOK / "submitted").glob(f"*/{assignment_id}")
        pages = [page for f in sorted(folders) if (page := feedback_page(assignment_id, f.parent.name)).exists()]
        if pages:
            CONSOLE.print(f"feedback       {pages[0]}  (one of {len(pages)})")
            CONSOLE.print(f"class report   {GRADEBOOK / 'reports' / f'{assignment_id}.html'}")
    CONSOLE.print(f"gradebook      {PATH}  (open it with make lab: Nbgrader, Formgrader)")
