"""Writes the stub that students fill in, from the signatures and docstrings of the solution."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable, Iterator

from grader.authoring.quiz import question_block
from grader.authoring.reference import Reference
from grader.authoring.source import Definition, Source
from grader.course.declare import ExerciseDeclared
from grader.course.model import AssignmentFile
from grader.errors import CourseError

WIDTH = 110

_FUNCTIONS = """\
Replace each ``raise NotImplementedError`` by your own code. Names, parameters and what is returned stay as
the docstrings say; imports and helper functions of your own are welcome. Functions that are complete are
given: use them as they are.
"""

_QUESTIONS = """\
Replace each ``None`` by your answer: one letter as ``"b"``, letters as ``{"a", "d"}``, a number as ``0.5``.
Where letters are asked for, one or more are right, and the question counts only as a whole. What is left at
``None`` is not answered. ``grade check`` tells whether each answer can be graded, not whether it is right.
"""


def make_stub(file: AssignmentFile, reference: Reference) -> str:
    """Return the text of ``<name>.py``.

    Parameters
    ----------
    file : AssignmentFile
        Its title and week head the stub.
    reference : Reference

    Raises
    ------
    CourseError
        An exercise has no docstring, a helper that is given needs what is not, or a mistake to be handed out
        has other parameters than its exercise.
    """
    if reference.answers:
        return _quiz_stub(file, reference)
    source = reference.solution
    given = [node for node in source.tree.body if isinstance(node, Definition) and _is_given(node)]
    blocks = ["\n".join(_imports(source)), "\n".join(_constants(reference, given))]
    blocks += [source.cut(node) for node in given]
    blocks += [_exercise(reference, exercise) for exercise in reference.exercises]
    text = _introduction(file, reference) + "\n" + "\n\n\n".join(filter(None, blocks)) + "\n"
    compile(text, f"{reference.name}.py", "exec", dont_inherit=True)
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _quiz_stub(file: AssignmentFile, reference: Reference) -> str:
    blocks = [
        question_block(exercise, exercise.question) for exercise in reference.exercises if exercise.question
    ]
    text = _introduction(file, reference) + "\n" + "\n\n\n".join(blocks) + "\n"
    compile(text, f"{reference.name}.py", "exec", dont_inherit=True)
    return text


def _introduction(file: AssignmentFile, reference: Reference) -> str:
    how = _QUESTIONS if reference.answers else _FUNCTIONS
    broken = [exercise.name for exercise in reference.exercises if exercise.handed_out]
    if broken:
        repair = f"Something is wrong in {' and in '.join(broken)} as given: find it and repair it."
        how += "\n" + textwrap.fill(repair, WIDTH) + "\n"
    return f'"""{file.title} (week {file.week}).\n\n{how}"""\n'


def _imports(source: Source) -> Iterator[str]:
    yield "import numpy as np"
    for node in source.tree.body:
        if isinstance(node, ast.Import) and source.cut(node) != "import numpy as np":
            yield source.cut(node)
        if isinstance(node, ast.ImportFrom) and not node.level and not _is_ours(node.module or ""):
            yield source.cut(node)


def _is_ours(module: str) -> bool:
    return module == "__future__" or module.partition(".")[0] == "grader"


def _is_given(node: Definition) -> bool:
    return any(ast.unparse(decorator).split(".")[-1] == "given" for decorator in node.decorator_list)


def _constants(reference: Reference, given: Iterable[Definition]) -> Iterator[str]:
    """Yield the module-level assignments that helpers and default arguments need, in their order."""
    source, wanted = reference.solution, set[ast.stmt]()
    assigned = {name: node for node in source.tree.body for name in _targets(node)}
    available = {node.name for node in given} | {exercise.name for exercise in reference.exercises}
    pending: list[tuple[str, ast.AST]] = [(node.name, node) for node in given]
    functions = [(exercise.name, source.function(exercise.name)) for exercise in reference.exercises]
    pending += [(name, node.args) for name, node in functions if node is not None]
    while pending:
        user, node = pending.pop()
        for name in _names(node) - available:
            statement = assigned.get(name)
            if statement is not None and statement not in wanted:
                wanted.add(statement)
                pending.append((name, statement))
            if source.function(name) is not None:
                raise CourseError(
                    f"{source.path}: {user} is given to students but uses {name}, which is not.",
                    help=f"mark {name} with @given, or write {user} without it",
                )
    yield from (source.cut(node) for node in source.tree.body if node in wanted)


def _targets(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Assign):
        names = [name for target in node.targets for name in ast.walk(target)]
        return [name.id for name in names if isinstance(name, ast.Name)]
    return [node.target.id] if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) else []


def _names(node: ast.AST) -> set[str]:
    """Return the names that a piece of code reads, without parameters and decorators."""
    parts: list[ast.AST] = [*node.body, node.args] if isinstance(node, ast.FunctionDef) else [node]
    nodes = [each for part in parts for each in ast.walk(part)]
    bound = {each.arg for each in nodes if isinstance(each, ast.arg)}
    return {each.id for each in nodes if isinstance(each, ast.Name)} - bound


def _exercise(reference: Reference, exercise: ExerciseDeclared) -> str:
    source = reference.solution
    node = source.function(exercise.name)
    assert node is not None
    docstring = source.docstring(node)
    if docstring is None:
        raise CourseError(
            f"{source.path}: {exercise.name} has no docstring, which is what students read.", help="write one"
        )
    body = _handed_out(reference, exercise, node) if exercise.handed_out else "raise NotImplementedError"
    return f"{source.header(node)}\n    {docstring}\n{textwrap.indent(body, '    ')}"


def _handed_out(reference: Reference, exercise: ExerciseDeclared, node: ast.FunctionDef) -> str:
    """Return the body of the mistake that students are to repair."""
    mistake = reference.mistakes_of(exercise.name)[str(exercise.handed_out)]
    if mistake.function is None:
        edited = Source.parse(reference.solution.path, reference.edited(mistake))
        faulty, source = edited.function(exercise.name), edited
    else:
        source = reference.sources["mistakes"]
        faulty = source.function(mistake.function.__name__)
    if faulty is None or ast.dump(faulty.args) != ast.dump(node.args):
        raise CourseError(
            f"{reference.sources['mistakes'].path}: {mistake.name} is handed out but has other parameters "
            f"than {exercise.name}.",
            help="give both the same signature",
        )
    return source.body(faulty)
