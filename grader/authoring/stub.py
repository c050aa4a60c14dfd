"""Writes the stub that students fill in, from the signatures and docstrings of the solution."""

from __future__ import annotations

import ast
import builtins
import textwrap
from collections.abc import Iterable, Iterator

from grader.authoring.reference import Reference
from grader.authoring.source import Definition, Source
from grader.course.declare import ExerciseDeclared, MistakeDeclared
from grader.course.model import AssignmentFile
from grader.errors import CourseError

_INTRODUCTION = """\
Replace each ``raise NotImplementedError`` by your own code. Names, parameters and what is returned stay as the
docstrings say; helper functions and imports of your own are welcome. Functions that are complete already are
given: use them, nothing in them needs a change.
"""

_CONSTANTS = """\
Replace each ``None`` by your answer, as handout.md describes.
"""


def make_stub(file: AssignmentFile, reference: Reference) -> str:
    """Return the text of ``<name>.py``.

    Parameters
    ----------
    file : AssignmentFile
    reference : Reference

    Raises
    ------
    CourseError
        An exercise has no function or docstring in ``solution.py``, a helper that is given needs what is not, or
        ``handed_out`` names no mistake.
    """
    source = reference.solution
    exercises = {exercise.name for exercise in reference.exercises}
    given = [node for node in source.tree.body if isinstance(node, Definition) and _is_given(node)]
    blocks = ["\n".join(_imports(source))]
    constants = "\n".join(_constants(source, given, exercises))
    blocks += [constants] if constants else []
    blocks += [source.cut(node) for node in given]
    blocks += [_exercise(reference, exercise) for exercise in reference.exercises]
    text = _introduction(file, reference) + "\n" + "\n\n\n".join(blocks) + "\n"
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    compile(text, f"{reference.name}.py", "exec", dont_inherit=True)
    return text


def _introduction(file: AssignmentFile, reference: Reference) -> str:
    callables = [callable(reference.namespaces["solution"].get(each.name)) for each in reference.exercises]
    how = (
        _INTRODUCTION if all(callables) else _CONSTANTS if not any(callables) else _INTRODUCTION + _CONSTANTS
    )
    repaired = [exercise.name for exercise in reference.exercises if exercise.handed_out]
    if repaired:
        how += (
            textwrap.fill(f"To be repaired, because something in it is wrong: {', '.join(repaired)}.", 110)
            + "\n"
        )
    return f'"""{file.title} (week {file.week}).\n\n{how}"""\n'


def _imports(source: Source) -> Iterator[str]:
    yield "import numpy as np"
    for node in source.tree.body:
        if isinstance(node, ast.Import) and source.cut(node) != "import numpy as np":
            yield source.cut(node)
        if isinstance(node, ast.ImportFrom) and not node.level and not _is_ours(node.module or ""):
            yield source.cut(node)


def _is_ours(module: str) -> bool:
    return module == "__future__" or module.split(".")[0] == "grader"


def _is_given(node: Definition) -> bool:
    return any(ast.unparse(decorator).split(".")[-1] == "given" for decorator in node.decorator_list)


def _constants(source: Source, given: Iterable[Definition], exercises: set[str]) -> Iterator[str]:
    """Yield the module-level assignments that the helpers need; refuse helpers that need what is not given."""
    given = list(given)
    assigned = {name: node for node in source.tree.body for name in _targets(node)}
    defined = {node.name for node in source.tree.body if isinstance(node, Definition)}
    available = {node.name for node in given} | exercises
    wanted: list[ast.stmt] = []
    pending: list[tuple[str, ast.AST]] = [(node.name, node) for node in given]
    while pending:
        user, node = pending.pop(0)
        for name in _names(node):
            if name in defined and name not in available and name not in dir(builtins):
                raise CourseError(
                    f"{source.path}: {user} is given to students but uses {name}, which is not.",
                    help=f"mark {name} with @given, or write {user} without it",
                )
            if name in assigned and name not in exercises and assigned[name] not in wanted:
                wanted.append(assigned[name])
                pending.append((name, assigned[name]))
    yield from (source.cut(node) for node in source.tree.body if node in wanted)


def _targets(node: ast.stmt) -> list[str]:
    targets = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )
    return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]


def _names(node: ast.AST) -> list[str]:
    """Return the names a piece of code reads, without its parameters and its decorators."""
    parts: list[ast.AST] = [*node.body, node.args] if isinstance(node, ast.FunctionDef) else [node]
    names = [sub for part in parts for sub in ast.walk(part)]
    bound = {sub.arg for sub in names if isinstance(sub, ast.arg)}
    found = [sub.id for sub in names if isinstance(sub, ast.Name) and isinstance(sub.ctx, ast.Load)]
    return [name for name in dict.fromkeys(found) if name not in bound and name != "given"]


def _exercise(reference: Reference, exercise: ExerciseDeclared) -> str:
    source = reference.solution
    node = source.definition(exercise.name)
    if not isinstance(node, ast.FunctionDef):
        comment = textwrap.fill(exercise.title, 108, initial_indent="# ", subsequent_indent="# ")
        return f"{comment}\n{exercise.name} = None"
    docstring = source.docstring(node)
    if docstring is None:
        raise CourseError(
            f"{source.path}: {exercise.name} has no docstring, which is what students read.", help="write one"
        )
    body = "raise NotImplementedError"
    if exercise.handed_out:
        body = _handed_out(reference, exercise, node)
    return f"{source.header(node)}\n    {docstring}\n{textwrap.indent(body, '    ')}"


def _handed_out(reference: Reference, exercise: ExerciseDeclared, node: ast.FunctionDef) -> str:
    mistake = find_mistake(reference, exercise.name, str(exercise.handed_out))
    if mistake is None:
        known = ", ".join(m.name for m in reference.mistakes if m.exercise == exercise.name) or "none"
        raise CourseError(
            f"{reference.cases_path}: {exercise.name}: handed_out={exercise.handed_out!r} is no mistake of it.",
            help=f"its mistakes are: {known}",
        )
    if mistake.function is None:
        text = reference.faulty_source(mistake)
        edited = Source(reference.solution.path, text, ast.parse(text))
        (function,) = edited.tree.body
        assert isinstance(function, ast.FunctionDef)
        return edited.body(function)
    faulty = reference.mistakes_source.definition(mistake.function.__name__)
    if not isinstance(faulty, ast.FunctionDef) or ast.dump(faulty.args) != ast.dump(node.args):
        raise CourseError(
            f"{reference.mistakes_source.path}: {mistake.name} is handed out but has other parameters than "
            f"{exercise.name}.",
            help="give both the same signature",
        )
    return reference.mistakes_source.body(faulty)


def find_mistake(reference: Reference, exercise: str, name: str) -> MistakeDeclared | None:
    """Return an exercise's mistake by name."""
    return next((m for m in reference.mistakes if m.exercise == exercise and m.name == name), None)
