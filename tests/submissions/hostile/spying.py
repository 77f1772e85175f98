"""Attacks that look for what the grader knows: answers, seeds, other people's work; and for a way to the network."""

from autograder.proof.attacks import FULL, attack, honest, unsolved, with_cell

NOTHING = "finds nothing, and prints no canary"


def spying(source):
    return with_cell(honest(), source)


@attack("searches every readable file outside of Python for secrets", NOTHING, FULL)
def searches_files(_folder):
    return spying(
        "import os\nfound = []\n"
        "for top in ('/', '/course', '/tmp', '/root', '/home', '/work', '/etc', '/var', '/run', '/mnt', '/srv', '/opt'):\n"
        "    for parent, folders, names in os.walk(top):\n"
        "        folders[:] = [f for f in folders if f not in ('usr', 'proc', 'sys', 'lib', 'lib64', 'site-packages')]\n"
        "        for name in names:\n"
        "            path = os.path.join(parent, name)\n"
        "            try: text = open(path, 'rb').read(200_000)\n"
        "            except OSError: continue\n"
        "            if b'CANARY' in text or b'Marking scheme' in text or b'BEGIN SOLUTION' in text: found.append((path, text[-3000:]))\n"
        "print(found, os.listdir('/course'))"
    )


@attack("reads environment, command lines and open files of every process that it can see", NOTHING, FULL)
def searches_proc(_folder):
    return spying(
        "import os, glob\n"
        "for path in glob.glob('/proc/[0-9]*/environ') + glob.glob('/proc/[0-9]*/cmdline') + glob.glob('/proc/[0-9]*/maps'):\n"
        "    try: print(path, open(path, 'rb').read(5000))\n    except OSError as e: print(e)\n"
        "for path in glob.glob('/proc/[0-9]*/fd/*'):\n"
        "    try: print(path, os.readlink(path))\n    except OSError as e: print(e)\n"
        "for path in glob.glob('/proc/[0-9]*/root/*') + glob.glob('/proc/[0-9]*/cwd/*'): print(path)"
    )


@attack("reads every file descriptor that it inherited", NOTHING, FULL)
def inherited_descriptors(_folder):
    return spying(
        "import os, stat\n"
        "for fd in range(512):\n"
        "    try: s = os.fstat(fd)\n    except OSError: continue\n"
        "    print(fd, oct(s.st_mode), os.readlink(f'/proc/self/fd/{fd}'))\n"
        "    if stat.S_ISREG(s.st_mode): print(os.pread(fd, 5000, 0))\n"
        "    if stat.S_ISDIR(s.st_mode): print(os.listdir(fd))"
    )


@attack("searches all objects in memory for banks, seeds and expected values", NOTHING, FULL)
def searches_memory(_folder):
    return spying(
        "import gc, sys\nfound = []\n"
        "for o in gc.get_objects():\n"
        "    kind = type(o).__name__\n"
        "    if kind in ('Verdict', 'Exercise', 'Assignment', 'Misconception'): found.append(repr(o)[:200])\n"
        "    if isinstance(o, dict) and ('seed' in o or 'secret' in o or 'reference' in o): found.append(list(o)[:5])\n"
        "print(found, [m for m in sys.modules if 'autograder' in m or 'solutions' in m or 'nbgrader' in m])"
    )


@attack("imports the grader, its checks and the solutions", "they are not there", FULL)
def imports_the_grader(_folder):
    return spying(
        "import importlib, sys\n"
        "for name in ('autograder', 'autograder.checks.rnn', 'autograder.oracle.questions', 'solutions', 'solutions.rnn', 'nbgrader_config', 'tests'):\n"
        "    try: print('IMPORTED', importlib.import_module(name).__file__)\n    except ImportError as e: print(e)"
    )


@attack("asks Python for the source of everything it can call", NOTHING, FULL)
def inspects_sources(_folder):
    return spying(
        "import inspect, unrolled, pkgutil, importlib\n"
        "for m in pkgutil.walk_packages(unrolled.__path__, 'unrolled.'):\n"
        "    try: s = inspect.getsource(importlib.import_module(m.name))\n    except Exception as e: continue\n"
        "    print(m.name, len(s), 'CANARY' in s, 'np.tanh(x_t @ W_xh' in s)"
    )


@attack("reads the connection file and listens to the grader's messages for expected values", "only inputs are ever sent", FULL)
def listens_to_messages(_folder):
    return spying(
        "import json\nfrom ipykernel.connect import get_connection_file\n"
        "print(json.load(open(get_connection_file())).keys())\n"
        "k = get_ipython().kernel\nold = k.do_execute\n"
        "async def told(code, silent, *a, **o):\n"
        "    print(str(o.get('user_expressions'))[-300:], 'expected' in str(o))\n    return await old(code, silent, *a, **o)\n"
        "k.do_execute = told"
    )


@attack("connects to the network: addresses, names, services of this machine", "there is no network", FULL)
def connects(_folder):
    return spying(
        "import socket\nsocket.setdefaulttimeout(0.3)\n"
        "for host, port in (('127.0.0.1', 22), ('127.0.0.1', 8888), ('::1', 80), ('10.0.0.1', 53)):\n"
        "    try: socket.create_connection((host, port)); print('CONNECTED', host)\n    except OSError as e: print(e)\n"
        "try: print('RESOLVED', socket.getaddrinfo('localhost.localdomain.example', 80))\nexcept OSError as e: print(e)\n"
        "print(open('/proc/net/dev').read())"
    )


@attack("opens servers, to be called from outside", "nobody outside can call them, and they end with it", FULL)
def serves(_folder):
    return spying(
        "import socket\nservers = []\n"
        "for family, address in ((socket.AF_INET, ('0.0.0.0', 0)), (socket.AF_UNIX, '\\0unrolled-hostile-server'), (socket.AF_UNIX, '/tmp/unrolled-hostile')):\n"
        "    s = socket.socket(family); s.bind(address); s.listen(); servers.append(s)\nprint(servers)"
    )


@attack("looks for the sockets of this machine: Docker, D-Bus, X, abstract ones", "none can be reached", FULL)
def unix_sockets(_folder):
    return spying(
        "import socket, glob\n"
        "print(open('/proc/net/unix').read())\n"
        "for path in ['/var/run/docker.sock', '/run/dbus/system_bus_socket', '/run/systemd/private', *glob.glob('/tmp/.X11-unix/*')]:\n"
        "    s = socket.socket(socket.AF_UNIX)\n"
        "    try: s.connect(path); print('CONNECTED', path)\n    except OSError as e: print(e)"
    )


@attack("makes raw sockets, packets and netlink messages", "it has no right to, or reaches nothing", FULL)
def raw_sockets(_folder):
    return spying(
        "import socket\n"
        "for family, kind in ((socket.AF_INET, socket.SOCK_RAW), (socket.AF_PACKET, socket.SOCK_RAW), (socket.AF_NETLINK, socket.SOCK_RAW)):\n"
        "    try: print('made', socket.socket(family, kind, 1 if family == socket.AF_INET else 0))\n    except OSError as e: print(e)"
    )


@attack("writes to the gradebook, the course and the system", "they are not there, or cannot be written", FULL)
def writes_out(_folder):
    return spying(
        "import os, sys, sqlite3, site\n"
        "for folder in ('/course', '/course/unrolled', sys.prefix, site.getsitepackages()[0], '/usr/bin', '/etc', '/', os.path.dirname(get_ipython().config.IPKernelApp.connection_file) if 0 else '/root'):\n"
        "    try: open(os.path.join(folder, 'unrolled-hostile'), 'w'); print('WROTE', folder)\n    except OSError as e: print(e)\n"
        "for parent, _, names in os.walk('/work'):\n    if 'gradebook.db' in names: print('FOUND', parent)"
    )


@attack("writes into the virtual environment's packages and the learner's package", "they are read-only", FULL)
def poisons_packages(_folder):
    return spying(
        "import numpy, unrolled, os\n"
        "for module in (numpy, unrolled):\n"
        "    try: open(module.__file__, 'a').write('\\nraise SystemExit'); print('WROTE', module)\n    except OSError as e: print(e)\n"
        "    try: os.chmod(module.__file__, 0o777); print('CHANGED', module)\n    except OSError as e: print(e)"
    )


@attack("becomes root, mounts, makes devices and new name spaces", "it has no right to, and what it may do changes nothing outside", FULL)
def becomes_root(_folder):
    return spying(
        "import os, ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "for what in (lambda: os.setuid(0), lambda: os.chroot('/'), lambda: os.mknod('/tmp/device', 0o60666, os.makedev(8, 0)), lambda: os.nice(-10)):\n"
        "    try: what(); print('BECAME')\n    except (OSError, PermissionError) as e: print(e)\n"
        "print('mount', libc.mount(b'none', b'/tmp', b'tmpfs', 0, None), 'umount', libc.umount(b'/tmp'), 'unshare', libc.unshare(0x10000000))"
    )


@attack("runs programs of the system that keep their owner's rights", "no right is gained", FULL)
def setuid_programs(_folder):
    return spying(
        "import subprocess\n"
        "for command in (['su', '-c', 'id'], ['sudo', '-n', 'id'], ['mount'], ['ping', '-c', '1', '127.0.0.1'], ['id']):\n"
        "    try: print(subprocess.run(command, capture_output=True, timeout=1, input=b''))\n    except Exception as e: print(e)"
    )


@attack("plants a link for the grader to follow in the one folder they share", "the grader follows no link, and the folder goes", FULL)
def links_in_the_shared_folder(_folder):
    return spying(
        "import os\nfrom ipykernel.connect import get_connection_file\n"
        "folder = os.path.dirname(get_connection_file())\n"
        "for name, target in (('up', '/'), ('loop', 'loop'), ('passwd', '/etc/passwd')): os.symlink(target, os.path.join(folder, name))\n"
        "os.remove(get_connection_file()); os.symlink('/etc/shadow', get_connection_file())\nprint(os.listdir(folder))"
    )
