"""The first program inside the sandbox: give up rights, set limits, become the kernel.

Run as ``python -I enter.py SETTINGS COMMAND...``; SETTINGS is JSON with the keys uid
(None to stay), cpu_seconds, memory, processes and file_size.  Standard library only.
"""

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
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606


if __name__ == "__main__":
    main()
