"""Make or update .venv from requirements.lock: the one command needs git, make and Python, nothing else.

Standard library only. ``make`` calls it; it does nothing if nothing changed.

UNROLLED_TORCH_INDEX   where PyTorch's CPU build is looked for, before PyPI. The default is PyTorch's own
                       index; set it to an empty text to take whatever pip finds (on Linux that is the
                       build for NVIDIA cards, several gigabytes).
"""

import hashlib
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
INPUTS = ("requirements.lock", "pyproject.toml", "setup.py", "bootstrap.py")
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"
OLDEST = (3, 11)


def main() -> None:
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    require_python()
    if not PYTHON.exists():
        say(f"making {VENV}")
        run([sys.executable, "-m", "venv", str(VENV)])
    say("installing the packages of requirements.lock (a few minutes the first time)")
    pip("install", *torch_options(), "-r", "requirements.lock")
    pip("install", "--no-deps", "--no-build-isolation", "--quiet", "-e", ".")
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


def pip(*arguments: str) -> None:
    run([str(PYTHON), "-m", "pip", "--disable-pip-version-check", *arguments])


def run(command: list[str]) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        fail(f"This command failed, and its message stands above: {' '.join(command)}")


def say(text: str) -> None:
    print(f"set-up: {text}", flush=True)


def fail(text: str) -> None:
    sys.exit(f"set-up: {text}")


if __name__ == "__main__":
    main()
