"""What is expected against what came back: one behaviour, and all of a bank. No mistake is named here."""

from unrolled.calls.probes import Observation, error_sentence
from unrolled.judging.bank import Answers, Bank, BehaviourBank, Finding, Verdict
from unrolled.judging.measuring import count_right
from unrolled.values.compare import difference


def score(bank: Bank, answers: Answers) -> Verdict:
    """The points for the observations of every trial of ``bank``; why others are missing is not looked into."""
    findings = [judge_behaviour(b, answers[b.key]) for b in bank.behaviours]
    out_of = sum(b.points for b in bank.behaviours)
    return Verdict(bank.assignment, bank.exercise, bank.section, findings, out_of=out_of)


def judge_behaviour(behaviour: BehaviourBank, answers: list[Observation]) -> Finding:
    """Passed if every answer is as expected; otherwise the first difference is the message."""
    if behaviour.share:
        count = count_right([t.inputs for t in behaviour.trials], [t.expected for t in behaviour.trials], answers)
        enough = count.share >= behaviour.share
        return Finding(behaviour.key, behaviour.says, behaviour.points, enough, count.message, count.share)
    for trial, obtained in zip(behaviour.trials, answers, strict=True):
        message = mismatch(obtained, trial.expected, behaviour)
        if message:
            return Finding(behaviour.key, behaviour.says, behaviour.points, False, message)
    return Finding(behaviour.key, behaviour.says, behaviour.points, True)


def mismatch(obtained: Observation, expected: Observation, behaviour: BehaviourBank) -> str | None:
    """None if the observations agree in all that the behaviour looks at, else a sentence."""
    if "error" in obtained or "error" in expected:
        return _error_mismatch(obtained.get("error"), expected.get("error"))
    for part in behaviour.looks_at:
        axes = behaviour.axes if part == "value" else ""
        sentence = difference(obtained[part], expected[part], axes, behaviour.tolerance)
        if sentence:
            return sentence if part == "value" else f"The call changed its inputs. {sentence}"
    return None


def _error_mismatch(obtained: dict | None, expected: dict | None) -> str | None:
    if obtained is None:
        return f"The call returned a value; expected it to raise {expected['type'] if expected else 'an error'}."
    if expected is not None and expected["type"] in obtained.get("kinds", [obtained["type"]]):
        return None
    return error_sentence(obtained)
