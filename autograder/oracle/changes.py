"""What a small change of one place in a program may be, and how it is said.

Each node of a syntax tree offers the nodes that may stand in its place: operands dropped or exchanged, ``+=`` turned
into ``=``, comparisons shifted, axes and indices moved by one, transposes and function calls taken off, statements left
out, one variable for another. A change comes with words where its kind says more than the two texts do.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)
Change = tuple[ast.AST, str]  # what stands there instead; words that complete "it looks as if", or none

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
LONGEST = 24  # letters of code in a sentence: it names what is wrong, and is no line to copy


def text_of(node: ast.AST) -> str:
    """The code of a node on one line."""
    return " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())


def short(node: ast.AST) -> str:
    """The code of a node in a sentence, if it is no longer than a name or two."""
    text = text_of(node)
    return text if len(text) <= LONGEST else "…"


def stands(new: ast.AST, old: ast.AST) -> str:
    """That one thing stands where another belongs; empty if that is longer than a sentence may show."""
    one, other = short(new), short(old)
    return "" if "…" in (one, other) else f"{one} stands where {other} belongs"


def line_called(line: ast.AST) -> str:
    """Words for a line that do not give it away."""
    if isinstance(line, ast.Assign | ast.AugAssign):
        target = line.targets[0] if isinstance(line, ast.Assign) else line.target
        return f"the line for {short(target).strip('()')}"
    if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call):
        return f"the call of {short(line.value.func)}"
    return "the first line of a loop's block" if isinstance(line, ast.If) else "a line"


def parsed(pattern: str, node: ast.AST) -> ast.expr:
    """The expression that a pattern makes of a node."""
    return ast.parse(pattern.format(f"({text_of(node)})"), mode="eval").body


def changes_of(node: ast.AST, names: list[str]) -> Iterator[Change]:
    """What may stand in the place of ``node``; names: the variables that there are."""
    for kind, change in CHANGES:
        if isinstance(node, kind):
            yield from ((copy.deepcopy(new), words) for new, words in change(node))
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        yield from ((ast.Name(other, ast.Load()), "") for other in names if other != node.id)


def with_fields(node: Node, **fields: object) -> Node:
    """A copy of the node with some fields changed."""
    changed = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, copy.deepcopy(value))
    return changed


def _binary(node: ast.BinOp) -> Iterator[Change]:
    part = "term" if isinstance(node.op, ast.Add | ast.Sub) else "exponent" if isinstance(node.op, ast.Pow) else "factor"
    left, right = short(node.left), short(node.right)
    divided = isinstance(node.op, ast.Div)
    yield node.left, f"{left} is not divided by {right}" if divided else f"the {part} {right} is left out"
    yield node.right, f"the {part} {left} is left out" if not isinstance(node.op, ast.Pow) else ""
    yield from ((with_fields(node, op=op()), "") for op in ARITHMETIC.get(type(node.op), []))
    if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Pow):
        yield with_fields(node, left=node.right, right=node.left), f"{left} and {right} are exchanged"


def _augmented(node: ast.AugAssign) -> Iterator[Change]:
    target = short(node.target)
    overwritten = ast.Assign([node.target], node.value, lineno=node.lineno)
    yield overwritten, f"{target} is overwritten each time; it is to be added to"
    words = f"another operation than the one asked for changes {target}"
    yield from ((with_fields(node, op=op()), words) for op in ARITHMETIC.get(type(node.op), []))
    yield ast.Pass(), f"nothing is ever added to {target}"


def _left_out(node: ast.Assign | ast.Expr) -> Iterator[Change]:
    yield ast.Pass(), f"{line_called(node)} is missing"


def _unary(node: ast.UnaryOp) -> Iterator[Change]:
    if not isinstance(node.operand, ast.Constant):
        sign = "minus sign" if isinstance(node.op, ast.USub) else "negation"
        yield node.operand, f"the {sign} in front of {short(node.operand)} is missing"


def _comparison(node: ast.Compare) -> Iterator[Change]:
    yield from ((with_fields(node, ops=[op(), *node.ops[1:]]), "") for op in COMPARED[type(node.ops[0])])


def _boolean(node: ast.BoolOp) -> Iterator[Change]:
    yield with_fields(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And()), ""


def _constant(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value), ""
    elif isinstance(node.value, int):
        yield from ((ast.Constant(node.value + 1), ""), (ast.Constant(node.value - 1), ""))
    elif isinstance(node.value, float):
        yield from ((ast.Constant(2 * node.value + 1), ""), (ast.Constant(-node.value), ""))


def _attribute(node: ast.Attribute) -> Iterator[Change]:
    if node.attr == "T":
        yield node.value, f"{short(node.value)} is not transposed"
    elif node.attr in INSTEAD:
        yield with_fields(node, attr=INSTEAD[node.attr]), ""


def _call(node: ast.Call) -> Iterator[Change]:
    function = short(node.func)
    if len(node.args) == 1:
        yield node.args[0], f"{function} is left out around {short(node.args[0])}"
    if len(node.args) >= 2:
        swapped = with_fields(node, args=[node.args[1], node.args[0], *node.args[2:]])
        yield swapped, f"the first two arguments of {function} are exchanged"
    for dropped in node.keywords:
        without = with_fields(node, keywords=[k for k in node.keywords if k is not dropped])
        yield without, f"{function} lacks {short(dropped)}"
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        yield from _range(node)


def _range(node: ast.Call) -> Iterator[Change]:
    last = node.args[-1] if len(node.args) < 3 else node.args[1]
    first = node.args[0] if len(node.args) > 1 else ast.Constant(0)
    down = len(node.args) == 3 and text_of(node.args[2]).startswith("-")
    shifted = with_fields(node, args=[ast.BinOp(first, ast.Add(), ast.Constant(1)), last, *node.args[2:]])
    yield shifted, f"{short(node)} begins one too {'high' if down else 'late'}"
    shorter = with_fields(node, args=[first, ast.BinOp(last, ast.Sub(), ast.Constant(1)), *node.args[2:]])
    yield shorter, f"{short(node)} {'goes on one too far' if down else 'ends one too early'}"


def _slice(node: ast.Slice) -> Iterator[Change]:
    yield from (
        (with_fields(node, **{part: None}), "") for part in ("lower", "upper", "step") if getattr(node, part) is not None
    )


def _tuple(node: ast.Tuple | ast.List) -> Iterator[Change]:
    if isinstance(node.ctx, ast.Load) and not any(isinstance(e, ast.Slice | ast.Starred) for e in node.elts):
        for k in range(len(node.elts) - 1):
            swapped = with_fields(node, elts=[*node.elts[:k], node.elts[k + 1], node.elts[k], *node.elts[k + 2 :]])
            yield swapped, f"{short(node.elts[k])} and {short(node.elts[k + 1])} stand in each other's place"


def _condition(node: ast.If | ast.IfExp) -> Iterator[Change]:
    yield (
        with_fields(node, test=ast.UnaryOp(ast.Not(), node.test)),
        f"the condition {short(node.test)} is the wrong way round",
    )


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
