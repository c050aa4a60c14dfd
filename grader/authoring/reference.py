"""The reference of an assignment in this process: its declarations, its solution and faulty variants of it.

``reference/<name>/`` is imported as a package of a name of its own, from text that was read once: nothing is
left in ``sys.path``, no byte code is written into the course, and two courses in one process do not meet.
"""

from __future__ import annotations

import ast
import hashlib
import itertools
import sys
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from grader.authoring.calling import (
    Called,
    CustomCall,
    Inputs,
    call,
    generators,
    parameter_names,
    quiet,
    read_calls,
    told,
)
from grader.authoring.quiz import Quiz, read_quiz
from grader.authoring.source import Source, compiled
from grader.course.declare import (
    AlternativeDeclared,
    CaseDeclared,
    Cases,
    ExerciseDeclared,
    MistakeDeclared,
)
from grader.course.load import load_file
from grader.course.requirements import refuse_lacking
from grader.errors import CourseError
from grader.values import Value

_Declared = TypeVar("_Declared", ExerciseDeclared, MistakeDeclared, AlternativeDeclared)
_counter = itertools.count()


@dataclass(frozen=True, slots=True)
class Reference:
    """What an author declares, and the means to run it.

    Parameters
    ----------
    name : str
        The assignment's name.
    package : str
        Name of the package that it was imported as.
    sources : mapping of str to Source
        ``solution``, ``cases``, ``mistakes``, ``alternatives`` and ``worked``; the first three are
        ``quiz.py`` where there is one.
    namespaces : mapping of str to dict
        What each of them defines.
    exercises : tuple of ExerciseDeclared
        In the order of ``cases.py``.
    mistakes : tuple of MistakeDeclared
        In the order of ``mistakes.py``.
    calls : mapping of str to callable
        The functions of ``calls.py``.
    alternatives : tuple of AlternativeDeclared
        In the order of ``alternatives.py``, which need not be there.
    answers : mapping of str to value
        Of a quiz: the constants that stand for the functions of a solution.
    """

    name: str
    package: str
    sources: Mapping[str, Source]
    namespaces: Mapping[str, dict[str, Any]]
    exercises: tuple[ExerciseDeclared, ...]
    mistakes: tuple[MistakeDeclared, ...]
    calls: Mapping[str, CustomCall]
    alternatives: tuple[AlternativeDeclared, ...] = ()
    answers: Mapping[str, Value] = field(default_factory=dict)

    @property
    def solution(self) -> Source:
        """The source of ``solution.py``."""
        return self.sources["solution"]

    def is_function(self, exercise: str) -> bool:
        """Say whether an exercise is a function to write, not a question to answer."""
        return callable(self.namespaces["solution"].get(exercise))

    def parameters(self, exercise: str) -> tuple[str, ...]:
        """Return the names of a function's parameters in order; none for a question."""
        return parameter_names(self.namespaces["solution"][exercise])

    def mistakes_of(self, exercise: str) -> dict[str, MistakeDeclared]:
        """Return an exercise's mistakes by name."""
        return {mistake.name: mistake for mistake in self.mistakes if mistake.exercise == exercise}

    def alternatives_of(self, exercise: str) -> list[AlternativeDeclared]:
        """Return an exercise's other right formulations."""
        return [alternative for alternative in self.alternatives if alternative.exercise == exercise]

    def cases(self, exercise: ExerciseDeclared) -> list[CaseDeclared]:
        """Run an exercise's generator of cases; public ones come first."""
        cases = Cases()
        with generators("cases"), quiet(), told(self.sources["cases"].path, exercise.name):
            exercise.generate(cases)
        return sorted(cases.declared, key=lambda case: case.visibility != "public")

    def module(self, variant: MistakeDeclared | AlternativeDeclared | None = None) -> types.ModuleType:
        """Return the solution as a new module, with one function replaced where a variant of it is given.

        Raises
        ------
        CourseError
            The mistake cannot be made: see `edited`.
        """
        module = types.ModuleType(f"{self.package}.solution")
        module.__package__, module.__file__ = self.package, str(self.solution.path)
        exec(self.solution.code(), module.__dict__)
        module.__dict__.update(self.answers)
        if variant is None:
            return module
        if variant.function is None:
            exec(compiled(self.edited(variant), f"{variant.name} in mistakes.py"), module.__dict__)
            return module
        part = "mistakes" if isinstance(variant, MistakeDeclared) else "alternatives"
        for name, value in self.namespaces[part].items():
            if not isinstance(value, (MistakeDeclared, AlternativeDeclared)):
                module.__dict__.setdefault(name, value)
        function = _moved_into(module.__dict__, variant.function)
        setattr(module, variant.exercise, function if self.is_function(variant.exercise) else function())
        return module

    def edited(self, mistake: MistakeDeclared) -> str:
        """Return the function's source as an `edited` mistake has it.

        Raises
        ------
        CourseError
            A piece to be replaced does not occur, or what comes out is not Python.
        """
        place = f"{self.sources['mistakes'].path}: mistake {mistake.name}"
        node = self.solution.function(mistake.exercise)
        if node is None:
            raise CourseError(
                f"{place}: {mistake.exercise} is no function of solution.py.",
                help="edit a function, or use @mistake",
            )
        try:
            text = self.solution.edited(node, mistake.replace)
            compiled(text, f"{mistake.name} in mistakes.py")
        except KeyError as error:
            raise CourseError(
                f"{place}: replace has {error.args[0]!r}, which does not occur in {mistake.exercise}.",
                help=f"copy the piece from {self.solution.path}, spaces and line breaks included",
            ) from None
        except SyntaxError as error:
            raise CourseError(
                f"{place}: what replace makes of {mistake.exercise} is not Python: {error.msg}.",
                help="replace whole expressions or whole lines",
            ) from error
        return text

    def call(
        self,
        exercise: str,
        case: str,
        inputs: Inputs,
        variant: MistakeDeclared | AlternativeDeclared | None = None,
        *,
        salt: int = 0,
    ) -> Called:
        """Call the solution, or a variant of it, on one case; see `grader.authoring.calling.call`."""
        module, custom = self.module(variant), self.calls.get(exercise)
        return call(module, exercise, case, inputs, self.parameters(exercise), custom, salt=salt)


def read_reference(root: Path, name: str) -> Reference:
    """Import the reference of an assignment.

    Parameters
    ----------
    root : Path
        The course's folder.
    name : str
        The assignment's name.

    Raises
    ------
    CourseError
        A file is missing (``mistakes.py``, ``alternatives.py`` and ``worked.py`` may be), does not parse or
        raises, or defines a name twice; or a module that the assignment requires is not installed.
    """
    refuse_lacking(name, load_file(root, name))
    folder = root / "reference" / name
    if (folder / "quiz.py").exists():
        return _read_quiz(folder)
    sources = {part: Source.read(folder / f"{part}.py") for part in ("solution", "cases")}
    for part in ("mistakes", "alternatives", "worked"):
        path = folder / f"{part}.py"
        sources[part] = Source.read(path) if path.exists() else Source.parse(path, "")
    for source in sources.values():
        _refuse_twice(source)
    package = _package_of(folder)
    namespaces = _import_package(package, sources)
    return Reference(
        name=name,
        package=package,
        sources=sources,
        namespaces=namespaces,
        exercises=_declared(namespaces["cases"], ExerciseDeclared),
        mistakes=_declared(namespaces["mistakes"], MistakeDeclared),
        calls=read_calls(root / "assignments" / name / "calls.py"),
        alternatives=_declared(namespaces["alternatives"], AlternativeDeclared),
    )


def _read_quiz(folder: Path) -> Reference:
    """Read a quiz, whose one file says what elsewhere three say."""
    others = [part for part in ("solution", "cases", "mistakes") if (folder / f"{part}.py").exists()]
    if others:
        raise CourseError(
            f"{folder}: quiz.py stands beside {others[0]}.py.",
            help="keep quiz.py alone; functions to write belong to an assignment of their own",
        )
    source, package = Source.read(folder / "quiz.py"), _package_of(folder)
    namespace = _import_package(package, {"quiz": source})["quiz"]
    quiz: Quiz = read_quiz(source.path, namespace)
    return Reference(
        name=folder.name,
        package=package,
        sources=dict.fromkeys(("solution", "cases", "mistakes"), source),
        namespaces={"solution": dict(quiz.answers), "cases": {}, "mistakes": {}},
        exercises=quiz.exercises,
        mistakes=quiz.mistakes,
        calls={},
        answers=quiz.answers,
    )


def _package_of(folder: Path) -> str:
    """Return a name for the package that no other course in this process has."""
    marker = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    return f"_reference_{marker}_{next(_counter)}_{folder.name}"


def _refuse_twice(source: Source) -> None:
    """Refuse functions of one name: Python would keep the last and forget the others."""
    lines: dict[str, int] = {}
    for node in source.tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        if node.name in lines:
            raise CourseError(
                f"{source.path}, line {node.lineno}: line {lines[node.name]} defines {node.name} already.",
                help="give each its own name",
            )
        lines[node.name] = node.lineno


def _import_package(package: str, sources: Mapping[str, Source]) -> dict[str, dict[str, Any]]:
    """Run the modules in order; relative imports find those that ran before."""
    parent = types.ModuleType(package)
    parent.__path__ = []
    sys.modules[package] = parent
    namespaces = {}
    try:
        for part, source in sources.items():
            module = types.ModuleType(f"{package}.{part}")
            module.__package__, module.__file__ = package, str(source.path)
            sys.modules[module.__name__] = module
            with generators("import"), quiet(), told(source.path):
                exec(source.code(), module.__dict__)
            setattr(parent, part, module)
            namespaces[part] = module.__dict__
    except CourseError:
        for key in (package, *(f"{package}.{part}" for part in sources)):
            sys.modules.pop(key, None)
        raise
    return namespaces


def _declared(namespace: dict[str, Any], kind: type[_Declared]) -> tuple[_Declared, ...]:
    # a second name for the same declaration declares nothing
    found = {id(value): value for value in namespace.values() if isinstance(value, kind)}
    return tuple(found.values())


def _moved_into(namespace: dict[str, Any], function: Callable[..., Any]) -> types.FunctionType:
    """Return the function as if it were defined in another module."""
    assert isinstance(function, types.FunctionType)
    moved = types.FunctionType(
        function.__code__, namespace, function.__name__, function.__defaults__, function.__closure__
    )
    moved.__kwdefaults__ = function.__kwdefaults__
    return moved
