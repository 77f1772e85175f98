"""Slips of whole lines: their order, how often they are done, what a loop goes over, what an argument is taken for."""

import ast
from collections.abc import Iterator

from autograder.oracle.changes import Change, line_called, parsed, short, with_fields

SIMPLE = ast.Assign | ast.AugAssign | ast.Expr
STATEMENTS = ast.FunctionDef | ast.For | ast.While | ast.If
TAKEN_FOR = {
    "np.swapaxes({}, 0, 1)": "the first axis of {} is taken for its second, and the second for its first",
    "{}[::-1]": "{} is taken in reverse along its first axis",
    "np.flip({}, 1)": "{} is taken in reverse along its second axis",
    "0 * {}": "{} counts as zero",
    "np.broadcast_to({0}[:1], {0}.shape)": "the first row of {} is taken for all rows",
    "np.full_like({0}, {0}[0])": "the first of {} is taken for all",
    "np.full_like({0}, {0}.min())": "the smallest of {} is taken for all",
    "np.full_like({0}, {0}.max())": "the largest of {} is taken for all",
    "{} + 1": "{} counts as one more",
    "{} - 1": "{} counts as one less",
    "1": "{} counts as 1, whatever is handed in",
    "2": "{} counts as 2, whatever is handed in",
    "np.abs({})": "the absolute value of {} is taken",
}


def slips_of_lines(node: ast.AST) -> Iterator[Change]:
    """What may stand in the place of a statement, with words."""
    if isinstance(node, STATEMENTS):
        yield from _bodies(node)
    if isinstance(node, ast.For):
        yield from _loops(node)
    if isinstance(node, ast.FunctionDef):
        yield from _arguments(node)
    if isinstance(node, ast.If):
        yield from _if(node)


def _bodies(node: STATEMENTS) -> Iterator[Change]:
    """Lines of one block exchanged, repeated, or moved into or out of a loop."""
    for k, line in enumerate(node.body):
        rest = node.body[k + 1 :]
        if isinstance(line, SIMPLE) and not _is_docstring(line):
            yield _instead(node, k, [line, line, *rest]), f"{line_called(line)} is done twice"
            if rest and isinstance(rest[0], SIMPLE):
                words = f"{line_called(line)} and {line_called(rest[0])} are done in the other order"
                yield _instead(node, k, [rest[0], line, *rest[1:]]), words
            if rest and isinstance(rest[0], ast.For | ast.While):
                inside = with_fields(rest[0], body=[line, *rest[0].body])
                yield _instead(node, k, [inside, *rest[1:]]), f"{line_called(line)} is done again in every round"
        if isinstance(line, ast.For | ast.While) and len(line.body) > 1:
            first, last = line.body[0], line.body[-1]
            before = [first, with_fields(line, body=line.body[1:]), *rest]
            yield _instead(node, k, before), f"{line_called(first)} is done once, before the loop, and not in every round"
            behind = [with_fields(line, body=line.body[:-1]), last, *rest]
            yield _instead(node, k, behind), f"{line_called(last)} is done once, after the loop, and not in every round"


def _instead(node: STATEMENTS, k: int, lines: list[ast.stmt]) -> ast.AST:
    """A statement whose block goes on otherwise from line ``k`` on."""
    return with_fields(node, body=[*node.body[:k], *lines])


def _is_docstring(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def _loops(node: ast.For) -> Iterator[Change]:
    """What a loop goes over, without an end of it."""
    for pattern, words in (
        ("list({})[1:]", "leaves out the first of"),
        ("list({})[:-1]", "leaves out the last of"),
        ("list({})[:1]", "takes only the first of"),
        ("list({})[::-1]", "goes backwards through"),
    ):
        yield with_fields(node, iter=parsed(pattern, node.iter)), f"the loop {words} {short(node.iter)}"


def _arguments(node: ast.FunctionDef) -> Iterator[Change]:
    """An argument that is taken for something else throughout."""
    start = 1 if node.body and _is_docstring(node.body[0]) else 0
    for argument in [*node.args.args, *node.args.kwonlyargs]:
        for pattern, words in TAKEN_FOR.items():
            line = ast.parse(f"{argument.arg} = {pattern.format(argument.arg)}").body[0]
            new = with_fields(node, body=[*node.body[:start], line, *node.body[start:]])
            yield new, words.format(argument.arg)


def _if(node: ast.If) -> Iterator[Change]:
    condition = short(node.test)
    always = ast.If(ast.Constant(True), node.body, [])
    yield always, f"what is meant for {condition} is done always"
    yield ast.Pass(), f"the case {condition} is not treated"
