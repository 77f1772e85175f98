"""Commands that put the checks and the grader to the proof, for the book's tables."""

from autograder.checks import ASSIGNMENTS
from autograder.cli.console import CONSOLE, progress, ticker
from autograder.grading.classroom import GradingError
from autograder.paths import GRADEBOOK, ROOT


def measure_quality(assignment_ids: tuple[str, ...]) -> None:
    from autograder.proof.quality import PUBLISHED, measure_all, quality_table, to_json

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


def attack(stock: bool) -> None:
    from autograder.proof.attacks import NEIGHBOURS, load_bank
    from autograder.proof.hostile import PUBLISHED, publish, run_bank, shortcomings
    from autograder.proof.hostile_stock import stock_column

    attacks = list(load_bank().values())
    if (GRADEBOOK / "submitted").exists():
        raise GradingError("The hostile bank needs a gradebook of its own: set UNROLLED_GRADEBOOK to a new folder.")
    with progress() as bar:
        outcomes = run_bank(attacks, ticker(bar, "hostile submissions", len(attacks) + len(NEIGHBOURS)))
        column = stock_column(attacks, ticker(bar, "by nbgrader alone", len(attacks))) if stock else {}
    publish(attacks, outcomes, column)
    failed = [text for one, outcome in zip(attacks, outcomes, strict=True) for text in shortcomings(one, outcome)]
    CONSOLE.print(f"{len(attacks)} attacks, table in {PUBLISHED.relative_to(ROOT)}: commit it")
    if failed:
        raise GradingError("Not as it must be: " + "; ".join(failed))
