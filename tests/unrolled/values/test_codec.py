"""What crosses between student code, files and the grader, and what is refused on the way."""

import json
from contextlib import suppress
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from unrolled.values.codec import MAX_BYTES, MAX_DEPTH, MAX_ITEMS, MAX_TEXT, BadValue, Unsupported, decode, encode

DTYPES = st.one_of(
    npst.boolean_dtypes(),
    npst.integer_dtypes(endianness="?"),
    npst.unsigned_integer_dtypes(endianness="?"),
    npst.floating_dtypes(endianness="?"),
    npst.complex_number_dtypes(endianness="?"),
)
ARRAYS = npst.arrays(DTYPES, npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.text(max_size=9) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
ONE_FLOAT = "AAAAAAAAAAA="  # eight bytes of zeros


def crossed(value):
    return decode(json.loads(json.dumps(encode(value))))


def nested(levels, inner=0):
    """``inner`` inside ``levels`` lists."""
    for _ in range(levels):
        inner = [inner]
    return inner


def same_bytes(obtained, array):
    return (obtained.dtype, obtained.shape, obtained.tobytes()) == (array.dtype, array.shape, array.tobytes())


@settings(max_examples=150, deadline=None)
@given(ARRAYS)
def test_arrays_cross_bit_by_bit(array):
    assert same_bytes(crossed(array), array)


@given(npst.arrays("<f8", npst.array_shapes(min_dims=2, max_dims=3, max_side=5)))
def test_arrays_cross_whatever_their_layout_in_memory(array):
    for view in (array.T, array[::-2], array[:, ::-1], np.broadcast_to(array[:1], array.shape), np.asfortranarray(array)):
        assert same_bytes(crossed(view), view)


def test_arrays_come_out_as_copies_that_can_be_written_to():
    tree = encode(np.arange(3.0))
    first, second = decode(tree), decode(tree)
    first += 1
    np.testing.assert_array_equal(second, [0, 1, 2])


@settings(deadline=None)
@given(PLAIN)
def test_plain_values_cross_with_their_types(value):
    def normal(item):
        """Infinite floats cross as arrays of no axes, and that is all that changes."""
        if isinstance(item, np.ndarray):
            return item.item()
        if isinstance(item, dict):
            return {key: normal(entry) for key, entry in item.items()}
        return type(item)(map(normal, item)) if isinstance(item, list | tuple) else item

    obtained = normal(crossed(value))
    assert obtained == value and repr(obtained) == repr(value)


def test_limits_are_inclusive():
    assert crossed(np.zeros(MAX_BYTES, np.uint8)).nbytes == MAX_BYTES
    assert isinstance(crossed(np.zeros(MAX_BYTES + 1, np.uint8)), Unsupported)
    assert crossed("x" * MAX_TEXT) == "x" * MAX_TEXT
    assert isinstance(crossed("x" * (MAX_TEXT + 1)), Unsupported)
    assert crossed([0] * MAX_ITEMS) == [0] * MAX_ITEMS
    assert isinstance(crossed([0] * (MAX_ITEMS + 1)), Unsupported)
    assert crossed(nested(MAX_DEPTH)) == nested(MAX_DEPTH)
    assert "nested too deeply" in str(crossed(nested(MAX_DEPTH + 1)))


class Broken:
    """An object that answers no question."""

    def __array__(self, *_, **__):
        raise RuntimeError

    def __getattr__(self, name):
        raise RuntimeError(name)

    __len__ = __iter__ = __repr__ = __str__ = __array__


def in_itself():
    items = []
    items.append(items)
    return items


STRANGE = {
    "object": Broken(),
    "class": Broken,
    "function": len,
    "generator": (i for i in range(3)),
    "decimal": Decimal(1),
    "set": {1},
    "bytes": b"x",
    "text array": np.array(["x"]),
    "times": np.array(["2026-01-01"], dtype="M8[D]"),
    "records": np.zeros(2, dtype="f8,i4"),
    "numpy text": np.str_("x"),
    "objects in a list": [Broken(), 1],
    "keys that are no text": {1: 2},
    "list in itself": in_itself(),
    "virtually endless array": np.broadcast_to(0.0, (10**6, 10**6)),
    "many axes": np.zeros((1,) * 40),
    "large dictionary": {str(i): 0 for i in range(MAX_ITEMS + 1)},
}


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
def test_whatever_is_encoded_can_be_decoded(value):
    crossed(value)  # no exception


@pytest.mark.parametrize(
    "array",
    [
        ["<f8", [2], ONE_FLOAT],
        ["<f8", [], ONE_FLOAT + ONE_FLOAT],
        ["<f8", [-1], ONE_FLOAT],
        ["<f8", [-1, -1], ONE_FLOAT],
        ["<f8", [2**70], ONE_FLOAT],
        ["<f8", [0, 2**62, 2**62], ""],
        ["<f8", [1] * 65, ONE_FLOAT],
        ["<f8", [1], ONE_FLOAT[:-1]],
        ["<f8", [1], "é" * 12],
        ["<f8", [1], None],
        ["<f8", [float("nan")], ONE_FLOAT],
        ["<f8", None, ONE_FLOAT],
        ["|O", [1], ONE_FLOAT],
        ["|S8", [1], ONE_FLOAT],
        ["<M8[s]", [1], ONE_FLOAT],
        ["f4,f4", [1], ONE_FLOAT],
        [{}, [1], ONE_FLOAT],
        ["<f8", [1]],
        "abc",
    ],
    ids=lambda array: str(array)[:40],
)
def test_arrays_that_lie_are_refused(array):
    with pytest.raises(BadValue):
        decode({"array": array})


@pytest.mark.parametrize("shape", ["1", [1.9], [True], ["1"], {"1": 0}], ids=str)
def test_shape_is_a_list_of_integers(shape):
    with pytest.raises(BadValue):
        decode({"array": ["<f8", shape, ONE_FLOAT]})


def test_array_larger_than_allowed_is_refused_before_it_is_read():
    with pytest.raises(BadValue):
        decode({"array": ["|u1", [MAX_BYTES + 9], "A" * (MAX_BYTES * 4 // 3 + 8)]})


@pytest.mark.parametrize(
    "tree",
    [
        [],
        {},
        [1],
        {"list": 1},
        {"tuple": {}},
        {"dict": []},
        {"list": [], "dict": {}},
        {"pickle": "x"},
        {"standin": 3},
        "x" * 2001,
    ],
    ids=lambda tree: str(tree)[:30],
)
def test_trees_that_nobody_encodes_are_refused(tree):
    with pytest.raises(BadValue):
        decode(tree)


def test_deep_trees_are_refused():
    tree = 0
    for _ in range(10_000):
        tree = {"list": [tree]}
    with pytest.raises(BadValue, match="deep"):
        decode(tree)


@settings(max_examples=200, deadline=None)
@given(st.tuples(st.text(max_size=9) | st.sampled_from(["<f8", "|b1"]), st.lists(st.integers()), st.binary() | st.text()))
def test_array_entries_decode_to_arrays_or_bad_values(content):
    name, shape, data = content
    with suppress(BadValue):
        assert isinstance(decode({"array": [name, shape, data]}), np.ndarray)
