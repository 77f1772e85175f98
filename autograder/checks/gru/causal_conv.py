"""Checks of ``causal_conv``."""

import numpy as np

from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def conv_cases(rng: np.random.Generator) -> list[Case]:
    """Short and long sequences, steps that reach far behind the beginning, and inputs that are whole numbers."""
    sizes = [
        (2, 7, 4, 1, 3, 2),
        (1, 6, 2, 3, 2, 3),
        (4, 5, 1, 2, 3, 1),
        (3, 1, 2, 4, 5, 2),
        (2, 4, 3, 1, 1, 3),
        (2, 9, 3, 1, 5, 2),
    ]  # (B, T, D, H, K, dilation)
    return [
        {
            "x": rng.normal(size=(B, T, D)) if B < 4 else rng.integers(-2, 3, size=(B, T, D)),
            "W": rng.normal(size=(K, D, H)) / np.sqrt(K * D),
            "b": rng.normal(size=H),
            "dilation": dilation,
        }
        for B, T, D, H, K, dilation in sizes
    ]


def undilated(case: Case) -> Case:
    return case | {"dilation": 1}


def no_input(case: Case) -> Case:
    return zeroed(case, "x")


def late_input(case: Case) -> Case | None:
    """Only the last step's input is not zero: all earlier outputs must stay at the bias."""
    x = case["x"].copy()
    x[:, :-1] = 0
    return case | {"x": x} if x.shape[1] > 1 else None


def _conv(x, W, b, back, bias=1, padded=None):
    """y_t = sum over k of x_{t - back[k]} W[k]; ``padded(x, s)`` is x moved s steps later."""
    later = padded or _later
    return sum(later(x, steps) @ W[k] for k, steps in enumerate(back)) + bias * b


def _later(x, steps):
    y, T = np.zeros_like(x), x.shape[1]
    for t in range(T):
        if 0 <= t - steps < T:
            y[:, t] = x[:, t - steps]
    return y


def _edge(x, steps):
    return x[:, np.clip(np.arange(x.shape[1]) - steps, 0, None)]


def _steps(W, dilation):
    return [k * dilation for k in range(len(W))]


def conv_flipped(x, W, b, dilation):
    return _conv(x, W[::-1], b, _steps(W, dilation))


def conv_dilation_ignored(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, 1))


def conv_centred(x, W, b, dilation):
    reach = (len(W) - 1) * dilation
    return _conv(x, W, b, [s - (reach - reach // 2) for s in _steps(W, dilation)])


def conv_centred_flipped(x, W, b, dilation):
    return conv_centred(x, W[::-1], b, dilation)


def conv_looks_ahead(x, W, b, dilation):
    return _conv(x, W, b, [-s for s in _steps(W, dilation)])


def conv_padded_right(x, W, b, dilation):
    return conv_looks_ahead(x, W[::-1], b, dilation)


def conv_one_late(x, W, b, dilation):
    return _conv(x, W, b, [s + 1 for s in _steps(W, dilation)])


def conv_wraps_round(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation), padded=lambda x, steps: np.roll(x, steps, axis=1))


def conv_edge_repeated(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation), padded=_edge)


def conv_no_bias(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation), bias=0)


def conv_bias_per_tap(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation), bias=len(W))


def conv_wrong_axis(x, W, b, dilation):
    return _conv(x.swapaxes(0, 1), W, b, _steps(W, dilation)).swapaxes(0, 1)


def conv_shortened(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation))[:, (len(W) - 1) * dilation :]


def conv_too_long(x, W, b, dilation):
    reach = (len(W) - 1) * dilation
    return _conv(np.pad(x, [(0, 0), (0, reach), (0, 0)]), W, b, _steps(W, dilation))


def conv_first_input_skipped(x, W, b, dilation):
    x = x.copy()
    x[:, 0] = 0
    return _conv(x, W, b, _steps(W, dilation))


def conv_warming_up(x, W, b, dilation):
    y = _conv(x, W, b, _steps(W, dilation))
    y[:, : (len(W) - 1) * dilation] = b
    return y


def conv_whole_numbers(x, W, b, dilation):
    return _conv(x, W, b, _steps(W, dilation)).astype(x.dtype)


CAUSAL_CONV = Exercise(
    name="causal_conv",
    chapter="practice",
    section="sec-causal",
    cases=conv_cases,
    axes="BTH",
    behaviours=[
        Behaviour("neighbours", "adds up the taps over neighbouring inputs, for dilation 1", 2, undilated),
        Behaviour("causal", "gives the bias alone as long as all inputs so far are zero", 1, late_input),
        Behaviour("bias", "adds the bias once", 1, no_input),
        Behaviour("dilation", "goes back in steps of the dilation", 2),
        Behaviour("inputs", "gives that result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "flipped", "the taps are in the reverse order: W[0] meets the present input, not the oldest.", conv_flipped
        ),
        Misconception(
            "dilation_ignored", "the dilation is not used: the taps meet neighbouring inputs.", conv_dilation_ignored
        ),
        Misconception(
            "centred",
            "the padding is shared by both ends, so that an output sees later inputs; all of it belongs at the start.",
            conv_centred,
        ),
        Misconception(
            "centred_flipped",
            "the padding is shared by both ends, so that an output sees later inputs, and the taps are reversed too.",
            conv_centred_flipped,
        ),
        Misconception("looks_ahead", "the taps reach forward in time, to t + k d; they must reach back.", conv_looks_ahead),
        Misconception(
            "padded_right",
            "the zeros stand after the last input instead of before the first: every output sees the future.",
            conv_padded_right,
        ),
        Misconception(
            "one_late",
            "everything is one step late: the present input x_t is not used for y_t, but W[0] belongs to it.",
            conv_one_late,
        ),
        Misconception(
            "wraps_round",
            "the end of the sequence comes in again at its beginning; before the first input there are zeros.",
            conv_wraps_round,
        ),
        Misconception("edge_repeated", "before the first input stands its copy; zeros belong there.", conv_edge_repeated),
        Misconception("no_bias", "the bias is never added.", conv_no_bias),
        Misconception("bias_per_tap", "the bias is added once for each tap; it belongs there once.", conv_bias_per_tap),
        Misconception(
            "wrong_axis",
            "the taps walk along the batch instead of time: sequences are mixed with each other.",
            conv_wrong_axis,
        ),
        Misconception(
            "shortened",
            "the outputs at the beginning are missing: with zeros before, there is one for each input.",
            conv_shortened,
        ),
        Misconception(
            "too_long", "there are outputs after the last input; the zeros belong before the first one only.", conv_too_long
        ),
        Misconception(
            "first_input_skipped",
            "the very first input is never used: step 0 exists, so that t - k d may be 0.",
            conv_first_input_skipped,
        ),
        Misconception(
            "warming_up",
            "the first outputs are the bias alone, until all taps have inputs; the taps that have one count already.",
            conv_warming_up,
        ),
        Misconception(
            "whole_numbers",
            "where x holds whole numbers, the outputs are cut to whole numbers too: they took over its type.",
            conv_whole_numbers,
        ),
    ],
)
