"""What a command costs before it does anything: help, a class in which nothing changed, a new gradebook.

    .venv/bin/python benchmarks/startup.py [OTHER_CHECKOUT]

Prints seconds of processor time (user and system, of the process and all its children), the median of ``RUNS``; beside
them, measured in turns, the same of another checkout with an environment of its own, and the median of the paired ratios.

The class are the fifteen made-up students of ``autograder demo``, with unrolled_net alone. Each checkout grades it once, in
``_build/startup/``, which takes a few minutes; what is there already is used again.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORK = ROOT / "_build" / "startup"
RUNS = 5
ASSIGNMENT = "unrolled_net"
REGISTER = ("-m", "autograder", "register")
# A checkout from before that command entered an assignment by building it.
BUILD = """
from autograder.build import ensure_registered
from autograder.checks import ASSIGNMENTS
for assignment in ASSIGNMENTS.values():
    ensure_registered(assignment)
"""


@dataclass(frozen=True)
class Checkout:
    """A copy of the course: its folder, its Python, and where the benchmark keeps its gradebooks."""

    root: Path
    python: Path
    work: Path

    def run(self, gradebook: Path, *arguments: str) -> None:
        environment = os.environ | {"UNROLLED_GRADEBOOK": str(gradebook), "PYTHONPATH": str(self.root)}
        command = [str(self.python), *arguments]
        subprocess.run(command, cwd=self.root, env=environment, check=True, capture_output=True)

    def help(self) -> None:
        self.run(self.work / "none", "-m", "autograder", "--help")

    def grade(self) -> None:
        self.run(self.work / "class", "-m", "autograder", "grade", ASSIGNMENT)

    def register(self) -> None:
        shutil.rmtree(self.work / "new", ignore_errors=True)
        is_older = (self.root / "autograder" / "build.py").exists()
        self.run(self.work / "new", *(("-c", BUILD) if is_older else REGISTER))


def processor_seconds(work: Callable[[], None]) -> float:
    """User and system time of all processes that ``work`` starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def hand_in(here: Checkout) -> Path:
    """The demonstration class, with the chosen assignment alone; returns its folder of submissions."""
    folder = WORK / "handed_in"
    if not folder.exists():
        here.run(folder.parent / "demo", "-m", "autograder", "demo")
        for notebook in (folder.parent / "demo" / "submitted").glob(f"*/{ASSIGNMENT}"):
            shutil.copytree(notebook, folder / notebook.parent.name / ASSIGNMENT)
    return folder


def main(other: str | None) -> None:
    here = Checkout(ROOT, Path(sys.executable), WORK / "here")
    checkouts = [here]
    if other:
        root = Path(other).absolute()
        checkouts.append(Checkout(root, root / ".venv" / "bin" / "python", WORK / "other"))
    handed_in = hand_in(here)
    for checkout in checkouts:
        shutil.copytree(handed_in, checkout.work / "class" / "submitted", dirs_exist_ok=True)
        checkout.grade()
    names = {"--help": Checkout.help, f"grade, {len(list(handed_in.iterdir()))} students, nothing changed": Checkout.grade}
    for name, work in (names | {"a new gradebook with all assignments": Checkout.register}).items():
        rounds = [[processor_seconds(lambda c=c, w=work: w(c)) for c in checkouts] for _ in range(RUNS)]
        line = f"{name}: {statistics.median(r[0] for r in rounds):.2f} s"
        if other:
            ratio = statistics.median(there / own for own, there in rounds)
            line += f", there {statistics.median(r[1] for r in rounds):.2f} s, {ratio:.1f} times as much"
        print(f"{line} (median of {RUNS})", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
