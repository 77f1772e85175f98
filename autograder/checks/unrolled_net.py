"""Checks of the assignment ``unrolled_net``: one layer per input."""

import numpy as np

from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Misconception
from unrolled.standins import stand_in
from unrolled.standins.rnn import wave_layer


def zeroed(case: Case, *names: str) -> Case:
    """The case with the named arrays set to zero, so that only the other terms speak."""
    return case | {name: np.zeros_like(case[name]) for name in names}


# layer_forward


def layer_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 3, 5), (1, 2, 3), (3, 4, 1), (2, 1, 4), (1, 1, 2)]  # (B, D, H)
    return [
        {
            "x_t": rng.normal(size=(B, D)),
            "a_prev": rng.normal(size=(B, H)),
            "W": rng.normal(size=(D + H, H)) / np.sqrt(D + H),
            "b": rng.normal(size=H),
        }
        for B, D, H in sizes
    ]


def swapped_concat(x_t, a_prev, W, b):
    return np.tanh(np.concatenate([a_prev, x_t], axis=1) @ W + b)


def layer_no_activation(x_t, a_prev, W, b):
    return np.concatenate([x_t, a_prev], axis=1) @ W + b


def layer_no_bias(x_t, a_prev, W, b):
    return np.tanh(np.concatenate([x_t, a_prev], axis=1) @ W)


def layer_sigmoid(x_t, a_prev, W, b):
    return 1 / (1 + np.exp(-(np.concatenate([x_t, a_prev], axis=1) @ W + b)))


def layer_bias_outside(x_t, a_prev, W, b):
    return np.tanh(np.concatenate([x_t, a_prev], axis=1) @ W) + b


def layer_input_only(x_t, a_prev, W, b):
    return np.tanh(x_t @ W[: x_t.shape[1]] + b)


LAYER_FORWARD = Exercise(
    name="layer_forward",
    chapter="unrolled",
    section="sec-one-layer",
    cases=layer_cases,
    axes="BH",
    behaviours=[
        Behaviour("input", "uses the input with the first D rows of W", 1, lambda c: zeroed(c, "a_prev", "b")),
        Behaviour("activation", "uses the activation with the last H rows of W", 1, lambda c: zeroed(c, "x_t", "b")),
        Behaviour("bias", "adds the bias once", 1, lambda c: zeroed(c, "x_t", "a_prev")),
        Behaviour("all", "gives tanh of the sum of all three terms", 1),
        Behaviour("inputs", "gives that result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "swapped_concat",
            "the activation stands before the input, so each meets the other's rows of W.",
            swapped_concat,
        ),
        Misconception("no_activation", "the tanh is missing: the layer is only linear.", layer_no_activation),
        Misconception("no_bias", "the bias is never added.", layer_no_bias),
        Misconception("bias_outside", "the bias is added after the tanh; it belongs inside.", layer_bias_outside),
        Misconception("sigmoid", "the non-linearity is the sigmoid; this net uses tanh.", layer_sigmoid),
        Misconception(
            "input_only",
            "only the input is used: nothing of the layer before gets through, so the net cannot remember.",
            layer_input_only,
        ),
    ],
)


# unrolled_forward


def net_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 4, 4, 2, 5), (4, 3, 7, 2, 5), (1, 1, 6, 3, 2), (2, 5, 8, 1, 3), (1, 2, 3, 4, 1)]  # (B, T, N, D, H)
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "W_layers": rng.normal(size=(N, D + H, H)),
            "b_layers": rng.normal(size=(N, H)),
            "layer": stand_in(wave_layer),
        }
        for B, T, N, D, H in sizes
    ]


def full_length(case: Case) -> Case | None:
    """Only sequences as long as the net."""
    return dict(case) if case["x"].shape[1] == len(case["b_layers"]) else None


def shorter(case: Case) -> Case | None:
    """Only sequences shorter than the net."""
    return dict(case) if case["x"].shape[1] < len(case["b_layers"]) else None


def full_and_too_long(case: Case) -> Case | None:
    """Sequences as long as the net, and the same net with its first layers taken off."""
    N, T = len(case["b_layers"]), case["x"].shape[1]
    keep = T if N == T else T - 1
    if keep == 0:
        return None
    return case | {"W_layers": case["W_layers"][-keep:], "b_layers": case["b_layers"][-keep:]}


def _run(x, W_layers, b_layers, layer, a, numbers):
    for t, number in enumerate(numbers):
        a = layer(x[:, t], a, W_layers[number], b_layers[number])
    return a


def _refuse_long(x, b_layers):
    if x.shape[1] > len(b_layers):
        raise ValueError("too long")


def left_aligned(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    return _run(x, W_layers, b_layers, layer, np.zeros((len(x), b_layers.shape[1])), range(x.shape[1]))


def ones_virtual(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    N, T = len(b_layers), x.shape[1]
    return _run(x, W_layers, b_layers, layer, np.ones((len(x), b_layers.shape[1])), range(N - T, N))


def same_layer(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    return _run(x, W_layers, b_layers, layer, np.zeros((len(x), b_layers.shape[1])), [-1] * x.shape[1])


def one_too_early(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    N, T = len(b_layers), x.shape[1]
    zeros = np.zeros((len(x), b_layers.shape[1]))
    return _run(x, W_layers, b_layers, layer, zeros, range(N - T - 1, N - 1))


def reversed_input(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    N, T = len(b_layers), x.shape[1]
    zeros = np.zeros((len(x), b_layers.shape[1]))
    return _run(x[:, ::-1], W_layers, b_layers, layer, zeros, range(N - T, N))


def padding_runs(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    B, T, D = x.shape
    N, H = b_layers.shape
    padded = np.concatenate([np.zeros((B, N - T, D)), x], axis=1)
    return _run(padded, W_layers, b_layers, layer, np.zeros((B, H)), range(N))


UNROLLED_FORWARD = Exercise(
    name="unrolled_forward",
    chapter="unrolled",
    section="sec-right-aligned",
    cases=net_cases,
    axes="BH",
    behaviours=[
        Behaviour("full", "runs a sequence as long as the net through all layers in order", 2, full_length),
        Behaviour("shorter", "uses the last T layers for a shorter sequence, from a layer of zeros", 3, shorter),
        Behaviour("too_long", "raises ValueError for a sequence that is too long, and only then", 1, full_and_too_long),
        Behaviour("inputs", "gives the right result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "left_aligned",
            "a short sequence uses the first layers; then its last element does not meet the last layer.",
            left_aligned,
        ),
        Misconception("ones_virtual", "the virtual layer is filled with ones; it must be zeros.", ones_virtual),
        Misconception(
            "one_too_early",
            "every element goes into the layer before its own: layer l is W_layers[l - 1], and the last is W_layers[N - 1].",
            one_too_early,
        ),
        Misconception("same_layer", "every element goes through the weights of the last layer.", same_layer),
        Misconception("reversed_input", "the sequence is read from its end to its beginning.", reversed_input),
        Misconception(
            "padding_runs",
            "the unused layers run on inputs of zeros; their weights and biases change the state all the same.",
            padding_runs,
        ),
    ],
)


# layer_usage


def usage_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(9, 6), (1, 5), (12, 4), (7, 11), (3, 1)]  # (number of sequences, N)
    cases = [{"lengths": rng.integers(1, N + 1, size=n), "N": N} for n, N in sizes]
    return [*cases, {"lengths": np.full(4, 7), "N": 7}]


def at_least_one_full(case: Case) -> Case:
    lengths = case["lengths"].copy()
    lengths[0] = case["N"]
    return case | {"lengths": lengths}


def all_short(case: Case) -> Case | None:
    """No sequence reaches the first layer."""
    if case["N"] < 3:
        return None
    return case | {"lengths": np.minimum(case["lengths"], case["N"] - 2)}


def usage_left_aligned(lengths, N):
    return np.array([np.mean(lengths >= n) for n in range(1, N + 1)])


def usage_off_by_one(lengths, N):
    return np.array([np.mean(lengths > N - k) for k in range(N)])


def usage_counts(lengths, N):
    return np.array([np.sum(lengths >= N - k) for k in range(N)], dtype=float)


def usage_percent(lengths, N):
    return np.array([100 * np.mean(lengths >= N - k) for k in range(N)])


LAYER_USAGE = Exercise(
    name="layer_usage",
    chapter="unrolled",
    section="sec-layer-usage",
    cases=usage_cases,
    axes="L",
    behaviours=[
        Behaviour("order", "gives each layer its share when the longest sequence fills the net", 2, at_least_one_full),
        Behaviour("unused", "gives 0 for layers that no sequence reaches", 1, all_short),
        Behaviour("shares", "gives shares of the number of sequences", 1),
        Behaviour("inputs", "gives the right shares and leaves the lengths as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "left_aligned",
            "the first layer is counted as used by everyone: that is a net whose short sequences use the first layers.",
            usage_left_aligned,
        ),
        Misconception("off_by_one", "each layer is one off: sequences of length 1 use layer N too.", usage_off_by_one),
        Misconception("counts", "these are numbers of sequences; divide by how many there are.", usage_counts),
        Misconception("percent", "these are per cent; wanted are shares from 0 to 1.", usage_percent),
    ],
)


# parameter_count


def count_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 2, 5), (1, 4, 3), (6, 1, 2), (7, 5, 1)]
    drawn = [tuple(int(n) for n in rng.integers(2, 40, size=3)) for _ in range(3)]
    return [{"N": N, "D": D, "H": H, "shared": False} for N, D, H in sizes + drawn]


def shared(case: Case) -> Case:
    return case | {"shared": True}


def count_no_bias(N, D, H, shared):
    return (1 if shared else N) * (D + H) * H


def count_no_state_rows(N, D, H, shared):
    return (1 if shared else N) * (D * H + H)


def count_swapped(N, D, H, shared):
    return (N if shared else 1) * ((D + H) * H + H)


def count_shared_multiplied(N, D, H, shared):
    return N * ((D + H) * H + H)


PARAMETER_COUNT = Exercise(
    name="parameter_count",
    chapter="unrolled",
    section="sec-parameter-count",
    cases=count_cases,
    behaviours=[
        Behaviour("separate", "counts the weights and biases of N separate layers", 3),
        Behaviour("shared", "does not grow with N when the layers share their weights", 2, shared),
    ],
    misconceptions=[
        Misconception("no_bias", "the biases are left out of the count.", count_no_bias),
        Misconception(
            "no_state_rows",
            "only the input's rows of W are counted; the activation has H rows of its own.",
            count_no_state_rows,
        ),
        Misconception("swapped", "the two cases are exchanged: shared=True gives the smaller number.", count_swapped),
        Misconception(
            "shared_multiplied",
            "shared weights are counted once for each layer; they are the same numbers.",
            count_shared_multiplied,
        ),
    ],
)

ASSIGNMENT = Assignment("unrolled_net", [LAYER_FORWARD, UNROLLED_FORWARD, LAYER_USAGE, PARAMETER_COUNT])
