"""From missed behaviours to the known mistake that would give the same answers."""

from dataclasses import replace
from typing import Any

import numpy as np

from unrolled.calls.probes import Observation
from unrolled.judging.bank import Answers, Bank, BehaviourBank, Mistake, Trial
from unrolled.judging.findings import mismatch
from unrolled.values.compare import difference


def known_mistakes(bank: Bank, answers: Answers, missed: set[str]) -> list[Mistake]:
    """The known mistakes that explain the missed behaviours, best explanation first.

    A mistake explains a behaviour if it would have given the student's answer in every
    trial.  It is considered only if the student missed every behaviour that it breaks.
    Among candidates, the one that also agrees wherever the student passed wins; the next
    one must explain something that is still open.
    Where something stays open in which a mistake would have given other answers, it is said of one case only.
    """
    reproduced = {m.key: _reproduced(m.key, bank, answers) for m in bank.mistakes}
    broken = {m.key: _broken_by(m.key, bank) for m in bank.mistakes}
    possible = [m for m in bank.mistakes if broken[m.key] <= missed]
    found, still_open = [], set(missed)
    while still_open:
        best = max(
            possible,
            key=lambda m: (len(reproduced[m.key] & still_open), len(reproduced[m.key])),
            default=None,
        )
        if best is None or not reproduced[best.key] & still_open:
            break
        found.append(best)
        still_open -= reproduced[best.key]
    contradicted = {
        m.key for m in found if any(_told(m.key, b) for b in bank.behaviours if b.key in broken[m.key] & still_open)
    }
    return [replace(m, says=f"in one case, {m.says}") if m.key in contradicted else m for m in found]


def _told(key: str, behaviour: BehaviourBank) -> bool:
    """Whether the mistake ``key`` gives any answer in a behaviour, and not errors only: these never count as the same."""
    return any("error" not in trial.mistaken.get(key, trial.expected) for trial in behaviour.trials)


def made_in_part(bank: Bank, answers: Answers) -> list[Mistake]:
    """The known mistake that stands in some parts of the results while all other parts are right, if there is one.

    A part is one of several values or entries: a gradient that is overwritten, say, beside others that are added up.
    Of several such mistakes it is the one of which the fewest parts are missing.
    """
    missing = {m.key: _parts_missing(m.key, bank, answers) for m in bank.mistakes}
    candidates = [m for m in bank.mistakes if missing[m.key] is not None]
    if not candidates:
        return []
    nearest = min(candidates, key=lambda m: missing[m.key] or 0)
    return [replace(nearest, says=f"in part, {nearest.says}")]


def _parts_missing(key: str, bank: Bank, answers: Answers) -> int | None:
    """In how many parts the mistake ``key`` was not made; None if the answers are not right but for parts of it."""
    missing = made = 0
    for b in bank.behaviours:
        for trial, obtained in zip(b.trials, answers[b.key], strict=True):
            parts = [_parts(one) for one in (obtained, trial.expected, trial.mistaken.get(key, trial.expected))]
            if not parts[0].keys() == parts[1].keys() == parts[2].keys():
                return None
            for mine, right, wrong in zip(*(part.values() for part in parts), strict=True):
                if difference(mine, right, tolerance=b.tolerance) is None:
                    missing += difference(wrong, right, tolerance=b.tolerance) is not None
                elif difference(mine, wrong, tolerance=b.tolerance) is None:
                    made += 1
                else:
                    return None
    return missing if made else None


def _parts(observation: Observation) -> dict[Any, Any]:
    """The parts of what a call returned, by name or place; none if it returned one value or raised an error."""
    value = countable(observation.get("value"))
    if isinstance(value, list | tuple):
        value = dict(enumerate(value))
    return dict(sorted(value.items())) if isinstance(value, dict) else {}


def _broken_by(key: str, bank: Bank) -> set[str]:
    """The behaviours in which the mistake ``key`` gives something unexpected."""
    return {b.key for b in bank.behaviours if any(_differs(key, t, b) for t in b.trials)}


def _differs(key: str, trial: Trial, behaviour: BehaviourBank) -> bool:
    return key in trial.mistaken and mismatch(trial.mistaken[key], trial.expected, behaviour) is not None


def _reproduced(key: str, bank: Bank, answers: Answers) -> set[str]:
    """The behaviours in which the mistake ``key`` gives the student's answers throughout."""
    return {b.key for b in bank.behaviours if _agrees_throughout(key, b, answers[b.key])}


def _agrees_throughout(key: str, behaviour: BehaviourBank, answers: list[Observation]) -> bool:
    predictions = [trial.mistaken.get(key, trial.expected) for trial in behaviour.trials]
    if all("error" in predicted for predicted in predictions):
        return False
    return not any(mismatch(countable(o), countable(p), behaviour) for o, p in zip(answers, predictions, strict=True))


def countable(value: Any) -> Any:
    """``value`` with one ordinary number for NaN and infinities, which never count as equal to anything.

    For diagnosis alone: a mistake that overflows, as a softmax may, is known by it. Whether infinity or NaN
    comes of it often depends on the order of operations, so both count as the same.
    """
    if isinstance(value, dict):
        return {key: countable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(countable(item) for item in value)
    if isinstance(value, float | np.floating) or (isinstance(value, np.ndarray) and value.dtype.kind in "fc"):
        return value if np.isfinite(value).all() else np.nan_to_num(value, nan=3e30, posinf=3e30, neginf=3e30)
    return value
