"""A mistake that was made by machine: one small change of the reference gives the same results as the student's function.

It is said only if it gives them in every trial, right and wrong, and if the wrong ones hold enough numbers to tell.
"""

from typing import Any

import numpy as np

from unrolled.calls.probes import Observation
from unrolled.judging.bank import Answers, Bank, BehaviourBank, Mistake
from unrolled.judging.findings import mismatch
from unrolled.judging.fingerprints import measured

ENOUGH = 3  # different numbers or texts in the results that went wrong; small whole numbers tell less


def made_mistakes(bank: Bank, answers: Answers) -> list[Mistake]:
    """The change that gives the student's answers throughout, if there is one."""
    if bank.made is None:
        return []
    trials = [
        (b, number, obtained, mismatch(obtained, trial.expected, b) is not None)
        for b in bank.behaviours
        for number, (trial, obtained) in enumerate(zip(b.trials, answers[b.key], strict=True))
    ]
    wrong = [one for one in trials if one[3]]
    if not _tells([obtained for _, _, obtained, _ in wrong]):
        return []
    alive = [m.key for m in bank.made.mistakes]
    for behaviour, number, obtained, is_wrong in sorted(trials, key=lambda one: not one[3]):
        alive = _still_alive(bank, alive, behaviour, number, obtained if is_wrong else None)
        if not alive:
            return []
    return [m for m in bank.made.mistakes if m.key == alive[0]]


def _still_alive(
    bank: Bank, alive: list[str], behaviour: BehaviourBank, number: int, obtained: Observation | None
) -> list[str]:
    """Those of some changes that give what was ``obtained`` in a trial; None stands for what is expected."""
    assert bank.made is not None
    seen = {key: bank.made.seen(key, behaviour.key, number) for key in alive}
    if obtained is None:
        return [key for key, its in seen.items() if its is None]
    mine = measured(obtained, behaviour.looks_at)
    return [key for key, its in seen.items() if its is not None and mine.agrees(its, behaviour.tolerance)]


def _tells(observations: list[Observation]) -> bool:
    """Whether there is enough in the results that two functions do not agree in all of them by chance."""
    found = [item for o in observations if "value" in o for item in _items(o["value"])]
    whole = {item for item in found if not isinstance(item, str) and item == round(item)}
    return len(set(found) - whole) >= ENOUGH or (len(whole) > ENOUGH and len(observations) >= ENOUGH)


def _items(value: Any) -> list[float | str]:
    """Numbers and texts of a result, as far as they are worth looking at."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [item for one in value.values() for item in _items(one)]
    if isinstance(value, list | tuple):
        return [item for one in value for item in _items(one)]
    array = np.asarray(value) if isinstance(value, int | float | np.ndarray | np.generic) else np.zeros(0)
    flat = array.ravel()[:100]
    return [float(n) for n in flat.astype(float) if np.isfinite(n)] if flat.dtype.kind in "fiub" else []
