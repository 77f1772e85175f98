"""Checks of ``bidirectional_forward``."""

import numpy as np

from autograder.checks.shared import drawn_lengths
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import architectures as look
from unrolled.standins import stand_in


def bidirectional_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 6, 3, 2), (3, 5, 2, 4), (1, 4, 2, 3), (2, 1, 3, 1), (5, 4, 1, 2)]  # (B, T, D, H)
    cases: list[Case] = [
        {
            "x": rng.normal(size=(B, T, D)),
            "lengths": drawn_lengths(rng, B, T),
            "h_0": rng.normal(size=(2, B, H)),
            "weights": [rng.normal(size=(D, H)) for _ in range(2)],
            "layer": stand_in(look.tide_layer),
        }
        for B, T, D, H in sizes
    ]
    cases[1]["lengths"] = np.minimum(cases[1]["lengths"], 3)  # nothing fills the array
    return cases


def all_full(case: Case) -> Case:
    return case | {"lengths": np.full(len(case["x"]), case["x"].shape[1])}


def padded(case: Case) -> Case | None:
    """Only batches in which some sequence ends early."""
    return dict(case) if (case["lengths"] < case["x"].shape[1]).any() else None


def turned(x, lengths):
    """x with each sequence's own steps in reverse, and the padding where it was."""
    t = np.arange(x.shape[1])
    order = np.where(t < lengths[:, np.newaxis], lengths[:, np.newaxis] - 1 - t, t)
    return x[np.arange(len(x))[:, np.newaxis], order]


def ended(h, lengths):
    return (np.arange(h.shape[1]) >= lengths[:, np.newaxis])[..., np.newaxis]


def _halves(x, lengths, h_0, weights, layer):
    forward = layer(x, h_0[0], weights[0])
    return forward, turned(layer(turned(x, lengths), h_0[1], weights[1]), lengths)


def _joined(forward, backward, lengths, together=None):
    """States with zeros in the padding, and the last states; together: how two halves become one."""
    together = together or (lambda a, b: np.concatenate([a, b], axis=-1))
    h = together(forward, backward)
    last = together(forward[np.arange(len(h)), lengths - 1], backward[:, 0])
    return np.where(ended(h, lengths), 0.0, h), last


def bidirectional_reversed_padding(x, lengths, h_0, weights, layer):
    forward = layer(x, h_0[0], weights[0])
    return _joined(forward, layer(x[:, ::-1], h_0[1], weights[1])[:, ::-1], lengths)


def bidirectional_reversed_zeros(x, lengths, h_0, weights, layer):
    return bidirectional_reversed_padding(np.where(ended(x, lengths), 0.0, x), lengths, h_0, weights, layer)


def bidirectional_not_turned_back(x, lengths, h_0, weights, layer):
    forward, backward = _halves(x, lengths, h_0, weights, layer)
    h, _ = _joined(forward, turned(backward, lengths), lengths)
    return h, _joined(forward, backward, lengths)[1]


def bidirectional_turned_over_padding(x, lengths, h_0, weights, layer):
    forward = layer(x, h_0[0], weights[0])
    backward = layer(turned(x, lengths), h_0[1], weights[1])
    h, _ = _joined(forward, backward[:, ::-1], lengths)
    return h, _joined(forward, turned(backward, lengths), lengths)[1]


def bidirectional_not_reversed(x, lengths, h_0, weights, layer):
    forward, backward = (layer(x, h_0[i], weights[i]) for i in (0, 1))
    h, _ = _joined(forward, backward, lengths)
    rows = np.arange(len(x))
    return h, np.concatenate([half[rows, lengths - 1] for half in (forward, backward)], axis=-1)


def bidirectional_added(x, lengths, h_0, weights, layer):
    return _joined(*_halves(x, lengths, h_0, weights, layer), lengths, np.add)


def bidirectional_swapped(x, lengths, h_0, weights, layer):
    forward, backward = _halves(x, lengths, h_0, weights, layer)
    return _joined(forward, backward, lengths, lambda a, b: np.concatenate([b, a], axis=-1))


def bidirectional_same_weights(x, lengths, h_0, weights, layer):
    return _joined(*_halves(x, lengths, h_0, [weights[0]] * 2, layer), lengths)


def bidirectional_handed_over(x, lengths, h_0, weights, layer):
    forward = layer(x, h_0[0], weights[0])
    start = forward[np.arange(len(x)), lengths - 1]
    return _joined(*_halves(x, lengths, np.stack([h_0[0], start]), weights, layer), lengths)


def bidirectional_zero_start(x, lengths, h_0, weights, layer):
    return _joined(*_halves(x, lengths, np.zeros_like(h_0), weights, layer), lengths)


def bidirectional_shared_start(x, lengths, h_0, weights, layer):
    return _joined(*_halves(x, lengths, h_0[[0, 0]], weights, layer), lengths)


def bidirectional_in_place(x, lengths, h_0, weights, layer):
    results = _joined(*_halves(x, lengths, h_0, weights, layer), lengths)
    x[...] = turned(x, lengths)
    return results


def bidirectional_cut_to_longest(x, lengths, h_0, weights, layer):
    return _joined(*_halves(x[:, : lengths.max()], lengths, h_0, weights, layer), lengths)


def bidirectional_padding_kept(x, lengths, h_0, weights, layer):
    forward, backward = _halves(x, lengths, h_0, weights, layer)
    return np.concatenate([forward, backward], axis=-1), _joined(forward, backward, lengths)[1]


def bidirectional_last_column(x, lengths, h_0, weights, layer):
    forward, backward = _halves(x, lengths, h_0, weights, layer)
    return _joined(forward, backward, lengths)[0], np.concatenate([forward[:, -1], backward[:, 0]], axis=-1)


def bidirectional_backward_last(x, lengths, h_0, weights, layer):
    h, _ = _joined(*_halves(x, lengths, h_0, weights, layer), lengths)
    return h, h[np.arange(len(h)), lengths - 1]


def bidirectional_last_column_of_h(x, lengths, h_0, weights, layer):
    h, _ = _joined(*_halves(x, lengths, h_0, weights, layer), lengths)
    return h, h[:, -1]


BIDIRECTIONAL_FORWARD = Exercise(
    name="bidirectional_forward",
    chapter="architectures",
    section="sec-both-directions",
    cases=bidirectional_cases,
    axes={"h": "BTd", "h_last": "Bd"},
    behaviours=[
        Behaviour(
            "full", "gives the states of both directions where nothing is padded", 2, seen_by(look.states_alone, all_full)
        ),
        Behaviour("lengths", "turns each sequence round within its own length", 2, seen_by(look.true_steps, padded)),
        Behaviour(
            "padding", "gives all those states, and zeros after each sequence's end", 1, seen_by(look.states_alone, padded)
        ),
        Behaviour("last", "gives the state of each direction after all steps of the sequence", 2, seen_by(look.last_alone)),
        Behaviour("inputs", "gives all that and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "reversed_padding",
            "the array is reversed with its padding, so that the backward layer reads padding first.",
            bidirectional_reversed_padding,
        ),
        Misconception(
            "reversed_zeros",
            "the padding is set to 0 and then reversed with the array, so that the backward layer reads those zeros first; "
            "zeros are inputs like all others.",
            bidirectional_reversed_zeros,
        ),
        Misconception(
            "not_turned_back",
            "the backward states stand in the order in which they were made; turn them round again, so that both halves "
            "of a step belong to the same input.",
            bidirectional_not_turned_back,
        ),
        Misconception(
            "turned_over_padding",
            "the backward states are turned round over the whole array; turn them within each sequence's length.",
            bidirectional_turned_over_padding,
        ),
        Misconception(
            "not_reversed", "the second layer reads forwards too; it should start at the end.", bidirectional_not_reversed
        ),
        Misconception("added", "the two directions are added; they should stand side by side.", bidirectional_added),
        Misconception("swapped", "the backward states come first; the forward ones should.", bidirectional_swapped),
        Misconception(
            "same_weights", "both directions use the forward weights; each has its own.", bidirectional_same_weights
        ),
        Misconception(
            "handed_over",
            "the backward layer starts from the last forward state; it has its own initial state, h_0[1].",
            bidirectional_handed_over,
        ),
        Misconception("zero_start", "both directions start from zeros, whatever h_0 is.", bidirectional_zero_start),
        Misconception(
            "shared_start",
            "both directions start from h_0[0]; the backward layer has its own initial state, h_0[1].",
            bidirectional_shared_start,
        ),
        Misconception(
            "in_place", "x itself is turned round and stays so: the caller's array is changed.", bidirectional_in_place
        ),
        Misconception(
            "padding_kept",
            "the states after a sequence's end are left as they came; they should be 0.",
            bidirectional_padding_kept,
        ),
        Misconception(
            "cut_to_longest",
            "the states end with the longest sequence; all T steps of the array have a place, (B, T, 2H).",
            bidirectional_cut_to_longest,
        ),
        Misconception(
            "last_column",
            "the forward half of h_last is read in the last column, which is padding for a short sequence.",
            bidirectional_last_column,
        ),
        Misconception(
            "backward_last",
            "the backward half of h_last is read at the last step, where that layer has only begun; "
            "it has read everything at the first one.",
            bidirectional_backward_last,
        ),
        Misconception(
            "last_column_of_h",
            "h_last is the last column of h: zeros for every sequence that ends before, and for the others a backward half "
            "that has read one input.",
            bidirectional_last_column_of_h,
        ),
    ],
)
