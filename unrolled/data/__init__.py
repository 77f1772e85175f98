"""The course's real data sets, ready to use and small enough to travel with the package.

Everything is read from files beside this one: nothing is downloaded.
``LICENSES.md`` says where each data set comes from and how it may be used.
"""

import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Sequences:
    """Labelled sequences of different lengths.

    x: one array of shape (T_n, D) for each sequence, float64
    lengths: (N,) the T_n, int64
    labels: (N,) the class of each sequence, int64, counted from 0
    """

    x: list[np.ndarray]
    lengths: np.ndarray
    labels: np.ndarray

    def padded(self) -> np.ndarray:
        """All sequences in one array of shape (N, max T, D), zeros after each end."""
        return pad(self.x)


@dataclass(frozen=True)
class Reviews:
    """Snippets of film and product reviews, as word numbers.

    words: one int64 array of shape (T_n,) for each snippet; 0 is left free for padding,
        1 stands for every rare word
    lengths: (N,) the number of words, int64
    ratings: (N,) mean rating by at least 20 people, from -4 (very negative) to 4, float64
    vocabulary_size: number of word numbers, 0 and 1 included
    """

    words: list[np.ndarray]
    lengths: np.ndarray
    ratings: np.ndarray
    vocabulary_size: int


@dataclass(frozen=True)
class Spoken:
    """A word and how it is said.

    word: letters a to z
    chunks: the phones that each letter stands for, none, one or two; as many chunks as letters
    """

    word: str
    chunks: list[tuple[str, ...]]

    @property
    def phones(self) -> list[str]:
        """All phones of the word, in order."""
        return [phone for chunk in self.chunks for phone in chunk]


def pad(sequences: list[np.ndarray]) -> np.ndarray:
    """Stack sequences of shape (T_n, ...) into (N, max T, ...), zeros after each end."""
    first = sequences[0]
    longest = max(len(s) for s in sequences)
    padded = np.zeros((len(sequences), longest, *first.shape[1:]), dtype=first.dtype)
    for row, sequence in zip(padded, sequences, strict=True):
        row[: len(sequence)] = sequence
    return padded


def japanese_vowels() -> tuple[Sequences, Sequences]:
    """Nine men say the two vowels *ae*: who speaks?  Returns (train, test).

    270 and 370 utterances of 7 to 29 frames; each frame is 12 cepstrum coefficients,
    standardised with the training set's mean and deviation.
    Source: Kudo, Toyama and Shimbo (1999), UCI Machine Learning Repository.
    """
    with np.load(HERE / "japanese_vowels.npz") as file:
        raw = {name: file[name] for name in file.files}
    mean, std = raw["train_frames"].mean(axis=0), raw["train_frames"].std(axis=0)

    def split(name: str) -> Sequences:
        frames = (raw[f"{name}_frames"].astype(float) - mean) / std
        lengths = raw[f"{name}_lengths"].astype(int)
        x = np.split(frames, lengths.cumsum()[:-1])
        return Sequences(x, lengths, raw[f"{name}_speakers"].astype(int))

    return split("train"), split("test")


def reviews() -> Reviews:
    """14,312 sentence-length snippets of reviews, with the mean of people's ratings.

    The words themselves are replaced by numbers (see ``LICENSES.md``).
    Source: Hutto and Gilbert (2014); texts after Pang and Lee (2004), Hu and Liu (2004).
    """
    with np.load(HERE / "reviews.npz") as file:
        flat, lengths = file["words"].astype(int), file["lengths"].astype(int)
        ratings = file["ratings"].astype(float)
    words = np.split(flat, lengths.cumsum()[:-1])
    return Reviews(words, lengths, ratings, int(flat.max()) + 1)


def first_names() -> tuple[list[str], list[str]]:
    """5,163 first names that were common in the United States in 1990, in small letters a to z.

    Returns (train, test): 4,400 and 763 different names, shuffled once and for all.
    Source: names files of the 1990 census, U.S. Census Bureau.
    """
    names = (HERE / "first_names.txt").read_text(encoding="ascii").split()
    shuffled = [names[i] for i in np.random.default_rng(0).permutation(len(names))]
    return shuffled[:4400], shuffled[4400:]


def psalms() -> str:
    """The Psalms in the King James version: 2,461 verses, one on each line, 223,705 characters of 63 kinds.

    Source: the King James version of 1611 in its later standard text.
    """
    return gzip.decompress((HERE / "psalms.txt.gz").read_bytes()).decode("ascii")


def digits() -> tuple[np.ndarray, np.ndarray]:
    """1,797 handwritten digits as small images.  Returns (images, labels).

    images: (1797, 8, 8) brightness from 0 (paper) to 1 (ink), float64; labels: (1797,) int64
    The order is that of the source.
    Source: Alpaydin and Kaynak (1998), UCI Machine Learning Repository, the part written by 13 people.
    """
    with np.load(HERE / "digits.npz") as file:
        return file["images"] / 16, file["labels"].astype(int)


def pronunciations() -> tuple[list[Spoken], list[Spoken]]:
    """How English words and names of 3 to 10 letters are said, in 39 phones.  Returns (train, development).

    16,000 and 1,000 different words in a shuffled order, with their usual American pronunciation, without
    stress.  Which phones belong to which letter was found by a program and is now and then wrong; words
    whose letters give their phones away badly, as abbreviations, are left out.
    Source: the CMU pronouncing dictionary, Carnegie Mellon University.
    """
    lines = gzip.decompress((HERE / "pronunciations.txt.gz").read_bytes()).decode("ascii").splitlines()
    words = [_spoken(*line.split()) for line in lines]
    return words[:16_000], words[16_000:]


def _spoken(word: str, *chunks: str) -> Spoken:
    return Spoken(word, [() if chunk == "-" else tuple(chunk.split("+")) for chunk in chunks])
