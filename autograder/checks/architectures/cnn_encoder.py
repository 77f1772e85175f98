"""Checks of ``cnn_encoder``."""

import numpy as np

from autograder.checks.shared import relu
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


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
