"""What no limit of a single process bounds: memory of all processes together, and files by number."""

import os
from contextlib import suppress
from pathlib import Path

import psutil

from autograder.sandbox.limits import Limits


class Watch:
    """Looks at a running sandbox from outside.

    pid: the process that the sandbox began with; folder: the one it shares with the grader
    """

    def __init__(self, pid: int, folder: Path, limits: Limits) -> None:
        self._pid, self._folder, self._limits = pid, folder, limits

    def excess(self) -> str:
        """What there is too much of, in a few words; empty if all is within its limits."""
        processes = self._processes()
        if sum(map(_memory, processes)) > self._limits.total_memory:
            return f"{self._limits.total_memory / 2**30:g} GiB of memory in all its processes together"
        sizes = _sizes(self._folder, self._limits.files)
        inside = max((_files_of(process.pid) for process in processes[1:2]), default=0)  # the sandbox's own first process
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


def _memory(process: psutil.Process) -> int:
    """Bytes in use; what several processes share counts for each of them."""
    with suppress(psutil.Error):
        return process.memory_info().rss
    return 0


def _sizes(folder: Path, most: int) -> list[int]:
    """The sizes of the files in a folder and below, of ``most`` files at most."""
    found: list[int] = []
    for parent, folders, names in os.walk(folder):
        for name in [*folders, *names]:
            with suppress(OSError):
                found.append(os.lstat(Path(parent, name)).st_size)
            if len(found) >= most:
                return found
    return found


def _files_of(pid: int) -> int:
    """How many files lie in the private folders of the sandbox that the process lives in."""
    counts = []
    for folder in ("tmp", "dev/shm"):
        with suppress(OSError):
            status = os.statvfs(f"/proc/{pid}/root/{folder}")
            counts.append(status.f_files - status.f_ffree)
    return max(counts, default=0)
