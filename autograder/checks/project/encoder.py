"""Checks of ``Encoder``."""

import numpy as np

from autograder.checks.project.common import Module, faulty, gru_step, gru_weights
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import project as look


def encoder_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [
        (2, 5, 7, 3, 4, 0),
        (3, 4, 6, 2, 1, 1),
        (1, 3, 5, 4, 2, 2),
        (4, 1, 5, 3, 2, 0),
        (4, 6, 9, 2, 3, 1),
    ]  # (B, T, V, D, H, columns to spare)
    cases = []
    for B, T, V, D, H, spare in sizes:
        lengths = rng.integers(1, T + 1, size=B)
        lengths[rng.integers(B)] = T  # the longest fills all columns but those to spare
        lengths[(np.argmax(lengths) + 1) % B] = max(1, T - 2) if B > 1 else T
        if B == 4 and T > 4:
            lengths = np.roll([3, T, 5, 2], rng.integers(3))  # sorted twice by the same order, they are in yet another one
        x = np.where(np.arange(T + spare) < lengths[:, None], rng.integers(1, V, size=(B, T + spare)), 0)
        weights = {"embedding.weight": rng.normal(size=(V, D))}
        weights |= gru_weights(rng, D, H, "rnn", "_l0") | gru_weights(rng, D, H, "rnn", "_l0_reverse")
        weights |= {"bridge.weight": rng.normal(size=(H, 2 * H)) / 2, "bridge.bias": rng.normal(size=H) / 2}
        cases.append({"sizes": [V, D, H], "weights": weights, "x": x, "lengths": lengths})
    return cases


class AnEncoder(Module):
    def one_way(self, e, length, suffix):
        """States of one direction of one sequence, (length, H), in the order of the letters."""
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        weights = [self.w[f"rnn.{name}_l0{suffix}"] for name in names]
        h, states = np.zeros(weights[1].shape[1]), []
        order = range(length)[:: -1 if suffix else 1]
        for t in order:
            h = gru_step(e[t], h, *weights)
            states.append(h)
        return np.array(states)[:: -1 if suffix else 1]

    def run(self, x, lengths):
        T = x.shape[1]
        read = np.full_like(lengths, T) if self.fault == "padding_read" else lengths
        H = self.w["bridge.bias"].shape[0]
        states, ends = np.zeros((len(x), T, 2 * H)), []
        for b, e in enumerate(self.w["embedding.weight"][x]):
            forward, backward = self.one_way(e, read[b], ""), self.one_way(e, read[b], "_reverse")
            states[b, : read[b]] = np.concatenate([forward, backward], axis=1)
            if self.fault == "not_zeroed":
                states[b, read[b] :] = states[b, read[b] - 1]
            ends.append(self.end(forward, backward, states[b]))
        bridged = np.array(ends)
        if self.fault == "directions_mixed":
            bridged = np.concatenate([bridged[:, :H], bridged[:, H:]]).reshape(bridged.shape)
        first = bridged @ self.w["bridge.weight"].T + self.w["bridge.bias"]
        if self.fault == "cut_short":
            states = states[:, : lengths.max()]
        if self.fault == "not_sorted_back":
            order = np.argsort(-lengths, kind="stable")
            states, first = states[order], first[order]
        return states, first if self.fault == "no_bridge_tanh" else np.tanh(first)

    def end(self, forward, backward, states):
        """What the bridge gets of one sequence."""
        if self.fault == "last_column":
            return states[-1]
        halves = {
            "one_direction": (forward[-1], forward[-1]),
            "backward_twice": (backward[0], backward[0]),
            "directions_swapped": (backward[0], forward[-1]),
            "last_letter": (forward[-1], backward[-1]),
        }
        return np.concatenate(halves.get(self.fault, (forward[-1], backward[0])))


ENCODER = Exercise(
    name="Encoder",
    chapter="sequence_to_sequence",
    section="sec-encoder",
    cases=encoder_cases,
    axes={"states": "BTd", "h_0": "BH"} | {f"states of sequence {b}": "Td" for b in range(5)},
    behaviours=[
        Behaviour("states", "gives the forward and the backward state at each letter", 2, seen_by(look.encoded_states)),
        Behaviour("start", "makes h_0 from the last state of both directions", 2, seen_by(look.encoded_start)),
        Behaviour(
            "whole",
            "gives states of T columns, zero at the padding, and h_0, and leaves its inputs as they were",
            2,
            seen_by(look.encoded),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception(
            "padding_read",
            "the GRU reads the padding too, so the backward one comes to the last letter with a state that is not zero.",
            faulty(AnEncoder, "padding_read"),
        ),
        Misconception(
            "not_zeroed",
            "the states at the padding are the word's last ones; they are to be zero.",
            faulty(AnEncoder, "not_zeroed"),
        ),
        Misconception(
            "cut_short",
            "the states have as many columns as the longest word; wanted are all T of them, as in x.",
            faulty(AnEncoder, "cut_short"),
        ),
        Misconception(
            "last_column",
            "h_0 is made from the last column of the states, which is padding for shorter words.",
            faulty(AnEncoder, "last_column"),
        ),
        Misconception(
            "last_letter",
            "h_0 takes the backward state at the last letter; only at the first one it has read the word.",
            faulty(AnEncoder, "last_letter"),
        ),
        Misconception("one_direction", "h_0 is made from the forward direction alone.", faulty(AnEncoder, "one_direction")),
        Misconception(
            "backward_twice", "h_0 is made from the backward direction alone.", faulty(AnEncoder, "backward_twice")
        ),
        Misconception(
            "directions_mixed",
            "the bridge gets numbers of several sequences: (2, B, H) is not reshaped to (B, 2H) but put side by side.",
            faulty(AnEncoder, "directions_mixed"),
        ),
        Misconception(
            "not_sorted_back",
            "what comes back is in the order of the lengths, not in the order of the batch.",
            faulty(AnEncoder, "not_sorted_back"),
        ),
        Misconception(
            "directions_swapped",
            "the bridge gets the backward state first; the forward one comes first.",
            faulty(AnEncoder, "directions_swapped"),
        ),
        Misconception("no_bridge_tanh", "the tanh after the bridge is missing.", faulty(AnEncoder, "no_bridge_tanh")),
    ],
)
