"""Commands that make the course: notebooks, book, demonstration class, a new gradebook's assignments."""

from autograder.checks import ASSIGNMENTS
from autograder.cli.console import CONSOLE, progress, ticker
from autograder.gradebook.database import PATH
from autograder.gradebook.registering import register
from autograder.paths import EXERCISES, ROOT


def make_exercises() -> None:
    from autograder.authoring.build import build_all

    with progress() as bar:
        tick = ticker(bar, "make exercises", len(ASSIGNMENTS))
        for _ in build_all(EXERCISES):
            tick()
    CONSOLE.print(f"exercises  {len(ASSIGNMENTS)} notebooks in {EXERCISES.relative_to(ROOT)}")


def register_all() -> None:
    released = sorted(path.stem for path in EXERCISES.glob("*/*.ipynb") if path.stem == path.parent.name in ASSIGNMENTS)
    new = register(released)
    CONSOLE.print(f"{len(new)} of {len(released)} assignments are new in {PATH}.")


def make_book() -> None:
    from autograder.book import build_book

    with progress() as bar:
        page = build_book(ROOT, lambda total: ticker(bar, "execute chapters", total))
    CONSOLE.print(f"book  {page}")


def hand_in() -> None:
    from autograder.proof.demo import hand_in_demo_class

    names = hand_in_demo_class()
    CONSOLE.print(f"{len(names)} students of the demonstration class have handed in.")
