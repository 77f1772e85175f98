"""A wheel of this project is the learner's: it holds ``unrolled`` alone.

The instructor's package works only in the repository, beside ``solutions/`` and ``exercises/``, where the project is
installed in place (``pip install -e .``). In a wheel it would do nothing but carry the known mistakes to students.
Everything else stands in ``pyproject.toml``.
"""

import shutil

from setuptools import setup
from setuptools.command.build_py import build_py


class LearnersPackage(build_py):
    """Leaves the instructor's package out, except where the project is installed in place."""

    def finalize_options(self) -> None:
        super().finalize_options()
        if not self.editable_mode:
            self.packages = [name for name in self.packages if name.split(".")[0] != "autograder"]

    def run(self) -> None:
        if not self.editable_mode:  # all that an earlier build has left in its folder would be taken in, too
            shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()


setup(cmdclass={"build_py": LearnersPackage})
