"""The data sets: what their docstrings promise."""

import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks.project.pronounce import HELD_BACK
from unrolled import data

TRAIN, TEST = data.japanese_vowels()
REVIEWS = data.reviews()


@pytest.mark.parametrize(("split", "count"), [(TRAIN, 270), (TEST, 370)], ids=["train", "test"])
def test_vowels_are_complete(split, count):
    assert len(split.x) == len(split.lengths) == len(split.labels) == count
    assert [len(x) for x in split.x] == split.lengths.tolist()
    assert {(x.dtype, x.shape[1]) for x in split.x} == {(np.dtype(float), 12)}
    assert split.lengths.dtype == split.labels.dtype == np.int64
    assert np.isfinite(np.concatenate(split.x)).all()
    assert split.lengths.min() >= 7 and split.lengths.max() <= 29


def test_each_speaker_has_as_many_utterances_as_in_the_source():
    """Kudo, Toyama and Shimbo (1999): 30 for training each; for testing these."""
    assert np.bincount(TRAIN.labels).tolist() == [30] * 9
    assert np.bincount(TEST.labels).tolist() == [31, 35, 88, 44, 29, 24, 40, 50, 29]


def test_frames_are_standardised_with_the_training_set():
    train, test = np.concatenate(TRAIN.x), np.concatenate(TEST.x)
    np.testing.assert_allclose(train.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(train.std(axis=0), 1, atol=1e-5)
    assert np.abs(test.mean(axis=0)).max() > 0.01, "the test set has its own mean"


def test_padded_vowels_keep_every_frame_and_are_zero_after_each_end():
    for split in (TRAIN, TEST):
        padded = split.padded()
        assert padded.shape == (len(split.x), split.lengths.max(), 12)
        running = np.arange(padded.shape[1]) < split.lengths[:, np.newaxis]
        np.testing.assert_array_equal(padded[running], np.concatenate(split.x))
        assert not padded[~running].any()


def test_reviews_are_complete():
    assert len(REVIEWS.words) == len(REVIEWS.lengths) == len(REVIEWS.ratings) == 14_312
    assert [len(w) for w in REVIEWS.words] == REVIEWS.lengths.tolist() and REVIEWS.lengths.min() >= 1
    flat = np.concatenate(REVIEWS.words)
    assert flat.dtype == np.int64 and flat.min() == 1 and flat.max() == REVIEWS.vocabulary_size - 1
    assert set(flat) == set(range(1, REVIEWS.vocabulary_size)), "no word number is unused"
    assert REVIEWS.ratings.dtype == np.float64 and np.isfinite(REVIEWS.ratings).all()
    assert np.abs(REVIEWS.ratings).max() <= 4 and (REVIEWS.ratings < 0).any() and (REVIEWS.ratings > 0).any()


def test_every_word_but_the_rare_one_occurs_at_least_three_times():
    counts = np.bincount(np.concatenate(REVIEWS.words), minlength=REVIEWS.vocabulary_size)
    assert counts[0] == 0 and counts[2:].min() >= 3


def test_first_names_are_different_words_of_small_letters():
    train, test = data.first_names()
    assert (len(train), len(test)) == (4400, 763) and len(set(train + test)) == 5163
    assert set("".join(train)) == set("abcdefghijklmnopqrstuvwxyz")
    assert {len(name) for name in train + test} == set(range(2, 12))
    assert data.first_names() == (train, test) and train != sorted(train)


def test_every_load_is_a_copy_of_its_own():
    first, _ = data.japanese_vowels()
    first.x[0][:] = 0
    np.testing.assert_array_equal(data.japanese_vowels()[0].x[0], TRAIN.x[0])


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=4), st.sampled_from([(), (2,), (2, 3)]), st.sampled_from(["i8", "f4"])
)
def test_pad_keeps_items_order_and_kind(lengths, item, dtype):
    sequences = [np.full((n, *item), k + 1, dtype) for k, n in enumerate(lengths)]
    padded = data.pad(sequences)
    assert padded.shape == (len(lengths), max(lengths), *item) and padded.dtype == dtype
    for row, sequence in zip(padded, sequences, strict=True):
        np.testing.assert_array_equal(row[: len(sequence)], sequence)
        assert not row[len(sequence) :].any()


def test_digits_are_complete():
    """UCI's optdigits.tes: so many of each digit, with brightness in seventeen steps."""
    images, labels = data.digits()
    assert images.shape == (1797, 8, 8) and images.dtype == np.float64 and labels.dtype == np.int64
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    np.testing.assert_array_equal(np.unique(images), np.arange(17) / 16)


def test_pronunciations_are_whole_and_split():
    train, development = data.pronunciations()
    assert (len(train), len(development)) == (16_000, 1_000)
    words = [spoken.word for spoken in train + development]
    assert len(set(words)) == 17_000 and all(3 <= len(w) <= 10 and w.isascii() and w.isalpha() for w in words)
    assert all(len(s.word) == len(s.chunks) and all(len(c) <= 2 for c in s.chunks) for s in train + development)
    assert len({phone for spoken in train for phone in spoken.phones}) == 39
    assert next(s for s in train if s.word == "kayakers").phones == ["K", "AY", "AE", "K", "ER", "Z"]


def test_no_held_back_word_is_among_the_public_ones():
    held_back = gzip.decompress(HELD_BACK.read_bytes()).decode("ascii").splitlines()
    words = {line.split()[0] for line in held_back}
    assert len(words) == len(held_back) == 3_060
    assert not words & {spoken.word for split in data.pronunciations() for spoken in split}
