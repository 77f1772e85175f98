"""Train the models of the bank: the project's own network, from hardly trained to as good as the reference.

    PYTHONPATH=. python tests/submissions/project/models/make_models.py [NAME]...

takes about six minutes on one core and writes ``<name>.npz`` beside this file. They are committed, so that
grading can be tested with trained models without training any.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.source import read_source

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Recipe:
    """H: hidden units of a direction; falling: whether the learning rate falls to zero."""

    H: int
    epochs: int
    falling: bool = False


RECIPES = {
    "hardly_trained": Recipe(32, 1),
    "small": Recipe(32, 3),
    "as_released": Recipe(64, 3),
    "longer": Recipe(64, 6, falling=True),
    "falling_rate": Recipe(64, 12, falling=True),
    "larger_with_beam": Recipe(128, 16, falling=True),
}


def model_cell(source: str, recipe: Recipe) -> str:
    """The notebook's cell that makes the model, with the recipe's size."""
    return source.replace("D, H, EPOCHS, LEARNING_RATE, BATCH = 32, 64,", f"D, H, EPOCHS, LEARNING_RATE, BATCH = 32, {recipe.H},")


def namespace(recipe: Recipe) -> dict[str, Any]:
    """What the notebook's cells define, up to the untrained model."""
    wanted = ("batches", "model")
    cells = [
        cell
        for cell in read_source("project").cells
        if cell.metadata.keys() & {"setup", "exercise"} or cell.metadata.get("real") in wanted
    ]
    names: dict[str, Any] = {"__name__": "project"}
    for cell in cells:
        exec(model_cell(cell.source, recipe), names)  # noqa: S102
    return names


def trained(recipe: Recipe) -> dict[str, np.ndarray]:
    """The weights after training, in 16 bits to keep the files small."""
    names = namespace(recipe)
    torch, model, words = names["torch"], names["MODEL"], names["TRAIN"]
    optimiser = torch.optim.Adam(model.parameters(), lr=3e-3)
    batches = recipe.epochs * (len(words) // 64)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=batches + 1) if recipe.falling else None
    shuffle = np.random.default_rng(0)
    for epoch in range(recipe.epochs):
        for chosen in np.array_split(shuffle.permutation(len(words)), len(words) // 64):
            loss = names["loss_of"]([words[n] for n in chosen])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            if schedule is not None:
                schedule.step()
        print(f"  epoch {epoch + 1} of {recipe.epochs}: loss {loss.item():.3f}", flush=True)
    return {name: parameter.numpy().astype(np.float16) for name, parameter in model.state_dict().items()}


if __name__ == "__main__":
    for name in sys.argv[1:] or RECIPES:
        recipe = RECIPES[name]
        print(name, recipe)
        np.savez_compressed(HERE / f"{name}.npz", history=np.zeros(1), **trained(recipe))
