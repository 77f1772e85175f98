"""Attacks by memory and files that no limit of a single process sees."""

from autograder.proof.attacks import FULL, attack, honest, with_cell

FORBIDDEN = "such memory cannot be had, and the honest work counts"
BOUNDED = "it is bounded all the same, and the honest work counts"
SHARED = "import os, time\nfrom ipykernel.connect import get_connection_file\nfolder = os.path.dirname(get_connection_file())\n"


def cell(source):
    return with_cell(honest(), source)


@attack("takes memory in files without a name, which no process has in its address space", FORBIDDEN, FULL)
def nameless_files(_folder):
    return cell(
        "import os, time\nblock, kept, end = b'x' * (16 * 2**20), [], time.monotonic() + 3\n"
        "try:\n    while time.monotonic() < end and len(kept) < 80:\n        kept.append(os.memfd_create('x'))\n        for _ in range(3): os.write(kept[-1], block)\n"
        "except OSError as e: print(e)\nprint('TAKEN' if kept else 'none', len(kept) * 48, 'MiB')\ntime.sleep(1)"
    )


@attack("takes System V shared memory and lets go of it without freeing it", FORBIDDEN, FULL)
def shared_segments(_folder):
    return cell(
        "import ctypes, time\nlibc = ctypes.CDLL(None, use_errno=True)\nlibc.shmat.restype = ctypes.c_void_p\nlibc.shmat.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_int)\nlibc.shmdt.argtypes = (ctypes.c_void_p,)\n"
        "taken = 0\n"
        "for _ in range(40):\n"
        "    made = libc.shmget(0, ctypes.c_size_t(128 * 2**20), 0o1600)\n    if made < 0: print('errno', ctypes.get_errno()); break\n"
        "    at = libc.shmat(made, None, 0)\n    ctypes.memset(at, 1, 128 * 2**20)\n    libc.shmdt(at)\n    taken += 128\n"
        "print('TAKEN' if taken else 'none', taken, 'MiB')\ntime.sleep(1)"
    )


@attack("makes a name space of its own, in which it is root, and mounts a disk in memory there", FORBIDDEN, FULL)
def own_name_space(_folder):
    return cell(
        "import ctypes, os, time\nlibc = ctypes.CDLL(None, use_errno=True)\nuid = os.getuid()\n"
        "if os.fork() == 0:\n"
        "    if libc.unshare(0x10020000) == 0:\n"
        "        try:\n            os.makedirs('/tmp/disk')\n"
        "            if libc.mount(b'x', b'/tmp/disk', b'tmpfs', 0, b'size=8g') == 0: print('TAKEN', flush=True)\n"
        "            for k in range(100): open(f'/tmp/disk/{k}', 'wb').write(b'x' * (48 * 2**20))\n"
        "        except OSError as e: pass\n"
        "    time.sleep(1)\n    os._exit(0)\n"
        "time.sleep(2)"
    )


@attack("writes to every folder that it can find", "only those of limited size can be written", FULL)
def every_folder(_folder):
    return cell(
        "import os, sys\n"
        "for top in ('/', '/dev', '/course', '/root', '/home', '/run', '/var/tmp', '/proc/self', *filter(None, sys.path), *(os.path.join(p, 'torch') for p in sys.path)):\n"
        "    try:\n        with open(os.path.join(top, 'unrolled-hostile-file'), 'wb') as f: f.write(b'x' * 2**20)\n        print('WROTE', top)\n    except OSError as e: pass"
    )


@attack("fills the buffers of sockets and pipes", BOUNDED, FULL)
def buffers(_folder):
    return cell(
        "import os, socket, fcntl\nkept = []\n"
        "try:\n    while True:\n        a, b = socket.socketpair()\n        kept += [a, b]\n        a.setblocking(False)\n        a.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**30)\n"
        "        try:\n            while True: a.send(b'x' * 2**16)\n        except BlockingIOError: pass\n"
        "except OSError as e: print(e)\nfor s in kept: s.close()"
    )


@attack("takes memory in other processes while the grader waits for it to react to an interrupt", BOUNDED, FULL, "all its processes together|threads that never rest|ended")
def memory_while_interrupted(_folder):
    return cell(
        "import os, signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nend = time.monotonic() + 4.2\n"
        "while time.monotonic() < end: time.sleep(0.01)\n"
        "for _ in range(20):\n    if os.fork() == 0:\n        x = bytearray(b'x') * (400 * 2**20)\n        time.sleep(30)\n        os._exit(0)\n"
        "while True: time.sleep(0.1)"
    )


@attack("nests folders ten thousand deep in the folder that it shares with the grader", "the folder is removed, and the honest work counts", FULL)
def deep_shared_folder(_folder):
    return cell(SHARED + "os.chdir(folder)\nfor _ in range(10_000):\n    os.mkdir('x'); os.chdir('x')\nos.chdir('/')")


@attack("takes its rights away from folders in the folder that it shares with the grader", "the folder is removed, and the honest work counts", FULL)
def locked_shared_folder(_folder):
    return cell(SHARED + "os.makedirs(folder + '/a/b')\nopen(folder + '/a/b/c', 'w').close()\nos.chmod(folder + '/a/b', 0)\nos.chmod(folder + '/a', 0)\nos.chmod(folder, 0o500)")


@attack("makes hundreds of thousands of empty files in the folder that it shares with the grader", "is stopped, and the honest work counts", FULL, "files")
def many_shared_files(_folder):
    return cell(SHARED + "import itertools\nfor k in itertools.count(): os.mknod(f'{folder}/{k}')")


@attack("makes sparse files that claim to be huge in the folder that it shares with the grader", "is stopped, and the honest work counts", FULL)
def sparse_shared_files(_folder):
    return cell(SHARED + "for k in range(50):\n    with open(f'{folder}/{k}', 'wb') as f: f.truncate(60 * 2**20)\ntime.sleep(1.5)")
