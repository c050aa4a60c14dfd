"""Makes faulty variants of a function: every edit at one place, at all equal expressions, at all siblings.

A third of what students get wrong is the same slip at several places at once: for W and b, in every layer.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from grader.authoring.mutants.expressions import EXPRESSIONS
from grader.authoring.mutants.names import Names
from grader.authoring.mutants.parts import PARTS
from grader.authoring.mutants.statements import STATEMENTS
from grader.course.model import MutantEdit

__all__ = ["OPERATORS", "Variant", "variants"]

#: Every operator, in the order in which published wrong solutions were explained. What several of them make
#: is the first one's: another axis is no changed constant.
OPERATORS: Final = (
    "drop_operand", "scope_of_call", "delete_statement", "swap_function", "swap_variable", "change_operator",
    "move_statement", "freeze_parameter", "change_axis", "change_constant", "complement", "drop_call",
    "drop_index", "freeze_option", "insert_epsilon", "leave_loop", "swap_key", "scale_by_count",
    "change_update", "change_comparison", "fix_branch", "fix_condition", "off_by_one", "transpose",
    "change_slice", "swap_items", "precedence",
)  # fmt: skip

#: Operators whose edits are also made wherever they can be, whatever is around: all np.sum to np.mean,
#: no division by m.
EVERYWHERE: Final = ("drop_operand", "swap_function", "change_axis", "transpose", "drop_index")

#: Most variants of one operator, so that a long function with many names does not drown the others.
MOST_OF_ONE: Final = 80

#: Most variants of one function.
MOST: Final = 500

Scope = Literal["one", "equal", "siblings"]
_ALL: Final[dict[str, Any]] = {**EXPRESSIONS, **PARTS, **STATEMENTS}


@dataclass(frozen=True, slots=True)
class Variant:
    """A faulty variant of a function.

    Parameters
    ----------
    edit : MutantEdit
        What was changed.
    source : str
        The function with the edit, without decorators and docstring.
    """

    edit: MutantEdit
    source: str


@dataclass(frozen=True, slots=True)
class _Place:
    """An edit that can be made at one node; `turn` counts what its operator offers there."""

    number: int
    turn: int
    operator: str
    detail: str
    line: int
    before: str
    after: str
    target: str
    near: str


def variants(function: ast.FunctionDef, names: Names, most: int = MOST) -> list[Variant]:
    """Return the faulty variants of a function, the likeliest first; no two have the same source.

    Parameters
    ----------
    function : FunctionDef
    names : Names
        What its names stand for.
    most : int
        How many at most.
    """
    tree = _numbered(function)
    places = list(_places(tree, names))
    seen = {ast.unparse(tree)}
    found: list[Variant] = []
    for operator in OPERATORS:
        made = 0
        for scope, group in _groups([place for place in places if place.operator == operator]):
            if made == MOST_OF_ONE or len(found) == most:
                break
            source = _edited(tree, group, names)
            if source is not None and source not in seen:
                seen.add(source)
                made += 1
                found.append(Variant(_described(function.name, scope, group[0]), source))
    return found


def _described(function: str, scope: Scope, place: _Place) -> MutantEdit:
    return MutantEdit(
        function=function,
        operator=place.operator,
        line=place.line,
        scope=scope,
        before=place.before,
        after=place.after,
        target=place.target,
        near=place.near,
    )


def _numbered(function: ast.FunctionDef) -> ast.FunctionDef:
    """Return a copy whose nodes know their place; without decorators, annotations and docstring."""
    tree = copy.deepcopy(function)
    tree.decorator_list = []
    if ast.get_docstring(tree) is not None:
        tree.body = tree.body[1:] or [ast.Pass()]
    for number, node in enumerate(ast.walk(tree)):
        node.number = number  # type: ignore[attr-defined]
    return tree


def _places(tree: ast.FunctionDef, names: Names) -> Iterator[_Place]:
    targets, parents = _targets(tree), _parents(tree)
    for node in ast.walk(tree):
        if not isinstance(node, (ast.expr, ast.stmt)):
            continue
        for operator in _ALL:
            if isinstance(node, ast.stmt) != (operator in STATEMENTS):
                continue
            for turn, (detail, changed) in enumerate(_ALL[operator](node, names)):
                before, after = _texts(node, changed, operator, detail)
                number, line = node.number, node.lineno  # type: ignore[union-attr]
                target, near = targets.get(number, ""), _near(node, parents)
                yield _Place(number, turn, operator, detail, line, before, after, target, near)


def _texts(node: ast.AST, changed: ast.AST | list[ast.stmt], operator: str, detail: str) -> tuple[str, str]:
    """Return what is changed and what it becomes, as source."""
    if operator == "freeze_parameter":
        return detail.partition(" = ")[0], detail.partition(" = ")[2]
    if operator in ("move_statement", "leave_loop", "fix_branch"):
        return "\n".join(map(_head, _moved(node, detail))), f"{operator}: {detail}"
    new = changed if isinstance(changed, list) else [changed]
    if isinstance(node, ast.FormattedValue):
        return ast.unparse(node.value), ast.unparse(new[0].value)  # type: ignore[attr-defined]
    return ast.unparse(node), "\n".join(ast.unparse(_complete(each)) for each in new)


def _moved(node: Any, detail: str) -> list[ast.stmt]:
    """Return the statements that change places, or the one that leaves the other."""
    what, _, index = detail.partition(" ")
    if what in ("exchange", "into"):
        return node.body[int(index) : int(index) + 2]  # type: ignore[no-any-return]
    if what in ("last", "first"):
        return [node.body[-1 if what == "last" else 0], node]
    return [node]


def _parents(tree: ast.FunctionDef) -> dict[int, ast.expr]:
    """Return for the number of each expression the expression that it is a part of."""
    pairs = ((child, node) for node in ast.walk(tree) for child in _parts(node))
    return {child.number: node for child, node in pairs if isinstance(node, ast.expr)}  # type: ignore[attr-defined]


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the expressions right below a node; those of an argument by name are the call's."""
    for child in ast.iter_child_nodes(node):
        yield from ast.iter_child_nodes(child) if isinstance(child, ast.keyword) else [child]


def _near(node: ast.AST, parents: dict[int, ast.expr]) -> str:
    """Return the smallest expression around a node that has other names in it; "" of a statement."""
    if not isinstance(node, ast.expr):
        return ""
    own, around = _names_in(node), node
    while around.number in parents and _names_in(around) == own:  # type: ignore[attr-defined]
        around = parents[around.number]  # type: ignore[attr-defined]
    return ast.unparse(around)


def _names_in(node: ast.AST) -> set[str]:
    """Return the variables in an expression: no modules, no functions that are called."""
    called = {id(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)}
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and id(each) not in called}
    return names - {"np", "math", "torch"}


def _head(node: ast.AST) -> str:
    return ast.unparse(node).partition("\n")[0].rstrip(":")


def _complete(node: ast.AST) -> ast.AST:
    return ast.fix_missing_locations(node)


def _targets(tree: ast.FunctionDef) -> dict[int, str]:
    """Return for each node's number what its statement assigns; "return" where it returns."""
    found: dict[int, str] = {}
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Assign):
            target = ast.unparse(statement.targets[0])
        elif isinstance(statement, ast.AugAssign):
            target = ast.unparse(statement.target)
        elif isinstance(statement, ast.Return):
            target = "return"
        else:
            continue
        found |= {node.number: target for node in ast.walk(statement)}  # type: ignore[attr-defined]
    return found


def _groups(places: Sequence[_Place]) -> list[tuple[Scope, list[_Place]]]:
    """Return each place alone, equal expressions together, siblings together; likely ones first."""
    groups: list[tuple[Scope, list[_Place]]] = [("one", [place]) for place in places]
    groups += [("equal", group) for group in _together(places, lambda place: (place.detail, place.before))]
    groups += [
        ("siblings", group)
        for group in _together(places, lambda place: (_pattern(place.detail), _pattern(place.before)))
    ]
    everywhere = [place for place in places if place.operator in EVERYWHERE]
    groups += [("siblings", group) for group in _together(everywhere, lambda place: place.detail)]
    return sorted(groups, key=lambda group: group[1][0].turn)


def _together(places: Iterable[_Place], key: Any) -> Iterator[list[_Place]]:
    groups: dict[Any, dict[int, _Place]] = {}
    for place in places:
        groups.setdefault(key(place), {}).setdefault(place.number, place)
    yield from (list(group.values()) for group in groups.values() if len(group) > 1)


def _pattern(text: str) -> str:
    """Return a text without what differs between layers, between W and b, and between v and s."""
    text = re.sub(r"\b(d?)[A-Za-z](?=\d|\{)|\b[vs](?=_|\b)", r"\1@", text)
    # the input stands where a layer's activations do
    return re.sub(r"(?<=[a-z_])\d+", "#", re.sub(r"@\d+|\b[A-Z]\b", "@", text))


def _edited(tree: ast.FunctionDef, group: Sequence[_Place], names: Names) -> str | None:
    """Return the function's source with the edits of a group; None where they do not go together."""
    edited = _Editing(group, names).visit(copy.deepcopy(tree))
    try:
        return ast.unparse(ast.fix_missing_locations(edited))
    except (ValueError, TypeError, AttributeError):
        return None


class _Editing(ast.NodeTransformer):
    """Makes edits, inner ones first."""

    def __init__(self, group: Sequence[_Place], names: Names) -> None:
        self._wanted = {place.number: place for place in group}
        self._names = names

    def visit(self, node: ast.AST) -> Any:
        """Return the node, or what stands in its place."""
        number = getattr(node, "number", None)
        node = self.generic_visit(node)
        place = self._wanted.get(number) if number is not None else None
        if place is None:
            return node
        # What is inside may have changed, so that the edit is no longer to be had.
        return dict(_ALL[place.operator](node, self._names)).get(place.detail, node)
