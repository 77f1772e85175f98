"""Modules that are imported when they are first used: drawing and torch take seconds, and ``check`` does without both."""

from importlib import import_module
from typing import Any


class Late:
    """Stands for the module ``name`` and imports it as soon as something of it is asked for.

    Raises ModuleNotFoundError then, with what to install, if its package is not there.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        package = self._name.split(".")[0]
        try:
            return getattr(import_module(self._name), attribute)
        except ModuleNotFoundError as error:
            if error.name != package:
                raise
            sentence = f"{package} is not installed here: run  %pip install {package}  and then this cell again."
            raise ModuleNotFoundError(sentence, name=package) from None
