"""What a cell defines, found without running it: the source is nobody's whom we trust.

parso reads what Python would refuse, in a time that grows with the length, and recurses on nothing.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from typing import Any

import parso

Node = Any  # of parso's tree: which attributes it has, its type says
MAGIC = re.compile(r"^([ \t]*)[%!?].*$", re.MULTILINE)
MATCH = re.compile(r"^([ \t]*)(?:match|case)[ \t]+[^\n=][^\n]*?:", re.MULTILINE)  # which parso does not know
LETTERS = re.compile(r"[^\W\d_]{2,}")
STATEMENTS = {"suite", "if_stmt", "try_stmt", "with_stmt", "for_stmt", "while_stmt", "async_stmt", "simple_stmt"}
NOTHING = {"pass", "..."}
ANSWER_WORDS = 4  # a cell with fewer is no answer to a question


class Kind(IntEnum):
    """How much there is of a definition; of two the greater counts, of equal ones the last."""

    UNFINISHED = 0  # a stub: it raises NotImplementedError at once, or does nothing
    UNREADABLE = 1  # in a cell that is not Python as it stands
    ASSIGNED = 2  # a value of whatever kind that gets the name
    WRITTEN = 3


@dataclass(frozen=True)
class Definition:
    """One definition of ``name`` in a cell; lines count from 1, and the last belongs to it."""

    name: str
    kind: Kind
    first: int = 0
    last: int = 0


@lru_cache(maxsize=256)  # the same cells are looked at to choose a notebook and to repair it
def definitions(source: str, names: tuple[str, ...]) -> tuple[Definition, ...]:
    """Every definition of one of ``names`` that running the cell would make, in the order of the text."""
    named = [n for n in names if re.search(rf"\b(?:def|class)\s+{n}\b|^[ \t]*{n}\s*[:=]", source, re.MULTILINE)]
    if not named:
        return ()
    try:
        module = _parsed(source)
        found = [d for d in map(_definition, _statements(module)) if d is not None and d.name in named]
        readable = not _has_errors(module)
    except RecursionError:
        found, readable = [], False
    if readable:
        return tuple(found)
    stubs = [d for d in found if d.kind is Kind.UNFINISHED]
    heads = re.findall(r"^[ \t]*(?:async +)?(?:def|class) +(\w+)", source, re.MULTILINE)
    others = [name for name in dict.fromkeys(heads) if name in named and name not in {d.name for d in stubs}]
    return (*stubs, *(Definition(name, Kind.UNREADABLE) for name in others))


def taken_out(source: str, unwanted: Collection[Definition]) -> str:
    """The source with these definitions as comments."""
    lines = source.split("\n")
    for one in unwanted:
        for number in range(one.first - 1, min(one.last, len(lines))):
            line = lines[number]
            indent = line[: len(line) - len(line.lstrip())]
            start = "pass  # " if number == one.first - 1 else "# "
            lines[number] = f"{indent}{start}{line.strip()}".rstrip()
    return "\n".join(lines)


def is_prose(source: str) -> bool:
    """Whether a code cell holds sentences: not Python, or nothing but comments and texts."""
    if len(LETTERS.findall(source)) < ANSWER_WORDS:
        return False
    try:
        module = _parsed(source)
        return _has_errors(module) or all(_is_text(s) for s in _statements(module))
    except RecursionError:
        return False


def _parsed(source: str) -> Node:
    return _grammar().parse(MATCH.sub(r"\1if 1:", MAGIC.sub(r"\1pass", source)))


@cache
def _grammar() -> parso.Grammar:
    return parso.load_grammar()


def _has_errors(module: Node) -> bool:
    waiting: list[Node] = [module]
    while waiting:
        node = waiting.pop()
        if node.type in ("error_node", "error_leaf"):
            return True
        waiting += getattr(node, "children", [])
    return False


def _statements(parent: Node) -> Iterator[Node]:
    """The statements below ``parent`` that are run with it, those of its branches and loops among them, in order."""
    waiting = parent.children[::-1]
    while waiting:
        node = waiting.pop()
        if node.type in STATEMENTS:
            waiting += node.children[::-1]
        elif node.type not in ("newline", "endmarker", "keyword", "operator") or node.value in NOTHING:
            yield node


def _definition(node: Node) -> Definition | None:
    inner = node
    while inner.type in ("decorated", "async_funcdef"):
        inner = inner.children[-1]
    first, last = node.start_pos[0], node.end_pos[0] - (node.end_pos[1] == 0)
    if inner.type in ("funcdef", "classdef"):
        kind = Kind.UNFINISHED if _unfinished(inner.children[-1]) else Kind.WRITTEN
        return Definition(inner.name.value, kind, first, last)
    name = _assigned(inner)
    return Definition(name, Kind.ASSIGNED, first, last) if name else None


def _assigned(node: Node) -> str:
    """The one name that a statement gives a value other than None; an empty text if it is another kind of statement."""
    if node.type != "expr_stmt" or node.children[0].type != "name":
        return ""
    sign = node.children[1]
    annotated = sign.type == "annassign" and "=" in [c.value for c in sign.children if c.type == "operator"]
    value = node.children[-1] if sign.type == "operator" and sign.value == "=" else sign.children[-1] if annotated else None
    return node.children[0].value if value is not None and value.get_code().strip() not in ("None", "...") else ""


def _unfinished(body: Node) -> bool:
    """Whether the body of a function or class raises NotImplementedError first of all, or does nothing."""
    statements = [s for s in (_statements(body) if body.type in STATEMENTS else [body]) if not _is_text(s)]
    work = [s for s in statements if s.get_code(include_prefix=False).strip() not in NOTHING]
    if not work:
        return True
    first = work[0].get_code(include_prefix=False)
    return work[0].type == "raise_stmt" and "NotImplementedError" in first


def _is_text(node: Node) -> bool:
    return node.type in ("string", "strings", "fstring")
