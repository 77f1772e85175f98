"""Where things lie in a course's folder.

The environment variable UNROLLED_GRADEBOOK puts the gradebook somewhere else, for
instance on a disk that is backed up.
"""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
GRADEBOOK = Path(os.environ.get("UNROLLED_GRADEBOOK", ROOT / "gradebook")).absolute()
EXERCISES = ROOT / "exercises"
BOOK = ROOT / "_build" / "html"
