"""Attacks by using up what there is: time, memory, processes, files, and the patience of the grader."""

from autograder.proof.attacks import FULL, attack, honest, with_body, with_cell

STEP = FULL - 6
SURVIVES = "is stopped, and the honest work counts"


def cell(source):
    return with_cell(honest(), source)


@attack("runs a cell without end", SURVIVES, FULL, "was stopped")
def endless_cell(_folder):
    return cell("while True: pass")


@attack("runs a call without end", "is stopped, and its task earns nothing", STEP, "did not end within")
def endless_call(_folder):
    return with_body(honest(), "rnn_step", "while True: pass")


@attack("swallows every interrupt in a loop without end", "its kernel is ended, and the rest counts", FULL, "was stopped|could not be interrupted")
def swallowed_interrupts(_folder):
    return cell("while True:\n    try:\n        while True: pass\n    except BaseException: pass")


@attack("turns off the signals that would stop it", "its kernel is ended, and the rest counts", FULL, "could not be interrupted")
def ignored_signals(_folder):
    return cell("import signal\nfor s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM): signal.signal(s, signal.SIG_IGN)\nwhile True: pass")


@attack("sleeps in C where Python cannot be interrupted", "its kernel is ended, and the rest counts", FULL)
def sleeps_in_c(_folder):
    return cell("import ctypes, signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])\nctypes.PyDLL(None).sleep(1000)")


@attack("takes just longer than a call may", "its behaviours with such a call are missed", STEP, "did not end within")
def just_too_slow(_folder):
    return with_body(honest(), "rnn_step", "import time; time.sleep(2.6)\nreturn np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)")


@attack("takes just less than a call may, once", "slow is not wrong", FULL)
def just_fast_enough(_folder):
    return with_body(
        honest(), "rnn_step", "import time\nif 'slept' not in globals():\n    globals()['slept'] = time.sleep(0.6)\nreturn np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)"
    )


@attack("is slow in every cell, to use up the time of the whole notebook", "what was checked before keeps its points", FULL)
def slow_everywhere(_folder):
    notebook = honest()
    for _ in range(4):
        with_cell(notebook, "import time; time.sleep(3)", position=len(notebook.cells))
    return notebook


@attack("takes all the memory there is at once", SURVIVES, FULL)
def memory_at_once(_folder):
    return cell("x = bytearray(200 * 2**30)")


@attack("takes more and more memory", SURVIVES, FULL)
def memory_bomb(_folder):
    return cell("x = []\nwhile True: x.append(bytearray(b'x') * (64 * 2**20))")


@attack("takes memory in many processes, each below its own limit", SURVIVES + "; all together are bounded", FULL, "all its processes together|threads that never rest")
def memory_in_many_processes(_folder):
    return cell(
        "import os, time\n"
        "for _ in range(12):\n"
        "    if os.fork() == 0:\n"
        "        x = bytearray(b'x') * (512 * 2**20)\n        time.sleep(30)\n        os._exit(0)\n"
        "time.sleep(30)"
    )


@attack("takes memory by files in memory", "the folders are of limited size, and the honest work counts", FULL)
def memory_by_files(_folder):
    return cell(
        "block = b'x' * 2**20\n"
        "for folder in ('/dev/shm', '/tmp'):\n"
        "    for k in range(20):\n"
        "        try:\n"
        "            with open(f'{folder}/{k}', 'wb') as f:\n                for _ in range(60): f.write(block)\n"
        "        except OSError as e: print(e); break"
    )


@attack("makes files without end", SURVIVES, FULL, "files")
def many_files(_folder):
    return cell("import itertools\nfor k in itertools.count(): open(f'/tmp/{k}', 'w').close()")


@attack("fills the one folder that it shares with the grader", SURVIVES, FULL, "of files")
def fills_the_shared_folder(_folder):
    return cell(
        "import os, time\nfrom ipykernel.connect import get_connection_file\n"
        "folder = os.path.dirname(get_connection_file())\nblock = b'x' * (32 * 2**20)\n"
        "for k in range(12): open(f'{folder}/{k}', 'wb').write(block)\ntime.sleep(30)"
    )


@attack("forks without end", SURVIVES, FULL)
def fork_bomb(_folder):
    return cell(
        "import os, time\nfirst, end = os.getpid(), time.monotonic() + 2\n"
        "while time.monotonic() < end:\n    try: os.fork()\n    except OSError: pass\n"
        "if os.getpid() != first: os._exit(0)"
    )


@attack("starts threads without end", SURVIVES, FULL)
def thread_bomb(_folder):
    return cell(
        "import threading, time\n"
        "for _ in range(3000):\n    try: threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()\n    except RuntimeError as e: print(e); break"
    )


@attack("floods both streams with text", "the output is cut, and the honest work counts", FULL)
def flood_of_text(_folder):
    return cell("import sys\nfor _ in range(100_000): print('x' * 200); print('y' * 200, file=sys.stderr)")


@attack("floods the grader with large pictures", "the output is cut, and the grader's memory stays bounded", FULL)
def flood_of_pictures(_folder):
    return cell("from IPython.display import display\nbig = 'x' * 8_000_000\nfor _ in range(60): display({'image/png': big}, raw=True)")


@attack("floods the file descriptors of its output directly", "nobody reads them", FULL)
def flood_of_descriptors(_folder):
    return cell("import os\nblock = b'x' * 2**20\nfor fd in (1, 2):\n    for _ in range(200): os.write(fd, block)")


@attack("floods the channels with messages of its own", SURVIVES, FULL)
def flood_of_messages(_folder):
    return cell(
        "k = get_ipython().kernel\nparent = k.get_parent('shell')\n"
        "for n in range(20_000): k.session.send(k.iopub_socket, 'comm_msg', {'comm_id': 'x', 'data': {'n': n}}, parent)"
    )


@attack("sends one message of 100 MB", "the message is refused, and the rest is not lost", FULL)
def huge_message(_folder):
    return cell("from IPython.display import display\ndisplay({'text/plain': 'x' * 100_000_000}, raw=True)")


@attack("ends its own kernel", "it is run again without that cell", FULL, "kernel ended")
def exits(_folder):
    return cell("import os; os._exit(0)")


@attack("ends its kernel in a call", "its task earns nothing, the others count", STEP, "ended the kernel")
def exits_in_a_call(_folder):
    return with_body(honest(), "rnn_step", "import os; os._exit(0)")


@attack("breaks off with a segmentation fault", "it is run again without that cell", FULL, "kernel ended")
def segmentation_fault(_folder):
    return cell("import ctypes; ctypes.string_at(0)")


@attack("kills process 1, its group and everything it can see", "it ends itself at most", FULL)
def kills_everything(_folder):
    return cell(
        "import os, signal\n"
        "for pid in [1, -1, os.getppid(), *range(2, 2000)]:\n"
        "    if pid == os.getpid(): continue\n"
        "    try: os.kill(pid, signal.SIGKILL); print('killed', pid)\n    except OSError as e: pass"
    )


@attack("stops itself, so that it neither runs nor ends", "its kernel is ended, and the rest counts", FULL)
def stops_itself(_folder):
    return cell("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)")


@attack("traces other processes", "there is none to trace", FULL)
def traces(_folder):
    return cell("import ctypes\nlibc = ctypes.CDLL(None)\nprint([libc.ptrace(16, pid, 0, 0) for pid in range(1, 50)])")


@attack("leaves a process behind that has cut all ties", "nothing is left behind", FULL)
def daemon(_folder):
    return cell(
        "import subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', 'import os, time; os.fork() and os._exit(0); os.setsid(); os.fork() and os._exit(0); time.sleep(900) # unrolled-hostile'])"
    )


@attack("leaves a thread behind that does not let its kernel end", "the kernel is ended", FULL)
def sleeping_thread(_folder):
    return cell("import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()")


@attack("raises SystemExit and exit() in cells", "an error in a cell costs nothing", FULL)
def system_exit(_folder):
    return with_cell(cell("raise SystemExit(0)"), "exit()")


@attack("changes the clock's signal and steals the alarm", "the limits are kept outside", STEP, "did not end within")
def steals_the_alarm(_folder):
    return with_body(honest(), "rnn_step", "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nimport time\nfor _ in range(3): time.sleep(1)")


@attack("takes all processors with dozens of processes, so that its neighbours run out of time", "is stopped; what others wait for a processor does not count against them", FULL, r"threads that never rest\. The notebook was run again without cell 3\.")
def misuses_all_processors(_folder):
    return cell(
        "import os, time\n"
        "for _ in range(30):\n    if os.fork() == 0:\n        end = time.monotonic() + 80\n        while time.monotonic() < end: pass\n        os._exit(0)\n"
    )
