"""The robot's world: what it promises, and its best guess against all possible walks, one by one."""

from itertools import product

import numpy as np

from unrolled.ring import CELLS, MOVES, NOISE, SLIP, Walks, best_guesses, walks


def test_walks_are_what_they_promise():
    seen = walks(2000, 30, np.random.default_rng(0))
    before = np.concatenate([seen.start[:, np.newaxis], seen.cells[:, :-1]], axis=1)
    made = (seen.cells - before + 1) % CELLS - 1
    assert set(np.unique(made)) == set(MOVES) == set(np.unique(seen.moves))
    assert abs(np.mean(made == seen.moves) - (1 - SLIP + SLIP / 3)) < 0.01
    noise = seen.landmarks - np.eye(CELLS)[seen.cells]
    assert abs(noise.std() - NOISE) < 0.01 and abs(noise.mean()) < 0.01
    assert seen.x.shape == (2000, 30, 3 + CELLS)
    assert (seen.x[..., :3].argmax(axis=2) - 1 == seen.moves).all() and (seen.x[..., 3:] == seen.landmarks).all()


def chances(seen, n, t):
    """(CELLS,) probability of each cell of walk ``n`` after step ``t``, summed over all possible moves, up to a factor."""
    found = np.zeros(CELLS)
    for moves in product(MOVES, repeat=t + 1):
        cells = (seen.start[n] + np.cumsum(moves)) % CELLS
        chance = np.prod([(1 - SLIP) * (m == told) + SLIP / 3 for m, told in zip(moves, seen.moves[n], strict=False)])
        gaps = seen.landmarks[n, : t + 1] - np.eye(CELLS)[cells]
        found[cells[-1]] += chance * np.exp(-0.5 * np.sum(gaps**2) / NOISE**2)
    return found


def test_best_guess_is_the_likeliest_of_all_walks():
    seen = walks(6, 5, np.random.default_rng(3))
    guesses = best_guesses(seen)
    for n, t in np.ndindex(6, 5):
        assert guesses[n, t] == chances(seen, n, t).argmax()


def test_without_noise_the_best_guess_is_right():
    seen = walks(50, 20, np.random.default_rng(4), noise=1e-3)
    assert (best_guesses(seen, noise=1e-3) == seen.cells).all()
    assert isinstance(seen, Walks)
