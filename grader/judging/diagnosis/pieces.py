"""Pieces of the reference in words that hold none of its code: what a piece is, and the names in it.

Only names are said that students know; what stands in `words` is how each is written.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = ["Pieces", "enumeration", "function_of", "makes", "operation", "parsed"]

#: More names than this do not help to find a place.
MOST_NAMES: Final = 4

#: What a function or method makes of its argument.
_MAKES: Final = {
    "abs": "the absolute value",
    "argmax": "the place of the maximum",
    "argmin": "the place of the minimum",
    "cumsum": "the running sum",
    "diag": "the diagonal",
    "dot": "the matrix product",
    "eigvalsh": "the eigenvalues",
    "exp": "the exponential",
    "log": "the logarithm",
    "log10": "the logarithm to base 10",
    "log1p": "the logarithm of 1 plus",
    "log2": "the logarithm to base 2",
    "max": "the maximum",
    "maximum": "the larger one",
    "mean": "the mean",
    "min": "the minimum",
    "minimum": "the smaller one",
    "multiply": "the product entry by entry",
    "norm": "the norm",
    "prod": "the product of all entries",
    "relu": "the ReLU",
    "sigmoid": "the sigmoid",
    "sort": "the sorted order",
    "sqrt": "the square root",
    "square": "the square",
    "std": "the standard deviation",
    "sum": "the sum",
    "tanh": "the tanh",
    "var": "the variance",
}

_OPERATIONS: Final[dict[type[ast.operator], str]] = {
    ast.Add: "addition",
    ast.Sub: "subtraction",
    ast.Mult: "multiplication",
    ast.Div: "division",
    ast.FloorDiv: "division rounded down",
    ast.Mod: "remainder",
    ast.Pow: "power",
    ast.MatMult: "matrix product",
}

#: What names nothing that could be looked for.
_SILENT: Final = frozenset({"np", "math", "torch", "_"})


def operation(op: ast.operator) -> str:
    """Return the noun of an operation: "addition"."""
    return _OPERATIONS.get(type(op), "calculation")


@lru_cache(maxsize=1024)
def parsed(source: str) -> ast.AST | None:
    """Parse a piece of source: an expression, the head of a compound statement, or statements."""
    for text, mode in (
        (source, "eval"),
        (f"_[{source}]", "eval"),
        (source, "exec"),
        (f"{source}:\n    pass", "exec"),
    ):
        with contextlib.suppress(SyntaxError):
            tree = ast.parse(text, mode=mode)
            body = getattr(tree, "body", None)
            if isinstance(body, ast.Subscript) and text.startswith("_["):
                return body.slice
            return body[0] if isinstance(body, list) and len(body) == 1 else body if mode == "eval" else tree
    return None


@dataclass(frozen=True, slots=True)
class Pieces:
    """Says pieces in words.

    Parameters
    ----------
    words : mapping of str to str
        How a sentence writes the names that students know.
    """

    words: Mapping[str, str]

    def names(self, node: ast.AST | None) -> list[str]:
        """Return the names in a piece that students know, as they are written, in order."""
        return list(dict.fromkeys(name for _, name in sorted(self._found(node), key=lambda pair: pair[0])))

    def listed(self, node: ast.AST | None) -> str:
        """Return the names as an enumeration; "" where there is none, or so many that they say nothing."""
        names = self.names(node)
        return enumeration(names) if len(names) <= MOST_NAMES else enumeration([*names[:3], "others"])

    def about(self, node: ast.AST | None, link: str = " with ") -> str:
        """Return " with `a` and `b`"; "" without a name."""
        names = self.listed(node)
        return f"{link}{names}" if names else ""

    def called(self, node: ast.AST | None) -> str:
        """Name a piece that has a name of its own: a variable, an entry, a size, what a function makes."""
        match node:
            case ast.Name(id=name):
                return self.words.get(name, "")
            case ast.UnaryOp(operand=inner) | ast.Attribute(value=inner, attr="T"):
                return self.called(inner)
            case ast.Subscript():
                return self._entry(node)
            case ast.Call():
                return self._made(node)
            case ast.BinOp(op=ast.Pow()):
                return self._power(node)
        return self._joined(node) if isinstance(node, ast.JoinedStr) else ""

    def place(self, target: str) -> str:
        """Name what a statement assigns; "" where students do not know it."""
        node = parsed(target) if target not in ("", "return") else None
        if isinstance(node, ast.Tuple):
            names = [self.called(item) for item in node.elts]
            return enumeration(names) if all(names) else ""
        return self.called(node)

    def _found(self, node: ast.AST | None) -> Iterator[tuple[tuple[int, int], str]]:
        """Yield the names with their places; a size of an array stands for the array."""
        if node is None or (isinstance(node, ast.Name) and node.id in _SILENT):
            return
        at = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
        whole = ""
        if isinstance(node, ast.Subscript):
            whole = self._key(node) or self._size(node)
        elif isinstance(node, ast.JoinedStr):
            whole = self._joined(node)
        elif isinstance(node, ast.Name):
            whole = self.words.get(node.id, "")
        elif isinstance(node, ast.Call) and function_of(node) == "len" and node.args:
            whole = self._sized(node.args[0])
        if whole:
            yield at, whole
            return
        for child in ast.iter_child_nodes(node):
            yield from self._found(child)

    def _made(self, node: ast.Call) -> str:
        made, inner = _MAKES.get(function_of(node), ""), self._argument(node)
        return f"{made} of {inner}" if made and inner else made

    def _argument(self, node: ast.Call) -> str:
        method = isinstance(node.func, ast.Attribute) and not (
            isinstance(node.func.value, ast.Name) and node.func.value.id in _SILENT
        )
        inner = node.func.value if method and isinstance(node.func, ast.Attribute) else None
        return self.called(inner or (node.args[0] if node.args else None))

    def _power(self, node: ast.BinOp) -> str:
        base = self.called(node.left)
        if isinstance(node.right, ast.Constant) and node.right.value == 2:
            return f"the square of {base}" if base else ""
        exponent = self.called(node.right)
        return f"{base} to the power {exponent}" if base and exponent else ""

    def _entry(self, node: ast.Subscript) -> str:
        """Name an entry by its key, a size; of what has other indices the whole."""
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            return self._key(node)
        return self._key(node) or self._size(node) or self.called(node.value)

    def _key(self, node: ast.Subscript) -> str:
        """Name an entry of a dict by its key."""
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            return self.words.get(node.slice.value, "")
        return self._joined(node.slice) if isinstance(node.slice, ast.JoinedStr) else ""

    def _joined(self, node: ast.JoinedStr) -> str:
        """Write the key of a layer as the course does: Wl."""
        parts = [part.value if isinstance(part, ast.Constant) else "l" for part in node.values]
        return f"`{''.join(map(str, parts))}`"

    def _size(self, node: ast.Subscript) -> str:
        shape = node.value
        if isinstance(shape, ast.Attribute) and shape.attr == "shape":
            return self._sized(shape.value)
        return ""

    def _sized(self, node: ast.AST) -> str:
        name = self.called(node)
        return f"a size of {name}" if name else ""


def function_of(node: ast.AST | None) -> str:
    """Return the last part of the name of what is called; "" of what is no call."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def makes(node: ast.AST | None) -> str:
    """Say what a call or power makes: "the square root"; "" of what has no word."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return "the power"
    return _MAKES.get(function_of(node), "")


def enumeration(names: list[str]) -> str:
    """Return "a, b and c"."""
    return " and ".join(([", ".join(names[:-1])] if names[1:] else []) + names[-1:])
