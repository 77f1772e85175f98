"""Checks of ``project``: encoder, decoder, greedy decoding, beam search, and a trained model that is measured.

The mistakes are written with numpy, apart from the reference, which is made of torch's modules.
"""

import gzip
from collections.abc import Callable
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks.architectures import softmax
from autograder.checks.lstm import sigmoid
from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Level, Measured, Misconception, Questions, seen_by
from autograder.sandbox.limits import Limits
from unrolled import data
from unrolled.judging.judge import Answers
from unrolled.late import Late
from unrolled.standins import project as look

torch: Any = Late("torch")


class Module:
    """What torch's modules offer to the stand-ins, on numpy arrays; ``fault`` names what is wrong."""

    fault = ""

    def __init__(self, *_sizes: int) -> None:
        self.w: dict[str, np.ndarray] = {}

    def double(self) -> "Module":
        return self

    def eval(self) -> "Module":
        return self

    def load_state_dict(self, weights: dict[str, Any]) -> None:
        self.w = {name: tensor.numpy() for name, tensor in weights.items()}

    def __call__(self, *inputs: Any) -> Any:
        return self.run(*(tensor.numpy() for tensor in inputs))

    def run(self, *inputs: np.ndarray) -> Any:
        raise NotImplementedError


def faulty(base: type[Module], fault: str) -> type[Module]:
    return type(f"{base.__name__}_{fault}", (base,), {"fault": fault})


def gru_step(x, h, w_ih, w_hh, b_ih, b_hh):
    """torch's GRU, of which the weights are the transposed ones of the course."""
    x_r, x_z, x_n = np.split(x @ w_ih.T + b_ih, 3, axis=-1)
    h_r, h_z, h_n = np.split(h @ w_hh.T + b_hh, 3, axis=-1)
    r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)
    return (1 - z) * np.tanh(x_n + r * h_n) + z * h


def gru_weights(rng: np.random.Generator, inputs: int, H: int, prefix: str, suffix: str = "") -> dict[str, np.ndarray]:
    shapes = {"weight_ih": (3 * H, inputs), "weight_hh": (3 * H, H), "bias_ih": (3 * H,), "bias_hh": (3 * H,)}
    return {f"{prefix}.{name}{suffix}": rng.normal(size=shape) for name, shape in shapes.items()}


# Encoder


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


# Decoder


def decoder_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(2, 5, 7, 3, 4), (3, 4, 6, 2, 1), (1, 3, 5, 4, 2), (4, 2, 3, 1, 5)]  # (B, T, V, D, H)
    cases = []
    for B, T, V, D, H in sizes:
        weights = {"embedding.weight": rng.normal(size=(V, D)), "query.weight": rng.normal(size=(2 * H, H))}
        weights |= gru_weights(rng, D + 2 * H, H, "cell")
        weights |= {"readout.weight": rng.normal(size=(V, 3 * H)), "readout.bias": rng.normal(size=V)}
        lengths = rng.permutation(np.arange(B) % T) + 1
        inputs: Case = {"w_prev": rng.integers(V, size=B), "h_prev": rng.normal(size=(B, H))}
        inputs |= {"states": rng.normal(size=(B, T, 2 * H)), "mask": np.arange(T) < lengths[:, None]}
        cases.append({"sizes": [V, D, H], "weights": weights, **inputs})
    return cases


def no_padding(case: Case) -> Case:
    return case | {"mask": np.ones_like(case["mask"])}


def some_padding(case: Case) -> Case:
    """Each sequence has padding at its end; without any, an inverted mask may give NaN or not."""
    mask = case["mask"].copy()
    mask[:, -1] = False
    return case | {"mask": mask}


def one_letter(case: Case) -> Case:
    return case | {"mask": case["mask"][:, :1], "states": case["states"][:, :1]}


class ADecoder(Module):
    def context(self, h, states, mask):
        a = np.einsum("btk,bk->bt", states, h @ self.w["query.weight"].T)
        if self.fault == "scaled":
            a = a / np.sqrt(states.shape[2])
        hidden = {"masked_with_zero": 0.0, "mask_inverted": a, "padding_attended": a, "not_renormalised": a}
        shown = a - 1e9 if self.fault == "mask_inverted" else a
        alpha = softmax(
            np.where(mask, shown, hidden.get(self.fault, -1e9)), axis=0 if self.fault == "softmax_over_batch" else 1
        )
        if self.fault == "not_renormalised":
            alpha = alpha * mask
        if self.fault == "no_softmax":
            alpha = np.where(mask, a, 0.0)
        if self.fault == "mean_context":
            alpha = mask / mask.sum(axis=1, keepdims=True)
        return np.einsum("bt,btk->bk", alpha, states)

    def run(self, w_prev, h_prev, states, mask):
        context = self.context(h_prev, states, mask)
        e = self.w["embedding.weight"][w_prev]
        fed = [e, np.zeros_like(context) if self.fault == "context_not_fed" else context]
        cell = [self.w[f"cell.{name}"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        h = gru_step(np.concatenate(fed[::-1] if self.fault == "context_first" else fed, axis=1), h_prev, *cell)
        if self.fault == "new_state_query":
            context = self.context(h, states, mask)
        if self.fault == "no_context_in_readout":
            context = np.zeros_like(context)
        read = [h_prev if self.fault == "old_state_readout" else h, context]
        read = read[::-1] if self.fault == "readout_context_first" else read
        scores = np.concatenate(read, axis=1) @ self.w["readout.weight"].T + self.w["readout.bias"]
        return softmax(scores) if self.fault == "softmax_returned" else scores, h


DECODER = Exercise(
    name="Decoder",
    chapter="sequence_to_sequence",
    section="sec-attention",
    cases=decoder_cases,
    axes={"scores": "BV", "h": "BH"},
    behaviours=[
        Behaviour(
            "cell",
            "feeds the token before and the context to the cell (where there is one letter only)",
            2,
            seen_by(look.decoded_state, one_letter),
        ),
        Behaviour(
            "look",
            "weighs the letters by a softmax over their products with the query of h_prev",
            2,
            seen_by(look.decoded_state, no_padding),
        ),
        Behaviour("padding", "leaves the padding out of the softmax", 2, seen_by(look.decoded_state, some_padding)),
        Behaviour(
            "scores",
            "makes the scores from the new state and the same context, and leaves its inputs as they were",
            3,
            seen_by(look.decoded),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception("padding_attended", "the padding takes part in the softmax.", faulty(ADecoder, "padding_attended")),
        Misconception(
            "masked_with_zero",
            "the padding's product is set to 0, which still weighs something in the softmax; minus infinity does not.",
            faulty(ADecoder, "masked_with_zero"),
        ),
        Misconception(
            "not_renormalised",
            "the mask comes after the softmax, so the weights of a word's letters do not add up to 1.",
            faulty(ADecoder, "not_renormalised"),
        ),
        Misconception(
            "mask_inverted",
            "the letters are left out and the padding is looked at: the mask is true where there is a letter.",
            faulty(ADecoder, "mask_inverted"),
        ),
        Misconception(
            "scaled",
            "the products are divided by the root of their size; here they go into the softmax as they are.",
            faulty(ADecoder, "scaled"),
        ),
        Misconception(
            "softmax_over_batch",
            "the softmax runs over the sequences of the batch; it belongs over the letters of each.",
            faulty(ADecoder, "softmax_over_batch"),
        ),
        Misconception(
            "no_softmax", "the products themselves are the weights; a softmax is missing.", faulty(ADecoder, "no_softmax")
        ),
        Misconception(
            "mean_context",
            "all letters of a word weigh the same, so the context is their mean whatever the query asks.",
            faulty(ADecoder, "mean_context"),
        ),
        Misconception("context_not_fed", "the cell does not get the context.", faulty(ADecoder, "context_not_fed")),
        Misconception(
            "context_first", "the cell gets the context first; the embedding comes first.", faulty(ADecoder, "context_first")
        ),
        Misconception(
            "new_state_query",
            "the readout looks again, with the new state; it is to use the context that the cell got.",
            faulty(ADecoder, "new_state_query"),
        ),
        Misconception(
            "no_context_in_readout", "the readout does not get the context.", faulty(ADecoder, "no_context_in_readout")
        ),
        Misconception(
            "readout_context_first",
            "the readout gets the context first; the state comes first.",
            faulty(ADecoder, "readout_context_first"),
        ),
        Misconception(
            "old_state_readout", "the scores are made from the state before the step.", faulty(ADecoder, "old_state_readout")
        ),
        Misconception(
            "softmax_returned",
            "probabilities come back; wanted are the scores before the softmax.",
            faulty(ADecoder, "softmax_returned"),
        ),
    ],
)


# greedy_decode


def step_weights(rng: np.random.Generator, V: int, H: int) -> dict[str, np.ndarray]:
    scales = {"fed": ((V, H), 1.5), "state": ((H, H), 1.2), "scores": ((H, V), 2.0)}
    return {name: scale * rng.normal(size=shape) for name, (shape, scale) in scales.items()}


def drawn_until(draw: Callable[[], Case], wanted: Callable[[Case], bool]) -> Case:
    """The first drawn case that is as wanted; of many thousands one is, or the last one is taken."""
    for _ in range(20_000):
        case = draw()
        if wanted(case):
            break
    return case


def greedy(step, h_0, start, stop, max_steps, fault=""):
    """Greedy decoding; fault: what is wrong with it."""
    h, y = h_0, torch.full((len(h_0),), start)
    taken = []
    for _ in range(max_steps + {"one_too_many": 1, "one_short": -1}.get(fault, 0)):
        scores, new = step(y, h)
        y, h = scores.argmax(dim=1), h_0 if fault == "state_lost" else new
        taken.append(y.tolist())
        if fault == "start_fed_always":
            y = torch.full((len(h_0),), start)
    rows = [list(row) for row in zip(*taken, strict=True)] or [[] for _ in range(len(h_0))]
    if fault in ("stops_with_first", "stops_after_first"):
        ends = min([row.index(stop) for row in rows if stop in row], default=len(rows[0]))
        rows = [row[: ends + (fault == "stops_after_first")] for row in rows]
    return [([start] if fault == "start_kept" else []) + _cut(row, stop, fault) for row in rows]


def _cut(row: list[int], stop: int, fault: str) -> list[int]:
    if fault == "goes_on":
        return [token for token in row if token != stop]
    if fault == "first_unchecked":
        return row[:1] + _cut(row[1:], stop, "")
    if stop not in row:
        return row
    return row[: row.index(stop) + (fault == "stop_kept")]


def greedy_cases(rng: np.random.Generator) -> list[Case]:
    return _drawn_batches(int(rng.integers(2**62)))


@lru_cache(maxsize=200)
def _drawn_batches(seed: int) -> list[Case]:
    """Many are drawn until one is telling, so that they are kept for whoever asks again."""
    rng = np.random.default_rng(seed)
    sizes = [(3, 5, 4, 7), (2, 6, 3, 5), (1, 7, 2, 4), (4, 3, 5, 6), (2, 5, 1, 3)]  # (B, V, H, max_steps)
    cases = [drawn_until(partial(_greedy_case, rng, *size), _ends_differ) for size in sizes]
    cases.append(drawn_until(lambda: _greedy_case(rng, 3, 5, 3, 4), _one_is_empty))
    return [*cases, drawn_until(lambda: _greedy_case(rng, 2, 6, 4, 5), _no_end)]


def _greedy_case(rng: np.random.Generator, B: int, V: int, H: int, max_steps: int) -> Case:
    start, stop = (int(token) for token in rng.permutation(V)[:2])
    inputs = {"weights": step_weights(rng, V, H), "h_0": rng.normal(size=(B, H))}
    return inputs | {"start": start, "stop": stop, "max_steps": max_steps}


def _answers(case: Case, fault: str = "") -> list[list[int]]:
    return look.greedily(partial(greedy, fault=fault), **case)


def _ends_differ(case: Case) -> bool:
    """The sequences are of different lengths, none is empty, and what would follow an end is no end."""
    if _starts_again(case):
        return False
    lengths = [len(answer) for answer in _answers(case)]
    if len(lengths) == 1:
        return 0 < lengths[0] < case["max_steps"] - 1 and _answers(case, "goes_on") != _answers(case)
    return (
        len(set(lengths)) > 1 and min(lengths) > 0 and len(_answers(case, "goes_on")[int(np.argmin(lengths))]) > min(lengths)
    )


def _starts_again(case: Case) -> bool:
    """The start token is said: whether that belongs to an answer "without start" is left open."""
    return any(case["start"] in answer for answer in _answers(case))


def _one_is_empty(case: Case) -> bool:
    """One sequence ends at once, and what would follow is no end; another one does not."""
    answers = _answers(case)
    going_on = [after for answer, after in zip(answers, _answers(case, "first_unchecked"), strict=True) if not answer]
    return not _starts_again(case) and any(answers) and any(len(after) > 1 for after in going_on)


def _no_end(case: Case) -> bool:
    if _starts_again(case):
        return False
    answers = _answers(case, "one_too_many")
    return all(len(answer) == case["max_steps"] + 1 and len(set(answer)) > 2 for answer in answers)


def first_alone(case: Case) -> Case:
    """The longest answer alone, cut where it ends by itself."""
    longest = max(range(len(case["h_0"])), key=lambda b: len(_answers(case)[b]))
    steps = len(_answers(case)[longest])
    return case | {"h_0": case["h_0"][longest : longest + 1], "max_steps": steps}


def wrong_greedy(fault: str) -> Callable:
    def decode(step, h_0, start, stop, max_steps):
        return greedy(step, h_0, start, stop, max_steps, fault)

    return decode


GREEDY_DECODE = Exercise(
    name="greedy_decode",
    chapter="sequence_to_sequence",
    section="sec-greedy",
    cases=greedy_cases,
    behaviours=[
        Behaviour(
            "tokens",
            "takes the best token at each step and feeds it, with the new state",
            2,
            seen_by(look.greedily, first_alone),
        ),
        Behaviour("ends", "ends each sequence at its own stop token", 2, seen_by(look.lengths_of_greedily)),
        Behaviour(
            "whole",
            "gives a list of lists without start and stop, and leaves its inputs as they were",
            2,
            seen_by(look.greedily),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception("stop_kept", "the stop token is part of the answer; it only ends it.", wrong_greedy("stop_kept")),
        Misconception("start_kept", "the start token is part of the answer.", wrong_greedy("start_kept")),
        Misconception(
            "stops_with_first",
            "the whole batch ends with its first stop token; the others go on.",
            wrong_greedy("stops_with_first"),
        ),
        Misconception(
            "stops_after_first",
            "once a sequence has written its stop token no further step is made; the others go on.",
            wrong_greedy("stops_after_first"),
        ),
        Misconception(
            "goes_on",
            "what follows a stop token is part of the answer; a sequence has ended there for good.",
            wrong_greedy("goes_on"),
        ),
        Misconception(
            "start_fed_always",
            "the start token is fed at each step; it is the token taken before.",
            wrong_greedy("start_fed_always"),
        ),
        Misconception(
            "state_lost", "each step starts from h_0; it goes on from the step before.", wrong_greedy("state_lost")
        ),
        Misconception("one_too_many", "there is one step more than max_steps.", wrong_greedy("one_too_many")),
        Misconception("one_short", "there is one step less than max_steps.", wrong_greedy("one_short")),
        Misconception(
            "first_unchecked",
            "the first token is taken even if it is the stop token; such an answer is empty.",
            wrong_greedy("first_unchecked"),
        ),
    ],
)


# beam_search


def beam_search(step, h_0, start, stop, width, max_steps, fault=""):
    """Beam search with a step of arrays; fault: what is wrong with it. A hypothesis is (tokens, sum, state)."""
    beam, aside = [([], 0.0, h_0)], []
    for _ in range(max_steps + (fault == "one_too_many")):
        ended = [one for one in beam if _ended(one, stop)]
        going = beam if fault == "finished_extended" else [one for one in beam if not _ended(one, stop)]
        if not going:
            break
        longer = _continued(step, going, start, stop, width, fault)
        kept = [] if fault in ("finished_dropped", "finished_extended") else ended
        ranked = sorted(kept + longer, key=lambda one: _rank(one, fault), reverse=fault != "worst_kept")
        if fault == "finished_aside":
            places = [n for n, one in enumerate(ranked) if not _ended(one, stop)][:width]
            seen = places[-1] if len(places) == width else len(ranked)
            aside += [one for one in ranked[:seen] if _ended(one, stop)]
            ranked = [ranked[n] for n in places]
        rows = _states_after(step, beam, start) if fault == "states_not_moved" else []
        beam = ranked[:width]
        if fault == "first_finished" and any(_ended(one, stop) for one in beam):
            beam = [one for one in beam if _ended(one, stop)]
            break
        if fault == "states_not_moved":
            beam = [(tokens, total, rows[min(n, len(rows) - 1)]) for n, (tokens, total, _) in enumerate(beam)]
    if fault == "ended_preferred":
        beam = [one for one in beam if _ended(one, stop)] or beam
    tokens, total, _ = max(beam + aside, key=lambda one: one[1]) if aside else beam[0]
    shown = tokens[: tokens.index(stop)] if stop in tokens and fault != "stop_kept" else tokens
    return shown, total / max(len(tokens), 1) if fault == "length_normalised" else total


def _states_after(step, beam, start):
    """The new states of all hypotheses, those that have ended too, row by row."""
    y = np.array([(tokens or [start])[-1] for tokens, _, _ in beam])
    return step(y, np.stack([state for _, _, state in beam]))[1]


def _ended(one: tuple, stop: int) -> bool:
    return one[0][-1:] == [stop]


def _rank(one: tuple, fault: str) -> float:
    tokens, total, _ = one
    return total / len(tokens) if fault == "length_normalised" else total


def _continued(step, going, start, stop, width, fault):
    """All continuations of the hypotheses that have not ended."""
    y = np.array([(tokens or [start])[-1] for tokens, _, _ in going])
    scores, h = step(y, np.stack([state for _, _, state in going]))
    p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    if fault == "stop_not_counted":
        p[:, stop] = 0.0
    values = {"probabilities_added": np.exp(p), "raw_scores": scores}.get(fault, p).tolist()
    continued = []
    for k, (tokens, total, _) in enumerate(going):
        best = sorted(range(len(values[k])), key=lambda v: values[k][v], reverse=True)
        best = best[: {"greedy": 1, "width_per_hypothesis": 1 if len(going) > 1 else width}.get(fault, len(best))]
        state = h[0] if fault == "states_mixed_up" else h[k]
        continued += [([*tokens, v], total + values[k][v], state) for v in best]
    return continued


def beam_cases(rng: np.random.Generator) -> list[Case]:
    return _drawn_beams(int(rng.integers(2**62)))


@lru_cache(maxsize=200)
def _drawn_beams(seed: int) -> list[Case]:
    """Many are drawn until one is telling, so that they are kept for whoever asks again."""
    rng = np.random.default_rng(seed)
    sizes = [(5, 4, 3, 7), (6, 3, 2, 5), (4, 2, 5, 6), (5, 3, 3, 1), (7, 4, 2, 6)]  # (V, H, width, max_steps)
    cases = [drawn_until(partial(_beam_case, rng, *size), _telling) for size in sizes]
    cases.append(drawn_until(lambda: _beam_case(rng, 5, 1, 2, 4), _open))
    return [
        *cases,
        *(drawn_until(partial(_beam_case, rng, *size), partial(_tells, fault)) for fault, size in SUBTLE.items()),
    ]


def _beam_case(rng: np.random.Generator, V: int, H: int, width: int, max_steps: int) -> Case:
    start, stop = (int(token) for token in rng.permutation(V)[:2])
    inputs = {"weights": step_weights(rng, V, H), "h_0": rng.normal(size=H)}
    return inputs | {"start": start, "stop": stop, "width": width, "max_steps": max_steps}


def _found(case: Case, fault: str = "") -> tuple[list[int], float]:
    fed, state, scores = (case["weights"][name] for name in ("fed", "state", "scores"))

    def step(y, h):
        new = np.tanh(fed[y] + h @ state)
        return new @ scores, new

    h_0, start, stop, width, max_steps = (case[name] for name in ("h_0", "start", "stop", "width", "max_steps"))
    return beam_search(step, h_0, start, stop, width, max_steps, fault)


def _says_start(case: Case) -> bool:
    """The start token is said: whether that belongs to an answer "without start" is left open."""
    return case["start"] in _found(case)[0] or case["start"] in _found(narrow(case))[0]


def _telling(case: Case) -> bool:
    """The best hypothesis ends before the last step and is not what other ways would find."""
    tokens, total = _found(case)
    if case["max_steps"] == 1:
        return len(tokens) == 1 and not _says_start(case)
    if not 1 < len(tokens) < case["max_steps"] - 1 or _says_start(case):
        return False
    faults = ("greedy", "states_mixed_up", "finished_extended", "finished_dropped")
    others = [_found(case, fault)[1] for fault in faults]
    return min(abs(total - other) for other in others) > 0.02 < abs(others[-1] - others[-2])


SUBTLE = {
    "finished_aside": (6, 3, 3, 7),
    "ended_preferred": (5, 3, 3, 5),
    "states_not_moved": (5, 3, 3, 5),
    "width_per_hypothesis": (5, 3, 3, 5),
    "length_normalised": (5, 3, 3, 5),
}  # (V, H, width, max_steps) of a case that tells each


def _tells(fault: str, case: Case) -> bool:
    """What would be found with this mistake is neither what is right nor what the other ones would find."""
    tokens, total = _found(case, fault)
    for other in {"", "finished_extended", *SUBTLE} - {fault}:
        others, another = _found(case, other)
        if tokens == others or abs(total - another) < 0.02:
            return False
    return not _says_start(case)


def _open(case: Case) -> bool:
    """The best hypothesis has not ended."""
    return len(_found(case)[0]) == case["max_steps"] and not _says_start(case)


def narrow(case: Case) -> Case:
    return case | {"width": 1}


def wrong_beam(fault: str) -> Callable:
    def search(step, h_0, start, stop, width, max_steps):
        def arrays(y, h):
            return [tensor.numpy() for tensor in step(torch.from_numpy(y), torch.from_numpy(h))]

        return beam_search(arrays, h_0.numpy(), start, stop, width, max_steps, fault)

    return search


BEAM_SEARCH = Exercise(
    name="beam_search",
    chapter="sequence_to_sequence",
    section="sec-beam",
    cases=beam_cases,
    behaviours=[
        Behaviour("narrow", "with a width of 1 takes the best token at each step", 2, seen_by(look.tokens_by_beam, narrow)),
        Behaviour("tokens", "finds the best hypothesis of its beam", 4, seen_by(look.tokens_by_beam)),
        Behaviour(
            "whole",
            "gives its tokens and the sum of their log-probabilities, stop included, and leaves its inputs as they were",
            3,
            seen_by(look.by_beam),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception(
            "greedy", "each hypothesis is continued by its best token alone, so the beam never widens.", wrong_beam("greedy")
        ),
        Misconception(
            "probabilities_added",
            "probabilities are added up; it is their logarithms that add.",
            wrong_beam("probabilities_added"),
        ),
        Misconception(
            "raw_scores",
            "scores are added up without a softmax; they are comparable only as log-probabilities.",
            wrong_beam("raw_scores"),
        ),
        Misconception(
            "width_per_hypothesis",
            "each hypothesis keeps its own best continuation; of all continuations together the best are to be kept.",
            wrong_beam("width_per_hypothesis"),
        ),
        Misconception(
            "states_mixed_up",
            "a continuation goes on from the state of another hypothesis; it needs the state of the one that it continues.",
            wrong_beam("states_mixed_up"),
        ),
        Misconception(
            "finished_dropped", "hypotheses that have ended are lost; they stay in the beam.", wrong_beam("finished_dropped")
        ),
        Misconception(
            "finished_extended",
            "hypotheses that have ended are continued beyond their stop token.",
            wrong_beam("finished_extended"),
        ),
        Misconception(
            "first_finished",
            "the search ends with the first hypothesis that ends; one that is still open may be better.",
            wrong_beam("first_finished"),
        ),
        Misconception(
            "finished_aside",
            "hypotheses that have ended are put aside; they stay in the beam, take their places, and may be pushed out.",
            wrong_beam("finished_aside"),
        ),
        Misconception(
            "ended_preferred",
            "at the end only hypotheses that have ended count; the best one counts, ended or not.",
            wrong_beam("ended_preferred"),
        ),
        Misconception(
            "states_not_moved",
            "the states stay in their rows while the hypotheses are sorted; each goes on from another one's state.",
            wrong_beam("states_not_moved"),
        ),
        Misconception(
            "stop_not_counted",
            "the stop token adds nothing to the sum; its log-probability counts like any other's.",
            wrong_beam("stop_not_counted"),
        ),
        Misconception("one_too_many", "there is one step more than max_steps.", wrong_beam("one_too_many")),
        Misconception("worst_kept", "the worst continuations are kept instead of the best.", wrong_beam("worst_kept")),
        Misconception(
            "length_normalised",
            "sums are divided by the number of tokens; they are to be compared as they are.",
            wrong_beam("length_normalised"),
        ),
        Misconception(
            "stop_kept", "the stop token is part of the answer; only its log-probability counts.", wrong_beam("stop_kept")
        ),
    ],
)


# pronounce

HELD_BACK = Path(__file__).with_name("held_back.txt.gz")
WORDS_ASKED, STRANGE_ASKED, PER_CALL, PUBLIC_ASKED = 1000, 40, 40, 400
# Trained models know at most 5 of 60: at that rate one is in doubt with a probability below 1e-6.
STRANGE_KNOWN = 15
SHARES = (0.20, 0.35, 0.42, 0.50, 0.55, 0.58)


@cache
def held_back() -> tuple[list[tuple[str, list[list[str]]]], list[tuple[str, list[list[str]]]]]:
    """Words that no student has, with all their pronunciations: ordinary ones, and such as letters do not tell."""
    text = gzip.decompress(HELD_BACK.read_bytes()).decode("ascii")
    ordinary: list[tuple[str, list[list[str]]]] = []
    strange: list[tuple[str, list[list[str]]]] = []
    for line in text.splitlines():
        word, said = line.removesuffix(" ?").split(" ", 1)
        entry = word, [phones.split() for phones in said.split(", ")]
        (strange if line.endswith(" ?") else ordinary).append(entry)
    return ordinary, strange


def in_calls(words: list[str], accepted: list[list[list[str]]]) -> Questions:
    starts = range(0, len(words), PER_CALL)
    return Questions(
        [{"words": words[n : n + PER_CALL]} for n in starts],
        [accepted[n : n + PER_CALL] for n in starts],
    )


def graded_words(rng: np.random.Generator) -> Questions:
    """Ordinary words that count and strange ones that do not, mixed."""
    ordinary, strange = held_back()
    chosen = [ordinary[n] for n in rng.permutation(len(ordinary))[:WORDS_ASKED]]
    chosen += [(strange[n][0], []) for n in rng.permutation(len(strange))[:STRANGE_ASKED]]
    mixed = [chosen[n] for n in rng.permutation(len(chosen))]
    return in_calls([word for word, _ in mixed], [said for _, said in mixed])


def public_words() -> Questions:
    spoken = data.pronunciations()[1][:PUBLIC_ASKED]
    return in_calls([one.word for one in spoken], [[one.phones] for one in spoken])


def knows_too_much(questions: Questions, answers: Answers) -> str:
    """A sentence if the answers hold many words whose letters do not give them away."""
    said = dict(held_back()[1])
    known = 0
    for call, answer in zip(questions.calls, answers[LEVELS[0].key], strict=True):
        value = answer.get("value")
        if isinstance(value, list | tuple) and len(value) == len(call["words"]):
            given = zip(call["words"], value, strict=True)
            known += sum(word in said and isinstance(one, list | tuple) and list(one) in said[word] for word, one in given)
    if known < STRANGE_KNOWN:
        return ""
    return (
        f"{known} of {STRANGE_ASKED} words are right that cannot be known from their letters: a person will look at it "
        "before points are given. Was the model trained with the 16,000 training words alone?"
    )


LEVELS = [
    Level(f"words_{share * 100:.0f}", f"says at least {share:.0%} of the words wholly right", 4, share) for share in SHARES
]

PRONOUNCE = Measured(
    name="pronounce",
    chapter="sequence_to_sequence",
    section="sec-s2s-trained",
    questions=graded_words,
    public=public_words,
    behaviours=LEVELS,
    doubt=knows_too_much,
)

ASSIGNMENT = Assignment(
    id="project",
    exercises=[ENCODER, DECODER, GREEDY_DECODE, BEAM_SEARCH],
    measured=[PRONOUNCE],
    torch=True,
    limits=Limits(cell_seconds=60.0, total_memory=2 * 2**30),
    files={"weights.npz": 4_000_000},
)
