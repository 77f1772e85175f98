"""A filter for what a kernel may ask of Linux: everything but a few calls that no notebook needs.

They take memory that no process has in its address space and no limit sees (files without a
name, System V segments, disks in new name spaces), look into other processes, or reach parts of
Linux that few programs use and in which holes are found again and again.
"""

import platform
import struct

# Numbers on x86-64 and on ARM64, in this order; None where the call does not exist.
FORBIDDEN = {
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "mount_setattr": (442, 442),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "fanotify_init": (300, 262),
    "quotactl": (179, 60),
    "syslog": (103, 116),
    "acct": (163, 89),
    "personality": (135, 92),
    "modify_ldt": (154, None),
    "uselib": (134, None),
}
CLONE, CLONE3 = (56, 220), 435
NEW_SPACES = 0x7E020000  # the flags of clone that make new name spaces
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, MACHINE, FIRST_ARGUMENT = 0, 4, 16  # offsets in what a filter is shown of a call
ALLOW, REFUSE, UNKNOWN = 0x7FFF0000, 0x00050001, 0x00050026  # EPERM; ENOSYS: the C library then tries another call
OTHER_ABI = 0x40000000

Step = tuple[int, int, int, int]


def syscall_filter(machine: str = platform.machine()) -> bytes:
    """The filter as Linux wants it, a program of eight bytes for each step; empty for an unknown machine."""
    if machine not in MACHINES:
        return b""
    column, architecture = MACHINES[machine]
    numbers = [number for pair in FORBIDDEN.values() if (number := pair[column]) is not None]
    steps: list[Step] = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, REFUSE)]
    steps += [(LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, OTHER_ABI), (RETURN, 0, 0, REFUSE)]
    for number in numbers:
        steps += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    steps += [(EQUAL, 0, 1, CLONE3), (RETURN, 0, 0, UNKNOWN)]  # its flags cannot be seen from here
    steps += [
        (EQUAL, 0, 3, CLONE[column]),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (ANY_BIT, 0, 1, NEW_SPACES),
        (RETURN, 0, 0, REFUSE),
    ]
    steps += [(RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
