"""The command line: ``python -m autograder COMMAND``."""

from collections.abc import Callable
from functools import partial

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from autograder.authoring.build import build_all, ensure_registered
from autograder.book import BookError, build_book
from autograder.checks import ASSIGNMENTS
from autograder.gradebook.recording import feedback_page, record
from autograder.gradebook.stock import StockError
from autograder.grading.classroom import GradingError, judge_class, students_with
from autograder.grading.handins import overlooked
from autograder.oracle.source import SourceError, marking_scheme
from autograder.paths import BOOK, EXERCISES, GRADEBOOK, ROOT
from autograder.proof.attacks import NEIGHBOURS, load_bank
from autograder.proof.demo import hand_in_demo_class
from autograder.proof.hostile import PUBLISHED as PUBLISHED_ATTACKS
from autograder.proof.hostile import publish, run_bank, shortcomings
from autograder.proof.hostile_stock import stock_column
from autograder.proof.quality import PUBLISHED, measure_all, quality_table, to_json
from autograder.reports.class_report import rows, table, write_reports
from autograder.reports.leaderboard import write_leaderboard
from autograder.reports.replay import replay, shown_trials
from autograder.sandbox.bubblewrap import NoSandbox

CONSOLE = Console(soft_wrap=False)
OURS = (BookError, GradingError, NoSandbox, SourceError, StockError)


class Main(click.Group):
    """Turns our own errors into one sentence and an exit status."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except OURS as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Main)
def main() -> None:
    """Build the course, and grade a class."""


def progress() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=CONSOLE)


@main.command()
def exercises() -> None:
    """Make the students' notebooks and the prepared examples from solutions/."""
    for notebook in build_all(EXERCISES):
        CONSOLE.print(f"exercise  {notebook.relative_to(ROOT)}")


@main.command()
def book() -> None:
    """Execute the chapters and build the web book."""
    with progress() as bar:
        page = build_book(ROOT, lambda total: ticker(bar, "execute chapters", total))
    CONSOLE.print(f"book  {page}")


@main.command()
def demo() -> None:
    """Hand in a demonstration class of made-up students."""
    names = hand_in_demo_class()
    CONSOLE.print(f"{len(names)} students of the demonstration class have handed in.")


@main.command()
@click.argument("assignment_id", metavar="ASSIGNMENT")
@click.option("--scheduler", help="Address of a Dask scheduler, tcp://…, whose workers share this folder.")
@click.option("--no-sandbox", is_flag=True, help="Run student code WITHOUT protection; every result is marked.")
def grade(assignment_id: str, scheduler: str | None, no_sandbox: bool) -> None:
    """Grade all submissions of ASSIGNMENT, record them, and write feedback and reports."""
    total = len(students_with(assignment_id))
    ensure_registered(ASSIGNMENTS[assignment_id])
    if no_sandbox:
        CONSOLE.print("[bold]Without the sandbox student code can read and change everything you can.[/bold]")
    with progress() as bar:
        graded = judge_class(assignment_id, scheduler, not no_sandbox, ticker(bar, f"run and judge {assignment_id}", total))
        refused = record(assignment_id, graded, not no_sandbox, ticker(bar, f"record {assignment_id}", total))
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


def ticker(bar: Progress, description: str, total: int) -> Callable[[], None]:
    """A function that moves one task of the progress bar on by one."""
    return partial(bar.advance, bar.add_task(description, total=total))


@main.command()
@click.argument("assignment_ids", metavar="[ASSIGNMENT]...", nargs=-1)
def quality(assignment_ids: tuple[str, ...]) -> None:
    """Measure how good the checks are; without ASSIGNMENT all of them, for the book's table."""
    unknown = set(assignment_ids) - set(ASSIGNMENTS)
    if unknown:
        raise GradingError(f"There is no assignment {', '.join(sorted(unknown))}; there are {', '.join(ASSIGNMENTS)}.")
    exercises = [(a, e) for a in ASSIGNMENTS.values() for e in a.exercises if a.id in (assignment_ids or ASSIGNMENTS)]
    with progress() as bar:
        measured = measure_all(exercises, ticker(bar, "wrong, mutated and right answers", len(exercises)))
    CONSOLE.print(quality_table(measured))
    for row, survivor in ((r, s) for r in measured for s in r.survivors if not s.reason):
        CONSOLE.print(f"{row.exercise}, line {survivor.line}, has full marks and no reason: {survivor.change}", markup=False)
    if not assignment_ids:
        PUBLISHED.write_text(to_json(measured), encoding="utf-8")
        CONSOLE.print(f"table  {PUBLISHED.relative_to(ROOT)}: commit it")


@main.command()
@click.option("--stock", is_flag=True, help="Also hand each to nbgrader alone, in a sandbox (some ten minutes more).")
def hostile(stock: bool) -> None:
    """Grade the bank of hostile submissions, and write the book's table of what became of them."""
    attacks = list(load_bank().values())
    if (GRADEBOOK / "submitted").exists():
        raise GradingError("The hostile bank needs a gradebook of its own: set UNROLLED_GRADEBOOK to a new folder.")
    with progress() as bar:
        outcomes = run_bank(attacks, ticker(bar, "hostile submissions", len(attacks) + len(NEIGHBOURS)))
        column = stock_column(attacks, ticker(bar, "by nbgrader alone", len(attacks))) if stock else {}
    publish(attacks, outcomes, column)
    failed = [text for one, outcome in zip(attacks, outcomes, strict=True) for text in shortcomings(one, outcome)]
    CONSOLE.print(f"{len(attacks)} attacks, table in {PUBLISHED_ATTACKS.relative_to(ROOT)}: commit it")
    if failed:
        raise GradingError("Not as it must be: " + "; ".join(failed))


@main.command("replay")
@click.argument("student")
@click.argument("assignment_id", metavar="ASSIGNMENT")
@click.argument("exercise")
@click.option("--all", "everything", is_flag=True, help="Show every trial, not only the one that decides a behaviour.")
def replay_command(student: str, assignment_id: str, exercise: str, everything: bool) -> None:
    """Ask STUDENT's EXERCISE again what it was asked, and show inputs, expected and obtained values."""
    again = replay(student, assignment_id, exercise)
    CONSOLE.print(f"{student}, {assignment_id}: {exercise}, questions drawn from the seed {again.seed}", markup=False)
    CONSOLE.print(
        f"recorded {again.recorded.points} of {again.recorded.out_of} points, now {again.verdict.points}", markup=False
    )
    for remark in again.remarks:
        CONSOLE.print(f"- {remark}", markup=False)
    for behaviour, finding in zip(again.bank.behaviours, again.verdict.findings, strict=True):
        CONSOLE.rule(f"{'passed' if finding.passed else 'missed'}: {behaviour.key}", align="left")
        CONSOLE.print(behaviour.says, markup=False)
        for text in shown_trials(behaviour, again.answers[behaviour.key], everything):
            click.echo(text)


@main.command()
@click.argument("assignment_id", metavar="ASSIGNMENT")
def marking(assignment_id: str) -> None:
    """Print model answers and marking schemes of ASSIGNMENT's written questions."""
    for key, text in marking_scheme(assignment_id).items():
        CONSOLE.rule(key)
        CONSOLE.print(text, markup=False)


@main.command()
def where() -> None:
    """Say where the book, a feedback page, the class reports and the gradebook lie."""
    CONSOLE.print(f"book           {BOOK / 'index.html'}")
    for assignment_id in ASSIGNMENTS:
        folders = (GRADEBOOK / "submitted").glob(f"*/{assignment_id}")
        pages = [page for f in sorted(folders) if (page := feedback_page(assignment_id, f.parent.name)).exists()]
        if pages:
            CONSOLE.print(f"feedback       {pages[0]}  (one of {len(pages)})")
            CONSOLE.print(f"class report   {GRADEBOOK / 'reports' / f'{assignment_id}.html'}")
    CONSOLE.print(f"gradebook      {GRADEBOOK / 'gradebook.db'}  (open it with make lab: Nbgrader, Formgrader)")
