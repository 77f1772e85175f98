"""Make or update .venv from requirements.lock: the one command needs git, make and Python, nothing else.

Standard library only. ``make`` calls it; it does nothing if nothing changed. It prints a line for each step;
what the commands print goes to ``_build/setup.log``.

UNROLLED_TORCH_INDEX   where PyTorch's CPU build is looked for, before PyPI. The default is PyTorch's own
                       index; set it to an empty text to take whatever pip finds (on Linux that is the
                       build for NVIDIA cards, several gigabytes).
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
LOCK = ROOT / "requirements.lock"
LOG = ROOT / "_build" / "setup.log"
LAST_LINES, LONGEST = 10, 160
INPUTS = ("requirements.lock", "pyproject.toml", "setup.py", "bootstrap.py")
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"
OLDEST = (3, 11)


def main() -> None:
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    require_python()
    say(f"the first time it takes a few minutes, and what it does goes to {LOG}")
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_bytes(b"")
    if not PYTHON.exists():
        run(f"the environment {VENV}", [sys.executable, "-m", "venv", str(VENV)])
    pins = pinned(LOCK.read_text())
    packages = pip("install", *torch_options(), "-r", str(LOCK))
    run(f"{len(pins)} packages of {LOCK.name}", packages, lambda: how_far(pins))
    run("the course itself", pip("install", "--no-deps", "--no-build-isolation", "-e", "."))
    STAMP.write_text(wanted)


def fingerprint() -> str:
    """A hash of everything the environment is made from."""
    content = b"".join((ROOT / name).read_bytes() for name in INPUTS)
    return hashlib.sha256(content + str(ROOT).encode()).hexdigest()


def require_python() -> None:
    """Stop with one sentence if this Python is too old or cannot make environments."""
    if sys.version_info < OLDEST:
        fail(
            f"Unrolled needs Python {'.'.join(map(str, OLDEST))} or later and this is {sys.version.split()[0]}: "
            "install a newer one and run 'make PYTHON=/path/to/python3 ...'."
        )
    try:
        import ensurepip  # noqa: F401  a Debian Python without its venv package lacks it
        import venv  # noqa: F401
    except ImportError:
        fail("This Python cannot make virtual environments: run 'apt install python3-venv', then make again.")


def torch_options() -> list[str]:
    """pip's options for torch's CPU build, if the index that has it can be reached."""
    index = os.environ.get("UNROLLED_TORCH_INDEX", TORCH_INDEX)
    if not index:
        return []
    try:
        with urllib.request.urlopen(f"{index.rstrip('/')}/torch/", timeout=10):  # noqa: S310
            return ["--extra-index-url", index]
    except (OSError, urllib.error.URLError, ValueError):
        say(f"{index} cannot be reached: torch comes from where pip usually looks")
        return []


def pip(*arguments: str) -> list[str]:
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *arguments]


def pinned(lock: str) -> set[str]:
    """The names in a lock, in pip's one spelling."""
    return {spelled(line.split("==")[0]) for line in lock.splitlines() if line and not line.startswith("#")}


def spelled(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def how_far(pins: set[str]) -> str:
    """A bar over both halves of the work: the lines of the lock that pip's log names, and what lies in the environment."""
    found = len(set(re.findall(r"\(line (\d+)\)", LOG.read_text("utf-8", "replace"))))
    installed = len(pins & {spelled(path.name.split("-")[0]) for path in VENV.glob("lib/python*/site-packages/*.dist-info")})
    half = 10
    full = half * (found + installed) // len(pins)
    return f"[{'#' * full}{'.' * (2 * half - full)}] {found} found, {installed} installed"


def run(step: str, command: list[str], progress: Callable[[], str] = str) -> None:
    """Run a command and print a line for it; on a terminal the line says how far it is."""
    started = time.monotonic()
    if not sys.stdout.isatty():
        say(f"{step} ...")
    with LOG.open("ab") as log:
        unbuffered = os.environ | {"PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, env=unbuffered)
    while process.poll() is None:
        rewrite(f"{step} {progress()}")
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            continue
    rewrite("")
    if process.returncode != 0:
        last = [line[:LONGEST] for line in LOG.read_text("utf-8", "replace").splitlines()[-LAST_LINES:]]
        fail(f"{step}: this failed; mend what {LOG} says and run make again. It ends so:\n" + "\n".join(last))
    say(f"{step}: done in {time.monotonic() - started:.0f} s")


def rewrite(text: str) -> None:
    """Show a text in place of the last line, if there is a terminal; nothing clears the line."""
    if sys.stdout.isatty():
        text = f"set-up: {text}"[: shutil.get_terminal_size().columns - 1] if text else ""
        print(f"\r{text}\033[K", end="", flush=True)


def say(text: str) -> None:
    print(f"set-up: {text}", flush=True)


def fail(text: str) -> None:
    sys.exit(f"set-up: {text}")


if __name__ == "__main__":
    main()
