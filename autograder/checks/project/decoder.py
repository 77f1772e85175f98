"""Checks of ``Decoder``."""

import numpy as np

from autograder.checks.project.common import Module, faulty, gru_step, gru_weights
from autograder.checks.shared import softmax
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import project as look


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
