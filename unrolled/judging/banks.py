"""The shipped examples: one drawn bank for each exercise, read from ``cases/<assignment>.json``.

The files hold inputs, expected observations and the observations of known mistakes, as
data; neither a solution nor a mistake can be read from them as code.
"""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from unrolled.judging.bank import Bank, BehaviourBank, Mistake, Trial
from unrolled.values.codec import decode, encode

FOLDER = Path(__file__).parents[1] / "cases"


def bank_to_json(bank: Bank) -> dict[str, Any]:
    """A bank as JSON, with every value encoded."""
    tree = asdict(bank) | {"behaviours": []}
    for behaviour in bank.behaviours:
        fields = {k: v for k, v in vars(behaviour).items() if k != "trials" and (v or k not in ("share", "like"))}
        trials = [
            {
                "inputs": encode(t.inputs),
                "expected": encode(t.expected),
                "mistaken": {key: encode(o) for key, o in t.mistaken.items()},
            }
            for t in behaviour.trials
            if not behaviour.like
        ]
        tree["behaviours"].append(fields | {"looks_at": list(behaviour.looks_at), "trials": trials})
    return tree


def bank_from_json(tree: dict[str, Any]) -> Bank:
    """The bank of a tree made by ``bank_to_json``."""
    behaviours: list[BehaviourBank] = []
    trials_of: dict[str, list[Trial]] = {}
    for fields in tree["behaviours"]:
        trials = [
            Trial(
                decode(t["inputs"]),
                decode(t["expected"]),
                {key: decode(o) for key, o in t["mistaken"].items()},
            )
            for t in fields["trials"]
        ]
        trials_of[fields["key"]] = trials_of[fields["like"]] if fields.get("like") else trials
        more = {"looks_at": tuple(fields["looks_at"]), "trials": trials_of[fields["key"]]}
        behaviours.append(BehaviourBank(**fields | more))
    mistakes = [Mistake(**m) for m in tree["mistakes"]]
    return Bank(tree["assignment"], tree["exercise"], tree["section"], behaviours, mistakes)


@cache
def shipped_banks() -> dict[str, Bank]:
    """Every shipped bank by the name of its exercise."""
    banks = {}
    for path in sorted(FOLDER.glob("*.json")):
        for tree in json.loads(path.read_text(encoding="utf-8")):
            bank = bank_from_json(tree)
            banks[bank.exercise] = bank
    return banks
