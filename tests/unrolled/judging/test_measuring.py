"""Counting a model's right answers: what counts, and what is said about the others."""

import numpy as np
import pytest

from unrolled.judging.asking import ask_all, no_answers
from unrolled.judging.bank import Bank, BehaviourBank, Trial
from unrolled.judging.banks import bank_from_json, bank_to_json, shipped_banks
from unrolled.judging.judge import judge
from unrolled.judging.measuring import count_right

WORDS = {"words": ["cat", "dog", "xyzzy"]}
SAID = [[["K", "AE", "T"]], [["D", "AO", "G"], ["D", "AA", "G"]], []]  # the third does not count
RIGHT = [["K", "AE", "T"], ["D", "AA", "G"], ["Z"]]


def counted(value, shown=True):
    observation = value if isinstance(value, dict) else {"value": value}
    return count_right([WORDS], [{"value": SAID, "shown": shown}], [observation])


def test_any_accepted_answer_is_right_and_what_does_not_count_does_not():
    count = counted(RIGHT)
    assert (count.right, count.of, count.share) == (2, 2, 1.0)
    assert count.message == "2 of 2 answers are right (100.0%)."
    assert counted([tuple(one) for one in RIGHT]).right == 2
    assert counted([*RIGHT[:2], []]).right == 2


def test_wrong_answers_are_shown_only_where_they_may_be():
    wrong = [["K", "AE", "D"], *RIGHT[1:]]
    assert "'cat' gave K AE D, right is K AE T" in counted(wrong).message
    assert "right is" not in counted(wrong, shown=False).message
    assert "'cat' gave nothing, right is K AE T" in counted([[], *RIGHT[1:]]).message


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (RIGHT[:2], "A call with 3 items gave a list of 2; expected is a list with an answer for each."),
        (None, "A call with 3 items gave a NoneType; expected is a list with an answer for each."),
        ("K AE T", "A call with 3 items gave a str;"),
        (np.zeros((3, 2)), "A call with 3 items gave a ndarray;"),
        (
            {"error": {"type": "KeyError", "message": "'x'", "line": 3, "code": "y[x]"}},
            "The call raised KeyError: 'x' (line 3: y[x])",
        ),
        ([["K", "AE", "T", "<stop>"], RIGHT[1], []], "'<stop>' stands in 1 places and in no right answer."),
        ([[3, 4, 5], [3], []], "'3' stands in 2 places and in no right answer."),
        (["K AE T", "D AA G", ""], "0 of 2 answers are right"),
        ([[np.zeros(2)], [None], [{}]], "'<ndarray>' stands in"),
    ],
)
def test_other_things_than_lists_of_texts_are_wrong_and_named(value, sentence):
    count = counted(value)
    assert sentence in count.message and count.right == (1 if "<stop>" in sentence else 0)


def measured_bank():
    trials = [Trial(WORDS, {"value": SAID, "shown": True}, {})] * 3
    levels = [("half", 0.5, ""), ("all", 1.0, "half")]
    behaviours = [BehaviourBank(key, key, 2, ("value",), "", trials, share=share, like=like) for key, share, like in levels]
    return Bank("project", "pronounce", "book/x.html#y", behaviours, [])


def test_levels_are_asked_once_and_judged_one_by_one():
    asked = []

    def answer(inputs):
        asked.append(inputs)
        return {"value": [RIGHT[0], ["D"], []], "inputs": {}}

    bank = measured_bank()
    verdict = judge(bank, ask_all(bank, answer))
    assert len(asked) == 3
    assert [(f.passed, f.share) for f in verdict.findings] == [(True, 0.5), (False, 0.5)] and verdict.points == 2
    answers = no_answers(bank)
    assert answers["all"] is answers["half"]


def test_levels_keep_their_trials_over_a_crossing():
    bank = measured_bank()
    tree = bank_to_json(bank)
    assert [len(b["trials"]) for b in tree["behaviours"]] == [3, 0]
    again = bank_from_json(tree)
    assert again.behaviours[1].trials is again.behaviours[0].trials and len(again.behaviours[0].trials) == 3


def test_right_answers_of_the_shipped_examples_earn_everything_and_none_earn_nothing():
    bank = shipped_banks()["pronounce"]
    first = bank.behaviours[0]
    right = {"value": [accepted[0] for accepted in first.trials[0].expected["value"]]}
    assert len(right["value"]) == 40 and len(first.trials) == 10
    answers = [{"value": [a[0] for a in t.expected["value"]]} for t in first.trials]
    assert judge(bank, {b.key: answers for b in bank.behaviours}).passed
    nothing = [{"value": [[] for _ in t.expected["value"]]} for t in first.trials]
    assert judge(bank, {b.key: nothing for b in bank.behaviours}).points == 0
