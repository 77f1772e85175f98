"""Encoder-decoders with and without attention, trained for longer than a page of the book can wait for.

    .venv/bin/python benchmarks/bottleneck.py [--seeds 5] [--json book/data/bottleneck.json]

The networks, the data and the training are those of the chapter: its cells with the tag ``long-run`` are executed, and
nothing is copied. Dates: the share of exactly right answers after every 300 iterations. Words to phones: the same share by
the length of the word, at the end of the training. Takes about ten minutes on one core.
"""

import argparse
import json
import platform
from datetime import date
from pathlib import Path
from typing import Any

import jupytext
from rich.progress import track

ROOT = Path(__file__).resolve().parents[1]
KINDS = {"one vector": "Translator", "attention": "Looking"}
EVERY, POINTS, WORD_ITERATIONS = 300, 8, 3000
LENGTHS = range(4, 11)  # words of three letters are too few to say anything


def chapter() -> dict[str, Any]:
    """What the cells with the tag ``long-run`` define."""
    notebook = jupytext.read(ROOT / "book" / "sequence_to_sequence.md")
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if "long-run" in cell.metadata.get("tags", []):
            exec(cell.source, names)  # noqa: S102 - our own page
    return names


def share_right(page: dict[str, Any], net: Any, pairs: str) -> Any:
    return page["exact"](net, page[pairs]).float()


def network(page: dict[str, Any], kind: str, seed: int, letters: str, signs: str) -> Any:
    page["torch"].manual_seed(seed)
    return page[KINDS[kind]](len(page[letters]), len(page[signs]))


def on_dates(page: dict[str, Any], kind: str, seed: int) -> list[float]:
    """Exactly right after every EVERY iterations."""
    net, course = network(page, kind, seed, "DATE_LETTERS", "DATE_SIGNS"), []
    for _ in range(POINTS):
        page["train"](net, page["dates"], EVERY)
        course.append(share_right(page, net, "new_dates").mean().item())
    return course


def on_words(page: dict[str, Any], kind: str, seed: int) -> list[float]:
    """Exactly right by the length of the word."""
    net = network(page, kind, seed, "WORD_LETTERS", "PHONES")
    right = share_right(page, page["train"](net, page["words"], WORD_ITERATIONS, batch=64), "new_words")
    return [right[page["new_words"][1] == length].mean().item() for length in LENGTHS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    page = chapter()
    result: dict[str, Any] = {
        "date": date.today().isoformat(),
        "torch": page["torch"].__version__,
        "python": platform.python_version(),
        "dates": {"iterations": [EVERY * (k + 1) for k in range(POINTS)]},
        "words": {"iterations": WORD_ITERATIONS, "lengths": list(LENGTHS)},
    }
    for kind in KINDS:
        seeds = range(options.seeds)
        result["dates"][kind] = [on_dates(page, kind, seed) for seed in track(seeds, f"dates, {kind}")]
        result["words"][kind] = [on_words(page, kind, seed) for seed in track(seeds, f"words, {kind}")]
    text = json.dumps(result, indent=1)
    if options.json:
        options.json.write_text(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
