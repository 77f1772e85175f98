"""A call of a student's function, told in plain data, and what is read of such a tale."""

import copy
import json
import sys
import types
from contextlib import suppress

import numpy as np
import pytest

from unrolled.calls.probes import MISSING, Answer, answer, describe_error, error_sentence, observe, read_answer
from unrolled.judging.banks import shipped_banks
from unrolled.standins import stand_in, stand_in_function
from unrolled.standins.rnn import wave_step
from unrolled.values.codec import BadValue, StandIn, Unsupported, encode


def test_inputs_are_handed_over_as_copies_and_the_change_is_seen():
    def greedy(x, n):
        x *= 2
        return x.sum() + n

    given = {"x": np.arange(3.0), "n": 1}
    observation = observe(greedy, given)
    assert observation["value"] == 7
    np.testing.assert_array_equal(given["x"], [0, 1, 2])
    np.testing.assert_array_equal(observation["inputs"]["x"], [0, 2, 4])
    assert set(observation["inputs"]) == {"x"}


def test_a_changed_shape_is_seen():
    def flatten(x):
        x.resize(6, refcheck=False)

    assert observe(flatten, {"x": np.zeros((2, 3))})["inputs"]["x"].shape == (6,)


@pytest.mark.parametrize("items", [[1, 2], {"W": np.ones(2)}, [np.ones(2)]], ids=["list", "dictionary", "list of arrays"])
def test_inputs_of_every_kind_are_handed_over_as_copies(items):
    def greedy(items):
        for key in range(len(items)) if isinstance(items, list) else list(items):
            items[key] *= 2
        items.clear()

    given = {"items": copy.deepcopy(items)}
    observe(greedy, given)
    np.testing.assert_equal(given["items"], items)


def test_a_stand_in_is_handed_over_as_the_function_itself():
    assert stand_in(wave_step) == StandIn("rnn.wave_step") and stand_in_function("rnn.wave_step") is wave_step
    assert observe(lambda step: step, {"step": stand_in(wave_step)})["value"] is wave_step


def test_a_stand_in_around_is_called_with_the_function_in_its_place(monkeypatch):
    module = types.ModuleType("unrolled.standins.lesson")
    module.twice = lambda function, x: function(function(x))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    observation = observe(lambda x: 3 * x, {"around": StandIn("lesson.twice"), "x": np.ones(2)})
    np.testing.assert_array_equal(observation["value"], [9, 9])
    assert set(observation["inputs"]) == {"x"}


def test_error_comes_with_the_students_own_line():
    def product(a, b):
        helped = a + 1
        return np.linalg.solve(helped, b)  # here

    error = observe(product, {"a": np.zeros((2, 3)), "b": np.zeros(2)})["error"]
    assert error["type"] == "LinAlgError" and error["code"] == "return np.linalg.solve(helped, b)  # here"
    assert error["line"] == product.__code__.co_firstlineno + 2


def test_error_in_the_call_itself_has_no_line():
    error = observe(lambda x: x, {"y": 1})["error"]
    assert error["type"] == "TypeError" and "'y'" in error["message"] and "line" not in error
    assert "line" not in observe(len, {})["error"]


def test_endless_recursion_is_an_error_like_others():
    def again(x):
        return again(x)

    error = observe(again, {"x": 1})["error"]
    assert error["type"] == "RecursionError" and error["code"] == "return again(x)"


def test_error_is_known_by_its_ancestors_too():
    class TooLong(ValueError):
        pass

    def fails():
        raise TooLong

    error = read_answer(Answer(observe(fails, {})).text)["error"]
    assert error["type"] == "TooLong" and {"TooLong", "ValueError"} <= set(error["kinds"])
    wild = {"type": "E", "kinds": ["x" * 999] * 999}
    assert len(str(read_answer(Answer({"error": wild}).text)["error"]["kinds"])) < 1000
    assert read_answer(Answer({"error": wild | {"kinds": "ValueError"}}).text)["error"]["kinds"] == ["E"]


def test_descriptions_of_errors_are_short():
    error = describe_error(type("E" * 500, (Exception,), {})("x" * 5000), len)
    assert len(error["type"]) <= 80 and len(error["message"]) <= 300


def test_error_whose_text_cannot_be_had_is_still_described():
    class Mute(Exception):
        def __str__(self):
            raise RuntimeError

    def fails():
        raise Mute

    assert observe(fails, {})["error"]["type"] == "Mute"


def test_an_answer_crosses_as_text_of_its_own_kind():
    bundle = Answer({"value": np.ones(2), "inputs": {}})._repr_mimebundle_(include=None, exclude=None)
    assert set(bundle) == {Answer.MIME}
    np.testing.assert_array_equal(read_answer(bundle[Answer.MIME])["value"], [1, 1])


def test_a_question_finds_its_function_by_name():
    inputs = json.dumps(encode({"x": np.arange(3.0)}))
    assert read_answer(answer("total", inputs, {"total": lambda x: x.sum()}).text)["value"] == 3
    for namespace, words in (({}, "no function total in the notebook."), ({"total": 3}, "no function when it is called")):
        error = read_answer(answer("total", inputs, namespace).text)["error"]
        assert error["type"] == MISSING and words in error["message"] and error_sentence(error) == error["message"]


def test_an_error_of_the_check_is_not_told_as_one_of_the_call():
    inputs = shipped_banks()["copy_gradients"].behaviours[0].trials[0].inputs
    told = [error_sentence(observe(f, inputs)["error"]) for f in (lambda *_all, **_more: 3.0, lambda: 3.0)]
    assert told[0].startswith("What the call returned cannot be used: ") and told[1].startswith("The call raised TypeError")


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "3", "null", "[]", '"x"', "{}", '{"value": 1}', '{"inputs": {"dict": {}}}', '{"error": 3}'),
        *('{"value": 1, "inputs": 3}', '{"value": 1, "inputs": {"list": []}}', '{"value": [1], "inputs": {"dict": {}}}'),
        *("[" * 100_000, '{"value": ' * 100_000, "1" * 5000, '{"error": {"array": ["<f8", [1], ""]}}'),
        *('{"error": {"type": "ValueError"}}', "{'value': 1}", '{"value": {"pickle": "x"}, "inputs": {"dict": {}}}'),
    ],
    ids=lambda text: text[:40],
)
def test_what_no_answer_writes_is_refused(text):
    with pytest.raises(BadValue):
        read_answer(text)


def test_of_an_untrusted_error_only_short_texts_and_a_line_are_left():
    wild = {"type": "x" * 999, "message": 3, "code": None, "line": "7", "more": "y", "list": [1]}
    error = read_answer(Answer({"error": wild}).text)["error"]
    assert error.items() >= {"type": "x" * 300, "message": "3", "code": "None", "line": None}.items()
    assert not {"more", "list"} & set(error)
    empty = read_answer(Answer({"error": {}}).text)["error"]
    assert empty.items() >= {"type": "", "message": "", "code": "", "line": None}.items()
    both = read_answer(Answer({"error": {"type": "E"}, "value": 1, "inputs": {}}).text)
    assert set(both) == {"error"}


def texts(value):
    """Every text in a value that crossed."""
    if isinstance(value, dict):
        return [text for entry in value.items() for item in entry for text in texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [value] if isinstance(value, str) else [value.description] if isinstance(value, Unsupported) else []


@pytest.mark.parametrize(
    "text",
    [
        r'{"error": {"dict": {"type": "\ud800", "message": "x\udfff", "code": "\ud800"}}}',
        r'{"value": "\ud800", "inputs": {"dict": {}}}',
        r'{"value": {"list": [{"dict": {"\ud800": 1}}]}, "inputs": {"dict": {}}}',
        r'{"value": {"unsupported": "\ud800"}, "inputs": {"dict": {}}}',
        r'{"value": 1, "inputs": {"dict": {"\ud800": 1}}}',
    ],
    ids=["error", "text", "key", "type", "input"],
)
def test_what_was_read_can_be_written_to_a_file(text):
    """Half of a surrogate pair, which no file can hold, would stop the grader when it writes the student's page."""
    with suppress(BadValue):
        for part in texts(read_answer(text)):
            part.encode("utf-8")


def test_an_answer_far_larger_than_any_right_one_is_refused_before_it_is_looked_at():
    rows = {"list": [{"list": [0] * 9_000}] * 3}  # each list is short enough, all together are not
    with pytest.raises(BadValue, match="not an observation"):
        read_answer(json.dumps({"value": rows, "inputs": encode({})}))
    with pytest.raises(BadValue, match="far larger"):
        read_answer(json.dumps({"value": "x" * 2_100_000, "inputs": encode({})}))
