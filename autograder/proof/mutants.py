"""Generated wrong answers: every small change of a reference solution, one at a time.

The syntax tree of a solution is walked, and each node offers the changes that are made in
its place: operands dropped or exchanged, ``+=`` turned into ``=``, comparisons shifted, axes and
indices moved by one, transposes and function calls taken off, statements left out, one variable
for another. Libraries for mutation testing leave out what goes wrong in array code
(a transpose, an axis, the order of a product), hence this one.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ARITHMETIC: dict[type, list[type]] = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Add, ast.Div],
    ast.Div: [ast.Mult],
    ast.FloorDiv: [ast.Mult],
    ast.Pow: [ast.Mult],
}
COMPARED: dict[type, list[type]] = {
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
}
INSTEAD = {
    "zeros": "ones",
    "zeros_like": "ones_like",
    "ones": "zeros",
    "ones_like": "zeros_like",
    "max": "min",
    "maximum": "minimum",
    "minimum": "maximum",
    "argmax": "argmin",
    "sum": "mean",
    "mean": "sum",
    "tanh": "sin",
    "exp": "exp2",
    "log": "log2",
    "cumsum": "cumprod",
    "cumprod": "cumsum",
}
UNTOUCHED = ("args", "returns", "decorator_list", "ctx", "annotation")  # of anything but a call

Path = tuple[tuple[str, int | None], ...]  # fields and positions in them, from the root of the tree
Place = tuple[Path, ast.stmt | ast.expr, list[str]]


@dataclass(frozen=True)
class Mutant:
    """A changed solution: what was changed, as ``before -> after``, in which line, and the whole source."""

    change: str
    line: int
    source: str


def mutants(source: str) -> list[Mutant]:
    """Every mutant of the functions and classes in ``source``, each different from it and from the others."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    found = {}
    for path, node, names in _places(tree, (), []):
        for replacement in _replacements(node, names):
            changed = ast.unparse(ast.fix_missing_locations(_replaced(tree, path, replacement)))
            if changed != original and changed not in found:
                found[changed] = Mutant(_described(node, replacement), node.lineno, changed)
    return list(found.values())


def _places(node: ast.AST, path: Path, names: list[str]) -> Iterator[Place]:
    """Every statement and expression of a body, with the way to it and the variables there are."""
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        names = [*names, *_variables(node)]
    for name, value in ast.iter_fields(node):
        if name in UNTOUCHED and not isinstance(node, ast.Call):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or _is_text(child):
                continue
            step = (*path, (name, index))
            if isinstance(child, ast.stmt | ast.expr):
                yield step, child, names
            yield from _places(child, step, names)


def _is_text(node: ast.AST) -> bool:
    value = node.value if isinstance(node, ast.Expr) else node
    return isinstance(value, ast.JoinedStr) or (isinstance(value, ast.Constant) and isinstance(value.value, str))


def _variables(function: ast.FunctionDef | ast.Lambda) -> list[str]:
    """Parameters, and what is assigned in the body, in their order."""
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return list(dict.fromkeys([a.arg for a in function.args.args] + stored))


def _replaced(tree: ast.Module, path: Path, replacement: ast.AST) -> ast.Module:
    """A copy of the tree with another node at the end of the path."""
    changed = copy.deepcopy(tree)
    holder: ast.AST = changed
    for name, index in path[:-1]:
        value = getattr(holder, name)
        holder = value if index is None else value[index]
    name, index = path[-1]
    if index is None:
        setattr(holder, name, replacement)
    else:
        getattr(holder, name)[index] = replacement
    return changed


def _described(before: ast.AST, after: ast.AST) -> str:
    texts = [" ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split()) for node in (before, after)]
    return " -> ".join(texts)


def _replacements(node: ast.AST, names: list[str]) -> Iterator[ast.AST]:
    """What may stand in the place of ``node``."""
    for kind, change in CHANGES:
        if isinstance(node, kind):
            yield from (copy.deepcopy(new) for new in change(node))
    yield from _other_variables(node, names)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """A copy of the node with some fields changed."""
    changed = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, copy.deepcopy(value))
    return changed


def _binary(node: ast.BinOp) -> Iterator[ast.AST]:
    yield from (node.left, node.right)
    yield from (_with(node, op=op()) for op in ARITHMETIC.get(type(node.op), []))
    if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
        yield _with(node, left=node.right, right=node.left)


def _augmented(node: ast.AugAssign) -> Iterator[ast.AST]:
    yield ast.Assign([node.target], node.value, lineno=node.lineno)
    yield from (_with(node, op=op()) for op in ARITHMETIC.get(type(node.op), []))
    yield ast.Pass()


def _left_out(_node: ast.Assign | ast.Expr) -> Iterator[ast.AST]:
    yield ast.Pass()


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if not isinstance(node.operand, ast.Constant):
        yield node.operand


def _comparison(node: ast.Compare) -> Iterator[ast.AST]:
    yield from (_with(node, ops=[op(), *node.ops[1:]]) for op in COMPARED[type(node.ops[0])])


def _boolean(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    elif isinstance(node.value, float):
        yield from (ast.Constant(2 * node.value + 1), ast.Constant(-node.value))


def _attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr == "T":
        yield node.value
    elif node.attr in INSTEAD:
        yield _with(node, attr=INSTEAD[node.attr])


def _call(node: ast.Call) -> Iterator[ast.AST]:
    if len(node.args) == 1:
        yield node.args[0]
    if len(node.args) >= 2:
        yield _with(node, args=[node.args[1], node.args[0], *node.args[2:]])
    yield from (_with(node, keywords=[k for k in node.keywords if k is not dropped]) for dropped in node.keywords)
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        last = node.args[-1] if len(node.args) < 3 else node.args[1]
        first = node.args[0] if len(node.args) > 1 else ast.Constant(0)
        yield _with(node, args=[ast.BinOp(first, ast.Add(), ast.Constant(1)), last, *node.args[2:]])
        yield _with(node, args=[first, ast.BinOp(last, ast.Sub(), ast.Constant(1)), *node.args[2:]])


def _slice(node: ast.Slice) -> Iterator[ast.AST]:
    yield from (_with(node, **{part: None}) for part in ("lower", "upper", "step") if getattr(node, part) is not None)


def _tuple(node: ast.Tuple | ast.List) -> Iterator[ast.AST]:
    if isinstance(node.ctx, ast.Load) and not any(isinstance(e, ast.Slice | ast.Starred) for e in node.elts):
        for k in range(len(node.elts) - 1):
            yield _with(node, elts=[*node.elts[:k], node.elts[k + 1], node.elts[k], *node.elts[k + 2 :]])


def _condition(node: ast.If | ast.IfExp) -> Iterator[ast.AST]:
    yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _other_variables(node: ast.AST, names: list[str]) -> Iterator[ast.AST]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        yield from (ast.Name(other, ast.Load()) for other in names if other != node.id)


CHANGES: list[tuple[type | tuple[type, ...], Callable]] = [
    (ast.BinOp, _binary),
    (ast.AugAssign, _augmented),
    ((ast.Assign, ast.Expr), _left_out),
    (ast.UnaryOp, _unary),
    (ast.Compare, _comparison),
    (ast.BoolOp, _boolean),
    (ast.Constant, _constant),
    (ast.Attribute, _attribute),
    (ast.Call, _call),
    (ast.Slice, _slice),
    ((ast.Tuple, ast.List), _tuple),
    ((ast.If, ast.IfExp), _condition),
]
