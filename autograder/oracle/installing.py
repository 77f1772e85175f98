"""What a notebook says where the course or torch is missing, as on Colab: what to install, in one line.

The requirement stands in ``pyproject.toml``, under ``[tool.unrolled]``, where a fork can name its own address.
"""

import ast
import tomllib

from autograder.paths import ROOT

NEEDED = ("torch", "unrolled")
END = "  and then this cell again.')\n\n"


def needs(source: str) -> list[str]:
    """Which of the packages that may be missing this code imports."""
    nodes = ast.parse(source).body
    modules = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    modules += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    imported = {module.split(".")[0] for module in modules}
    return [name for name in NEEDED if name in imported]


def with_install_line(source: str, extra: str) -> str:
    """A cell that begins with the line, if it imports what may be missing.

    extra: what is to be installed beside the package itself, "plots" or "torch"
    """
    names = needs(source)
    if not names:
        return source
    requirement = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["unrolled"]["install"]
    there = " and ".join(f'find_spec("{name}")' for name in names)
    condition = f"not ({there})" if len(names) > 1 else f"not {there}"
    line = f'Not installed here: run  %pip install "{requirement.replace("EXTRA", extra)}"{END}'
    return f"from importlib.util import find_spec\n\nif {condition}:\n    raise ImportError('{line}{source}"


def without_install_line(source: str) -> str:
    """The cell as it was before, also where the line names another address."""
    return source.split(END, 1)[-1]
