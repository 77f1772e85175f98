"""The command line: ``python -m autograder COMMAND``.

Here stand the commands with their arguments and help; what each does lies in a module of this package, which is
imported when the command runs. So help is there at once, and a command waits only for what it needs itself.
"""

import click

from autograder.errors import CourseError


class Main(click.Group):
    """Turns our own errors into one sentence and an exit status."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CourseError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Main)
def main() -> None:
    """Build the course, and grade a class."""


@main.command()
def exercises() -> None:
    """Make the students' notebooks and the prepared examples from solutions/."""
    from autograder.cli import course

    course.make_exercises()


@main.command()
def register() -> None:
    """Enter all assignments into a new gradebook, as they were released, for nbgrader's own commands."""
    from autograder.cli import course

    course.register_all()


@main.command()
def book() -> None:
    """Execute the chapters and build the web book."""
    from autograder.cli import course

    course.make_book()


@main.command()
def demo() -> None:
    """Hand in a demonstration class of made-up students."""
    from autograder.cli import course

    course.hand_in()


@main.command()
@click.argument("assignment_ids", metavar="[ASSIGNMENT]...", nargs=-1)
@click.option("--scheduler", help="Address of a Dask scheduler, tcp://…, whose workers share this folder.")
@click.option("--no-sandbox", is_flag=True, help="Run student code WITHOUT protection; every result is marked.")
def grade(assignment_ids: tuple[str, ...], scheduler: str | None, no_sandbox: bool) -> None:
    """Grade all submissions of ASSIGNMENT, or of all that were handed in; record them, write feedback and reports."""
    from autograder.cli import classes

    classes.grade_classes(assignment_ids, scheduler, not no_sandbox)


@main.command()
@click.argument("assignment_ids", metavar="[ASSIGNMENT]...", nargs=-1)
def quality(assignment_ids: tuple[str, ...]) -> None:
    """Measure how good the checks are; without ASSIGNMENT all of them, for the book's table."""
    from autograder.cli import proofs

    proofs.measure_quality(assignment_ids)


@main.command()
@click.option("--stock", is_flag=True, help="Also hand each to nbgrader alone, in a sandbox (some ten minutes more).")
def hostile(stock: bool) -> None:
    """Grade the bank of hostile submissions, and write the book's table of what became of them."""
    from autograder.cli import proofs

    proofs.attack(stock)


@main.command("replay")
@click.argument("student")
@click.argument("assignment_id", metavar="ASSIGNMENT")
@click.argument("exercise")
@click.option("--all", "everything", is_flag=True, help="Show every trial, not only the one that decides a behaviour.")
def replay_command(student: str, assignment_id: str, exercise: str, everything: bool) -> None:
    """Ask STUDENT's EXERCISE again what it was asked, and show inputs, expected and obtained values."""
    from autograder.cli import appeals

    appeals.show_replay(student, assignment_id, exercise, everything)


@main.command()
@click.argument("assignment_id", metavar="ASSIGNMENT")
def marking(assignment_id: str) -> None:
    """Print model answers and marking schemes of ASSIGNMENT's written questions."""
    from autograder.cli import appeals

    appeals.show_marking(assignment_id)


@main.command()
def where() -> None:
    """Say where the book, a feedback page, the class reports and the gradebook lie."""
    from autograder.cli import classes

    classes.show_places()
