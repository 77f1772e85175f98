"""A time limit for one call, so that an endless loop in a notebook ends with a sentence."""

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from types import FrameType

REPEAT = 1.0  # seconds: Python drops what is raised in a destructor or in a call-back of its garbage collector


class TimeLimit(BaseException):
    """Raised inside code that ran for longer than allowed; no ``except Exception`` stops it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimit in the body after ``seconds``, and again every second as long as that does not end it.

    In the main thread of a system with alarm signals, an alarm interrupts waiting (``time.sleep``), too. Elsewhere (on
    Windows, in other threads, inside another limit or where the alarm is in use) a second thread raises TimeLimit
    between two steps of Python, so that a call into C, be it waiting or a long product of matrices, is over first.
    A limit inside another one may delay that one by a second.
    """
    with _by_alarm(seconds) if _alarm_is_free() else _by_thread(seconds):
        yield


def _alarm_is_free() -> bool:
    in_main_thread = threading.current_thread() is threading.main_thread()
    return hasattr(signal, "setitimer") and in_main_thread and signal.getitimer(signal.ITIMER_REAL)[0] == 0


@contextmanager
def _by_alarm(seconds: float) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeLimit

    before = signal.signal(signal.SIGALRM, stop)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT)
            yield
        finally:
            signal.signal(signal.SIGALRM, signal.SIG_IGN)  # an alarm that comes now is too late
    finally:  # also if one came just before that line
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    limited, ended = threading.get_ident(), SimpleQueue[None]()

    def watch() -> None:
        wait = seconds
        while True:
            try:
                return ended.get(timeout=wait)
            except Empty:
                _raise_in(limited, TimeLimit)
                wait = REPEAT

    watcher = threading.Thread(target=watch, daemon=True)
    try:
        with suppress(RuntimeError):  # a system without threads, as in a browser: the body simply runs
            watcher.start()
        yield
    finally:
        while True:  # each of these steps can be done twice, and what is raised among them is too late
            try:
                ended.put(None)
                if watcher.is_alive():
                    watcher.join()  # from here on nothing more is raised
                _raise_in(limited, None)
                break
            except TimeLimit:
                continue


def _raise_in(thread: int, exception: type[BaseException] | None) -> None:
    """Have ``exception`` raised in a thread at its next step of Python; None takes back one that is still to come."""
    raised = None if exception is None else ctypes.py_object(exception)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
