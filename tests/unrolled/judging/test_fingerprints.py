"""Fingerprints of results: equal where results count as the same, different where they do not, and small."""

import numpy as np
import pytest

from unrolled.judging.fingerprints import is_error, measured, pack, unpack

RNG = np.random.default_rng(3)
RESULT = {"h": RNG.normal(size=(3, 4, 5)), "tokens": [1, 2, 3], "words": ["a", "b"], "none": None}


def seen(value, looks_at=("value",), inputs=None):
    return measured({"value": value, "inputs": inputs or {}}, looks_at)


def test_the_same_in_single_precision_agrees():
    single = RESULT | {"h": RESULT["h"].astype(np.float32)}
    assert seen(single).agrees(seen(RESULT).print, 1e-5)


@pytest.mark.parametrize("place", [(0, 0, 0), (2, 3, 4), (1, 2, 0)])
def test_one_other_number_is_noticed(place):
    other = RESULT["h"].copy()
    other[place] += 0.01
    assert not seen(RESULT | {"h": other}).agrees(seen(RESULT).print, 1e-5)


@pytest.mark.parametrize(
    "change",
    [
        {"h": RESULT["h"][::-1]},
        {"h": RESULT["h"].reshape(3, 5, 4)},
        {"h": RESULT["h"].tolist()[0]},
        {"tokens": [2, 1, 3]},
        {"words": ["b", "a"]},
        {"none": 0.0},
        {"more": 1.0},
    ],
    ids=["reversed", "reshaped", "a part", "order", "texts", "none", "more"],
)
def test_another_order_shape_or_structure_is_noticed(change):
    assert not seen(RESULT | change).agrees(seen(RESULT).print, 1e-5)


def test_lists_and_arrays_of_the_same_numbers_agree_and_infinities_count_by_their_place():
    assert seen([1.0, 2.0]).agrees(seen(np.array([1.0, 2.0])).print, 1e-5)
    first, other, nan = np.array([np.inf, 2.0]), np.array([2.0, np.inf]), np.array([np.nan, 2.0])
    assert seen(first).agrees(seen(nan).print, 1e-5) and not seen(first).agrees(seen(other).print, 1e-5)


def test_arguments_afterwards_are_one_part_more():
    value, both = RNG.normal(size=3), ("value", "inputs")
    left = seen(value, both, {"x": np.ones(2)})
    assert left.agrees(seen(value, both, {"x": np.ones(2)}).print, 1e-5)
    assert not left.agrees(seen(value, both, {"x": np.zeros(2)}).print, 1e-5)


def test_errors_agree_by_their_type():
    one, other = (measured({"error": {"type": kind, "message": "m"}}, ("value",)) for kind in ("KeyError", "IndexError"))
    assert one.agrees(one.print, 1e-5) and not one.agrees(other.print, 1e-5) and is_error(one.print)
    assert not is_error(seen(RESULT).print) and not is_error(None)


def test_packed_and_unpacked_they_agree_still():
    prints = [seen(RESULT).print, None, seen(1.5).print, measured({"error": {"type": "E"}}, ()).print]
    again = unpack(b"".join(map(pack, prints)))
    assert again[1] is None and len(again) == 4 and len(pack(None)) == 1 and len(pack(seen(1.5).print)) == 7
    assert seen(RESULT).agrees(again[0], 1e-5) and seen(1.5).agrees(again[2], 1e-5) and is_error(again[3])
