"""Checks of the assignment ``architectures``: stacks, both directions, an encoder per frame, captions, deep readouts."""

from itertools import pairwise

import numpy as np

from autograder.checks.rnn import drawn_lengths
from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import architectures as look
from unrolled.standins import stand_in


def relu(a):
    return np.maximum(a, 0)


def softmax(a, axis=-1):
    exps = np.exp(a - a.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


# stacked_forward


def stacked_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 2, 5, 4, 4), (2, 3, 4, 5, 2), (4, 1, 3, 2, 3), (2, 4, 1, 3, 3), (3, 2, 4, 1, 1)]  # (L, B, T, D, H)
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "h_0": rng.normal(size=(L, B, H)),
            "weights": [rng.normal(size=(D if l == 0 else H, H)) for l in range(L)],  # noqa: E741
            "layer": stand_in(look.tide_layer),
        }
        for L, B, T, D, H in sizes
    ]


def one_layer(case: Case) -> Case:
    return case | {"h_0": case["h_0"][:1], "weights": case["weights"][:1]}


def from_zeros(case: Case) -> Case:
    return case | {"h_0": np.zeros_like(case["h_0"])}


def _stack(x, h_0, weights, layer, enters=None):
    """The stack; enters: says what goes into a layer, from what the layer below gave and the input."""
    last, below = [], x
    for start, w in zip(h_0, weights, strict=True):
        below = layer(x if enters == "raw" else below, start, w)
        last.append(below[:, -1])
    return below, np.stack(last)


def stacked_raw_input(x, h_0, weights, layer):
    return _stack(x, h_0, weights, layer, "raw")


def stacked_same_weights(x, h_0, weights, layer):
    return _stack(x, h_0, [weights[0]] * len(weights), layer)


def stacked_upside_down(x, h_0, weights, layer):
    return _stack(x, h_0, weights[::-1], layer)


def stacked_shared_start(x, h_0, weights, layer):
    return _stack(x, np.stack([h_0[0]] * len(h_0)), weights, layer)


def stacked_zero_start(x, h_0, weights, layer):
    return _stack(x, np.zeros_like(h_0), weights, layer)


def stacked_handed_up(x, h_0, weights, layer):
    last, h = [], h_0[0]
    for w in weights:
        x = layer(x, h, w)
        h = x[:, -1]
        last.append(h)
    return x, np.stack(last)


def stacked_top_last(x, h_0, weights, layer):
    h, last = _stack(x, h_0, weights, layer)
    return h, last[-1]


def stacked_first_last(x, h_0, weights, layer):
    last = []
    for start, w in zip(h_0, weights, strict=True):
        x = layer(x, start, w)
        last.append(x[:, 0])
    return x, np.stack(last)


STACKED_FORWARD = Exercise(
    name="stacked_forward",
    chapter="architectures",
    section="sec-stack",
    cases=stacked_cases,
    axes={"h": "BTH", "h_last": "LBH"},
    behaviours=[
        Behaviour("one", "gives the states and the last state of a single layer", 1, one_layer),
        Behaviour("wired", "feeds each layer the states of the layer below", 2, seen_by(look.states_alone, from_zeros)),
        Behaviour("starts", "starts each layer from its own h_0", 1, seen_by(look.states_alone)),
        Behaviour("last", "gives the last state of every layer", 1, seen_by(look.last_alone)),
        Behaviour("inputs", "gives both and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "raw_input",
            "every layer is fed the input x; from the second on it should be the states below.",
            stacked_raw_input,
        ),
        Misconception(
            "same_weights", "all layers use the weights of the first one; each has its own.", stacked_same_weights
        ),
        Misconception("upside_down", "the layers are run from the last to the first.", stacked_upside_down),
        Misconception(
            "shared_start", "all layers start from h_0[0]; layer l has its own initial state, h_0[l].", stacked_shared_start
        ),
        Misconception("zero_start", "the layers start from zeros, whatever h_0 is.", stacked_zero_start),
        Misconception(
            "handed_up",
            "a layer starts from the last state of the layer below; its initial state is its own h_0[l].",
            stacked_handed_up,
        ),
        Misconception(
            "top_last",
            "only the top layer's last state is given; wanted is one for each layer, (L, B, H).",
            stacked_top_last,
        ),
        Misconception(
            "first_last",
            "h_last holds the states after the first step; wanted are those after the last.",
            stacked_first_last,
        ),
    ],
)


# bidirectional_forward


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


# cnn_encoder


def cnn_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [
        (2, 3, 5, 4, 3, 3, 1),
        (3, 2, 4, 6, 2, 3, 2),
        (2, 3, 6, 5, 1, 5, 2),
        (1, 4, 3, 5, 2, 1, 2),
        (3, 1, 4, 4, 2, 3, 3),
    ]
    return [  # B, T, rows, columns, kernels K, their side, stride
        {
            "frames": rng.normal(size=(B, T, rows, columns)),
            "kernels": rng.normal(size=(K, side, side)) / side,
            "b_k": rng.normal(size=K),
            "stride": stride,
        }
        for B, T, rows, columns, K, side, stride in sizes
    ]


def no_stride(case: Case) -> Case:
    return case | {"stride": 1}


def never_negative(case: Case) -> Case:
    """Nothing for a ReLU to cut off, no bias, no stride."""
    frames, kernels = np.abs(case["frames"]), np.abs(case["kernels"])
    return no_stride(case) | {"frames": frames, "kernels": kernels, "b_k": np.zeros_like(case["b_k"])}


def _maps(frames, kernels, stride, padding=None):
    """(B, T, K, rows, columns): each kernel at each place, nothing added."""
    side = kernels.shape[-1]
    p = side // 2 if padding is None else padding
    wide = np.pad(frames, ((0, 0), (0, 0), (p, p), (p, p)))
    patches = np.lib.stride_tricks.sliding_window_view(wide, (side, side), axis=(2, 3))
    return np.einsum("btrcij,kij->btkrc", patches[:, :, ::stride, ::stride], kernels)


def _flat(maps):
    return maps.reshape(*maps.shape[:2], -1)


def _bias(b_k):
    return b_k[:, np.newaxis, np.newaxis]


def cnn_flipped(frames, kernels, b_k, stride):
    return _flat(relu(_maps(frames, kernels[:, ::-1, ::-1], stride) + _bias(b_k)))


def cnn_transposed(frames, kernels, b_k, stride):
    return _flat(relu(_maps(frames, kernels.swapaxes(1, 2), stride) + _bias(b_k)))


def cnn_no_padding(frames, kernels, b_k, stride):
    return _flat(relu(_maps(frames, kernels, stride, padding=0) + _bias(b_k)))


def cnn_no_stride(frames, kernels, b_k, stride):
    return _flat(relu(_maps(frames, kernels, 1) + _bias(b_k)))


def cnn_no_relu(frames, kernels, b_k, stride):
    return _flat(_maps(frames, kernels, stride) + _bias(b_k))


def cnn_bias_after(frames, kernels, b_k, stride):
    return _flat(relu(_maps(frames, kernels, stride)) + _bias(b_k))


def cnn_border_one(frames, kernels, b_k, stride):
    return _flat(relu(_maps(frames, kernels, stride, padding=1) + _bias(b_k)))


def cnn_no_bias(frames, kernels, b_k, stride):
    return _flat(relu(_maps(frames, kernels, stride)))


def cnn_frames_mixed(frames, kernels, b_k, stride):
    B, T = frames.shape[:2]
    features = _flat(relu(_maps(frames, kernels, stride) + _bias(b_k)))
    return features.reshape(T, B, -1).swapaxes(0, 1)


def cnn_frames_mixed_before(frames, kernels, b_k, stride):
    features = _flat(relu(_maps(frames, kernels, stride) + _bias(b_k)))
    return features.swapaxes(0, 1).reshape(features.shape)


def cnn_kernels_last(frames, kernels, b_k, stride):
    return _flat(np.moveaxis(relu(_maps(frames, kernels, stride) + _bias(b_k)), 2, -1))


def cnn_averaged(frames, kernels, b_k, stride):
    return relu(_maps(frames, kernels, stride) + _bias(b_k)).mean(axis=(3, 4))


CNN_ENCODER = Exercise(
    name="cnn_encoder",
    chapter="architectures",
    section="sec-frame-encoder",
    cases=cnn_cases,
    axes="BTf",
    behaviours=[
        Behaviour("frames", "lays each kernel on every place of every frame, with stride 1", 2, never_negative),
        Behaviour("relu", "adds the bias and then cuts off what is below 0", 1, no_stride),
        Behaviour("stride", "moves on by the stride, down and to the right", 2),
        Behaviour("inputs", "gives all that and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "flipped", "the kernels are turned upside down and left to right before they are laid on.", cnn_flipped
        ),
        Misconception("transposed", "rows and columns of the kernels are exchanged.", cnn_transposed),
        Misconception(
            "no_padding", "the frames get no border of zeros, so that the kernels never lie over an edge.", cnn_no_padding
        ),
        Misconception(
            "border_one",
            "the border is one zero wide whatever the side of the kernels; it is half the side, rounded down.",
            cnn_border_one,
        ),
        Misconception("no_stride", "the kernels move by one place at a time, whatever the stride is.", cnn_no_stride),
        Misconception("no_relu", "there is no ReLU: negative numbers are left in.", cnn_no_relu),
        Misconception("bias_after", "the bias is added after the ReLU; it belongs before it.", cnn_bias_after),
        Misconception("no_bias", "the bias of the kernels is never added.", cnn_no_bias),
        Misconception(
            "frames_mixed",
            "frames end up in other sequences: B * T frames came back as (T, B), but they lie as (B, T).",
            cnn_frames_mixed,
        ),
        Misconception(
            "frames_mixed_before",
            "frames end up in other sequences: batch and time were exchanged before the frames became one batch, and B * T "
            "frames in the order (T, B) came back as (B, T).",
            cnn_frames_mixed_before,
        ),
        Misconception(
            "kernels_last",
            "the features of a frame are in the order row, column, kernel; wanted is kernel, row, column.",
            cnn_kernels_last,
        ),
        Misconception("averaged", "each map is averaged to one number; wanted are all its numbers.", cnn_averaged),
    ],
)


# one_to_many


def caption_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 6, 2, 4, 5), (1, 5, 3, 2, 4), (4, 3, 1, 5, 6), (2, 7, 4, 3, 3), (2, 4, 3, 1, 5)]  # (B, T, E, H, V)
    return [_caption_case(rng, *size) for size in sizes]


def _caption_case(rng, B, T, E, H, V):
    """A case in which no choice is close, as it could be decided by rounding, and several tokens are chosen."""
    while True:
        case = {
            "h_0": rng.normal(size=(B, H)),
            "start": int(rng.integers(V)),
            "T": T,
            "embedding": rng.normal(size=(V, E)),
            "step": stand_in(look.row_step),
            "W_hy": rng.normal(size=(H, V)),
            "b_y": 0.5 * rng.normal(size=V),
        }
        scores, tokens = _caption(**case | {"step": look.row_step})
        best = np.sort(scores, axis=-1)
        if (best[..., -1] - best[..., -2]).min() > 1e-3 and len(np.unique(tokens)) > 2 and len(np.unique(tokens[0])) > 1:
            return case


def one_step(case: Case) -> Case:
    return case | {"T": 1}


def _caption(h_0, start, T, embedding, step, W_hy, b_y, feeds=None):
    """Scores and tokens; feeds: the next input, from all scores so far and the embedding."""
    h, x_t, scores = h_0, np.repeat(embedding[[start]], len(h_0), axis=0), []
    for _ in range(T):
        h = step(x_t, h)
        scores.append(h @ W_hy + b_y)
        x_t = feeds(scores, x_t) if feeds else embedding[scores[-1].argmax(axis=1)]
    scores = np.stack(scores, axis=1)
    return scores, scores.argmax(axis=2)


def caption_start_again(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T, embedding, step, W_hy, b_y, lambda scores, x_t: x_t)


def caption_state_fixed(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T, embedding, lambda x_t, _: step(x_t, h_0), W_hy, b_y)


def caption_first_missing(h_0, start, T, embedding, step, W_hy, b_y):
    scores, tokens = _caption(h_0, start, T + 1, embedding, step, W_hy, b_y)
    return scores[:, 1:], tokens[:, 1:]


def caption_one_short(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T - 1, embedding, step, W_hy, b_y)


def caption_start_included(h_0, start, T, embedding, step, W_hy, b_y):
    scores, tokens = _caption(h_0, start, T, embedding, step, W_hy, b_y)
    return scores, np.concatenate([np.full((len(h_0), 1), start), tokens[:, :-1]], axis=1)


def caption_soft_fed(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T, embedding, step, W_hy, b_y, lambda scores, _: softmax(scores[-1]) @ embedding)


def caption_scores_fed(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T, embedding, step, W_hy, b_y, lambda scores, _: scores[-1] @ embedding)


def caption_one_late(h_0, start, T, embedding, step, W_hy, b_y):
    def fed(scores, x_t):
        return embedding[scores[-2].argmax(axis=1)] if len(scores) > 1 else x_t

    return _caption(h_0, start, T, embedding, step, W_hy, b_y, fed)


def caption_first_sequence(h_0, start, T, embedding, step, W_hy, b_y):
    def fed(scores, x_t):
        return np.repeat(embedding[[scores[-1][0].argmax()]], len(x_t), axis=0)

    return _caption(h_0, start, T, embedding, step, W_hy, b_y, fed)


def caption_before_step(h_0, start, T, embedding, step, W_hy, b_y):
    h, x_t, scores = h_0, np.repeat(embedding[[start]], len(h_0), axis=0), []
    for _ in range(T):
        scores.append(h @ W_hy + b_y)
        h = step(x_t, h)
        x_t = embedding[scores[-1].argmax(axis=1)]
    scores = np.stack(scores, axis=1)
    return scores, scores.argmax(axis=2)


def caption_one_row(h_0, start, T, embedding, step, W_hy, b_y):
    h, x_t, scores = h_0, embedding[[start]], []
    for _ in range(T):
        h = step(x_t, h)
        scores.append(h @ W_hy + b_y)
        x_t = embedding[scores[-1].argmax(axis=1)]
    scores = np.stack(scores, axis=1)
    return scores, scores.argmax(axis=2)


def caption_no_bias(h_0, start, T, embedding, step, W_hy, b_y):
    return _caption(h_0, start, T, embedding, step, W_hy, np.zeros_like(b_y))


def caption_softmax(h_0, start, T, embedding, step, W_hy, b_y):
    scores, tokens = _caption(h_0, start, T, embedding, step, W_hy, b_y)
    return softmax(scores), tokens


ONE_TO_MANY = Exercise(
    name="one_to_many",
    chapter="architectures",
    section="sec-one-to-many",
    cases=caption_cases,
    axes={"scores": "BTV", "tokens": "BT"},
    behaviours=[
        Behaviour("first", "gives the first output, from h_0 and the start token", 1, one_step),
        Behaviour("tokens", "feeds each chosen token back and gives all tokens", 2, seen_by(look.tokens_alone)),
        Behaviour("scores", "gives the scores of every step", 2, seen_by(look.scores_alone)),
        Behaviour("inputs", "gives both and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "start_again",
            "the start token is fed at every step; from the second on it should be the last output.",
            caption_start_again,
        ),
        Misconception("state_fixed", "every step starts from h_0 again: the new state is not kept.", caption_state_fixed),
        Misconception(
            "first_missing", "the first output is thrown away, and one too many is made at the end.", caption_first_missing
        ),
        Misconception(
            "one_short",
            "only T - 1 steps are made, none at all if T = 1; the start token is no output, and T steps follow it.",
            caption_one_short,
        ),
        Misconception(
            "start_included",
            "the start token stands among the tokens, and the last output is missing.",
            caption_start_included,
        ),
        Misconception(
            "soft_fed",
            "fed back is the mean of all embeddings, weighted by probability; wanted is that of the chosen token.",
            caption_soft_fed,
        ),
        Misconception(
            "scores_fed",
            "fed back are all embeddings, weighted by their scores; wanted is that of the chosen token.",
            caption_scores_fed,
        ),
        Misconception(
            "one_late", "the token that is fed back is one step old: the output before the last one.", caption_one_late
        ),
        Misconception(
            "first_sequence",
            "the token of the first sequence is fed to all; each goes on from its own.",
            caption_first_sequence,
        ),
        Misconception(
            "before_step", "the scores are read from the state before the step, not after it.", caption_before_step
        ),
        Misconception(
            "one_row",
            "the first input is a single row, which fits a batch of one only; step wants a row for each sequence.",
            caption_one_row,
        ),
        Misconception("no_bias", "the bias of the readout is never added.", caption_no_bias),
        Misconception("softmax", "the scores went through a softmax; wanted are the scores themselves.", caption_softmax),
    ],
)


# deep_readout


def readout_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [
        (3, 4, 5, [6, 4, 2]),
        (2, 5, 3, [4, 3]),
        (1, 3, 4, [5, 2]),
        (4, 1, 2, [3, 5, 4]),
        (2, 3, 1, [5, 1]),
    ]  # B, T, H, widths
    return [{"h": rng.normal(size=(B, T, H)), "layers": _drawn_layers(rng, [H, *widths])} for B, T, H, widths in sizes]


def _drawn_layers(rng, widths):
    pairs = pairwise(widths)
    return [(rng.normal(size=(n, m)) / np.sqrt(n) * 1.4, rng.normal(size=m)) for n, m in pairs]


def one_linear(case: Case) -> Case:
    return case | {"layers": case["layers"][:1]}


def without_bias(case: Case) -> Case:
    return case | {"layers": [(W, np.zeros_like(b)) for W, b in case["layers"]]}


def _readout(h, layers, between=relu, before=None, after=None):
    for k, (W, b) in enumerate(layers):
        h = (before(h) if before else h) @ W + b
        if k + 1 < len(layers):
            h = between(h)
    return after(h) if after else h


def readout_no_relu(h, layers):
    return _readout(h, layers, between=lambda a: a)


def readout_relu_last(h, layers):
    return _readout(h, layers, after=relu)


def readout_relu_first(h, layers):
    return _readout(relu(h), layers)


def readout_tanh(h, layers):
    return _readout(h, layers, between=np.tanh)


def readout_no_bias(h, layers):
    return _readout(h, [(W, np.zeros_like(b)) for W, b in layers])


def readout_bias_after(h, layers):
    for k, (W, b) in enumerate(layers):
        h = h @ W
        h = (relu(h) if k + 1 < len(layers) else h) + b
    return h


def readout_softmax(h, layers):
    return _readout(h, layers, after=softmax)


def readout_last_step(h, layers):
    return _readout(h[:, -1], layers)


def readout_one_short(h, layers):
    return _readout(h, layers[:-1]) if len(layers) > 1 else _readout(h, layers)


DEEP_READOUT = Exercise(
    name="deep_readout",
    chapter="architectures",
    section="sec-deep-readout",
    cases=readout_cases,
    axes="BTC",
    behaviours=[
        Behaviour("linear", "with one layer, gives h W + b at every step", 1, one_linear),
        Behaviour("deep", "puts a ReLU between two layers and none after the last", 2, without_bias),
        Behaviour(
            "inputs",
            "gives the scores of all layers together and leaves its inputs as they were",
            1,
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception("no_relu", "nothing stands between the layers; together they are one linear layer.", readout_no_relu),
        Misconception("relu_last", "a ReLU follows the last layer too; scores may be negative.", readout_relu_last),
        Misconception("relu_first", "the states go through a ReLU before the first layer.", readout_relu_first),
        Misconception("tanh", "tanh stands between the layers; here it is the ReLU.", readout_tanh),
        Misconception("no_bias", "no bias is added.", readout_no_bias),
        Misconception("bias_after", "the bias is added after the ReLU; it belongs before it.", readout_bias_after),
        Misconception("softmax", "the scores went through a softmax; wanted are the scores themselves.", readout_softmax),
        Misconception("last_step", "only the last step is read; wanted is an output for every step.", readout_last_step),
        Misconception("one_short", "the last layer is left out.", readout_one_short),
    ],
)

ASSIGNMENT = Assignment(
    "architectures", [STACKED_FORWARD, BIDIRECTIONAL_FORWARD, CNN_ENCODER, ONE_TO_MANY, DEEP_READOUT], torch=True
)
