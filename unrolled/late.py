"""Modules that are imported when they are first used: drawing and torch take seconds, and ``check`` does without both."""

from importlib import import_module
from types import ModuleType
from typing import Any


class Late:
    """Stands for the module ``name`` and imports it as soon as something of it is asked for.

    Raises ModuleNotFoundError then, with what to install, if its package is not there.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._module: ModuleType | None = None

    def __getattr__(self, attribute: str) -> Any:
        if self._module is None:
            self._module = self._imported()
        return getattr(self._module, attribute)

    def _imported(self) -> ModuleType:
        package = self._name.split(".")[0]
        try:
            return import_module(self._name)
        except ModuleNotFoundError as error:
            if error.name != package:
                raise
            sentence = f"{package} is not installed here: run  %pip install {package}  and then this cell again."
            raise ModuleNotFoundError(sentence, name=package) from None
