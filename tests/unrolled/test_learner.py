"""The learner's package: what crosses, what counts as equal, what check says."""

import json
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unrolled import check, data, plots
from unrolled import checking as checking_module
from unrolled.calls.probes import read_answer
from unrolled.checking import UnknownExercise
from unrolled.judging.bank import Finding, Mistake, Verdict
from unrolled.judging.banks import shipped_banks
from unrolled.judging.report import Report
from unrolled.values.codec import BadValue, StandIn, Unsupported, decode, encode
from unrolled.values.compare import TOLERANCE, difference

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["array", "list", "tuple", "dict", "unsupported", "standin", "x"]), inner, max_size=2
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 3, -(2**62), 0.1, "text", (), (1, [2.0, None]), {"a": (1,)}, StandIn("rnn.wave_step")),
        *(np.array(3.5), np.zeros((0, 3)), np.arange(6).reshape(2, 3).T, np.array([True, False])),
        *(np.array([1j]), np.arange(3, dtype=">i4"), np.float32(1.5), np.array([np.nan, np.inf])),
    ],
    ids=repr,
)
def test_values_cross_unchanged(value):
    crossed = decode(json.loads(json.dumps(encode(value))))
    np.testing.assert_equal(crossed, value)
    assert not isinstance(value, np.ndarray | np.generic) or crossed.dtype == value.dtype


@pytest.mark.parametrize(
    "value",
    [object(), np.array([object()]), np.zeros(10**7), "x" * 10_000, 2**80, {1: 2}, [0] * 20_000, np.array(["a"])],
    ids=lambda value: type(value).__name__,
)
def test_strange_values_become_a_description(value):
    assert isinstance(decode(encode(value)), Unsupported)


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_decoding_anything_gives_a_value_or_bad_value(tree):
    with suppress(BadValue):
        decode(tree)
    with suppress(BadValue):
        read_answer(json.dumps(tree))


@pytest.mark.parametrize(
    "array",
    [
        ["<f8", [2], "AA=="],
        ["<f8", [-1], ""],
        ["O", [1], ""],
        ["<f8", [2**40, 2**40], ""],
        ["<f8", [1], "?"],
        3,
        [1],
        ["<f8", "x", ""],
    ],
)
def test_arrays_that_lie_are_refused(array):
    with pytest.raises(BadValue):
        decode({"array": array})


def test_difference_names_shape_then_kind_then_place():
    expected = np.zeros((2, 3, 4))
    assert difference(expected.copy(), expected) is None
    assert difference(np.zeros((3, 2, 4)), expected, "BTH") == (
        "The result has shape (3, 2, 4); expected shape (2, 3, 4) = (B, T, H)."
    )
    assert "true/false" in difference(np.zeros((2, 3, 4), dtype=bool), expected)
    wrong = expected.copy()
    wrong[0, 2, 1] = wrong[1, 1, 3] = 1
    assert difference(wrong, expected, "BTH") == (
        "2 of 24 numbers differ; first at time step 1, sequence 1, unit 3: obtained 1, expected 0."
    )
    assert "return statement" in difference(None, expected)
    assert "expected 2 values" in difference(np.zeros(2), (expected, expected))
    assert difference([1, 2], np.array([1, 2])) is None
    assert "real numbers; expected integers" in difference(np.array([1.0]), np.array([1]))
    assert difference(np.array([1]), np.array([1.0])) is None


def test_tolerance_holds_on_both_sides_and_nothing_undefined_passes():
    expected = np.array([0.0, 100.0])
    assert difference(expected + 0.9 * TOLERANCE * np.array([1, 101]), expected) is None
    assert difference(expected + 1.1 * TOLERANCE * np.array([1, 101]), expected)
    for bad in (np.nan, np.inf, -np.inf):
        assert difference(np.array([bad, 100.0]), expected)
        assert difference(np.array([bad]), np.array([np.nan]))


def right_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)


def named(function):
    function.__name__ = "rnn_step"
    return function


def test_right_function_has_all_points_and_no_advice():
    report = check(named(right_step))
    assert report.verdict.passed and "6 of 6 points" in repr(report) and "Read" not in repr(report)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (lambda **_: None, "return statement missing"),
        (lambda **_: "text", "expected an array of shape"),
        (lambda **_: np.zeros((1, 1)), "The result has shape (1, 1)"),
        (lambda **_: 1 / 0, "The call raised ZeroDivisionError: division by zero (line "),
        (lambda x_t: x_t, "unexpected keyword argument"),
        (lambda **_: object(), "of type object"),
        (lambda **_: [[1, 2], [3]], "of 2 items"),
    ],
)
def test_what_is_wrong_gets_one_sentence(body, sentence):
    report = check(named(body))
    assert report.verdict.points == 0 and sentence in repr(report)


def test_endless_loop_is_cut_off_with_the_students_line(monkeypatch):
    monkeypatch.setattr(checking_module, "SECONDS_PER_CALL", 0.1)

    def endless(**_):
        while True:
            pass

    text = repr(check(named(endless)))
    assert ("did not end within 0.1 seconds (line" in text and "while True" in text) or "pass" in text
    assert "was not made: two calls before it did not end" in text


def test_changed_inputs_cost_their_point_alone():
    def greedy(x_t, h_prev, W_xh, W_hh, b_h):
        result = right_step(x_t, h_prev, W_xh, W_hh, b_h)
        h_prev *= 2
        return result

    report = check(named(greedy))
    assert report.verdict.points == 5 and "changed its inputs. h_prev" in repr(report)


def test_mistake_is_named_with_a_link(monkeypatch):
    monkeypatch.setenv("UNROLLED_BOOK", "https://book.example/")
    report = check(named(lambda x_t, h_prev, W_xh, W_hh, b_h: np.tanh(x_t @ W_xh + h_prev @ W_hh)))
    assert [m.key for m in report.verdict.mistakes] == ["no_bias"]
    address = "https://book.example/book/shared_weights.html#pitfall-rnn-step-no-bias"
    assert address in repr(report) and f'href="{address}"' in report._repr_html_()


def test_unknown_function_gets_one_sentence():
    with pytest.raises(UnknownExercise, match="check\\(\\) knows no exercise called 'max'"):
        check(max)
    with pytest.raises(UnknownExercise, match="a float"):
        check(3.0)


def test_report_escapes_everything_and_says_states_in_words():
    evil = "<script>alert(1)</script>"
    findings = [Finding("a", evil, 1, False, evil), Finding("b", "fine", 2, True)]
    html = Report(Verdict("rnn", evil, "x", findings, [Mistake("m", evil, evil)], 3))._repr_html_()
    assert "<script" not in html and "missed" in html and "passed" in html and 'role="group"' in html
    ungraded = repr(Report(Verdict("rnn", "rnn_step", "x", [], [], 6, "The file is broken.")))
    assert "could not be graded" in ungraded and "0 of 6" not in ungraded


def test_every_shipped_bank_is_complete():
    for bank in shipped_banks().values():
        assert bank.behaviours and all(b.trials and b.points > 0 for b in bank.behaviours)
        assert len({b.key for b in bank.behaviours}) == len(bank.behaviours)


def test_data_are_what_their_docstrings_say():
    train, test = data.japanese_vowels()
    assert (len(train.x), len(test.x)) == (270, 370) and {x.shape[1] for x in train.x + test.x} == {12}
    assert (train.lengths.min(), test.lengths.max()) == (7, 29) and set(test.labels) == set(range(9))
    frames = np.concatenate(train.x)
    np.testing.assert_allclose((frames.mean(axis=0), frames.std(axis=0)), (np.zeros(12), np.ones(12)), atol=1e-5)
    padded = train.padded()
    assert padded.shape == (270, 26, 12) and (padded[0, train.lengths[0] :] == 0).all()
    reviews = data.reviews()
    assert len(reviews.words) == len(reviews.ratings) == 14_312
    assert min(w.min() for w in reviews.words) == 1 and np.abs(reviews.ratings).max() <= 4
    assert [len(w) for w in reviews.words] == reviews.lengths.tolist()


def test_figure_follows_the_page_and_is_the_same_each_time():
    def picture(caption):
        figure, axes = plots.figure()
        plots.curves(axes, np.arange(5), {"a": np.arange(5.0), "b": np.ones(5)}, {"a": np.ones(5)})
        return plots.show(figure, caption, "Two lines & more.")

    first, again, other = picture("One"), picture("One"), picture("Two")
    assert first == again
    assert (
        "var(--unrolled-1," in first.svg
        and "currentColor" in first.svg
        and "http" not in first.svg.replace("http://www.w3.org", "")
    )
    ids = [{part.split('"')[0] for part in p.svg.split(' id="')[1:]} for p in (first, other)]
    assert ids[0] and not ids[0] & ids[1]
    bundle = first._repr_mimebundle_()
    assert "Two lines &amp; more." in bundle["text/html"] and bundle["image/png"]


@pytest.mark.parametrize(("caption", "alt"), [("", "alt"), ("caption", " ")])
def test_figure_without_words_is_refused(caption, alt):
    figure, _ = plots.figure()
    with pytest.raises(ValueError, match="caption and a text alternative"):
        plots.show(figure, caption, alt)
