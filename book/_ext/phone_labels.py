"""Figures on telephones: the labels of a drawing grow as the drawing shrinks, so that they stay readable.

Each drawing gets its width as ``--unrolled-wide``, and each label a size of at least ``--unrolled-least``,
which the style sheet sets on narrow screens. A label with formulas is scaled as a whole: its letters have places of their own.
"""

import re

DRAWING = re.compile(r'(<svg [^>]*?viewBox="0 0 ([\d.]+) [\d.]+" style=")(width: 100%.*?</svg>)', flags=re.DOTALL)
LABEL = re.compile(
    r'<text style="font-size: ([\d.]+)px(?P<style>[^"]*)"(?P<place>[^>]*)>(?P<words>.*?)</text>', flags=re.DOTALL
)
MOVED = re.compile(r' transform="translate\(([\d.-]+) ([\d.-]+)\)(?: rotate\(([\d.-]+)\))?"')


def with_growing_labels(page: str) -> str:
    """The page with labels that can grow; what has been changed already stays as it is."""
    return DRAWING.sub(lambda m: f"{m[1]}--unrolled-wide: {m[2]}; {LABEL.sub(_growing, m[3])}", page)


def _growing(label: re.Match) -> str:
    moved = MOVED.search(label["place"])
    if "<tspan" not in label["words"] or moved is None:
        return label[0].replace(
            f"font-size: {label[1]}px", f"font-size: max({label[1]}px, var(--unrolled-least, 0) * 1px)", 1
        )
    x, y, turn = moved[1], moved[2], moved[3] or 0
    place = f"transform: translate({x}px, {y}px) rotate({turn}deg) scale(max(1, var(--unrolled-least, 0) / {label[1]}))"
    return f'<text style="font-size: {label[1]}px{label["style"]}; {place}">{label["words"]}</text>'
