"""When two values count as equal, and the sentence that says where they do not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from unrolled.values.codec import StandIn, Unsupported, decode, encode
from unrolled.values.compare import LONGEST_NOTE, NOTE, TOLERANCE, describe, difference, first_index, place

FINITE = npst.arrays("f8", npst.array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e6, 1e6))


@given(FINITE)
def test_everything_finite_equals_itself_within_half_the_tolerance(array):
    assert difference(array.copy(), array) is None
    assert difference(array + TOLERANCE / 2 * (1 + np.abs(array)), array) is None
    assert difference(array.tolist(), array) is None


@settings(deadline=None)
@given(FINITE, st.data())
def test_one_wrong_number_is_found_where_it_stands(array, data):
    index = tuple(data.draw(st.integers(0, n - 1)) for n in array.shape)
    wrong = array.copy()
    wrong[index] += 1.1 * TOLERANCE * (1 + np.abs(array[index])) + 1e-9
    sentence = difference(wrong, array)
    if array.size > 1:
        assert sentence.startswith(f"1 of {array.size} numbers differ; first at index {list(index)}: ")
    else:
        assert sentence.startswith("The number differs: ")


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("expected", [0.0, 1e300, np.inf, -np.inf, np.nan])
def test_nothing_undefined_ever_counts(bad, expected):
    assert difference(np.array([bad]), np.array([expected]))


@pytest.mark.parametrize("expected", [np.inf, -np.inf, np.nan])
def test_nothing_counts_as_an_undefined_value(expected):
    assert difference(np.array([1.0, 2.0]), np.array([expected, 2.0]))


def test_answers_in_32_bits_count_after_a_hundred_steps():
    rng = np.random.default_rng(0)
    x, W = rng.normal(size=(100, 3, 8)), rng.normal(size=(8, 8)) / np.sqrt(8)

    def last_state(kind):
        h = np.zeros((3, 8), kind)
        for x_t in x.astype(kind):
            h = np.tanh(x_t + h @ W.astype(kind))
        return h

    assert last_state(np.float32).dtype == np.float32
    assert difference(last_state(np.float32), last_state(np.float64)) is None
    assert difference(last_state(np.float16), last_state(np.float64))


KINDS = {
    "bool": np.array([True, False]),
    "int": np.array([1, 0]),
    "unsigned": np.array([1, 0], np.uint8),
    "float": np.array([1.0, 0.0]),
    "complex": np.array([1.0 + 0j, 0]),
}
ACCEPTED = {
    "bool": {"bool"},
    "int": {"int", "unsigned"},
    "unsigned": {"int", "unsigned"},
    "float": {"float", "int", "unsigned"},
    "complex": {"complex", "float"},
}


@pytest.mark.parametrize("expected", KINDS)
@pytest.mark.parametrize("obtained", KINDS)
def test_kinds_of_numbers(obtained, expected):
    sentence = difference(KINDS[obtained], KINDS[expected])
    assert (sentence is None) == (obtained in ACCEPTED[expected])
    assert sentence is None or sentence.startswith("The result holds ")


@pytest.mark.parametrize("expected", [250_000, 2**40, 2**60])
def test_whole_numbers_are_exact(expected):
    assert difference(expected, expected) is None
    assert difference(expected + 1, expected)
    assert difference(np.array([expected - 1, 3]), np.array([expected, 3]))


@pytest.mark.parametrize("expected", [True, False])
def test_truth_values_of_numpy_and_python_count_as_each_other(expected):
    for same in (expected, np.bool_(expected), np.array(expected)):
        assert difference(decode(encode(same)), expected) is None
        assert difference(decode(encode(same)), np.array(expected)) is None
    for other in (not expected, np.bool_(not expected), int(expected), None, "True"):
        assert difference(decode(encode(other)), expected)


def test_shape_comes_before_kind_and_kind_before_values():
    expected = np.zeros((2, 3))
    assert "shape (3, 2)" in difference(np.ones((3, 2), bool), expected)
    assert "true/false" in difference(np.ones((2, 3), bool), expected)
    assert "6 of 6 numbers differ" in difference(np.ones((2, 3)), expected)
    assert "shape (2, 1)" in difference(np.zeros((2, 1)), expected), "nothing is broadcast"
    assert "shape ()" in difference(0.0, expected)
    assert "expected shape ()" in difference(np.zeros(1), 0.0)
    assert difference(np.zeros((0, 3)), np.zeros((0, 3))) is None


@pytest.mark.parametrize(
    ("expected", "mistaken", "sentence"),
    [
        ((1.0, 2.0), (1.0,), "a tuple of 1 items; expected 2 values."),
        ((1.0, 2.0), 1.0, "expected 2 values."),
        ([1.0, 2.0, 3.0], [1.0, 2.0], "The list has 2 items; expected 3."),
        ((1.0, 2.0), None, "return statement missing"),
        ((1.0, 2.0), np.array([1.0, 2.0]), "an array of shape (2,); expected 2 values."),
        ((1.0, 2.0), (1.0, 3.0), "Value 2 of 2: The number differs: obtained 3, expected 2."),
        ((1.0, (2.0, 3.0)), (1.0, (2.0, 4.0)), "Value 2 of 2: Value 2 of 2: The number differs"),
        ({"dW": 1.0, "db": 2.0}, {"dW": 1.0}, "db is missing."),
        ({"dW": 1.0, "db": 2.0}, {"W": 1.0, "db": 2.0}, "dW is missing. W is not asked for."),
        ({"dW": 1.0}, {"dW": 1.0, "db": 2.0}, "db is not asked for."),
        ({"dW": 1.0}, (1.0,), "expected the entries dW."),
        ({"dW": 1.0, "db": 2.0}, {"dW": 1.0, "db": 3.0}, "db: The number differs"),
        ("text", "texts", "expected str text."),
        (None, 0.0, "expected None"),
    ],
)
def test_structures(expected, mistaken, sentence):
    assert difference(expected, expected) is None
    assert sentence in difference(mistaken, expected)


def test_a_note_is_said_where_numbers_differ_and_never_makes_them_right_or_wrong():
    assert difference({"dW": 1.0, NOTE: "turned"}, {"dW": 1.0}) is None
    assert difference({"dW": 2.0, NOTE: "turned"}, {"dW": 1.0}) == "turned"
    assert difference({"dW": 2.0, NOTE: "x" * 1000}, {"dW": 1.0}) == "x" * LONGEST_NOTE
    assert difference({NOTE: "turned"}, {"dW": 1.0}) == "dW is missing."


def test_what_a_known_mistake_notes_has_to_be_noted_in_whatever_words():
    mistaken = {"dW": 1.0, NOTE: "turned"}
    assert difference({"dW": 1.0}, mistaken)
    assert difference({"dW": 1.0, NOTE: "otherwise"}, mistaken) is None


def test_tuples_and_lists_count_as_each_other():
    assert difference([1.0, (2.0,)], (1.0, [2.0])) is None


@pytest.mark.parametrize(
    "obtained",
    [
        None,
        "1",
        {"a": 1.0},
        Unsupported("Tensor"),
        [1.0, None],
        [1.0, "2"],
        [[1.0], [1.0, 2.0]],
        [Unsupported("x")],
        StandIn("f"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("expected", [1.0, np.zeros(2), np.zeros((2, 2))], ids=["number", "vector", "matrix"])
def test_what_is_no_array_gets_a_sentence(obtained, expected):
    assert difference(obtained, expected).startswith("The result is ")


def test_first_difference_in_time_comes_first():
    wrong = np.zeros((2, 3, 4), dtype=bool)
    wrong[0, 2, 0] = wrong[1, 1, 3] = wrong[1, 1, 2] = True
    assert first_index(wrong, "BTH") == (1, 1, 2)
    assert first_index(wrong, "") == first_index(wrong, "BDH") == (0, 2, 0)
    assert place((1, 1, 2), "BTH") == "time step 1, sequence 1, unit 2"
    assert place((1, 1, 2), "BDH") == "sequence 1, input 1, unit 2"
    assert place((1, 2), "BTH") == "sequence 1, unit 2", "the last state beside all states"
    assert place((1, 2, 3, 4), "BTH") == "index [1, 2, 3, 4]"
    assert place((1, 1), "") == "index [1, 1]"


def test_states_are_one_more_than_the_steps():
    sentence = difference(np.zeros((2, 5)), np.zeros((2, 6)), "Bs")
    assert sentence == "The result has shape (2, 5); expected shape (2, 6) = (B, T + 1)."
    sentence = difference(np.zeros((2, 3, 4)), np.zeros((2, 3, 8)), "BTd")
    assert sentence == "The result has shape (2, 3, 4); expected shape (2, 3, 8) = (B, T, 2H)."
    sentence = difference(np.zeros((2, 3, 4)), np.zeros((2, 3, 8)), "BTf")
    assert sentence == "The result has shape (2, 3, 4); expected shape (2, 3, 8) = (B, T, K * R * Q)."
    assert "sequence 0, feature 0:" in (difference(np.ones((2, 3, 8)), np.zeros((2, 3, 8)), "BTf") or "")
    sentence = difference(np.array([[1.0, 2.0, 5.0]]), np.array([[0.0, 0.0, 5.0]]), "Bs")
    assert "first at state 1, sequence 0" in sentence


@pytest.mark.parametrize("value", [None, Unsupported("Tensor"), np.zeros(3), (1,), [1, 2], "x" * 500, 3.5, {"a": 1}])
def test_descriptions_are_short(value):
    assert 0 < len(describe(value)) < 80
