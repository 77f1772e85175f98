"""A robot on a ring of cells: a small world in which a net has to say at each step where it is.

At every step the robot is told to go left, stay, or go right, and now and then it slips and
does something else. It sees a noisy landmark for each cell. Its first cell is known.
"""

from dataclasses import dataclass

import numpy as np

CELLS = 12
SLIP = 0.2  # share of the commands that are not followed: the move is then drawn anew
NOISE = 0.8  # standard deviation of each landmark's reading
MOVES = (-1, 0, 1)


@dataclass(frozen=True)
class Walks:
    """A batch of walks.

    start: (B,) the known cell before the first step; cells: (B, T) the cell after each step
    moves: (B, T) what the robot was told, -1, 0 or 1; landmarks: (B, T, CELLS) readings, 1 for the true cell plus noise
    """

    start: np.ndarray
    cells: np.ndarray
    moves: np.ndarray
    landmarks: np.ndarray

    @property
    def x(self) -> np.ndarray:
        """(B, T, 3 + CELLS) what a net is given at each step: the move, one-hot, and the landmarks."""
        return np.concatenate([np.eye(3)[self.moves + 1], self.landmarks], axis=2)


def walks(B: int, T: int, rng: np.random.Generator, noise: float = NOISE) -> Walks:
    """``B`` walks of ``T`` steps."""
    moves = rng.integers(-1, 2, size=(B, T))
    made = np.where(rng.random((B, T)) < SLIP, rng.integers(-1, 2, size=(B, T)), moves)
    start = rng.integers(0, CELLS, size=B)
    cells = (start[:, np.newaxis] + made.cumsum(axis=1)) % CELLS
    landmarks = np.eye(CELLS)[cells] + noise * rng.normal(size=(B, T, CELLS))
    return Walks(start, cells, moves, landmarks)


def best_guesses(seen: Walks, noise: float = NOISE) -> np.ndarray:
    """(B, T) the likeliest cell at each step, by Bayes' rule with everything known about the world.

    No net can do better in the long run: this is the floor for the error.
    """
    belief = np.eye(CELLS)[seen.start]  # (B, CELLS)
    guesses = np.empty_like(seen.cells)
    for t in range(seen.cells.shape[1]):
        moved = np.zeros_like(belief)
        for move in MOVES:
            chance = (1 - SLIP) * (seen.moves[:, t] == move) + SLIP / len(MOVES)
            moved += chance[:, np.newaxis] * np.roll(belief, move, axis=1)
        evidence = seen.landmarks[:, t] / noise**2  # up to a constant, the log-likelihood of each cell
        belief = moved * np.exp(evidence - evidence.max(axis=1, keepdims=True))
        belief /= belief.sum(axis=1, keepdims=True)
        guesses[:, t] = belief.argmax(axis=1)
    return guesses
