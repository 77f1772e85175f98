"""A time limit for one call, so that an endless loop in a notebook ends with a sentence."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

REPEAT = 1.0  # seconds: Python drops what is raised in a destructor or in a call-back of its garbage collector


class TimeLimit(BaseException):
    """Raised inside code that ran for longer than allowed; no ``except Exception`` stops it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeLimit in the body after ``seconds``, and again every second as long as that does not end it.

    Needs the main thread and a system with alarm signals (not Windows); elsewhere the
    body simply runs, and the notebook's stop button is the limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeLimit

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT)
    try:
        try:
            yield
        finally:
            signal.signal(signal.SIGALRM, signal.SIG_IGN)  # an alarm that comes now is too late
    finally:  # also if one came just before that line
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
