"""What the checks of ``scheduled_sampling`` do around a function: tensors from arrays, a call, arrays from tensors.

The steps, choices and mixtures in here are no networks and throw no coins: they are smooth
functions whose results change with each of their arguments.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from unrolled.late import Late
from unrolled.standins.tensors import as_array, two_by_name

if TYPE_CHECKING:
    from torch import Tensor

torch: Any = Late("torch")

# Tokens enough that two honest draws never differ visibly, and few enough for loops over sequences, steps and numbers.
COUNTED = 120, 116  # (B, T), where shares are counted: they hardly move even if a coin is shared along an axis
COMPARED = 60, 55  # (B, T), where variances or several calls are
CALLS, ONE_STEP = 2000, (3000,)  # calls with a single token each; (B,), the tokens of a single step


def _tensor(array: np.ndarray) -> Tensor:
    """A tensor on the same memory: what changes one changes the other."""
    return torch.from_numpy(array)


def _parameter(array: np.ndarray) -> Tensor:
    return torch.tensor(array, requires_grad=True)


def _given(tokens: dict[str, Any]) -> list[Tensor]:
    return [_tensor(tokens[name]) for name in ("x", "y_0", "targets")]


# schedules


def value(function: Callable, **inputs: Any) -> Any:
    """What comes back; a tensor counts as its numbers."""
    return as_array(function(**inputs))


# mix_inputs


def mixed(function: Callable, y_true: np.ndarray, y_own: np.ndarray, p: float, seed: int) -> Any:
    """The mixed tokens."""
    return as_array(function(_tensor(y_true), _tensor(y_own), p, torch.Generator().manual_seed(seed)))


def _choices(
    function: Callable, true: np.ndarray, own: np.ndarray, p: float, generator: Any, axes: tuple[int, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Where the mixture of one token with another, the same everywhere, is wholly the true one, and wholly the other."""
    repeated = [_tensor(token).repeat(*axes, 1) for token in (true, own)]
    mixture = np.asarray(as_array(function(*repeated, p, generator)))
    if mixture.shape != (*axes, len(true)):
        raise ValueError(f"for tokens of the shape {(*axes, len(true))} came back the shape {mixture.shape}")
    return (mixture == true).all(axis=-1), (mixture == own).all(axis=-1)


def _of_many(what: str, p: float, axes: tuple[int, ...]) -> str:
    """The name of a number that is measured on many tokens."""
    return f"{what} (p = {p:.2f}, {math.prod(axes):,} tokens)"


def shares(function: Callable, y_true: np.ndarray, y_own: np.ndarray, p: float, seed: int) -> dict[str, Any]:
    """How large a part of many tokens is true, and how large a part the model's own."""
    true, own = _choices(function, y_true, y_own, p, torch.Generator().manual_seed(seed), COUNTED)
    return {
        _of_many("share of true tokens", p, COUNTED): true.mean(),
        _of_many("share of own tokens", p, COUNTED): own.mean(),
    }


def over_sequences(function: Callable, y_true: np.ndarray, y_own: np.ndarray, p: float, seed: int) -> dict[str, Any]:
    """How much the choice varies among the sequences, at the same step."""
    true, _ = _choices(function, y_true, y_own, p, torch.Generator().manual_seed(seed), COMPARED)
    return {_of_many("variance among the sequences", p, COMPARED): true.var(axis=0).mean()}


def over_time(function: Callable, y_true: np.ndarray, y_own: np.ndarray, p: float, seed: int) -> dict[str, Any]:
    """How much the choice varies along time, within the same sequence."""
    true, _ = _choices(function, y_true, y_own, p, torch.Generator().manual_seed(seed), COMPARED)
    return {_of_many("variance along time", p, COMPARED): true.var(axis=1).mean()}


def without_steps(function: Callable, y_true: np.ndarray, y_own: np.ndarray, p: float, seed: int) -> dict[str, Any]:
    """How large a part is true if each call brings a single token, B = T = 1, or all tokens are of one step, (B, V)."""
    generator = torch.Generator().manual_seed(seed)
    alone = [_choices(function, y_true, y_own, p, generator, (1, 1))[0] for _ in range(CALLS)]
    together = _choices(function, y_true, y_own, p, generator.manual_seed(seed), ONE_STEP)
    return {
        _of_many("share of true tokens, one in each call", p, (CALLS,)): np.mean(alone),
        _of_many("share of true tokens in a single step", p, ONE_STEP): together[0].mean(),
        _of_many("share of own tokens in a single step", p, ONE_STEP): together[1].mean(),
    }


def repeated_calls(function: Callable, y_true: np.ndarray, y_own: np.ndarray, p: float, seed: int) -> dict[str, Any]:
    """How large a part of the tokens is chosen alike in two calls with one generator, and again from its start."""
    generator = torch.Generator().manual_seed(seed)
    choices = []
    for started_again in (False, False, True):
        if started_again:
            generator.manual_seed(seed)
        choices.append(_choices(function, y_true, y_own, p, generator, COMPARED)[0])
    return {
        _of_many("share of tokens chosen alike in two calls", p, COMPARED): (choices[0] == choices[1]).mean(),
        _of_many("share of tokens chosen alike from the same seed", p, COMPARED): (choices[0] == choices[2]).mean(),
    }


# scheduled_rollout


class Machine:
    """A recurrence that is no network, with parameters W_uh (V, H), W_xh (D, H) and W_hy (H, V)."""

    def __init__(self, W_uh: np.ndarray, W_xh: np.ndarray, W_hy: np.ndarray, p: float) -> None:
        self.parameters = {"dW_uh": _parameter(W_uh), "dW_xh": _parameter(W_xh), "dW_hy": _parameter(W_hy)}
        self.p = p

    def step(self, u_t: Tensor, x_t: Tensor, h_prev: Tensor) -> tuple[Tensor, Tensor]:
        W_uh, W_xh, W_hy = self.parameters.values()
        h = torch.sin(0.8 * h_prev + u_t @ W_uh + torch.cos(x_t) @ W_xh)
        return torch.cos(h @ W_hy) + 0.4 * u_t, h

    def choose(self, scores: Tensor) -> Tensor:
        """Smooth, so that a gradient would go through it."""
        return torch.sin(2 * scores) + 0.3 * scores.roll(1, dims=-1)

    def mix(self, y_true: Tensor, y_own: Tensor) -> Tensor:
        """Nothing random: whether a token is the true one depends on its numbers; p = 1 all, p = 0 none."""
        looks = (53.7 * y_true.sum(dim=-1, keepdim=True)) % 1
        return y_own + (looks < self.p) * (y_true - y_own)


def _rolled(function: Callable, machine: Machine, h_0: Tensor, given: list[Tensor]) -> dict[str, Any]:
    """What came back for x, y_0 and targets."""
    return two_by_name(function(*given, h_0, machine.step, machine.choose, machine.mix), ("scores", "fed"))


def outputs(function: Callable, h_0: Any, W_uh: Any, W_xh: Any, W_hy: Any, p: float, **tokens: Any) -> dict[str, Any]:
    """Scores, and what was fed."""
    rolled = _rolled(function, Machine(W_uh, W_xh, W_hy, p), _tensor(h_0), _given(tokens))
    return {name: as_array(value) for name, value in rolled.items()}


def outputs_and_history(function: Callable, h_0: Any, W_uh: Any, W_xh: Any, W_hy: Any, p: float, **tokens: Any) -> Any:
    """Scores, what was fed, and the gradient of the sum of all that was fed."""
    machine = Machine(W_uh, W_xh, W_hy, p)
    rolled = _rolled(function, machine, _tensor(h_0), _given(tokens))
    through = torch.zeros_like(machine.parameters["dW_hy"])
    if getattr(rolled["fed"], "requires_grad", False):
        leaf = machine.parameters["dW_hy"]
        found = torch.autograd.grad(rolled["fed"].sum(), leaf, retain_graph=True, allow_unused=True)[0]
        through = through if found is None else found
    return {name: as_array(value) for name, value in (rolled | {"gradient of fed": through}).items()}


def gradients(
    function: Callable, h_0: Any, dscores: Any, W_uh: Any, W_xh: Any, W_hy: Any, p: float, **tokens: Any
) -> dict[str, Any]:
    """Gradients of inputs, initial state and parameters, where dscores are those of the scores."""
    machine, start, inputs = Machine(W_uh, W_xh, W_hy, p), _parameter(h_0), _parameter(tokens["x"])
    scores = _rolled(function, machine, start, [inputs, *_given(tokens)[1:]])["scores"]
    leaves = {"dx": inputs, "dh_0": start, **machine.parameters}
    found: Any = [None] * len(leaves)
    if getattr(scores, "requires_grad", False):
        found = torch.autograd.grad(scores, list(leaves.values()), _tensor(dscores).to(scores.dtype), allow_unused=True)
    return {
        name: np.zeros(tuple(leaf.shape)) if gradient is None else as_array(gradient)
        for (name, leaf), gradient in zip(leaves.items(), found, strict=True)
    }


# train_step and rollout_error

DRIFT = 0.4


class Descent:
    """Plain gradient descent with the methods of an optimiser of torch."""

    def __init__(self, parameters: list[Tensor], rate: float) -> None:
        self.param_groups: list[dict[str, Any]] = [{"params": parameters, "lr": rate}]

    def zero_grad(self, set_to_none: bool = True) -> None:
        for parameter in self.param_groups[0]["params"]:
            parameter.grad = None if set_to_none or parameter.grad is None else torch.zeros_like(parameter)

    def step(self) -> None:
        with torch.no_grad():
            for parameter in self.param_groups[0]["params"]:
                if parameter.grad is not None:
                    parameter -= self.param_groups[0]["lr"] * parameter.grad


class Rollout:
    """Scores that are no network's: they change with every argument. What it says it fed are tokens in other places.

    drift: how much a second run differs from the first, as with coins that fall anew
    """

    def __init__(self, W: np.ndarray, b: np.ndarray, pull: np.ndarray, drift: float = 0.0) -> None:
        self.W, self.b, self.pull = _parameter(W), _parameter(b), _tensor(pull)
        self.drift, self.runs = drift, 0

    def __call__(self, x: Tensor, y_0: Tensor, targets: Tensor, p: float) -> tuple[Tensor, Tensor]:
        start = torch.cos(y_0 @ self.W[:1].T)[:, None]  # (B, 1, 1)
        scores = torch.sin(x @ self.W + self.b + start) + (2 * p + p * p) * self.pull * (1 + targets.roll(1, dims=1))
        scores = scores + self.drift * self.runs * self.pull.roll(1)
        self.runs += 1
        return 2 * scores, targets.roll(1, dims=1)


def _trained(function: Callable, rollout: Rollout, tokens: dict[str, Any], p: float, calls: int) -> list[Any]:
    optimiser, values = Descent([rollout.W, rollout.b], rate=0.3), []
    for _ in range(calls):
        rollout.runs = 0
        values.append(as_array(function(*_given(tokens), p, rollout, optimiser)))
    return values


def loss_before(function: Callable, p: float, W: Any, b: Any, pull: Any, **tokens: Any) -> Any:
    """The loss that comes back."""
    return _trained(function, Rollout(W, b, pull, DRIFT), tokens, p, calls=1)[0]


def parameters_after(function: Callable, p: float, W: Any, b: Any, pull: Any, **tokens: Any) -> dict[str, Any]:
    """The parameters after a step that finds no gradients from before."""
    rollout = Rollout(W, b, pull, DRIFT)
    _trained(function, rollout, tokens, p, calls=1)
    return {"W": as_array(rollout.W), "b": as_array(rollout.b)}


def parameters_after_two(
    function: Callable, p: float, W: Any, b: Any, pull: Any, dW: Any, db: Any, **tokens: Any
) -> dict[str, Any]:
    """The parameters after two steps, the first of which finds the gradients dW and db from before."""
    rollout = Rollout(W, b, pull, DRIFT)
    rollout.W.grad, rollout.b.grad = torch.tensor(dW), torch.tensor(db)
    _trained(function, rollout, tokens, p, calls=2)
    return {"W": as_array(rollout.W), "b": as_array(rollout.b)}


def errors(function: Callable, W: Any, b: Any, pull: Any, **tokens: Any) -> Any:
    """The errors that come back."""
    return as_array(function(*_given(tokens), Rollout(W, b, pull)))
