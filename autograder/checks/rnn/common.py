"""What the checks of ``rnn`` have in common."""

import numpy as np


def loop_of(x, h, step):
    states = []
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
        states.append(h)
    return np.stack(states, axis=1), h
