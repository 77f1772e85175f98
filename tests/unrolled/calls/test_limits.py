"""A call that does not end is ended, and nothing of the limit stays behind."""

import gc
import signal
import threading
import time
from contextlib import suppress

import pytest

from unrolled.calls.limits import TimeLimit, time_limit

SOON = 0.05
LONG = 1.5  # by then a test has failed


def spin(until):
    while time.monotonic() < until:
        pass


def assert_nothing_is_left():
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


@pytest.mark.parametrize("body", [spin, lambda until: time.sleep(LONG)], ids=["loop", "sleep"])
def test_body_is_stopped_soon_after_its_limit(body):
    start = time.monotonic()
    with pytest.raises(TimeLimit), time_limit(SOON):
        body(start + LONG)
    assert SOON <= time.monotonic() - start < LONG
    assert_nothing_is_left()


def test_except_exception_does_not_stop_the_limit():
    with pytest.raises(TimeLimit), time_limit(SOON), suppress(Exception):
        spin(time.monotonic() + LONG)


def test_body_that_ends_is_left_alone():
    with time_limit(60):
        value = 3
    assert value == 3
    assert_nothing_is_left()
    with pytest.raises(KeyError), time_limit(60):
        raise KeyError
    assert_nothing_is_left()


def test_the_handler_of_others_is_put_back():
    calls = []
    before = signal.signal(signal.SIGALRM, lambda *_: calls.append(1))
    try:
        with suppress(TimeLimit), time_limit(SOON):
            spin(time.monotonic() + LONG)
        signal.raise_signal(signal.SIGALRM)
        assert calls == [1]
    finally:
        signal.signal(signal.SIGALRM, before)


def test_elsewhere_than_in_the_main_thread_the_body_simply_runs():
    ended = []

    def body():
        with time_limit(SOON):
            time.sleep(2 * SOON)
            ended.append(True)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    assert ended == [True]


def test_without_alarm_signals_the_body_simply_runs(monkeypatch):
    monkeypatch.delattr(signal, "setitimer")
    with time_limit(SOON):
        time.sleep(2 * SOON)


def test_alarm_at_the_very_end_leaves_nothing_behind(monkeypatch):
    """If it came between the body's end and the disarming, the clock would go on and stop some later cell."""
    arm, handler = signal.setitimer, signal.getsignal(signal.SIGALRM)

    def arm_late(which, seconds, interval=0.0):
        if seconds == 0:
            signal.raise_signal(signal.SIGALRM)
        return arm(which, seconds, interval)

    monkeypatch.setattr(signal, "setitimer", arm_late)
    try:
        with suppress(TimeLimit), time_limit(60):
            pass
        assert_nothing_is_left()
    finally:
        arm(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_alarm_that_python_drops_comes_again():
    """What is raised in a call-back of the garbage collector is dropped; endless loops used to go on after that."""

    def linger(phase, _info):
        if phase == "start":
            time.sleep(2 * SOON)  # the first alarm finds us here

    gc.callbacks.append(linger)
    try:
        with pytest.raises(TimeLimit), time_limit(SOON):
            gc.collect()
            spin(time.monotonic() + 2 * LONG)
    finally:
        gc.callbacks.remove(linger)
