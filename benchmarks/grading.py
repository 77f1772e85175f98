"""What the sandbox and the kept results cost and save: paired runs on one submission.

    .venv/bin/python benchmarks/grading.py

Prints the median of ``PAIRS`` runs of each and their ratio. The gradebook is one of its own.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="unrolled-bench-"))
os.environ["UNROLLED_GRADEBOOK"] = str(FOLDER / "gradebook")

import nbformat  # noqa: E402  the gradebook's place must be set first
from jupyter_core.utils import run_sync  # noqa: E402

from autograder.authoring.compose import solved  # noqa: E402
from autograder.grading.kept import kept_result  # noqa: E402
from autograder.grading.repair import load_submission  # noqa: E402
from autograder.grading.session import Session  # noqa: E402
from autograder.grading.submission import grade  # noqa: E402
from autograder.sandbox.limits import Limits  # noqa: E402

PAIRS = 5


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(name: str, first: Callable[[], object], second: Callable[[], object], labels: tuple[str, str]) -> None:
    """Run both in turns and print medians and the median of the paired ratios."""
    pairs = [(seconds(first), seconds(second)) for _ in range(PAIRS)]
    one, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(b / a for a, b in pairs)
    print(f"{name}: {labels[0]} {one:.3f} s, {labels[1]} {other:.3f} s, ratio {ratio:.3g} (median of {PAIRS} pairs)")


async def _start(sandboxed: bool) -> None:
    async with Session(Limits(), False, sandboxed, time.monotonic() + 60):
        pass


def main() -> None:
    compare(
        "start and end of a kernel",
        lambda: run_sync(_start)(False),
        lambda: run_sync(_start)(True),
        ("bare kernel", "in the sandbox"),
    )
    nbformat.write(solved("rnn"), FOLDER / "rnn.ipynb")
    submission = load_submission(FOLDER, "rnn")
    compare(
        "one submission of rnn",
        lambda: grade("rnn", submission, sandboxed=False),
        lambda: grade("rnn", submission),
        ("bare kernel", "in the sandbox"),
    )
    compare(
        "the same submission again",
        lambda: grade("rnn", submission),
        lambda: kept_result("rnn", submission),
        ("graded", "kept result"),
    )


if __name__ == "__main__":
    main()
