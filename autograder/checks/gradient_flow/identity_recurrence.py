"""Checks of ``identity_recurrence``."""

import numpy as np

from autograder.checks.gradient_flow.common import part
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import gradient_flow as parts


def identity_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(2, 4, 1, 3), (1, 3, 2, 4), (3, 4, 2, 1), (3, 1, 4, 2)]  # (B, T, D, H)
    scales = rng.uniform(0.5, 0.8, size=len(sizes))
    scales[1] = rng.uniform(1.1, 1.3)  # nothing forbids a scale above 1
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "parameters": {
                "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
                "W_hh": rng.normal(size=(H, H)) / np.sqrt(H),
                "b_h": rng.normal(size=H),
            },
            "scale": scale,
        }
        for (B, T, D, H), scale in zip(sizes, scales.tolist(), strict=True)
    ]


def first_state(case: Case) -> Case:
    return part(parts.states_alone)(case) | {"x": case["x"][:, :1]}


def _relu(a):
    return np.where(a > 0, a, 0.0)


def _run(x, started, activation=_relu, h=0.0):
    states = []
    for t in range(x.shape[1]):
        h = h if isinstance(h, np.ndarray) else np.full((len(x), len(started["b_h"])), h)
        h = activation(x[:, t] @ started["W_xh"] + h @ started["W_hh"] + started["b_h"])
        states.append(h)
    return np.stack(states, axis=1)


def _started(parameters, scale, **others):
    H = len(parameters["b_h"])
    return {"W_xh": parameters["W_xh"], "W_hh": scale * np.eye(H), "b_h": np.zeros(H)} | others


def _both(x, started):
    return started, _run(x, started)


def identity_ones_matrix(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_hh=np.full(parameters["W_hh"].shape, scale)))


def identity_added(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_hh=parameters["W_hh"] + scale * np.eye(len(parameters["b_h"]))))


def identity_diagonal_kept(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_hh=scale * np.diag(np.diag(parameters["W_hh"]))))


def identity_drawn_scaled(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_hh=scale * parameters["W_hh"]))


def identity_scale_squared(x, parameters, scale):
    return _both(x, _started(parameters, scale**2))


def identity_scale_forgotten(x, parameters, scale):
    return _both(x, _started(parameters, 1.0))


def identity_input_scaled(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_xh=scale * parameters["W_xh"]))


def identity_input_identity(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_xh=np.eye(*parameters["W_xh"].shape)))


def identity_bias_kept(x, parameters, scale):
    return _both(x, _started(parameters, scale, b_h=parameters["b_h"]))


def identity_bias_ones(x, parameters, scale):
    return _both(x, _started(parameters, scale, b_h=np.ones_like(parameters["b_h"])))


def identity_tanh(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _run(x, started, np.tanh)


def identity_no_relu(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _run(x, started, lambda a: a)


def identity_absolute(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _run(x, started, np.abs)


def identity_relu_on_input(x, parameters, scale):
    started = _started(parameters, scale)
    inputs = _relu(x @ started["W_xh"])
    passed_on = {"W_xh": np.eye(inputs.shape[2]), "W_hh": started["W_hh"], "b_h": started["b_h"]}
    return started, _run(inputs, passed_on)


def identity_relu_on_state(x, parameters, scale):
    started = _started(parameters, scale)
    h, states = np.zeros((len(x), len(started["b_h"]))), []
    for t in range(x.shape[1]):
        h = x[:, t] @ started["W_xh"] + _relu(h @ started["W_hh"] + started["b_h"])
        states.append(h)
    return started, np.stack(states, axis=1)


def identity_drawn_bias(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _run(x, started | {"b_h": parameters["b_h"]})


def identity_drawn_run(x, parameters, scale):
    return _started(parameters, scale), _run(x, parameters)


def identity_state_not_fed(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _relu(x @ started["W_xh"])


def identity_from_ones(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _run(x, started, h=1.0)


def identity_includes_h0(x, parameters, scale):
    started, h = _both(x, _started(parameters, scale))
    return started, np.concatenate([np.zeros_like(h[:, :1]), h], axis=1)


def identity_shifted(x, parameters, scale):
    started, h = _both(x, _started(parameters, scale))
    return started, np.concatenate([np.zeros_like(h[:, :1]), h[:, :-1]], axis=1)


def identity_time_first(x, parameters, scale):
    started, h = _both(x, _started(parameters, scale))
    return started, h.swapaxes(0, 1)


def identity_last_state(x, parameters, scale):
    started, h = _both(x, _started(parameters, scale))
    return started, h[:, -1]


def identity_in_place(x, parameters, scale):
    parameters.update(_started(parameters, scale))
    return _both(x, parameters)


IDENTITY_RECURRENCE = Exercise(
    name="identity_recurrence",
    chapter="gradient_flow",
    section="sec-identity",
    cases=identity_cases,
    axes={"started": "", "h": "BTH"},
    behaviours=[
        Behaviour(
            "weights", "replaces W_hh by s times the identity and b_h by zeros, and keeps W_xh", 2, part(parts.started_alone)
        ),
        Behaviour("first", "gives ReLU(x_1 W_xh) as the first state", 1, first_state),
        Behaviour(
            "states", "runs the ReLU network with these parameters, and gives every state", 2, part(parts.states_alone)
        ),
        Behaviour("inputs", "gives both and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("ones_matrix", "W_hh is full of s; the identity has it on the diagonal only.", identity_ones_matrix),
        Misconception("added", "the identity is added to the random W_hh; it has to replace it.", identity_added),
        Misconception(
            "diagonal_kept",
            "the diagonal of the random W_hh is kept and scaled; it has to be replaced.",
            identity_diagonal_kept,
        ),
        Misconception(
            "drawn_scaled", "the random W_hh is scaled; it has to be replaced by an identity.", identity_drawn_scaled
        ),
        Misconception("scale_squared", "the scale enters twice, as s squared.", identity_scale_squared),
        Misconception("scale_forgotten", "the identity is not scaled.", identity_scale_forgotten),
        Misconception("input_scaled", "W_xh is scaled too; it has to stay as it was.", identity_input_scaled),
        Misconception("input_identity", "W_xh is replaced as well; it has to stay as it was.", identity_input_identity),
        Misconception("bias_kept", "the random bias is kept; it has to be zero.", identity_bias_kept),
        Misconception("bias_ones", "the bias is set to ones; it has to be zero.", identity_bias_ones),
        Misconception("tanh", "the states go through tanh; this network uses ReLU.", identity_tanh),
        Misconception("no_relu", "the ReLU is missing: the states are those of a linear network.", identity_no_relu),
        Misconception("absolute", "negative sums change their sign; ReLU makes them zero.", identity_absolute),
        Misconception(
            "relu_on_input",
            "the ReLU is applied to the input's term alone; it belongs around the whole sum.",
            identity_relu_on_input,
        ),
        Misconception(
            "relu_on_state",
            "the ReLU is applied to the state's term alone; it belongs around the whole sum.",
            identity_relu_on_state,
        ),
        Misconception(
            "drawn_bias",
            "the states are computed with the random bias; the new one, zero, belongs there.",
            identity_drawn_bias,
        ),
        Misconception(
            "drawn_run", "the states are those of the random parameters, not of the new ones.", identity_drawn_run
        ),
        Misconception("state_not_fed", "the state is not handed to the next step.", identity_state_not_fed),
        Misconception("from_ones", "the first step starts from ones; h_0 is zero.", identity_from_ones),
        Misconception("includes_h0", "h_0 is among the states; wanted are h_1 to h_T.", identity_includes_h0),
        Misconception("shifted", "the states are those before each step; wanted are h_1 to h_T.", identity_shifted),
        Misconception("time_first", "the axes are (time, batch, unit); wanted is batch first.", identity_time_first),
        Misconception("last_state", "the last state alone is returned; wanted are all of them.", identity_last_state),
        Misconception(
            "in_place",
            "what was handed over is changed, the arrays or the dictionary; give back new ones.",
            identity_in_place,
        ),
    ],
)
