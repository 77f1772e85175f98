"""Checks of ``train``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import language_model as parts
from unrolled.standins import stand_in


def train_cases(rng: np.random.Generator) -> list[Case]:
    cases: list[Case] = []
    for D, H, count, learning_rate in [(3, 4, 5, 0.2), (2, 1, 4, 0.3), (4, 2, 3, 0.1), (1, 3, 6, 0.25), (2, 5, 1, 0.4)]:
        parameters = {"W": rng.normal(size=(D, H)) / np.sqrt(D), "b": rng.normal(size=H)}
        batches = [rng.normal(size=(int(rng.integers(1, 5)), D)) for _ in range(count)]
        loss = stand_in(parts.bumpy_loss)
        cases.append(
            {"parameters": parameters, "loss_and_gradients": loss, "batches": batches, "learning_rate": learning_rate}
        )
    return cases


def one_batch(case: Case) -> Case:
    return case | {"batches": case["batches"][:1], "around": stand_in(parts.parameters_afterwards)}


def _descent(parameters, loss_and_gradients, batches, learning_rate, at=lambda now, first: now, names=("W", "b")):
    first, losses = parameters, []
    for batch in batches:
        loss, gradients = loss_and_gradients(at(parameters, first), batch)
        parameters = {n: w - learning_rate * gradients[n] * (n in names) for n, w in parameters.items()}
        losses.append(loss)
    return parameters, np.array(losses)


def train_uphill(parameters, loss_and_gradients, batches, learning_rate):
    return _descent(parameters, loss_and_gradients, batches, -learning_rate)


def train_no_rate(parameters, loss_and_gradients, batches, learning_rate):
    return _descent(parameters, loss_and_gradients, batches, 1.0)


def train_first_parameters(parameters, loss_and_gradients, batches, learning_rate):
    return _descent(parameters, loss_and_gradients, batches, learning_rate, at=lambda now, first: first)


def train_not_kept(parameters, loss_and_gradients, batches, learning_rate):
    last, _ = _descent(parameters, loss_and_gradients, batches[-1:], learning_rate)
    return last, np.array([loss_and_gradients(parameters, batch)[0] for batch in batches])


def train_first_batch(parameters, loss_and_gradients, batches, learning_rate):
    return _descent(parameters, loss_and_gradients, batches[:1] * len(batches), learning_rate)


def train_one_parameter(parameters, loss_and_gradients, batches, learning_rate):
    return _descent(parameters, loss_and_gradients, batches, learning_rate, names=("W",))


def train_gradients_pile_up(parameters, loss_and_gradients, batches, learning_rate):
    losses, total = [], {name: np.zeros_like(w) for name, w in parameters.items()}
    for batch in batches:
        loss, gradients = loss_and_gradients(parameters, batch)
        total = {name: total[name] + gradients[name] for name in total}
        parameters = {name: w - learning_rate * total[name] for name, w in parameters.items()}
        losses.append(loss)
    return parameters, np.array(losses)


def train_loss_afterwards(parameters, loss_and_gradients, batches, learning_rate):
    losses = []
    for batch in batches:
        parameters, _ = _descent(parameters, loss_and_gradients, [batch], learning_rate)
        losses.append(loss_and_gradients(parameters, batch)[0])
    return parameters, np.array(losses)


def train_last_loss(parameters, loss_and_gradients, batches, learning_rate):
    parameters, losses = _descent(parameters, loss_and_gradients, batches, learning_rate)
    return parameters, losses[-1]


def train_running_mean(parameters, loss_and_gradients, batches, learning_rate):
    parameters, losses = _descent(parameters, loss_and_gradients, batches, learning_rate)
    return parameters, losses.cumsum() / np.arange(1, len(losses) + 1)


def train_name_by_name(parameters, loss_and_gradients, batches, learning_rate):
    now, losses = dict(parameters), []
    for batch in batches:
        losses.append(loss_and_gradients(now, batch)[0])
        for name in now:
            now[name] = now[name] - learning_rate * loss_and_gradients(now, batch)[1][name]
    return now, np.array(losses)


def train_in_place(parameters, loss_and_gradients, batches, learning_rate):
    losses = []
    for batch in batches:
        loss, gradients = loss_and_gradients(parameters, batch)
        for name in parameters:
            parameters[name] -= learning_rate * gradients[name]
        losses.append(loss)
    return parameters, np.array(losses)


TRAIN = Exercise(
    name="train",
    chapter="autoregressive",
    section="sec-memorise",
    cases=train_cases,
    axes={"parameters": "", "losses": "T"},
    behaviours=[
        Behaviour("step", "takes one step against the gradient, as long as the rate says", 1, one_batch),
        Behaviour(
            "steps", "takes one step for each batch, from where it stands by then", 1, seen_by(parts.parameters_afterwards)
        ),
        Behaviour("losses", "reports the loss of each batch before its step", 1, seen_by(parts.losses_reported)),
        Behaviour("inputs", "gives both and leaves the parameters as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("uphill", "the gradient is added: the loss grows; it must be subtracted.", train_uphill),
        Misconception("no_rate", "the learning rate is not used.", train_no_rate),
        Misconception(
            "first_parameters",
            "every gradient is taken at the first parameters; it belongs to the parameters as they are by then.",
            train_first_parameters,
        ),
        Misconception(
            "not_kept", "every step starts from the first parameters again: the steps before are lost.", train_not_kept
        ),
        Misconception("first_batch", "every step uses the first batch.", train_first_batch),
        Misconception("one_parameter", "only the first parameter changes; all of them take a step.", train_one_parameter),
        Misconception(
            "gradients_pile_up",
            "the gradients of all batches so far are added up; each step uses its own.",
            train_gradients_pile_up,
        ),
        Misconception(
            "name_by_name",
            "the gradients are taken anew after each parameter has moved; all of them move from the same place.",
            train_name_by_name,
        ),
        Misconception(
            "loss_afterwards", "the losses are those after each step; wanted are those before.", train_loss_afterwards
        ),
        Misconception("last_loss", "only the last loss comes back; wanted is one for each batch.", train_last_loss),
        Misconception("running_mean", "the losses are means of all so far; wanted is each batch's own.", train_running_mean),
        Misconception(
            "in_place",
            "the arrays that were handed over are changed: a second training would start where the first ended.",
            train_in_place,
        ),
    ],
)
