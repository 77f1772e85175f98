"""A call that does not end is ended, and nothing of the limit stays behind: by an alarm, and where there is none."""

import gc
import signal
import threading
import time
from contextlib import suppress

import pytest

from unrolled.calls import limits
from unrolled.calls.limits import TimeLimit, time_limit

SOON = 0.05
LONG = 20  # by then a test has failed


@pytest.fixture(params=["alarm", "thread"])
def either_way(request, monkeypatch):
    """Once as on Linux, and once as on Windows, where there are no alarms."""
    if request.param == "thread":
        monkeypatch.delattr(signal, "setitimer")


@pytest.fixture
def without_alarms(monkeypatch):
    monkeypatch.delattr(signal, "setitimer")


def spin(until):
    while time.monotonic() < until:
        pass


def assert_nothing_is_left():
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    assert [t for t in threading.enumerate() if "watch" in t.name] == []


@pytest.mark.usefixtures("either_way")
def test_body_is_stopped_soon_after_its_limit():
    start = time.monotonic()
    with pytest.raises(TimeLimit), time_limit(SOON):
        spin(start + LONG)
    assert time.monotonic() - start >= SOON
    assert_nothing_is_left()


def test_an_alarm_interrupts_waiting():
    start = time.monotonic()
    with pytest.raises(TimeLimit), time_limit(SOON):
        time.sleep(LONG)
    assert time.monotonic() - start < LONG


@pytest.mark.usefixtures("without_alarms")
def test_without_alarms_waiting_ends_first():
    start = time.monotonic()
    with pytest.raises(TimeLimit), time_limit(SOON):
        time.sleep(4 * SOON)
        spin(start + LONG)
    assert time.monotonic() - start >= 4 * SOON


@pytest.mark.usefixtures("either_way")
def test_except_exception_does_not_stop_the_limit():
    with pytest.raises(TimeLimit), time_limit(SOON), suppress(Exception):
        spin(time.monotonic() + LONG)


@pytest.mark.usefixtures("either_way")
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


def test_a_body_in_another_thread_is_stopped_as_well():
    stopped = []

    def body():
        with suppress(TimeLimit), time_limit(SOON):
            spin(time.monotonic() + LONG)
            return
        stopped.append(True)

    thread = threading.Thread(target=body)
    thread.start()
    thread.join()
    assert stopped == [True]
    assert_nothing_is_left()


@pytest.mark.usefixtures("without_alarms")
def test_without_threads_the_body_simply_runs(monkeypatch):
    def fail(_self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", fail)
    with time_limit(SOON):
        spin(time.monotonic() + 2 * SOON)


@pytest.mark.usefixtures("without_alarms")
def test_what_comes_too_late_hits_nothing(monkeypatch):
    """The body has ended, and its time is up just then, before the limit is taken away or while it is."""
    raise_in, me, late = limits._raise_in, threading.get_ident(), []

    class Watcher(threading.Thread):
        def join(self, timeout=None):
            super().join(timeout)
            come("after the thread's end")

    def come(when):
        if when not in late:
            late.append(when)
            raise_in(me, TimeLimit)
            spin(time.monotonic() + SOON)

    def taken_back(thread, exception):
        come("before it is taken back")
        raise_in(thread, exception)
        come("when all is done")

    monkeypatch.setattr(limits, "_raise_in", taken_back)
    monkeypatch.setattr(threading, "Thread", Watcher)
    with time_limit(60):
        pass
    assert late == ["after the thread's end", "before it is taken back", "when all is done"]
    monkeypatch.undo()
    spin(time.monotonic() + SOON)  # a step of Python, at which anything left would come
    assert_nothing_is_left()


@pytest.mark.usefixtures("either_way")
def test_many_bodies_that_end_about_their_limit_leave_nothing_behind():
    """The first end long before it, some just at it; the last would take ten times as long, on a busy machine as well."""
    stopped = 0
    for k in range(100):
        start = time.monotonic()
        try:
            with time_limit(0.002):
                spin(start + 0.0002 * k)
        except TimeLimit:
            stopped += 1
        spin(time.monotonic() + 0.0005)
    assert_nothing_is_left()
    assert stopped > 0


@pytest.mark.usefixtures("either_way")
def test_a_limit_inside_another_leaves_that_one_in_force():
    start = time.monotonic()
    with pytest.raises(TimeLimit), time_limit(4 * SOON):
        with pytest.raises(TimeLimit), time_limit(SOON):
            spin(start + LONG)
        with time_limit(60):
            pass
        spin(start + 3 * LONG)
    assert_nothing_is_left()


def test_an_alarm_that_others_have_set_stays_theirs():
    before = signal.signal(signal.SIGALRM, theirs := lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 60)
    try:
        with pytest.raises(TimeLimit), time_limit(SOON):
            spin(time.monotonic() + LONG)
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
        assert signal.getsignal(signal.SIGALRM) is theirs
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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


@pytest.mark.usefixtures("either_way")
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
            spin(time.monotonic() + LONG)
    finally:
        gc.callbacks.remove(linger)
