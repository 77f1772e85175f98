"""What the checks of ``project`` have in common."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.shared import sigmoid
from autograder.checks.spec import Case
from unrolled.late import Late

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
