"""What the names of files and folders say: whether something is a notebook, and of which assignment."""

import re

from autograder.grading.reading import plain_name

MADE_BY_TOOLS = {"timestamp.txt", "submission_secret.txt", "user_info.json", "desktop.ini", "thumbs.db", "__macosx"}
EXPECTED, ALIKE, DERIVED, OTHER, BELOW = 0, 1, 2, 3, 10  # how near a name is; below: in a folder or an archive


def name_distance(name: str, wanted: str) -> int:
    """How near a name is to the one wanted, both without the ending: 0 the same, 3 another one."""
    plain, other = (re.sub(r"[\s_-]+", "_", plain_name(n)).strip("_") for n in (name, wanted))
    if name == wanted:
        return EXPECTED
    return ALIKE if plain == other else DERIVED if re.match(rf"{re.escape(other)}(?![a-z0-9])", plain) else OTHER


def is_notebook(name: str) -> bool:
    """Whether a file's name says that it is a notebook, also with an ending that a browser has added."""
    return re.search(r"\.ipynb\s*(\.txt|\.json)?\s*$", plain_name(name)) is not None


def stem(name: str) -> str:
    """A notebook's name without its ending."""
    return re.sub(r"\.ipynb.*$", "", name, flags=re.IGNORECASE | re.DOTALL)
