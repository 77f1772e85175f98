"""What people write in the place of something right, beyond a change of one node: lines in another order, a step twice,
a value from before the last operation, an index one off, one row for all, another function than the one handed in.

They are no measure of a check, as small changes are: many are wrong in ways that no check has to look for. But where one
gives just what a student's function gives, it is most likely what the student wrote.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from autograder.oracle.changes import Change, parsed, short, stands, with_fields
from autograder.oracle.lines import slips_of_lines

ONE_FOR_ALL = {"{}[:1]": "the first row of {} is taken for all", "np.mean({})": "{} is replaced by its mean"}
AS_ONE = {"{}.min()": "the smallest of {} is taken for all", "{}.max()": "the largest of {} is taken for all"}
ALTERED = {
    "-{}": "{} has the wrong sign",
    "0 * {}": "{} is taken for zero",
    "{}[::-1]": "{} is reversed along its first axis",
    "np.swapaxes({}, -1, -2)": "{} is transposed",
    "np.abs({})": "the absolute value of {} is taken",
    "np.tanh({})": "{} goes through one more tanh",
    "np.flip({}, 1)": "{} is reversed along its second axis",
    "np.trunc({})": "{} is cut to whole numbers",
}


@dataclass(frozen=True)
class Scope:
    """What there is where a node stands: variables, parameters, what was assigned, and the other tasks' functions."""

    names: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)
    assigned: dict[str, ast.expr] = field(default_factory=dict)
    functions: list[str] = field(default_factory=list)


def scope_of(function: ast.FunctionDef | ast.Lambda, outer: Scope) -> Scope:
    """The scope of a function's body: parameters, and what is assigned, in their order."""
    parameters = [a.arg for a in [*function.args.args, *function.args.kwonlyargs]]
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    values = [n for n in ast.walk(function) if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)]
    assigned = {short(n.targets[0]): n.value for n in values}
    names = list(dict.fromkeys([*outer.names, *parameters, *stored]))
    return Scope(names, [*outer.parameters, *parameters], outer.assigned | assigned, outer.functions)


def slips_of(node: ast.AST, scope: Scope) -> Iterator[Change]:
    """What may stand in the place of ``node``, with words."""
    for kind, slip in SLIPS:
        if isinstance(node, kind):
            yield from slip(node, scope)
    yield from slips_of_lines(node)


def _name(node: ast.Name, scope: Scope) -> Iterator[Change]:
    """A value of before, altered, or the same for all."""
    if not isinstance(node.ctx, ast.Load) or node.id not in scope.names:
        return
    for pattern, words in (ALTERED | ONE_FOR_ALL | AS_ONE).items():
        yield parsed(pattern, node), words.format(node.id)
    for earlier in _operands(scope.assigned.get(node.id)):
        yield earlier, f"{short(earlier)} stands where {node.id} belongs"
    value = scope.assigned.get(node.id)
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
        for part in (value.left, value.right):
            yield ast.BinOp(node, ast.Mult(), part), f"{node.id} is multiplied by {short(part)} once more"
    for number in (0, 1, 2):
        yield ast.Constant(number), f"{number} stands where {node.id} belongs"


def _operands(value: ast.expr | None) -> Iterator[ast.expr]:
    """What an expression is made of, one operation before."""
    if isinstance(value, ast.BinOp):
        yield from (value.left, value.right)
    elif isinstance(value, ast.Call) and len(value.args) == 1:
        yield value.args[0]
    elif isinstance(value, ast.IfExp):
        yield from (value.body, value.orelse)


def _constant(node: ast.Constant, scope: Scope) -> Iterator[Change]:
    if type(node.value) in (int, float):
        for name in scope.parameters:
            yield ast.Name(name, ast.Load()), f"{name} stands where {node.value!r} belongs"


def _binary(node: ast.BinOp, _scope: Scope) -> Iterator[Change]:
    left, right = short(node.left), short(node.right)
    if isinstance(node.op, ast.MatMult):
        yield with_fields(node, op=ast.Mult()), f"{left} and {right} are multiplied number by number, not as matrices"
    if isinstance(node.op, ast.Add | ast.Sub):
        for what, other in (("term " + right, node.right), ("term " + left, node.left)):
            yield with_fields(node, left=node, right=other), f"the {what} is added once more"
    yield from _brackets(node)
    if not isinstance(node.op, ast.Add | ast.Sub):
        return
    yield with_fields(node, op=ast.Mult()), f"{left} and {right} are multiplied, not added"


def _brackets(node: ast.BinOp) -> Iterator[Change]:
    """The same operations in another order."""
    turned = []
    if isinstance(node.right, ast.BinOp):
        inner = node.right
        turned.append(ast.BinOp(ast.BinOp(node.left, node.op, inner.left), inner.op, inner.right))
    if isinstance(node.left, ast.BinOp):
        inner = node.left
        turned.append(ast.BinOp(inner.left, inner.op, ast.BinOp(inner.right, node.op, node.right)))
    for new in turned:
        yield new, ": ".join(filter(None, ["the brackets are elsewhere", stands(new, node)]))


def _call(node: ast.Call, scope: Scope) -> Iterator[Change]:
    function = short(node.func)
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("sum", "mean"):
        for place, words in ((-1, "last"), (0, "first")):
            new = ast.Subscript(node.func.value, ast.Constant(place), ast.Load())
            yield new, f"only the {words} of {short(node.func.value)} is taken, not their {node.func.attr}"
    if function == "sorted":
        backwards = ast.keyword("reverse", ast.Constant(True))
        yield with_fields(node, keywords=[*node.keywords, backwards]), "it is sorted in falling order"
        lower = ast.keyword("key", ast.parse("str.lower", mode="eval").body)
        yield with_fields(node, keywords=[lower]), "it is sorted without regard to capitals"
        yield with_fields(node, func=ast.Name("list", ast.Load()), keywords=[]), "it is not sorted"
    if len(node.args) == 1 and not node.keywords:
        yield with_fields(node, args=[node]), f"{function} is applied twice"
        if isinstance(node.args[0], ast.BinOp) and isinstance(node.args[0].op, ast.Add | ast.Sub):
            parts = [with_fields(node, args=[part]) for part in (node.args[0].left, node.args[0].right)]
            yield with_fields(node.args[0], left=parts[0], right=parts[1]), f"{function} is applied to each term on its own"
    if isinstance(node.func, ast.Name) and node.func.id in scope.parameters:
        for other in scope.functions:
            words = f"{other} is called in place of {function}, which is handed in"
            yield with_fields(node, func=ast.Name(other, ast.Load())), words


def _subscript(node: ast.Subscript, scope: Scope) -> Iterator[Change]:
    """One index one place further or nearer; one axis left out, or another one; a variable in the whole one's place."""
    index = node.slice
    places = list(index.elts) if isinstance(index, ast.Tuple) else [index]
    for name in [n for n in scope.names if n not in scope.parameters] if isinstance(node.ctx, ast.Load) else []:
        yield ast.Name(name, ast.Load()), f"{name} stands where {short(node)} belongs"
    for k, place in enumerate(places):
        for part in _moved_slices(place):
            elements = [*places[:k], part, *places[k + 1 :]]
            new = with_fields(node, slice=ast.Tuple(elements, ast.Load()) if isinstance(index, ast.Tuple) else part)
            yield new, stands(new, node)
    for k, place in enumerate(places):
        if not isinstance(place, ast.Name) or place.id not in scope.names:
            continue
        for sign, words in ((ast.Add(), "late"), (ast.Sub(), "early")):
            moved = [*places[:k], ast.BinOp(place, sign, ast.Constant(1)), *places[k + 1 :]]
            new = with_fields(node, slice=ast.Tuple(moved, ast.Load()) if isinstance(index, ast.Tuple) else moved[0])
            yield new, ", ".join(filter(None, [stands(new, node), f"an index is one place too {words}"]))
    if len(places) > 1:
        turned = with_fields(node, slice=ast.Tuple([*places[1:], places[0]], ast.Load()))
        yield turned, stands(turned, node)
        first = with_fields(node, slice=places[-1])
        yield first, stands(first, node)


def _moved_slices(place: ast.expr) -> Iterator[ast.Slice]:
    """What begins or ends one place further, or without what is last in place of what is first."""
    if not isinstance(place, ast.Slice) or place.step is not None:
        return
    if place.lower is not None and place.upper is None:
        yield ast.Slice(None, ast.UnaryOp(ast.USub(), place.lower))
    if place.upper is not None and place.lower is None:
        yield ast.Slice(place.upper, None)
    for part in ("lower", "upper"):
        bound = getattr(place, part)
        if bound is not None:
            yield with_fields(place, **{part: ast.BinOp(bound, ast.Add(), ast.Constant(1))})
            yield with_fields(place, **{part: ast.BinOp(bound, ast.Sub(), ast.Constant(1))})


def _targets(node: ast.Assign, _scope: Scope) -> Iterator[Change]:
    """Results in each other's variable, and a value that is changed in place."""
    target = node.targets[0]
    if isinstance(target, ast.Tuple):
        for k in range(len(target.elts) - 1):
            swapped = [*target.elts[:k], target.elts[k + 1], target.elts[k], *target.elts[k + 2 :]]
            one, other = short(target.elts[k]), short(target.elts[k + 1])
            new = with_fields(node, targets=[with_fields(target, elts=swapped)])
            yield new, f"{one} and {other} are taken for each other where {short(node.value)} is taken apart"


SLIPS: list[tuple[type | tuple[type, ...], Callable]] = [
    (ast.Name, _name),
    (ast.Constant, _constant),
    (ast.BinOp, _binary),
    (ast.Call, _call),
    (ast.Subscript, _subscript),
    (ast.Assign, _targets),
]
