"""Mistakes that nobody wrote down: what came is related to what was expected, in every trial that went wrong."""

from dataclasses import replace

import numpy as np
import pytest

from unrolled.calls.probes import Answer, observe, read_answer
from unrolled.judging.asking import ask_all
from unrolled.judging.bank import Bank, BehaviourBank, Mistake, Trial
from unrolled.judging.judge import judge

SIZES = [(3, 4, 5), (1, 2, 3), (2, 6, 1), (1, 1, 1)]  # (B, T, H)


def state(x, b):
    return np.tanh(np.cumsum(x, axis=1) + b)


def bank_of(function, axes):
    """One behaviour with a trial for each of the sizes."""
    rng = np.random.default_rng(5)
    trials = []
    for B, T, H in SIZES:
        inputs = {"x": rng.normal(size=(B, T, H)) / 2, "b": rng.normal(size=H) / 2}
        trials.append(Trial(inputs, {"value": function(**inputs), "inputs": {}}, {}))
    return Bank("a", "f", "book/x.html#sec", [BehaviourBank("all", "is right", 2, ("value",), axes, trials)], [])


def said(bank, wrong):
    """What is said of a function; an error of its own counts as that."""

    def ask(inputs):
        try:
            return {"value": wrong(**inputs), "inputs": {}}
        except Exception as error:
            return {"error": {"type": type(error).__name__, "message": str(error), "line": None}}

    verdict = judge(bank, ask_all(bank, ask))
    assert not verdict.passed
    return [m.says for m in verdict.mistakes]


STATES = bank_of(state, "BTH")
WRONG = {
    "transposed": (
        lambda x, b: state(x, b).transpose(1, 0, 2),
        "the result has its axes in the order (time step, sequence, unit).",
    ),
    "reversed": (lambda x, b: state(x, b)[:, ::-1], "the result is in reverse: the last time step comes first."),
    "late": (
        lambda x, b: np.concatenate([0 * x[:, :1], state(x, b)[:, :-1]], axis=1),
        "the result is one time step late: each time step holds what belongs to the one before.",
    ),
    "sign": (lambda x, b: -state(x, b), "the result has the wrong sign."),
    "twice": (lambda x, b: 2 * state(x, b), "the result is twice what it should be."),
    "over T": (
        lambda x, b: state(x, b) / x.shape[1],
        "the result is too small by the factor T, the number of time steps.",
    ),
    "no bias": (lambda x, b: state(x, 0 * b), "the result lacks b: it is not added before the tanh."),
    "bias twice": (lambda x, b: state(x, 2 * b), "the result has b added once too often before the tanh."),
    "bias subtracted": (lambda x, b: state(x, -b), "the result has b subtracted before the tanh; it is to be added."),
    "no tanh": (lambda x, b: np.arctanh(state(x, b)), "the result lacks its tanh."),
    "tanh again": (lambda x, b: np.tanh(state(x, b)), "the result went through one more tanh."),
    "sigmoid": (
        lambda x, b: 1 / (1 + np.exp(-np.arctanh(state(x, b)))),
        "the result went through the sigmoid in place of the tanh.",
    ),
    "last only": (lambda x, b: state(x, b)[:, -1], "the result holds the last time step only."),
    "last for all": (
        lambda x, b: np.repeat(state(x, b)[:, -1:], x.shape[1], axis=1),
        "the result holds the last time step for every time step.",
    ),
    "averaged": (lambda x, b: state(x, b).mean(axis=1), "the result is averaged over every time step."),
    "one too few": (lambda x, b: state(x, b)[:, :-1], "the result has one time step too few: the end is missing."),
    "an argument": (lambda x, b: x, "the result is the argument x as it came in."),
    "zeros": (lambda x, b: 0 * x, "the result is zero throughout."),
    "an axis more": (
        lambda x, b: state(x, b)[..., None],
        "the result has an axis of size 1 too many: the numbers are right, the shape is not.",
    ),
    "a cache beside it": (
        lambda x, b: (state(x, b), x),
        "more comes back than was asked for: the result itself is value 1 of 2.",
    ),
    "one past the end": (
        lambda x, b: x[:, x.shape[1]],
        "an index runs one past the end: an axis of n places ends at place n - 1.",
    ),
}


@pytest.mark.parametrize(("wrong", "sentence"), WRONG.values(), ids=WRONG)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_came_is_told_by_its_relation_to_what_was_expected(wrong, sentence):
    assert said(STATES, wrong) == [sentence]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x, b: state(x, b) + np.random.default_rng(0).normal(size=x.shape),
        lambda x, b: state(x, b) * (2 if x.shape[0] > 1 else 3),
        lambda x, b: -state(x, b) if x.shape[0] > 1 else state(x, b) + 1,
    ],
    ids=["noise", "a factor for some", "a sign for some"],
)
def test_nothing_is_said_that_does_not_hold_in_every_trial(wrong):
    assert all("sign" not in text and "twice" not in text for text in said(STATES, wrong))
    assert said(STATES, wrong) in ([], ["the result is right up to a factor."])


def loss(x, b):
    return float(np.abs(x).sum() + 1)


LOSS = bank_of(loss, "")
SINGLE = {
    "sign": (lambda x, b: -loss(x, b), "the result has the wrong sign."),
    "bits": (lambda x, b: loss(x, b) / np.log(2), "the result is in bits: the logarithm is the one to the base 2."),
    "size": (lambda x, b: loss(x, b) * x.shape[1], "the result is too large by a factor: the size of axis 1 of x."),
    "offset": (lambda x, b: loss(x, b) + 0.25, "the result is too large by 0.25 throughout."),
    "squared": (lambda x, b: loss(x, b) ** 2, "the result went through one more square."),
}


@pytest.mark.parametrize(("wrong", "sentence"), SINGLE.values(), ids=SINGLE)
def test_single_numbers_tell_over_all_trials_together(wrong, sentence):
    assert said(LOSS, wrong) == [sentence]


def test_a_single_number_tells_nothing():
    one = Bank("a", "f", "s", [replace(LOSS.behaviours[0], trials=LOSS.behaviours[0].trials[:1])], [])
    assert said(one, lambda x, b: -loss(x, b)) == []


def test_what_holds_in_one_behaviour_alone_is_said_of_one_case():
    first, second = (replace(STATES.behaviours[0], key=key) for key in "ab")
    calls = []

    def wrong(x, b):
        calls.append(x)
        return -state(x, b) if len(calls) <= len(SIZES) else state(x, b) + np.cos(9 * x)

    second = replace(second, trials=[replace(t, inputs=t.inputs | {"x": t.inputs["x"] / 3}) for t in second.trials])
    second = replace(second, trials=[replace(t, expected={"value": state(**t.inputs), "inputs": {}}) for t in second.trials])
    assert said(Bank("a", "f", "s", [first, second], []), wrong) == ["in one case, the result has the wrong sign."]


def test_a_function_that_remembers_is_told_so():
    twice = Bank("a", "f", "s", [replace(STATES.behaviours[0], key=key) for key in "ab"], [])
    calls = []

    def counting(x, b):
        calls.append(x)
        return state(x, b) + len(calls)

    assert said(twice, counting)[0].startswith("it remembers earlier calls")


def test_arguments_that_are_changed_are_named_with_what_became_of_them():
    def asked(wrong):
        trials = [replace(t, expected=t.expected | {"inputs": t.inputs}) for t in STATES.behaviours[0].trials]
        bank = Bank("a", "f", "s", [replace(STATES.behaviours[0], looks_at=("value", "inputs"), trials=trials)], [])
        verdict = judge(bank, ask_all(bank, lambda inputs: read_answer(Answer(observe(wrong, inputs)).text)))
        return [m.says for m in verdict.mistakes]

    def into(x, b):
        right = state(x, b)
        x[...] = right
        return right

    def other(x, b):
        right = state(x, b)
        b *= 2
        return right

    assert asked(into) == ["the argument x is changed in place: the result is written into the caller's own array."]
    (sentence,) = asked(other)
    assert sentence.startswith("the argument b is changed in place: afterwards the caller's own numbers are others.")


def test_whole_numbers_axes_and_overflow():
    assert said(STATES, lambda x, b: np.trunc(9 * state(x, b)) / 9) == []
    many = bank_of(lambda x, b: 9 * state(x, b), "BTH")
    cut = "the result is cut to whole numbers, as by an array of integers that it is stored in."
    assert said(many, lambda x, b: (9 * state(x, b)).astype(int)) == [cut]
    assert said(STATES, lambda x, b: np.stack([state(x, b), 0 * x])) == [
        "the result is not summed yet: add it up along axis 0."
    ]
    with np.errstate(all="ignore"):
        assert said(STATES, lambda x, b: state(x, b) / (x < 1.2)) == [
            "the result overflows: infinity or NaN comes out where the numbers are large."
        ]


def test_entries_with_other_names():
    bank = bank_of(lambda x, b: {"h": state(x, b), "b": b}, "")
    assert said(bank, lambda x, b: {"dh": state(x, b), "b": b}) == ["the entries have other names than asked for: dh for h."]
    assert said(bank, lambda x, b: {"h": state(x, b)}) == ["b is missing among the entries."]


def test_tokens_went_through_no_function_and_nothing_constant_is_cut_off():
    tokens = bank_of(lambda x, b: np.arange(x.size).reshape(x.shape) % 5, "BTH")
    texts = said(tokens, lambda x, b: np.maximum(np.arange(x.size).reshape(x.shape) % 5, 1))
    assert not any("ReLU" in text for text in texts)
    assert not any("cut off" in text for text in said(STATES, lambda x, b: 0 * x + 1))


def test_results_in_each_others_place_are_told_by_name():
    def both(x, b):
        h = state(x, b)
        return h, h[:, -1]

    bank = bank_of(both, {"h": "BTH", "h_last": "BH"})
    assert said(bank, lambda x, b: both(x, b)[::-1]) == ["the results come back in the order h_last, h."]
    assert said(bank, lambda x, b: both(x, b)[0]) == ["only h comes back; the other results are missing."]
    assert said(bank, lambda x, b: (state(x, b), state(x, b).mean(axis=1))) == [
        "h_last is the mean of h over every time step."
    ]


def test_a_known_mistake_goes_before_a_relation():
    behaviour = STATES.behaviours[0]
    trials = [
        Trial(t.inputs, t.expected, {"minus": {"value": -t.expected["value"], "inputs": {}}}) for t in behaviour.trials
    ]
    known = Bank(
        "a", "f", "s", [BehaviourBank("all", "is right", 2, ("value",), "BTH", trials)], [Mistake("minus", "known.", "l")]
    )
    assert said(known, lambda x, b: -state(x, b)) == ["known."]
