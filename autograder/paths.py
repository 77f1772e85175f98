"""Where things lie in a course's folder."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
GRADEBOOK = ROOT / "gradebook"
EXERCISES = ROOT / "exercises"
BOOK = ROOT / "_build" / "html"
