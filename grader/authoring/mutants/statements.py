"""Small edits of statements: deleted, moved, at another level of indentation, a parameter that is never read.

As `grader.authoring.mutants.expressions`, but a node may give way to several statements.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Final

from grader.authoring.mutants.names import Names

__all__ = ["STATEMENTS"]

StatementEdits = Iterator[tuple[str, ast.stmt | list[ast.stmt]]]

_OPPOSITE: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
_SIMPLE: Final = (ast.Assign, ast.AugAssign, ast.Expr, ast.Break, ast.Continue, ast.Raise)


def delete_statement(node: ast.stmt, names: Names) -> StatementEdits:
    """Leave a statement out."""
    if isinstance(node, _SIMPLE) and not _is_docstring(node):
        yield "deleted", ast.Pass()


def move_statement(node: ast.stmt, names: Names) -> StatementEdits:
    """Exchange neighbours; put what follows a loop into it."""
    if not isinstance(node, (ast.FunctionDef, ast.For, ast.While, ast.If)):
        return
    body = node.body
    first = 1 if isinstance(node, ast.FunctionDef) and _is_docstring(body[0]) else 0
    for index in range(first, len(body) - 1):
        here, after = body[index], body[index + 1]
        if isinstance(after, ast.Return) and not isinstance(here, (ast.For, ast.While)):
            continue
        if not isinstance(after, ast.Return):
            yield f"exchange {index}", _with_body(node, [*body[:index], after, here, *body[index + 2 :]])
        if isinstance(here, (ast.For, ast.While)):
            inside = _with_body(here, [*here.body, after])
            yield f"into {index}", _with_body(node, [*body[:index], inside, *body[index + 2 :]])


def leave_loop(node: ast.stmt, names: Names) -> StatementEdits:
    """Put the last statement of a loop behind it, the first before it."""
    if not isinstance(node, (ast.For, ast.While, ast.If)) or len(node.body) < 2:
        return
    yield "last behind", [_with_body(node, node.body[:-1]), node.body[-1]]
    yield "first before", [node.body[0], _with_body(node, node.body[1:])]


def freeze_parameter(node: ast.stmt, names: Names) -> StatementEdits:
    """Give a parameter its default whatever is passed, or its value in the first public case."""
    if not isinstance(node, ast.FunctionDef):
        return
    start = 1 if _is_docstring(node.body[0]) else 0
    for name, value in [(name, value) for name, values in names.published.items() for value in values]:
        frozen = ast.Assign([ast.Name(name, ast.Store())], ast.Constant(value), lineno=node.lineno)
        yield f"{name} = {value!r}", _with_body(node, [*node.body[:start], frozen, *node.body[start:]])


def change_update(node: ast.stmt, names: Names) -> StatementEdits:
    """Turn ``+=`` to ``-=``, and to ``=``."""
    if not isinstance(node, ast.AugAssign):
        return
    if type(node.op) in _OPPOSITE:
        yield "opposite", ast.AugAssign(node.target, _OPPOSITE[type(node.op)](), node.value)
    yield "overwritten", ast.Assign([node.target], node.value, lineno=node.lineno)


def fix_branch(node: ast.stmt, names: Names) -> StatementEdits:
    """Run the body of an if always, or never."""
    if isinstance(node, ast.If):
        yield "always", list(node.body)
        yield "never", list(node.orelse) or [ast.Pass()]


def _with_body(node: ast.stmt, body: list[ast.stmt]) -> ast.stmt:
    """Return a compound statement with another body."""
    fields = dict(ast.iter_fields(node)) | {"body": body}
    return type(node)(**fields, lineno=node.lineno)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


STATEMENTS: Final[dict[str, Callable[[ast.stmt, Names], StatementEdits]]] = {
    "delete_statement": delete_statement,
    "move_statement": move_statement,
    "freeze_parameter": freeze_parameter,
    "leave_loop": leave_loop,
    "change_update": change_update,
    "fix_branch": fix_branch,
}
