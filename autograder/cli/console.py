"""What all commands print on, and how they show that they go on."""

from collections.abc import Callable
from functools import partial

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

CONSOLE = Console(soft_wrap=False)


def progress() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=CONSOLE)


def ticker(bar: Progress, description: str, total: int) -> Callable[[], None]:
    """A function that moves one task of the progress bar on by one."""
    return partial(bar.advance, bar.add_task(description, total=total))
