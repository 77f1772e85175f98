"""The first program inside the sandbox: give up rights, set limits, become the kernel.

Run as ``python -I enter.py SETTINGS COMMAND...``; SETTINGS is JSON with the keys uid
(None to stay), cpu_seconds, memory, processes, file_size and filter (of system calls, in
hexadecimal).  Standard library only.
"""

import ctypes
import json
import os
import resource
import sys


def main() -> None:
    settings = json.loads(sys.argv[1])
    limits = {
        resource.RLIMIT_CPU: settings["cpu_seconds"],
        resource.RLIMIT_AS: settings["memory"],
        resource.RLIMIT_FSIZE: settings["file_size"],
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 512,
    }
    for kind, value in limits.items():
        resource.setrlimit(kind, (value, value))
    if settings["uid"] is not None:
        os.setgroups([])
        os.setresgid(settings["uid"], settings["uid"], settings["uid"])
        os.setresuid(settings["uid"], settings["uid"], settings["uid"])
    # After the change of user: the limit counts that user's processes.
    resource.setrlimit(resource.RLIMIT_NPROC, (settings["processes"], settings["processes"]))
    os.umask(0o077)
    filter_calls(bytes.fromhex(settings["filter"]))
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606


class Program(ctypes.Structure):
    """A filter as Linux takes it: the number of its steps, and where they lie."""

    _fields_ = (("steps", ctypes.c_ushort), ("first", ctypes.c_char_p))


def filter_calls(program: bytes) -> None:
    """Forbid system calls for good, here and in all that is started from here."""
    if not program:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_rights, set_filter, mode = 38, 22, 2
    arguments = ctypes.byref(Program(len(program) // 8, program))
    if libc.prctl(no_new_rights, 1, 0, 0, 0) or libc.prctl(set_filter, mode, arguments, 0, 0):
        raise OSError(ctypes.get_errno(), "system calls cannot be filtered")


if __name__ == "__main__":
    main()
