"""Checks of ``receptive_field``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def field_cases(rng: np.random.Generator) -> list[Case]:
    drawn = [(int(rng.integers(2, 5)), rng.integers(2, 9, size=L)) for L in (2, 3, 4)]
    fixed = [(3, np.array([1, 2, 4, 8])), (1, np.array([3, 5])), (2, np.array([3])), (5, np.array([4, 4, 4]))]
    return [{"K": K, "dilations": dilations} for K, dilations in [*fixed, *drawn]]


def first_layer(case: Case) -> Case:
    return case | {"dilations": case["dilations"][:1]}


def field_no_present(K, dilations):
    return (K - 1) * int(np.sum(dilations))


def field_one_tap_more(K, dilations):
    return 1 + K * int(np.sum(dilations))


def field_product(K, dilations):
    return 1 + (K - 1) * int(np.prod(dilations))


def field_largest(K, dilations):
    return 1 + (K - 1) * int(np.max(dilations))


def field_dilation_ignored(K, dilations):
    return 1 + (K - 1) * len(dilations)


def field_inputs_used(K, dilations):
    return K ** len(dilations)


def field_added(K, dilations):
    return int(sum(1 + (K - 1) * d for d in dilations))


def field_doubling(K, dilations):
    return 1 + (K - 1) * (2 ** len(dilations) - 1)


def field_first_whole(K, dilations):
    return K + (K - 1) * int(np.sum(dilations[1:]))


RECEPTIVE_FIELD = Exercise(
    name="receptive_field",
    chapter="practice",
    section="sec-receptive",
    cases=field_cases,
    behaviours=[
        Behaviour("one", "counts the reach of one layer", 1, first_layer),
        Behaviour("stack", "counts the reach of several layers", 1),
        Behaviour("inputs", "gives that number and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("no_present", "the present input is not counted.", field_no_present),
        Misconception(
            "one_tap_more", "K taps have K - 1 gaps between them, and each gap is one dilation wide.", field_one_tap_more
        ),
        Misconception("product", "the dilations are multiplied; the reaches of the layers add up.", field_product),
        Misconception("largest", "only the widest layer is counted; the reaches of all layers add up.", field_largest),
        Misconception(
            "dilation_ignored",
            "the dilations are not used: each layer counts as if it were undilated.",
            field_dilation_ignored,
        ),
        Misconception(
            "inputs_used",
            "K to the power of the layers counts paths, not the inputs that are reached over.",
            field_inputs_used,
        ),
        Misconception(
            "added",
            "the layers' receptive fields are added, so that the present input is counted once for each.",
            field_added,
        ),
        Misconception(
            "doubling",
            "the dilations are taken to be 1, 2, 4 and so on, whatever they are; add up those that are given.",
            field_doubling,
        ),
        Misconception(
            "first_whole",
            "the first layer counts with K, as if its dilation were 1; each layer reaches (K - 1) d further.",
            field_first_whole,
        ),
    ],
)
