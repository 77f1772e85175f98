"""From observations to a verdict, on small banks made by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unrolled.calls.probes import TIME_LIMIT, Answer, observe, read_answer
from unrolled.judging.asking import ask_all
from unrolled.judging.bank import Bank, BehaviourBank, Mistake, Trial, Verdict
from unrolled.judging.diagnosis import countable
from unrolled.judging.diagnosis.found import KEY
from unrolled.judging.findings import mismatch
from unrolled.judging.judge import judge

SAYS = {"zeros": "gives zero at zero", "small": "doubles small numbers", "large": "doubles large numbers"}


def seen(value, **inputs):
    return {"value": value, "inputs": inputs}


def error(kind, message="what happened", line=3, code="the line"):
    return {"error": {"type": kind, "message": message, "line": line, "code": code}}


def behaviour(key="b", trials=(), points=1, looks_at=("value",), axes=""):
    return BehaviourBank(key, SAYS.get(key, key), points, looks_at, axes, list(trials))


def bank(behaviours, mistakes=()):
    return Bank(
        "lesson", "double", "book/x.html#sec", behaviours, [Mistake(key, f"is {key}", f"#{key}") for key in mistakes]
    )


def doubling(**mistakes):
    """A bank for ``double(x)``: three behaviours of two trials each, worth 1, 2 and 4 points."""

    def trial(x):
        outcomes = {}
        for key, function in mistakes.items():
            try:
                outcomes[key] = {"value": function(x)}
            except ValueError:
                outcomes[key] = {"error": {"type": "ValueError"}}
        return Trial({"x": x}, {"value": 2.0 * x}, {k: o for k, o in outcomes.items() if o != {"value": 2.0 * x}})

    inputs = {"zeros": (0.0, -0.0), "small": (1.0, -2.0), "large": (100.0, 300.0)}
    behaviours = [behaviour(key, map(trial, xs), points=2**n) for n, (key, xs) in enumerate(inputs.items())]
    return bank(behaviours, mistakes)


def verdict(bank, function):
    return judge(bank, ask_all(bank, lambda inputs: read_answer(Answer(observe(function, inputs)).text)))


def named(verdict):
    """The known mistakes that are named; a relation that is found has tests of its own."""
    return [m.key for m in verdict.mistakes if m.key != KEY]


def refuse(x):
    raise ValueError("no")


# what is passed, and what is missed


def test_right_answers_pass_everything():
    found = verdict(doubling(same=lambda x: x), lambda x: x + x)
    assert found.passed and found.points == found.out_of == 7 and found.mistakes == []
    assert [(f.key, f.says, f.message) for f in found.findings] == [(k, s, "") for k, s in SAYS.items()]
    assert (found.assignment, found.exercise, found.section, found.problem) == ("lesson", "double", "book/x.html#sec", "")


def test_each_behaviour_is_judged_by_itself():
    found = verdict(doubling(), lambda x: 2 * x if abs(x) < 50 else 0.0)
    assert [f.passed for f in found.findings] == [True, True, False]
    assert (found.points, found.out_of, found.passed) == (3, 7, False)
    assert found.findings[2].message == "The number differs: obtained 0, expected 200."


def test_one_wrong_trial_misses_the_behaviour_and_the_first_gives_the_message():
    found = verdict(doubling(), lambda x: 2 * x if x != -2 else 8.0)
    assert [f.passed for f in found.findings] == [True, False, True]
    assert "obtained 8, expected -4" in found.findings[1].message


def test_no_behaviour_is_passed_with_answers_missing():
    one = bank([behaviour(trials=[Trial({}, {"value": 1.0}, {})] * 2)])
    with pytest.raises(ValueError, match="shorter"):
        judge(one, {"b": [seen(1.0)]})


@given(st.sets(st.sampled_from(["zeros", "small", "large"])))
def test_points_are_those_of_the_passed_behaviours(right):
    ranges = {"zeros": lambda x: x == 0, "small": lambda x: 0 < abs(x) < 50, "large": lambda x: abs(x) > 50}
    found = verdict(doubling(), lambda x: 2 * x if any(ranges[key](x) for key in right) else 7.7)
    assert found.points == sum(2**n for n, key in enumerate(SAYS) if key in right)
    assert {f.key for f in found.findings if f.passed} == right and found.passed == (len(right) == 3)


VALUE, INPUTS, BOTH = ("value",), ("inputs",), ("value", "inputs")
KEPT, CHANGED = {"x": np.ones(2)}, {"x": np.zeros(2)}


@pytest.mark.parametrize(
    ("looks_at", "obtained", "sentence"),
    [
        (VALUE, seen(1.0, **CHANGED), None),
        (VALUE, seen(2.0, **KEPT), "The number differs"),
        (INPUTS, seen(2.0, **KEPT), None),
        (INPUTS, seen(1.0, **CHANGED), "The call changed its inputs. x: 2 of 2 numbers differ"),
        (BOTH, seen(1.0, **KEPT), None),
        (BOTH, seen(2.0, **CHANGED), "The number differs"),
        (BOTH, seen(1.0, **CHANGED), "The call changed its inputs."),
        (BOTH, seen(1.0), "The call changed its inputs."),
        (BOTH, error("KeyError"), "The call raised KeyError: what happened (line 3: the line)"),
        (VALUE, error("KeyError", line=None), "The call raised KeyError: what happened"),
        (
            VALUE,
            error(TIME_LIMIT, "did not end within 5 seconds"),
            "The call did not end within 5 seconds (line 3: ",
        ),
        (VALUE, error("NotImplementedError"), "Not written yet"),
    ],
)
def test_what_is_looked_at_and_what_is_said(looks_at, obtained, sentence):
    found = mismatch(obtained, seen(1.0, **KEPT), behaviour(looks_at=looks_at))
    assert found is None if sentence is None else found.startswith(sentence)


@pytest.mark.parametrize(
    ("obtained", "sentence"),
    [
        (error("ValueError"), None),
        (error("ValueError", message="", line=None), None),
        (seen(1.0), "The call returned a value; expected it to raise ValueError."),
        (seen(None), "The call returned a value; expected it to raise ValueError."),
        (error("TypeError"), "The call raised TypeError: what happened"),
        (error("NotImplementedError"), "Not written yet"),
        (error(TIME_LIMIT, "did not end within 5 seconds"), "The call did not end within 5 seconds"),
    ],
)
def test_an_expected_error(obtained, sentence):
    found = mismatch(obtained, {"error": {"type": "ValueError"}}, behaviour())
    assert found is None if sentence is None else found.startswith(sentence)


class TooLong(ValueError):
    pass


@pytest.mark.parametrize(
    ("raised", "accepted"),
    [(ValueError, True), (TooLong, True), (np.linalg.LinAlgError, True), (Exception, False), (KeyError, False)],
)
def test_an_error_of_the_expected_kind_is_what_except_would_catch(raised, accepted):
    def function():
        raise raised

    expects = bank([behaviour(trials=[Trial({}, {"error": {"type": "ValueError"}}, {})])])
    assert verdict(expects, function).passed == accepted


# patience


class Student:
    """Answers right, but does not end for the inputs in ``stuck``; remembers what it was asked."""

    def __init__(self, *stuck):
        self.stuck, self.asked = stuck, []

    def __call__(self, inputs):
        self.asked.append(inputs["x"])
        late = inputs["x"] in self.stuck
        return error(TIME_LIMIT, "did not end within 5 seconds") if late else seen(2 * inputs["x"])


def test_after_two_calls_that_do_not_end_nothing_more_is_asked():
    student, questions = Student(1.0, -2.0), doubling()
    found = judge(questions, ask_all(questions, student))
    assert student.asked == [0.0, -0.0, 1.0, -2.0]
    assert [f.passed for f in found.findings] == [True, False, False], "what was right before still counts"
    assert "did not end within 5 seconds" in found.findings[1].message
    assert found.findings[2].message == "The call was not made: two calls before it did not end."


def test_one_call_that_does_not_end_is_forgiven():
    student, questions = Student(-2.0), doubling()
    found = judge(questions, ask_all(questions, student))
    assert len(student.asked) == 6 and [f.passed for f in found.findings] == [True, False, True]


def test_other_errors_do_not_exhaust_patience():
    asked = []
    questions = doubling()
    ask_all(questions, lambda inputs: asked.append(1) or error("KeyError"))
    assert len(asked) == 6


# diagnosis


def test_the_mistake_that_gives_the_same_answers_is_named():
    known = {"same": lambda x: x, "negated": lambda x: -2 * x, "squared": lambda x: x * x}
    for key, function in known.items():
        assert named(verdict(doubling(**known), function)) == [key]


def test_an_unknown_mistake_is_not_named():
    assert named(verdict(doubling(same=lambda x: x), lambda x: 3 * x)) == []


def test_agreement_in_one_trial_is_not_enough():
    assert named(verdict(doubling(square=lambda x: x * x), lambda x: 1.0 if x == 1 else 2 * x)) == []


def test_the_mistake_that_also_agrees_where_the_student_passed_wins():
    """Both known mistakes are wrong for large numbers in the same way; one is right for small ones, as the student is."""
    capped = {"always": lambda x: 9.0, "large_only": lambda x: 9.0 if x > 50 else 2 * x}
    for order in (capped, dict(reversed(capped.items()))):
        assert named(verdict(doubling(**order), capped["large_only"])) == ["large_only"]
        assert named(verdict(doubling(**order), capped["always"])) == ["always"]


def test_two_mistakes_at_once_are_both_named():
    known = {"small": lambda x: x if 0 < abs(x) < 50 else 2 * x, "large": lambda x: -x if x > 50 else 2 * x}
    both = lambda x: known["small"](x) if abs(x) < 50 else known["large"](x)  # noqa: E731
    assert sorted(named(verdict(doubling(**known), both))) == ["large", "small"]
    for key, function in known.items():
        assert named(verdict(doubling(**known), function)) == [key]


def test_one_mistake_that_explains_all_is_named_alone():
    known = {"small": lambda x: 3 * x if 0 < abs(x) < 50 else 2 * x, "tripled": lambda x: 3 * x}
    assert named(verdict(doubling(**known), lambda x: 3 * x)) == ["tripled"]


def test_what_no_mistake_explains_stays_open_beside_what_one_does():
    known = {"small": lambda x: x if 0 < abs(x) < 50 else 2 * x}
    found = verdict(doubling(**known), lambda x: known["small"](x) if x < 50 else 7.7)
    assert named(found) == ["small"] and [f.passed for f in found.findings] == [True, False, False]


def gradients(**mistakes):
    """A bank for a function that returns two parts, asked twice."""
    trials = [
        Trial({"x": x}, {"value": {"W": 2 * x, "b": 3 * x}}, {k: {"value": f(x)} for k, f in mistakes.items()})
        for x in (1.0, 5.0)
    ]
    return bank([behaviour("parts", trials)], mistakes)


def test_a_mistake_made_in_some_of_the_parts_is_named_as_such():
    known = gradients(both=lambda x: {"W": x, "b": x}, other=lambda x: {"W": 0.0, "b": 0.0})
    found = verdict(known, lambda x: {"W": x, "b": 3 * x}).mistakes
    assert [(m.key, m.says) for m in found] == [("both", "in part, is both")]
    assert named(verdict(known, lambda x: {"W": x, "b": x})) == ["both"]
    assert named(verdict(known, lambda x: {"W": x, "b": 7.0})) == [], "the other part is neither right nor known"
    assert named(verdict(known, lambda x: {"W": x})) == named(verdict(known, lambda x: x)) == []
    assert named(verdict(known, lambda x: {"W": 2 * x, "b": 3 * x})) == []


def test_of_mistakes_made_in_part_the_one_with_least_missing_is_named():
    known = gradients(more=lambda x: {"W": x, "b": x}, less=lambda x: {"W": x, "b": 3 * x + (x > 2)})
    assert named(verdict(known, lambda x: {"W": x, "b": 3 * x})) == ["less"]


def test_a_mistake_that_raises_in_some_trials_is_named():
    def refuses_one(x):
        return refuse(x) if x == 300 else 2 * x

    known = {"refuses_one": refuses_one}
    assert named(verdict(doubling(**known), refuses_one)) == ["refuses_one"]
    assert named(verdict(doubling(**known), lambda x: {}["no"] if x == 300 else 2 * x)) == [], "another kind of error"


def test_a_crash_everywhere_is_no_evidence_for_a_mistake_that_crashes():
    found = verdict(doubling(refuses=refuse), refuse)
    assert named(found) == [] and found.points == 0


def test_no_mistake_is_named_for_a_stub():
    def stub(x):
        raise NotImplementedError("double")

    found = verdict(doubling(same=lambda x: x, refuses=refuse), stub)
    assert named(found) == [] and {f.message.split(",")[0].split(":")[0] for f in found.findings} == {"Not written yet"}


def test_a_mistake_is_not_named_if_the_student_passed_what_it_breaks():
    """Both behaviours would be missed with this mistake; one was passed, so it is something else."""
    known = {"halves": lambda x: x / 2 if x != 100 else 2 * x}
    assert named(verdict(doubling(**known), lambda x: 2 * x if abs(x) < 50 or x == 100 else x / 2)) == []
    assert named(verdict(doubling(**known), known["halves"])) == ["halves"]


def test_changed_inputs_are_known_as_a_mistake():
    given = {"x": np.ones(2)}
    right, greedy_too = Trial(given, seen(2.0), {}), Trial(given, seen(2.0, **KEPT), {"greedy": seen(2.0, **CHANGED)})
    questions = bank([behaviour("value", [right]), behaviour("inputs", [greedy_too], looks_at=BOTH)], ["greedy"])

    def greedy(x):
        total = x.sum()
        x[:] = 0
        return total

    found = verdict(questions, greedy)
    assert [f.passed for f in found.findings] == [True, False] and named(found) == ["greedy"]


# the verdict


def test_what_could_not_be_graded_has_neither_passed_nor_points():
    found = Verdict("lesson", "double", "sec", [], [], 0, "The file is broken.")
    assert not found.passed and found.points == 0


# NaN and infinities


@pytest.mark.parametrize(
    ("nothing", "label"), [(np.nan, "overflow"), (np.inf, "overflow"), (-np.inf, "overflow"), (2e30, None)]
)
def test_a_mistake_that_gives_no_number_is_named_and_earns_nothing(nothing, label):
    """NaN equals nothing, not even itself; but it tells which mistake was made."""

    def large(bad):
        return lambda x: bad if abs(x) > 50 else 2.0 * x

    found = verdict(doubling(overflow=large(np.nan)), large(nothing))
    assert [f.passed for f in found.findings] == [True, True, False]
    assert named(found) == ([label] if label else [])


def test_countable_keeps_all_that_is_finite():
    value = {"a": [1.5, (np.array([np.nan, 2.0]), None)], "b": "text", "n": 3, "f": np.array([True])}
    kept = countable(value)
    assert kept["a"][0] == 1.5 and kept["a"][1][0].tolist() == [3e30, 2.0] and kept["a"][1][1] is None
    assert (kept["b"], kept["n"], kept["f"].dtype) == ("text", 3, np.dtype(bool)) and np.isnan(value["a"][1][0][0])
