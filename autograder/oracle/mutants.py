"""Generated wrong answers: every small change of a reference solution, one at a time.

They serve twice: each has to lose points (see ``proof``), and what each gives is known, so that a student who made the
same slip can be told. Libraries for mutation testing leave out what goes wrong in array code (a transpose, an axis, the
order of a product), and say nothing of what they changed; hence this one.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.oracle.changes import Change, changes_of, short, stands, text_of
from autograder.oracle.slips import Scope, scope_of, slips_of

LONGEST_SENTENCE = 110
UNTOUCHED = ("args", "returns", "decorator_list", "ctx", "annotation")  # of anything but a call

Path = tuple[tuple[str, int | None], ...]  # fields and positions in them, from the root of the tree
Place = tuple[Path, ast.stmt | ast.expr, Scope]


@dataclass(frozen=True)
class Mutant:
    """A changed solution: what was changed, as ``before -> after``, in which line, and the whole source.

    says: completes "it looks as if", where that can be said in a sentence of some length; else empty
    """

    change: str
    line: int
    source: str
    says: str


def mutants(source: str) -> list[Mutant]:
    """Every mutant of the functions and classes in ``source``, each different from it and from the others."""
    return _all(source, Scope(), lambda node, scope: changes_of(node, scope.names))


def slips(source: str, functions: list[str]) -> list[Mutant]:
    """Every slip in ``source``, as mutants; functions: those of the other tasks, which it may call."""
    return _all(source, Scope(functions=functions), slips_of)


def _all(source: str, outer: Scope, instead: Callable[[ast.AST, Scope], Iterator[Change]]) -> list[Mutant]:
    tree = ast.parse(source)
    original = ast.unparse(tree)
    found = {}
    for path, node, scope in _places(tree, (), outer):
        for replacement, words in instead(node, scope):
            changed = _replaced(tree, path, replacement)
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text != original and text not in found:
                change = f"{text_of(node)} -> {text_of(replacement)}"
                found[text] = Mutant(change, node.lineno, text, _sentence(tree, changed, path, words))
    return list(found.values())


def _places(node: ast.AST, path: Path, scope: Scope) -> Iterator[Place]:
    """Every statement and expression of a body, with the way to it and what there is there."""
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        scope = scope_of(node, scope)
    for name, value in ast.iter_fields(node):
        if name in UNTOUCHED and not isinstance(node, ast.Call):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or _is_text(child):
                continue
            step = (*path, (name, index))
            if isinstance(child, ast.stmt | ast.expr):
                yield step, child, scope
            yield from _places(child, step, scope)


def _is_text(node: ast.AST) -> bool:
    value = node.value if isinstance(node, ast.Expr) else node
    return isinstance(value, ast.JoinedStr) or (isinstance(value, ast.Constant) and isinstance(value.value, str))


def _replaced(tree: ast.Module, path: Path, replacement: ast.AST) -> ast.Module:
    """A copy of the tree with another node at the end of the path."""
    changed = copy.deepcopy(tree)
    holder = list(_along(changed, path[:-1]))[-1]
    name, index = path[-1]
    if index is None:
        setattr(holder, name, replacement)
    else:
        getattr(holder, name)[index] = replacement
    return changed


def _along(tree: ast.Module, path: Path) -> Iterator[ast.AST]:
    """The nodes on the way from the root to the end of the path."""
    node: ast.AST = tree
    yield node
    for name, index in path:
        node = getattr(node, name) if index is None else getattr(node, name)[index]
        yield node


def _sentence(tree: ast.Module, changed: ast.Module, path: Path, words: str) -> str:
    """What a student is told of a change: its words, or both texts, and what is computed there."""
    before, after = list(_along(tree, path)), list(_along(changed, path))
    statement = next(k for k in reversed(range(len(before))) if isinstance(before[k], ast.stmt))
    if not words:
        words = _both_texts(before[statement:], after[statement:])
    if not words or len(words) > LONGEST_SENTENCE:
        return ""
    where = "" if statement == len(before) - 1 else _computed(before[statement])
    return f"{where}{words}."


def _both_texts(before: list[ast.AST], after: list[ast.AST]) -> str:
    """The smallest expression around a change that says where it is, as it is and as it was; or the change alone."""
    for k in reversed(range(len(before))):
        if not isinstance(before[k], ast.expr | ast.keyword) or _is_index(before[k]):
            continue
        if not isinstance(before[k], ast.Name | ast.Constant | ast.UnaryOp) or k <= 1:
            return stands(after[k], before[k]) or stands(after[-1], before[-1]) or "an operation is not the one asked for"
    return ""


def _is_index(node: ast.AST) -> bool:
    """Whether a node is only what stands between square brackets, which says nothing by itself."""
    return isinstance(node, ast.Slice) or (isinstance(node, ast.Tuple) and any(map(_is_index, node.elts)))


def _computed(statement: ast.AST) -> str:
    """What a statement computes, as the beginning of a sentence."""
    if isinstance(statement, ast.Return):
        return "in the result, "
    if isinstance(statement, ast.Assign | ast.AugAssign):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        return f"where {short(target).strip('()')} is computed, "
    return ""
