"""What decides the outcome of a proof, as one digest: the modules that take part, files that they name, versions.

Two digests that are equal mean that a proof would run the same code on the same data. Of a module its syntax tree
counts, so that a comment or a line break costs no proof; of a solution and of a submission every letter.
"""

import ast
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import grimp

from autograder.paths import ROOT

PACKAGES = ("autograder", "unrolled")


@cache
def imports() -> grimp.ImportGraph:
    """Which module of the project imports which, read from their source."""
    return grimp.build_graph(*PACKAGES, cache_dir=None)


@cache
def upstream(module: str) -> frozenset[str]:
    """The module and all modules of the project that it imports, directly or through others."""
    return frozenset({module} | imports().find_upstream_modules(module))


def file_of(module: str) -> Path:
    """Where the source of a module of the project lies."""
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def files_of(modules: Iterable[str]) -> set[Path]:
    """The sources of modules, and the files beside them that they name: data, or a program that is run."""
    return {file for module in modules for file in [file_of(module), *_named_beside(file_of(module))]}


@cache
def _named_beside(path: Path) -> tuple[Path, ...]:
    text = path.read_text(encoding="utf-8")
    return tuple(f for f in sorted(path.parent.iterdir()) if f.is_file() and f != path and f'"{f.name}"' in text)


@cache
def file_digest(path: Path) -> str:
    """Of a program its syntax tree, of anything else every byte."""
    content = path.read_bytes()
    if path.suffix == ".py":
        content = ast.dump(ast.parse(content)).encode()
    return hashlib.sha256(content).hexdigest()


def digest(*parts: object) -> str:
    """Of plain data, in 20 letters."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


def digest_of_files(files: Iterable[Path]) -> str:
    """Of names and contents of files of the project."""
    return digest(sorted((file.relative_to(ROOT).as_posix(), file_digest(file)) for file in files))


def digest_of_modules(*modules: str) -> str:
    """Of the modules, all that they import and all that they name."""
    return digest_of_files(files_of(frozenset().union(*map(upstream, modules))))


def used_modules(setup: str, *sources: str) -> list[str]:
    """The modules of the project that notebook cells import and use; what only the set-up cell imports decides nothing."""
    nodes = [node for source in (setup, *sources) for node in ast.walk(ast.parse(source))]
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    return sorted({module for module, name in imported(nodes) if name in used | {"", "*"}})


def imported(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """The modules of the project that some code imports, each with the name it gives to what it gets ("" to none)."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((a.name, "") for a in node.names if a.name in imports().modules)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PACKAGES:
            for a in node.names:
                inner = f"{node.module}.{a.name}"
                yield (inner if inner in imports().modules else node.module or ""), a.asname or a.name


def versions(*packages: str) -> list[str]:
    """Of Python, without its last part, and of packages."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return [python, *(f"{package} {version(package)}" for package in packages)]
