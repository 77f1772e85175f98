"""What no limit of a single process bounds: memory and threads of all together, files by number, our own memory."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from autograder.sandbox.limits import Limits

LOOK_EVERY = 0.5  # a look at all processes takes some milliseconds
CROWDED = 6  # looks in a row, about three seconds
PAGE = os.sysconf("SC_PAGE_SIZE")


class Watch:
    """Looks at a running sandbox from outside.

    pid: the process that the sandbox began with; folder: the one it shares with the grader
    """

    def __init__(self, pid: int, folder: Path, limits: Limits) -> None:
        self._pid, self._folder, self._limits = pid, folder, limits
        self._kernel = pid
        self._looked, self._crowded = time.monotonic(), 0
        self._before, self._grown = own_memory(), 0

    @contextmanager
    def own_memory(self) -> Iterator[None]:
        """Count what the grader's memory grows by meanwhile for this kernel's messages."""
        self._before = own_memory() - self._grown
        try:
            yield
        finally:
            self._grown = max(own_memory() - self._before, 0)

    def excess(self, everything: bool = False) -> str:
        """What there is too much of, in a few words; empty if all is within its limits.

        everything: look at processes and files even if that was done a moment ago
        """
        if own_memory() - self._before > self._limits.messages:
            return f"{self._limits.messages / 2**20:g} MiB of messages"
        due = time.monotonic() - self._looked > LOOK_EVERY
        crowd = self._crowd() if due else ""
        return crowd or (self._too_much_memory() or self._too_many_files() if due or everything else "")

    def find_kernel(self) -> None:
        """Remember which process is the kernel, while there are no others: the innermost."""
        self._kernel = next((process.pid for process in reversed(self._processes())), self._pid)

    def delayed(self) -> float:
        """For how many seconds the kernel was ready to run and had to wait for a processor, as far as Linux says so."""
        with suppress(OSError, IndexError, ValueError):
            return int(Path(f"/proc/{self._kernel}/schedstat").read_text().split()[1]) / 1e9
        return 0.0

    def crowded(self) -> bool:
        """Whether more threads want a processor at this moment than may do so all the time."""
        return sum(map(_running, self._processes())) > self._limits.running

    def _crowd(self) -> str:
        self._looked = time.monotonic()
        self._crowded = self._crowded + 1 if self.crowded() else 0
        return f"{self._limits.running} threads that never rest" if self._crowded >= CROWDED else ""

    def _too_much_memory(self) -> str:
        if sum(map(_memory, self._processes())) > self._limits.total_memory:
            return f"{self._limits.total_memory / 2**30:g} GiB of memory in all its processes together"
        return ""

    def _too_many_files(self) -> str:
        sizes = _sizes(self._folder, self._limits.files)
        if sizes is None:
            return "a folder of its own beside the sockets of its kernel"
        inside = max((_files_of(process.pid) for process in self._processes()[1:2]), default=0)  # the first one inside
        if max(len(sizes), inside) >= self._limits.files:
            return f"{self._limits.files} files"
        if sum(sizes) > self._limits.disk:
            return f"{self._limits.disk / 2**20:g} MiB of files"
        return ""

    def _processes(self) -> list[psutil.Process]:
        with suppress(psutil.Error):
            first = psutil.Process(self._pid)
            return [first, *first.children(recursive=True)]
        return []


def own_memory() -> int:
    """Bytes of memory that this process has now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


def _memory(process: psutil.Process) -> int:
    """Bytes in use; what several processes share counts for each of them."""
    with suppress(psutil.Error):
        return process.memory_info().rss
    return 0


def _running(process: psutil.Process) -> int:
    """How many threads of a process are running or want to."""
    states = []
    with suppress(OSError):
        for task in Path(f"/proc/{process.pid}/task").iterdir():
            with suppress(OSError, IndexError):
                states.append((task / "stat").read_text().rpartition(")")[2].split()[0])
    return states.count("R")


def _sizes(folder: Path, most: int) -> list[int] | None:
    """The sizes of the files in a folder, of ``most`` files at most; None if there is a folder in it.

    A kernel's sockets lie side by side; what is nested may be nested too deep to be counted.
    """
    found: list[int] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                return None
            with suppress(OSError):
                found.append(entry.stat(follow_symlinks=False).st_blocks * 512)
            if len(found) >= most:
                break
    return found


def remove_folder(folder: Path) -> None:
    """Remove what student code could write to, however deep it is nested, while its last processes may still end."""
    for _ in range(20):
        subprocess.run(["rm", "-rf", "--one-file-system", "--", folder], capture_output=True, check=False)  # noqa: S607
        if not folder.exists():
            return
        subprocess.run(["chmod", "-R", "u+rwX", "--", folder], capture_output=True, check=False)  # noqa: S607
        time.sleep(0.1)


def _files_of(pid: int) -> int:
    """How many files lie in the private folders of the sandbox that the process lives in."""
    counts = []
    for folder in ("tmp", "dev/shm"):
        with suppress(OSError):
            status = os.statvfs(f"/proc/{pid}/root/{folder}")
            counts.append(status.f_files - status.f_ffree)
    return max(counts, default=0)
