"""What an instructor sees of a graded class: a table, CSV, JSON and one HTML page."""

import csv
import io
import json
from collections import Counter
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

from rich.table import Table

from autograder.checks import ASSIGNMENTS
from autograder.gradebook.recording import feedback_page
from autograder.gradebook.totals import Total, totals
from autograder.grading.seen import Graded
from autograder.grading.shelf import write_whole
from autograder.paths import GRADEBOOK
from unrolled.judging.bank import Mistake, Verdict


@dataclass(frozen=True)
class Row:
    """One student's line: the autograder's points, the recorded total, what is open, and remarks."""

    student: str
    auto: int
    auto_max: int
    total: float
    total_max: float
    by_hand: bool
    ungraded: list[str]
    mistakes: list[str]
    remarks: list[str]


def rows(assignment_id: str, graded: list[Graded]) -> list[Row]:
    """The class as rows, with totals from the gradebook (penalties and points by hand included)."""
    found = totals(assignment_id, [one.student for one in graded])
    return [_row(one, found[one.student]) for one in graded]


def _row(one: Graded, total: Total) -> Row:
    result = one.result
    mistakes = [f"{v.exercise}: {_called(v, m)}" for v in result.verdicts for m in v.mistakes]
    return Row(
        one.student,
        result.points,
        result.out_of,
        total.score,
        total.out_of,
        total.by_hand,
        result.ungraded,
        mistakes,
        result.remarks,
    )


def table(assignment_id: str, class_rows: list[Row]) -> Table:
    """The class as a table for a terminal."""
    shown = Table(title=f"{assignment_id}: {len(class_rows)} submissions", title_justify="left")
    shown.add_column("student", no_wrap=True)
    shown.add_column("checks", justify="right", no_wrap=True)
    shown.add_column("total", justify="right", no_wrap=True)
    shown.add_column("by hand", no_wrap=True)
    shown.add_column("looks like / remarks")
    for row in class_rows:
        notes = "; ".join([*row.mistakes, *row.remarks])
        checks = "?" if row.ungraded else f"{row.auto}/{row.auto_max}"
        by_hand = "look at it" if row.ungraded else "answer" if row.by_hand else ""
        shown.add_row(row.student, checks, f"{row.total:g}/{row.total_max:g}", by_hand, notes)
    return shown


def write_reports(assignment_id: str, graded: list[Graded], class_rows: list[Row]) -> Path:
    """Write the class as CSV, JSON and HTML into ``gradebook/reports``; returns the HTML page."""
    folder = GRADEBOOK / "reports"
    write_whole(folder / f"{assignment_id}.csv", _csv(class_rows))
    write_whole(folder / f"{assignment_id}.json", json.dumps([asdict(row) for row in class_rows], indent=1))
    page = folder / f"{assignment_id}.html"
    write_whole(page, html_page(assignment_id, graded, class_rows))
    return page


def _csv(class_rows: list[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["student", "checks", "checks_max", "total", "total_max", "by_hand", "ungraded", "mistakes", "remarks"])
    for row in class_rows:
        lists = ["; ".join(row.ungraded), "; ".join(row.mistakes), "; ".join(row.remarks)]
        fields = [row.student, row.auto, row.auto_max, row.total, row.total_max, row.by_hand, *lists]
        writer.writerow([_no_formula(field) for field in fields])
    return text.getvalue()


def _no_formula(field: object) -> object:
    """A text that a spreadsheet would run as a formula, made harmless by an apostrophe."""
    return f"'{field}" if isinstance(field, str) and field[:1] in ("=", "+", "-", "@") else field


def html_page(assignment_id: str, graded: list[Graded], class_rows: list[Row]) -> str:
    """One page: distribution of points, pass rate of each behaviour, mistakes, students."""
    sections = [
        _distribution(class_rows),
        _behaviours(assignment_id, graded),
        _mistakes(assignment_id, graded),
        _students(assignment_id, class_rows),
    ]
    return page_html(f"{assignment_id}: the class", sections)


def page_html(title: str, sections: list[str]) -> str:
    """One page that needs no other file; sections: HTML."""
    return PAGE.format(title=escape(title), body="\n".join(sections))


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100%; margin: 1rem 0 }}
th, td {{ text-align: left; padding: .3rem .6rem; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  vertical-align: top }}
td.number, th.number {{ text-align: right; white-space: nowrap }}
meter {{ width: 8rem }} .scroll {{ overflow-x: auto }}
</style></head><body><main><h1>{title}</h1>
{body}
</main></body></html>
"""


def rows_html(head: list[str], body: list[list[str]], caption: str) -> str:
    """A table whose cells are HTML already."""
    heads = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in body)
    inside = f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    return f'<h2>{caption}</h2><div class="scroll" role="region" aria-label="{caption}" tabindex="0">{inside}</div>'


def _meter(part: int, whole: int) -> str:
    return f'<meter min="0" max="{whole}" value="{part}" aria-label="{part} of {whole}"></meter> {part} of {whole}'


def _distribution(class_rows: list[Row]) -> str:
    judged = [row for row in class_rows if not row.ungraded]
    shares = Counter(min(int(10 * row.auto / row.auto_max), 9) for row in judged if row.auto_max)
    body = [[f"{10 * k} to {10 * k + (10 if k == 9 else 9)} %", _meter(shares[k], len(judged))] for k in range(10)]
    return rows_html(["points by the checks", "students"], body, "Distribution")


def _behaviours(assignment_id: str, graded: list[Graded]) -> str:
    """For each behaviour, how many students have it."""
    passed: Counter[tuple[str, str]] = Counter()
    judged: Counter[str] = Counter()
    for one in graded:
        for verdict in one.result.verdicts:
            judged[verdict.exercise] += not verdict.problem
            passed.update((verdict.exercise, f.key) for f in verdict.findings if f.passed)
    body = [
        [f"<code>{e.name}</code>", escape(b.says), _meter(passed[e.name, b.key], judged[e.name])]
        for e in ASSIGNMENTS[assignment_id].graded
        for b in e.behaviours
    ]
    return rows_html(["exercise", "behaviour", "students who have it"], body, "Behaviours")


def _called(verdict: Verdict, mistake: Mistake) -> str:
    """A known mistake by its key; one that was made by machine, or found, by its sentence."""
    exercise = next(e for e in ASSIGNMENTS[verdict.assignment].graded if e.name == verdict.exercise)
    return mistake.key if mistake.key in {m.key for m in exercise.misconceptions} else mistake.says


def _mistakes(assignment_id: str, graded: list[Graded]) -> str:
    """How many students fell for each mistake: the known ones in their order, then others, the most frequent first."""
    named = [(v, m) for one in graded for v in one.result.verdicts for m in v.mistakes]
    fallen = Counter((v.exercise, _called(v, m)) for v, m in named)
    body = []
    for e in ASSIGNMENTS[assignment_id].graded:
        known = {m.key: m.says for m in e.misconceptions}
        others = [called for (name, called), _ in fallen.most_common() if name == e.name and called not in known]
        for called in [*(key for key in known if fallen[e.name, key]), *others]:
            body.append([f"<code>{e.name}</code>", escape(known.get(called, called)), str(fallen[e.name, called])])
    return rows_html(["exercise", "it looks as if", "students"], body, "Mistakes")


def _students(assignment_id: str, class_rows: list[Row]) -> str:
    body = []
    for row in class_rows:
        page = feedback_page(assignment_id, row.student)
        link = (
            f'<a href="../{page.relative_to(GRADEBOOK)}">{escape(row.student)}</a>' if page.exists() else escape(row.student)
        )
        checks = "could not be graded" if row.ungraded else f"{row.auto} of {row.auto_max}"
        body.append([link, checks, f"{row.total:g} of {row.total_max:g}", escape("; ".join([*row.mistakes, *row.remarks]))])
    return rows_html(["student", "checks", "total", "looks like / remarks"], body, "Students")
