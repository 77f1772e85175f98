"""The ledger of proofs: what came of each is kept beside the bank, so that what has not changed is not proved again.

An entry holds a verdict, never "passed": points, names of mistakes, counts. Whoever asks judges it as if it had just been
found. Its key is a digest of everything that decides it; its seal, one of key and verdict, no longer fits if
somebody edits either. An entry whose key or seal does not fit is proved again. So is a share of all others, drawn
anew in each run, and every one where everything is to be proved: what comes of that has to be what is written.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.authoring.pieces import BANK
from autograder.proof.decides import digest

SHARE = 0.1  # of the entries, drawn anew in each run
TAKEN, DRAWN, NEW, PROVED = "taken from the ledger", "drawn and proved again", "new or changed and proved", "proved"
Entries = dict[str, dict[str, dict[str, Any]]]  # folder of the bank, name, entry


class Disagreement(AssertionError):
    """A proof came out otherwise than the ledger says, though nothing that decides it has changed."""


@dataclass(frozen=True)
class Proof:
    """One thing to prove.

    folder: of the bank, beside whose files the entry lies; name: of the entry, in words
    key: the digest of everything that decides the verdict; compute: finds the verdict, plain JSON data
    """

    folder: str
    name: str
    key: str
    compute: Callable[[], Any]


@dataclass
class Ledger:
    """The entries of all folders of ``bank``.

    seed: decides which entries are drawn; everything: prove all, whatever is written
    fresh: what was proved in this run and is not yet written; latest: in the test that runs now
    counts: of proofs by what was done about them
    """

    seed: str
    everything: bool = False
    bank: Path = BANK
    fresh: Entries = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    latest: list[Proof] = field(default_factory=list)
    _read: Entries = field(default_factory=dict)

    def verdict(self, proof: Proof, drawn: bool | None = None) -> Any:
        """What comes of a proof: as it is written, if that holds, or found now.

        drawn: decides, in place of the seed, whether to prove it again
        Raises Disagreement if it was proved again and is not what is written.
        """
        kept = self.kept(proof)
        if kept is not None and not self.everything and not (self.is_drawn(proof) if drawn is None else drawn):
            self.counts[TAKEN] += 1
            return kept["verdict"]
        return self.found(proof, proof.compute())

    def found(self, proof: Proof, verdict: Any) -> Any:
        """Note the verdict of a proof that was made now; raises Disagreement if another one is written."""
        verdict, kept = json.loads(json.dumps(verdict)), self.kept(proof)
        self.counts[PROVED if self.everything else NEW if kept is None else DRAWN] += 1
        if kept is None or self.everything:
            self.fresh.setdefault(proof.folder, {})[proof.name] = sealed(proof.key, verdict)
            self.latest.append(proof)
        if kept is not None and kept["verdict"] != verdict:
            raise Disagreement(
                f"The ledger of {proof.folder} says of '{proof.name}' {kept['verdict']}, and proved again it is {verdict}, "
                "though nothing has changed: somebody edited it, or it comes out by chance. Look, then run 'make proof'."
            )
        return verdict

    def forget_latest(self) -> None:
        """Take back what was noted ``latest``: its test was not content, and chance may have had a part in it."""
        for proof in self.latest:
            self.fresh[proof.folder].pop(proof.name, None)

    def kept(self, proof: Proof) -> dict[str, Any] | None:
        """The entry of a proof, if its key and its seal fit."""
        entry = self.fresh.get(proof.folder, {}).get(proof.name) or self.entries(proof.folder).get(proof.name)
        return entry if isinstance(entry, dict) and entry == sealed(proof.key, entry.get("verdict")) else None

    def is_drawn(self, proof: Proof) -> bool:
        """Whether an entry is among those that are proved again in this run."""
        return self.lot(proof) < SHARE

    def lot(self, proof: Proof) -> float:
        """A number from 0 to 1 that only the seed and the names decide."""
        return int(digest(self.seed, proof.folder, proof.name), 16) / 16**20

    def entries(self, folder: str) -> dict[str, dict[str, Any]]:
        """What is written in a folder, by name; nothing if it cannot be read, as between two sides of a merge."""
        if folder not in self._read:
            try:
                self._read[folder] = dict(json.loads(self.path(folder).read_text(encoding="utf-8")))
            except (FileNotFoundError, ValueError, TypeError):
                self._read[folder] = {}
        return self._read[folder]

    def path(self, folder: str) -> Path:
        return self.bank / folder / "ledger.json"

    def take(self, fresh: Entries, counts: dict[str, int]) -> None:
        """Add what another process has proved."""
        for folder, entries in fresh.items():
            self.fresh.setdefault(folder, {}).update(entries)
        self.counts.update(counts)

    def write(self, anew: bool = False) -> list[Path]:
        """Write what is fresh, one line an entry, in the order of the names; returns the files that changed.

        anew: everything was proved, and whatever else is written is of something that is no longer there
        """
        written = []
        for folder, fresh in self.fresh.items():
            before = self.entries(folder)
            after = fresh if anew else before | fresh
            if after != before:
                lines = [f"{json.dumps(name)}: {json.dumps(after[name])}" for name in sorted(after)]
                self.path(folder).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
                self._read[folder] = after
                written.append(self.path(folder))
        self.fresh = {}
        return written


def sealed(key: str, verdict: Any) -> dict[str, Any]:
    """An entry: a seal over key and verdict shows an edit. It is no secret; who computes a new one is found by the draw."""
    return {"key": key, "verdict": verdict, "seal": digest(key, json.dumps(verdict, sort_keys=True))}
