"""The shipped examples: one drawn bank for each exercise, read from ``cases/<assignment>.json``.

The files hold inputs, expected observations and the observations of known mistakes, as data, and fingerprints of what
small changes of the reference give; neither a solution nor a mistake can be read from them as code.
"""

import json
from base64 import b64decode, b64encode
from functools import cache
from pathlib import Path
from typing import Any
from zlib import compress, decompress

from unrolled.judging.bank import Bank, BehaviourBank, Made, Mistake, Print, Trial
from unrolled.judging.fingerprints import pack, unpack
from unrolled.values.codec import decode, encode

FOLDER = Path(__file__).parents[1] / "cases"


def bank_to_json(bank: Bank) -> dict[str, Any]:
    """A bank as JSON, with every value encoded."""
    tree: dict[str, Any] = {name: getattr(bank, name) for name in ("assignment", "exercise", "section")} | {"behaviours": []}
    tree["mistakes"] = [vars(m) for m in bank.mistakes]
    if bank.made:
        tree["made"] = _made_to_json(bank, bank.made)
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
    made = _made_from_json(tree["made"], behaviours, tree["section"]) if "made" in tree else None
    return Bank(tree["assignment"], tree["exercise"], tree["section"], behaviours, mistakes, made)


def _made_to_json(bank: Bank, made: Made) -> dict[str, Any]:
    """Mistakes made by machine: keys and sentences, and all fingerprints behind each other, trial by trial."""
    keys, trials = [m.key for m in made.mistakes], _trials(bank.behaviours)
    prints = b"".join(pack(made.seen(key, *trial)) for trial in trials for key in keys)
    says = "\n".join(f"{m.key} {m.says}" for m in made.mistakes).encode()
    return {"of": made.of, "says": _text(compress(says)), "prints": _text(prints)}


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _made_from_json(tree: dict[str, Any], behaviours: list[BehaviourBank], section: str) -> Made:
    """They are unpacked when they are first asked for."""
    places = {trial: place for place, trial in enumerate(_trials(behaviours))}
    said = [line.split(" ", 1) for line in decompress(b64decode(tree["says"])).decode().splitlines()]
    columns = {key: column for column, (key, _) in enumerate(said)}

    @cache
    def prints() -> list[Print | None]:
        return unpack(b64decode(tree["prints"]))

    def seen(key: str, behaviour: str, number: int) -> Print | None:
        return prints()[places[behaviour, number] * len(columns) + columns[key]]

    return Made([Mistake(key, says, section) for key, says in said], seen, tree["of"])


def _trials(behaviours: list[BehaviourBank]) -> list[tuple[str, int]]:
    return [(b.key, number) for b in behaviours for number in range(len(b.trials))]


@cache
def shipped_banks() -> dict[str, Bank]:
    """Every shipped bank by the name of its exercise."""
    banks = {}
    for path in sorted(FOLDER.glob("*.json")):
        for tree in json.loads(path.read_text(encoding="utf-8")):
            bank = bank_from_json(tree)
            banks[bank.exercise] = bank
    return banks
