"""The reference, its alternatives and its mistakes as files that students could have handed in."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set

from grader.authoring.reference import Reference
from grader.authoring.source import Definition, Source
from grader.course.declare import AlternativeDeclared, MistakeDeclared

__all__ = ["submission"]

_DECORATORS = ("mistake", "alternative", "edited")


def submission(reference: Reference, variant: MistakeDeclared | AlternativeDeclared | None = None) -> bytes:
    """Return a submission: the solution, with one function as a variant of it has it.

    Parameters
    ----------
    reference : Reference
    variant : MistakeDeclared or AlternativeDeclared, optional
        The solution itself without one.
    """
    pieces = list(_answers(reference, variant))
    if not reference.answers:
        pieces = list(_pieces(reference, variant))
    return ("\n\n\n".join(pieces) + "\n").encode()


def _answers(reference: Reference, variant: MistakeDeclared | AlternativeDeclared | None) -> Iterator[str]:
    """Yield the lines of a quiz."""
    values = reference.module(variant).__dict__
    yield from (f"{name} = {values[name]!r}" for name in reference.answers)


def _pieces(reference: Reference, variant: MistakeDeclared | AlternativeDeclared | None) -> Iterator[str]:
    yield from _plain(reference.solution)
    if variant is None:
        return
    if variant.function is None:
        yield reference.edited(variant)
        return
    file = reference.sources["mistakes" if isinstance(variant, MistakeDeclared) else "alternatives"]
    # the solution's names win, as they do in the build
    yield from _plain(file, without=set(reference.namespaces["solution"]))
    function = file.function(variant.name)
    assert function is not None
    yield file.cut(function)
    if variant.name != variant.exercise:
        yield f"{variant.exercise} = {variant.name}"


def _plain(source: Source, without: Set[str] = frozenset()) -> Iterator[str]:
    """Yield a file's statements without what is the course's own: declarations and imports of them."""
    for node in source.tree.body:
        if isinstance(node, ast.ImportFrom):
            if not node.level and (node.module or "").partition(".")[0] not in ("grader", "__future__"):
                yield source.cut(node)
        elif isinstance(node, Definition):
            if node.name not in without and not any(map(_is_declaration, node.decorator_list)):
                yield source.cut(node)
        elif not isinstance(node, ast.Assign) or not _is_declaration(node.value):
            yield source.cut(node)


def _is_declaration(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in _DECORATORS
