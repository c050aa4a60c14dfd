"""What students know of the names in the reference, so that an edit of it can be spoken of.

Its parameters, what its docstring calls by name, and the keys of dicts are theirs as well. A local variable
that is returned goes by the name that the docstring gives to what is returned; any other is private.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from grader.course.model import Exercise
from grader.values import Value, decode

__all__ = ["glossary"]

_WORD = re.compile(r"[A-Za-z_]\w*")

#: In prose, only what no English word looks like is a name: W1, learning_rate, dA.
_NAME = re.compile(r"\b(?:\w*[a-z][A-Z]\w*|\w*_\w+|[A-Za-z]\w*\d\w*)\b")

_QUOTED = re.compile(r"[`\"]([A-Za-z_]\w*)[`\"]")
_SHAPE = re.compile(r"shape (\([^)]*\))")
_ENTRY = re.compile(r"^(\w+(?:, \w+)*)(?: : |$)", re.MULTILINE)

#: Of the names of functions, those of these modules are everybody's.
_MODULES = {"np", "math", "torch"}


def glossary(
    functions: Sequence[ast.FunctionDef], exercise: Exercise, public: Sequence[ast.FunctionDef]
) -> dict[str, str]:
    """Return for each name that students know how it is written in a sentence.

    Parameters
    ----------
    functions : sequence of FunctionDef
        The exercise's function first, then those that it calls.
    exercise : Exercise
    public : sequence of FunctionDef
        The functions that students have in their file: those of all exercises, and helpers that are given.
    """
    known = {function.name for function in public} | _keys(exercise)
    for function in public:
        known |= set(_NAME.findall(ast.get_docstring(function) or ""))
    for function in functions:
        if function in public:
            known |= {argument.arg for argument in function.args.args}
            known |= _named(ast.get_docstring(function) or "")
    words = {name: f"`{name}`" for name in sorted(known)}
    for function in functions:
        words |= {name: text for name, text in _returned(function) if name not in words}
    used = {name for function in functions for name in _used(function)}
    return {name: text for name, text in words.items() if name in used}


def _used(function: ast.FunctionDef) -> Iterator[str]:
    """Yield the names and strings of a function's body."""
    yield function.name
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id not in _MODULES:
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _named(docstring: str) -> set[str]:
    """Return the names in a docstring: of formulas, parameters, results, sizes, and what is quoted."""
    found = {match for line in _formulas(docstring) for match in _WORD.findall(line)}
    found |= {name for shape in _SHAPE.findall(docstring) for name in _WORD.findall(shape)}
    found |= {name for names in _ENTRY.findall(docstring) for name in names.split(", ")}
    return found | set(_QUOTED.findall(docstring)) | set(_NAME.findall(docstring))


def _formulas(docstring: str) -> Iterator[str]:
    """Yield the indented lines before the first section."""
    for line in docstring.partition("\nParameters\n")[0].splitlines():
        if line.startswith("    "):
            yield line


def _keys(exercise: Exercise) -> set[str]:
    """Return the keys of the dicts that go in and come out."""
    values = [value for case in exercise.cases for value in (case.inputs, decode(case.expected))]
    return {key for value in values for key in _keys_of(value)}


def _keys_of(value: Value) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (key for key in value if isinstance(key, str))
    for item in (
        value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    ):
        yield from _keys_of(item)


def _returned(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Yield the local variables that are returned, with what the docstring calls them."""
    docstring = ast.get_docstring(function) or ""
    section = docstring.partition("\nReturns\n")[2]
    names = [name for entry in _ENTRY.findall(section) for name in entry.split(", ")]
    taken = {argument.arg for argument in function.args.args}
    for node in ast.walk(function):
        if not isinstance(node, ast.Return) or node.value is None:
            continue
        items = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        for item, name in zip(items, names, strict=False) if len(items) == len(names) else ():
            if isinstance(item, ast.Name):
                yield item.id, f"the new `{name}`" if name in taken else f"`{name}`"
