"""Call nbgrader's own converters from here: its settings, its warnings, its errors in one sentence."""

import logging
import warnings

from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config, PyFileConfigLoader

from autograder.errors import CourseError
from autograder.paths import ROOT


class StockError(CourseError):
    """nbgrader refused; the message is the last line of what it logged."""


class _Last(logging.Handler):
    """Keeps the last line of the last traceback that was logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.line = ""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().strip()
        if "Traceback" in message:
            self.line = message.splitlines()[-1]


def nbgrader_settings() -> Config:
    """The settings of ``nbgrader_config.py``."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()


def convert(converter: type[BaseConverter], config: Config) -> None:
    """Run one of nbgrader's converters, over what it made before.

    Raises StockError with nbgrader's reason if it refuses.
    """
    config[converter.__name__].force = True
    heard = _Last()
    logger = logging.getLogger("traitlets")
    logger.addHandler(heard)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)  # nbgrader 0.9 leaves these to its users
            converter(coursedir=CourseDirectory(config=config), config=config).start()
    except NbGraderException as error:
        raise StockError(f"nbgrader refused: {heard.line or error}") from error
    finally:
        logger.removeHandler(heard)
