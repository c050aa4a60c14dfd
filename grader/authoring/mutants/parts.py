"""Small edits of indices, slices, conditions, keys and returned tuples.

As `grader.authoring.mutants.expressions`.
"""

from __future__ import annotations

import ast
from typing import Final

from grader.authoring.mutants.expressions import Edits, Operator, name_of
from grader.authoring.mutants.names import Names

__all__ = ["PARTS"]

_COMPARED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}


def swap_key(node: ast.expr, names: Names) -> Edits:
    """Exchange neighbouring keys of a dict, and the keys of W and b."""
    if isinstance(node, ast.Dict):
        for index in range(len(node.keys) - 1):
            keys = list(node.keys)
            keys[index], keys[index + 1] = keys[index + 1], keys[index]
            yield f"{index}", ast.Dict(keys, node.values)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        for detail, key in _other_keys(node.slice):
            yield detail, ast.Subscript(node.value, key, node.ctx)


def _other_keys(key: ast.expr) -> Edits:
    """Yield ``f"b{l}"`` for ``f"W{l}"`` and the like."""
    exchanged = {"W": "b", "b": "W", "dW": "db", "db": "dW"}
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        stem = key.value.rstrip("0123456789")
        if stem in exchanged:
            yield exchanged[stem], ast.Constant(exchanged[stem] + key.value[len(stem) :])
    if isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
        other = exchanged.get(str(key.values[0].value))
        if other is not None:
            yield other, ast.JoinedStr([ast.Constant(other), *key.values[1:]])


def change_slice(node: ast.expr, names: Names) -> Edits:
    """Move an end of a slice by one, or leave it out; leave the step out."""
    if not isinstance(node, ast.Slice):
        return
    for end in ("lower", "upper", "step"):
        value = getattr(node, end)
        if value is None:
            continue
        yield f"no {end}", _slice(node, end, None)
        for sign, op in (("+", ast.Add()), ("-", ast.Sub())):
            if end != "step":
                moved = ast.BinOp(value, op, ast.Constant(1))
                yield f"{end} {sign} 1", _slice(node, end, moved)


def _slice(node: ast.Slice, end: str, value: ast.expr | None) -> ast.Slice:
    ends = {"lower": node.lower, "upper": node.upper, "step": node.step} | {end: value}
    return ast.Slice(ends["lower"], ends["upper"], ends["step"])


def off_by_one(node: ast.expr, names: Names) -> Edits:
    """Make an index, a power, the number in a key, or an argument of range larger or smaller by one."""
    if isinstance(node, ast.Subscript) and _is_whole(node.slice, names):
        for detail, index in _moved(node.slice):
            yield detail, ast.Subscript(node.value, index, node.ctx)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and _is_whole(node.right, names):
        for detail, power in _moved(node.right):
            yield detail, ast.BinOp(node.left, node.op, power)
    if isinstance(node, ast.FormattedValue) and _is_whole(node.value, names):
        for detail, value in _moved(node.value):
            yield detail, ast.FormattedValue(value, node.conversion, node.format_spec)
    if isinstance(node, ast.Call) and name_of(node.func) == "range":
        for place, argument in enumerate(node.args):
            for detail, value in _moved(argument):
                arguments = [*node.args[:place], value, *node.args[place + 1 :]]
                yield f"{place}: {detail}", ast.Call(node.func, arguments, node.keywords)
        if len(node.args) == 2:
            yield "from zero", ast.Call(node.func, node.args[1:], node.keywords)


def _is_whole(node: ast.expr, names: Names) -> bool:
    if isinstance(node, ast.Name):
        return names.kinds.get(node.id) == "number"
    return isinstance(node, ast.BinOp)


def _moved(node: ast.expr) -> Edits:
    yield "+ 1", ast.BinOp(node, ast.Add(), ast.Constant(1))
    yield "- 1", ast.BinOp(node, ast.Sub(), ast.Constant(1))


def change_comparison(node: ast.expr, names: Names) -> Edits:
    """Turn ``<`` to ``<=`` and ``>``, ``and`` to ``or``."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in _COMPARED.get(type(node.ops[0]), ()):
            yield other.__name__, ast.Compare(node.left, [other()], node.comparators)
    if isinstance(node, ast.BoolOp):
        yield "and/or", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


def fix_condition(node: ast.expr, names: Names) -> Edits:
    """Turn ``a if c else b`` to ``a``, and to ``b``."""
    if isinstance(node, ast.IfExp):
        yield "body", node.body
        yield "else", node.orelse


def swap_items(node: ast.expr, names: Names) -> Edits:
    """Exchange neighbours of a tuple or list, or the first two arguments of a call."""
    if isinstance(node, (ast.Tuple, ast.List)) and isinstance(node.ctx, ast.Load):
        for index in range(len(node.elts) - 1):
            items = list(node.elts)
            items[index], items[index + 1] = items[index + 1], items[index]
            yield f"{index}", type(node)(items, node.ctx)
    if isinstance(node, ast.Call) and len(node.args) >= 2 and name_of(node.func) != "range":
        yield "arguments", ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)


PARTS: Final[dict[str, Operator]] = {
    "swap_key": swap_key,
    "change_comparison": change_comparison,
    "fix_condition": fix_condition,
    "off_by_one": off_by_one,
    "change_slice": change_slice,
    "swap_items": swap_items,
}
