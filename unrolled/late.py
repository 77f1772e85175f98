"""Modules that are imported when they are first used: torch takes seconds, and most commands do without it."""

from importlib import import_module
from typing import Any


class Late:
    """Stands for the module ``name`` and imports it as soon as something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)
