"""The oracle: draws questions, knows the answers from the reference, and keeps both to itself.

It runs in the grader's own process. Student code never sees it: only inputs go into the
sandbox, and only plain data comes back.
"""

from collections.abc import Callable
from importlib import import_module

import numpy as np

from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Measured, Questions
from autograder.oracle.source import reference
from unrolled.calls.probes import Answer, Observation, observe, read_answer
from unrolled.judging.bank import Bank, BehaviourBank, Mistake, Trial
from unrolled.judging.findings import mismatch
from unrolled.values.codec import decode, encode

PUBLIC_SEED = "public"


def draw_bank(assignment: Assignment, exercise: Exercise, seed: int) -> Bank:
    """A bank of fresh trials for one exercise: inputs, expected and mistaken observations."""
    rng = np.random.default_rng(seed)
    if assignment.torch:  # a known mistake may draw from torch's own generator
        import_module("torch").manual_seed(seed % 2**63)
    cases = exercise.cases(rng)
    solution = reference(assignment.id)[exercise.name]
    behaviours = [_behaviour_bank(exercise, behaviour, cases, solution) for behaviour in exercise.behaviours]
    mistakes = [Mistake(m.key, m.says, exercise.pitfall(m)) for m in exercise.misconceptions]
    return Bank(assignment.id, exercise.name, exercise.link(exercise.section), behaviours, mistakes)


def measured_bank(assignment: Assignment, measured: Measured, questions: Questions, shown: bool) -> Bank:
    """A bank that counts right answers; its levels are judged from the same calls.

    shown: whether right answers may be told
    """
    trials = [
        Trial(inputs, {"value": accepted, "shown": shown}, {})
        for inputs, accepted in zip(questions.calls, questions.accepted, strict=True)
    ]
    first = measured.behaviours[0].key
    levels = [
        BehaviourBank(b.key, b.says, b.points, ("value",), "", trials, share=b.share, like=first if b.key != first else "")
        for b in measured.behaviours
    ]
    return Bank(assignment.id, measured.name, measured.link(measured.section), levels, [])


def _behaviour_bank(exercise: Exercise, behaviour: Behaviour, cases: list[Case], solution: Callable) -> BehaviourBank:
    bank = BehaviourBank(
        behaviour.key, behaviour.says, behaviour.points, behaviour.looks_at, exercise.axes, [], behaviour.tolerance
    )
    varied = [inputs for case in cases if (inputs := behaviour.vary(case)) is not None]
    bank.trials.extend(_trial(exercise, bank, inputs, solution) for inputs in varied)
    return bank


def _trial(exercise: Exercise, bank: BehaviourBank, inputs: Case, solution: Callable) -> Trial:
    """One trial; a mistake is kept only where its observation does not count as the expected one."""
    expected = _observed(solution, inputs, bank.looks_at)
    mistaken = {m.key: _observed(m.function, inputs, bank.looks_at) for m in exercise.misconceptions}
    return Trial(inputs, expected, {key: seen for key, seen in mistaken.items() if mismatch(seen, expected, bank)})


def _observed(function: Callable, inputs: Case, looks_at: tuple[str, ...]) -> Observation:
    """The observation as it looks after crossing, cut down to the parts that are looked at."""
    with np.errstate(all="ignore"):
        observation = read_answer(Answer(observe(function, decode(encode(inputs)))).text)
    if "error" in observation:
        error = observation["error"]
        return {"error": {"type": error["type"], "message": error["message"]}}
    return {part: observation[part] for part in looks_at}
