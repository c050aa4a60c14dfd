"""Small edits of expressions: each operator takes a node and yields what could stand in its place.

An operator never changes the node. It yields pairs: a detail that tells its edits of this node apart, and
the new node.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Final

from grader.authoring.mutants.names import Names

__all__ = ["EXPRESSIONS", "NUMERIC", "Edits", "Operator"]

Edits = Iterator[tuple[str, ast.expr]]
Operator = Callable[[ast.expr, Names], Edits]

#: Functions and methods of one numeric argument that keep their meaning whatever comes in.
NUMERIC: Final = frozenset(
    (
        *("abs", "absolute", "all", "any", "argsort", "array", "asarray", "copy", "cumsum", "diag", "exp"),
        *("expand_dims", "float", "floor", "int", "log", "log1p", "max", "mean", "min", "norm", "ravel"),
        *("relu", "round", "sigmoid", "sort", "sqrt", "square", "squeeze", "std", "sum", "tanh"),
        *("transpose", "var"),
    )
)

#: What is taken for one another.
_CONFUSED: Final = (
    ("sum", "mean", "max", "prod"),
    ("std", "var"),
    ("max", "min", "sum"),
    ("sqrt", "square", "abs"),
    ("exp", "log", "exp2"),
    ("log", "log2", "log10", "log1p"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("randn", "rand"),
    ("dot", "multiply"),
    ("any", "all"),
    ("maximum", "minimum"),
    ("eigvalsh", "diag"),
    ("tanh", "sin", "arctan"),
    ("argmax", "argmin"),
    ("random", "standard_normal"),
)

_SWAPPED: Final[dict[type[ast.operator], tuple[type[ast.operator], ...]]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.Sub),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Div, ast.Mod),
    ast.Mod: (ast.FloorDiv,),
    ast.MatMult: (ast.Mult,),
}


def name_of(node: ast.expr) -> str:
    """Return the last part of a function's name: "sqrt" of ``np.sqrt``; "" of what has none."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def drop_operand(node: ast.expr, names: Names) -> Edits:
    """Turn ``a + b`` to ``a``, and to ``b``; ``-a`` to ``a``."""
    if isinstance(node, ast.BinOp) and not _is_text(node.left):
        operator = type(node.op).__name__
        yield f"without {operator} {ast.unparse(node.right)}", node.left
        yield f"without {ast.unparse(node.left)} {operator}", node.right
    if isinstance(node, ast.UnaryOp):
        yield "keep", node.operand
    if isinstance(node, ast.BoolOp):
        for index in range(len(node.values)):
            rest = node.values[:index] + node.values[index + 1 :]
            yield f"without {index}", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def scope_of_call(node: ast.expr, names: Names) -> Edits:
    """Turn ``sqrt(a + b)`` to ``sqrt(a) + b``, and back; powers likewise, and methods."""
    if isinstance(node, ast.BinOp):
        yield from _into_call(node)
    inner = _argument(node)
    if isinstance(inner, ast.BinOp):
        yield "right out", ast.BinOp(_with_argument(node, inner.left), inner.op, inner.right)
        yield "left out", ast.BinOp(inner.left, inner.op, _with_argument(node, inner.right))


def _into_call(node: ast.BinOp) -> Edits:
    left, right = _argument(node.left), _argument(node.right)
    if left is not None:
        yield "right in", _with_argument(node.left, ast.BinOp(left, node.op, node.right))
    if right is not None:
        yield "left in", _with_argument(node.right, ast.BinOp(node.left, node.op, right))


def _argument(node: ast.expr) -> ast.expr | None:
    """Return what a numeric function, method or power is of; None where the node is none."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return node.left
    if not isinstance(node, ast.Call) or name_of(node.func) not in NUMERIC:
        return None
    if _is_method(node):
        assert isinstance(node.func, ast.Attribute)
        return node.func.value
    return node.args[0] if node.args and not isinstance(node.args[0], ast.GeneratorExp) else None


def _with_argument(node: ast.expr, argument: ast.expr) -> ast.expr:
    if isinstance(node, ast.BinOp):
        return ast.BinOp(argument, node.op, node.right)
    assert isinstance(node, ast.Call)
    if _is_method(node):
        assert isinstance(node.func, ast.Attribute)
        return ast.Call(ast.Attribute(argument, node.func.attr, ast.Load()), node.args, node.keywords)
    return ast.Call(node.func, [argument, *node.args[1:]], node.keywords)


def _is_method(node: ast.Call) -> bool:
    """Say whether a call is ``a.sum()`` and not ``np.sum(a)``."""
    return isinstance(node.func, ast.Attribute) and name_of(_root(node.func)) != "np"


def _root(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node


def swap_function(node: ast.expr, names: Names) -> Edits:
    """Turn ``np.sum`` to ``np.mean``, and others that are taken for one another."""
    if not isinstance(node, ast.Call):
        return
    old = name_of(node.func)
    offered = {other: None for group in _CONFUSED if old in group for other in group if other != old}
    for other in offered:
        if isinstance(node.func, ast.Attribute):
            yield f"{old} to {other}", _calling(node, ast.Attribute(node.func.value, other, ast.Load()))
    if old == "norm" and len(node.args) == 1:
        summed = _calling(node, ast.parse("np.sum", mode="eval").body)
        yield "norm to sum", summed


def _calling(node: ast.Call, function: ast.expr) -> ast.Call:
    return ast.Call(function, node.args, node.keywords)


def swap_variable(node: ast.expr, names: Names) -> Edits:
    """Turn a name to another one of its kind: the most alike first."""
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load) or node.id not in names.kinds:
        return
    kind = names.kinds[node.id]
    others = [name for name, other in names.kinds.items() if other == kind and name != node.id]
    for other in sorted(others, key=lambda name: _unlike(node.id, name)):
        yield f"{node.id} to {other}", ast.Name(other, ast.Load())


def _unlike(one: str, other: str) -> int:
    """Say how far two names are from being mistaken for each other."""
    if one.rstrip("0123456789") == other.rstrip("0123456789"):
        return 0
    if one[1:] == other[1:] or one[:-1] == other[:-1] or one.lower() == other.lower():
        return 1
    return 2 if len(one) == len(other) else 3


def change_operator(node: ast.expr, names: Names) -> Edits:
    """Turn ``+`` to ``-``, ``*`` to ``/``, …."""
    if isinstance(node, ast.BinOp) and not _is_text(node.left):
        for other in _SWAPPED.get(type(node.op), ()):
            yield other.__name__, ast.BinOp(node.left, other(), node.right)
        if isinstance(node.op, (ast.Sub, ast.Div)):
            yield "reversed", ast.BinOp(node.right, node.op, node.left)


def change_constant(node: ast.expr, names: Names) -> Edits:
    """Turn a number to its neighbours, its double, half and opposite; True to False."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, (bool, int, float)):
        return
    value = node.value
    if isinstance(value, bool):
        yield "negated", ast.Constant(not value)
        return
    if isinstance(value, float) and 0 < abs(value) < 0.01:
        changed: list[float] = [value * 100, value / 100, 0.0]
    elif isinstance(value, int):
        changed = [value + 1, value - 1, value * 2]
    else:
        changed = [value * 2, value / 2, value + 1, 1.0 - value]
    for other in changed:
        short = float(f"{other:.12g}") if isinstance(other, float) else other
        if other != value:
            yield f"{value:g} to {other:g}", ast.Constant(short)


def complement(node: ast.expr, names: Names) -> Edits:
    """Turn ``p`` to ``1 - p``, where p lies between 0 and 1."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names.shares:
        yield "1 - p", ast.BinOp(ast.Constant(1), ast.Sub(), node)


def drop_call(node: ast.expr, names: Names) -> Edits:
    """Turn ``sqrt(a)`` to ``a``, ``a.sum(axis=0)`` to ``a``."""
    inner = _argument(node) if isinstance(node, ast.Call) else None
    if inner is not None:
        yield "argument", inner


def drop_index(node: ast.expr, names: Names) -> Edits:
    """Turn ``X[:, order]`` to ``X``."""
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Load)
        and isinstance(node.slice, ast.Tuple)
    ):
        yield "dropped", node.value


def freeze_option(node: ast.expr, names: Names) -> Edits:
    """Turn ``options.get("eps", 1e-5)`` to ``1e-5``."""
    if isinstance(node, ast.Call) and name_of(node.func) == "get" and len(node.args) == 2:
        yield "default", node.args[1]


def insert_epsilon(node: ast.expr, names: Names) -> Edits:
    """Put epsilon in a denominator, in a root or a logarithm."""
    if not names.epsilon:
        return
    epsilon = ast.Name(names.epsilon, ast.Load())
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        yield "denominator", ast.BinOp(node.left, node.op, ast.BinOp(node.right, ast.Add(), epsilon))
    if isinstance(node, ast.Call) and name_of(node.func) in ("sqrt", "log") and node.args:
        inner = ast.BinOp(node.args[0], ast.Add(), epsilon)
        yield "argument", ast.Call(node.func, [inner, *node.args[1:]], node.keywords)


def scale_by_count(node: ast.expr, names: Names) -> Edits:
    """Multiply a sum or product by a count, and divide it."""
    arithmetic = isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub, ast.MatMult))
    summing = isinstance(node, ast.Call) and name_of(node.func) in ("sum", "dot", "norm")
    for name in names.counts if arithmetic or summing else ():
        count = ast.Name(name, ast.Load())
        yield f"over {name}", ast.BinOp(node, ast.Div(), count)
        yield f"times {name}", ast.BinOp(node, ast.Mult(), count)


def precedence(node: ast.expr, names: Names) -> Edits:
    """Turn ``a / (b * c)`` to ``a / b * c``, ``(a + b) * c`` to ``a + b * c``."""
    if not isinstance(node, ast.BinOp):
        return
    left, right = node.left, node.right
    if isinstance(right, ast.BinOp) and not isinstance(right.op, ast.Pow):
        yield "right", ast.BinOp(ast.BinOp(left, node.op, right.left), right.op, right.right)
    if isinstance(left, ast.BinOp) and not isinstance(left.op, ast.Pow):
        yield "left", ast.BinOp(left.left, left.op, ast.BinOp(left.right, node.op, right))


def change_axis(node: ast.expr, names: Names) -> Edits:
    """Take another axis or none, and leave keepdims out."""
    for index, keyword in enumerate(node.keywords if isinstance(node, ast.Call) else ()):
        assert isinstance(node, ast.Call)
        rest = node.keywords[:index] + node.keywords[index + 1 :]
        if keyword.arg in ("axis", "keepdims"):
            yield f"no {keyword.arg}", ast.Call(node.func, node.args, rest)
        if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
            other = ast.keyword("axis", ast.Constant(1 if keyword.value.value == 0 else 0))
            yield "other axis", ast.Call(node.func, node.args, [*rest, other])


def transpose(node: ast.expr, names: Names) -> Edits:
    """Turn ``a.T`` to ``a``."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield "dropped", node.value


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


#: Name and operator.
EXPRESSIONS: Final[dict[str, Operator]] = {
    "drop_operand": drop_operand,
    "scope_of_call": scope_of_call,
    "swap_function": swap_function,
    "swap_variable": swap_variable,
    "change_operator": change_operator,
    "change_constant": change_constant,
    "complement": complement,
    "drop_call": drop_call,
    "drop_index": drop_index,
    "freeze_option": freeze_option,
    "insert_epsilon": insert_epsilon,
    "scale_by_count": scale_by_count,
    "change_axis": change_axis,
    "transpose": transpose,
    "precedence": precedence,
}
