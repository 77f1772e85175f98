"""Commands for whoever marks by hand or answers an appeal."""

import click

from autograder.cli.console import CONSOLE
from autograder.oracle.source import marking_scheme
from autograder.reports.replay import replay, shown_trials


def show_replay(student: str, assignment_id: str, exercise: str, everything: bool) -> None:
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


def show_marking(assignment_id: str) -> None:
    for key, text in marking_scheme(assignment_id).items():
        CONSOLE.rule(key)
        CONSOLE.print(text, markup=False)
