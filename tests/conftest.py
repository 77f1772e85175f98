"""No test touches a real gradebook: everything at run time goes to a folder of its own.

Links lead into the book of this copy in all tests, also in those that run before it is built beside them.
"""

import os
import tempfile
from pathlib import Path

os.environ["UNROLLED_BOOK"] = (Path(__file__).parents[1] / "_build" / "html").as_uri()
os.environ["UNROLLED_GRADEBOOK"] = tempfile.mkdtemp(prefix="unrolled-tests-")
os.environ.setdefault("OMP_NUM_THREADS", "1")

pytest_plugins = ["tests.proving", "tests.affected"]


def pytest_addoption(parser):
    parser.addoption("--fuzz", type=int, default=1000, help="how many damaged notebooks the fuzz tries (1000)")


def pytest_terminal_summary(terminalreporter):
    """Say in the last line how many browser tests were left out, and how to run them."""
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if "no Chromium" in str(r.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} browser tests were left out: install Chromium (apt install chromium) and run make test again."
        )
