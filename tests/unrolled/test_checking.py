"""``check(function)`` as a student uses it, with functions of every kind."""

import signal
import sys
import warnings

import numpy as np
import pytest

from autograder.checks import ASSIGNMENTS
from autograder.proof import checks as proofs
from unrolled import check, checking
from unrolled.checking import UnknownExercise
from unrolled.judging.banks import shipped_banks

EXERCISES = [(a, e) for a in ASSIGNMENTS.values() for e in a.exercises]


def right_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)


def checked(function, name="rnn_step"):
    """The verdict on ``function`` under the name of an exercise, and what the student reads."""
    function.__name__ = name
    report = check(function)
    return report.verdict, repr(report)


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES, ids=[e.name for _, e in EXERCISES])
def test_the_shipped_examples_pass_the_reference_and_name_every_known_mistake(ledger, assignment, exercise):
    found = ledger.verdict(proofs.shipped(assignment, exercise))
    assert found.pop("") == [exercise.points, exercise.points]
    assert set(found) == {m.key for m in exercise.misconceptions}
    for key, (points, out_of, named, told) in found.items():
        assert points < out_of == exercise.points and named == key and told


@pytest.mark.parametrize("thing", [3.0, None, "rnn_step", np.zeros(3), right_step, lambda: None, np.sin, list, print])
def test_what_is_no_exercise_is_refused_with_the_names_of_those_there_are(thing):
    with pytest.raises(UnknownExercise) as refusal:
        check(thing)
    assert all(name in str(refusal.value) for name in shipped_banks()) and "check(" in str(refusal.value)


ACCEPTED = {
    "other order of parameters": lambda b_h, W_hh, W_xh, h_prev, x_t: right_step(x_t, h_prev, W_xh, W_hh, b_h),
    "optional parameter more": lambda x_t, h_prev, W_xh, W_hh, b_h, verbose=False: right_step(x_t, h_prev, W_xh, W_hh, b_h),
    "any keywords": lambda **inputs: right_step(**inputs),
    "32 bits": lambda **inputs: right_step(**{name: array.astype(np.float32) for name, array in inputs.items()}),
    "nested lists": lambda **inputs: right_step(**inputs).tolist(),
    "list of rows": lambda **inputs: list(right_step(**inputs)),
    "column order in memory": lambda **inputs: np.asfortranarray(right_step(**inputs)),
    "other byte order": lambda **inputs: right_step(**inputs).astype(">f8"),
    "matrix": lambda **inputs: right_step(**inputs).view(Rows),
    "printing": lambda **inputs: print("here", 27) or right_step(**inputs),
}


class Rows(np.ndarray):
    """A kind of array of someone's own."""


@pytest.mark.parametrize("function", ACCEPTED.values(), ids=ACCEPTED)
def test_right_answers_of_every_form_are_accepted(function):
    assert checked(function)[0].passed


def test_a_callable_object_and_a_decorated_function_are_accepted():
    from functools import wraps

    class Step:
        __name__ = "rnn_step"

        def __call__(self, **inputs):
            return right_step(**inputs)

    @wraps(right_step)
    def decorated(*positional, **inputs):
        return right_step(*positional, **inputs)

    assert check(Step()).verdict.passed and checked(decorated)[0].passed


def test_warnings_never_cost():
    def noisy(**inputs):
        warnings.warn("careful", stacklevel=1)
        np.array([1.0]) / np.array([0.0])
        return right_step(**inputs)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert checked(noisy)[0].passed


def generated(**_):
    yield 1


def recursing(**inputs):
    return recursing(**inputs)


def exits(**_):
    sys.exit("enough")


class Raising:
    """Every attempt to look at it fails."""

    def __array__(self, *_, **__):
        raise RuntimeError("__array__ was called")

    __repr__ = __str__ = __eq__ = __len__ = __iter__ = __bool__ = __array__
    __hash__ = None


REFUSED = {
    "generator": (generated, "of type generator; expected an array"),
    "array by protocol": (lambda **_: Raising(), "of type Raising; expected an array"),
    "text array": (lambda **_: np.array(["x"]), "of type array of dtype <U1"),
    "objects": (lambda **_: np.array([[1, None]]), "of type array of dtype object"),
    "list of objects": (lambda **_: [Raising()], "a list of 1 items; expected an array"),
    "the function": (lambda **_: right_step, "of type function"),
    "huge array": (lambda **_: np.zeros((3000, 3000)), "far larger than expected"),
    "huge list": (lambda **_: [0.0] * 20_000, "list of 20000 items"),
    "huge dictionary": (lambda **_: {str(i): 0.0 for i in range(20_000)}, "expected an array of shape (4, 5)"),
    "number": (lambda **_: 3, "The result has shape (); expected shape (4, 5) = (B, H)"),
    "truth values": (lambda **inputs: right_step(**inputs) > 0, "holds true/false values; expected real numbers"),
    "complex": (lambda **inputs: right_step(**inputs) + 0j, "holds complex numbers; expected real numbers"),
    "not a number": (lambda **inputs: right_step(**inputs) * np.nan, "obtained nan"),
    "endless recursion": (recursing, "RecursionError"),
    "exit": (exits, "The call raised SystemExit: enough (line"),
    "other names": (lambda x, h, Wx, Wh, b: x, "unexpected keyword argument 'x_t'"),
    "missing parameters": (lambda x_t: x_t, "unexpected keyword argument 'h_prev'"),
    "one more parameter": (lambda x_t, h_prev, W_xh, W_hh, b_h, h_0: x_t, "'h_0'"),
    "positions only": (lambda x_t, h_prev, W_xh, W_hh, b_h, /: x_t, "positional-only"),
    "wrong product": (lambda **i: i["x_t"] @ i["W_hh"], "matmul"),
}


@pytest.mark.parametrize(("function", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_said(function, sentence):
    verdict, text = checked(function)
    assert verdict.points == 0 and sentence in text


def test_result_in_the_wrong_number_is_said():
    verdict, text = checked(lambda W, D: W[:D], "split_weights")
    assert verdict.points == 0 and "an array of shape (3, 5); expected 2 values." in text


def test_stop_button_stops_the_check():
    """KeyboardInterrupt is the student's wish to end all this, not a fault of the function."""

    def interrupted(**_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        checked(interrupted)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_endless_loop_is_left_after_two_calls_and_names_the_line(monkeypatch):
    monkeypatch.setattr(checking, "SECONDS_PER_CALL", 0.05)
    calls = []

    def endless(**_):
        calls.append(1)
        while len(calls) < 100:
            pass

    verdict, text = checked(endless)
    assert len(calls) == 2 and verdict.points == 0
    assert "did not end within 0.05 seconds (line " in text and ("while len(calls)" in text or "pass" in text)


def test_loop_that_ends_only_sometimes_keeps_what_it_earned(monkeypatch):
    monkeypatch.setattr(checking, "SECONDS_PER_CALL", 0.05)

    def stuck_on_bias(**inputs):
        while inputs["b_h"].any():
            pass
        return right_step(**inputs)

    verdict, _ = checked(stuck_on_bias)
    assert {f.key for f in verdict.findings if f.passed} == {"input", "state"}


def test_the_examples_stay_what_they_are():
    """A function that spoils its inputs does not spoil the next check."""

    def spoils(x_t, h_prev, W_xh, W_hh, b_h):
        result = right_step(x_t, h_prev, W_xh, W_hh, b_h)
        for array in (x_t, h_prev, W_xh, W_hh, b_h):
            array[:] = 0
        return result

    first, text = checked(spoils)
    assert [f.key for f in first.findings if not f.passed] == ["inputs"] and "The call changed its inputs. " in text
    assert checked(spoils)[0] == first and checked(ACCEPTED["any keywords"])[0].passed


def test_result_that_is_an_input_is_compared_as_it_was_returned():
    verdict, text = checked(lambda x_t, h_prev, **_: h_prev)
    assert verdict.points == 0 and "numbers differ" in text


def test_untouched_stub_is_called_unwritten():
    def stub(**_):
        raise NotImplementedError("rnn_step")

    verdict, text = checked(stub)
    assert verdict.points == 0 and verdict.mistakes == [] and text.count("Not written yet") == 1
