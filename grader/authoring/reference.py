"""The reference of an assignment in this process: its declarations, and calls of its functions.

``reference/<name>/`` is imported as a package of a name of its own, from text that was read once: nothing is left
in ``sys.path``, no byte code is written into the course, and two courses in one process do not meet.
"""

from __future__ import annotations

import copy
import hashlib
import itertools
import random
import sys
import time
import types
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from grader.authoring.source import Source
from grader.course.declare import Cases, CaseDeclared, ExerciseDeclared, MistakeDeclared
from grader.errors import CourseError
from grader.values import Encoded, TooLarge, Value, decode, encode

Inputs = Encoded | dict[str, Value]

_counter = itertools.count()


@dataclass(frozen=True, slots=True)
class Called:
    """What one call came to.

    Parameters
    ----------
    value : Encoded or None
        What was returned; None where it raised.
    error : Exception or None
    seconds : float
        CPU time of the call.
    """

    value: Encoded | None
    error: Exception | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Reference:
    """What an author declares, and the means to run it.

    Parameters
    ----------
    name : str
    folder : Path
        ``reference/<name>``.
    exercises : tuple of ExerciseDeclared
        In the order of ``cases.py``.
    mistakes : tuple of MistakeDeclared
        In the order of ``mistakes.py``.
    solution, mistakes_source : Source
    calls : Mapping of str to callable
        The functions of ``calls.py``.
    package : str
        Name of the package the reference was imported as.
    namespaces : dict of str to dict
        What the imported modules ``solution``, ``cases`` and ``mistakes`` define.
    """

    name: str
    folder: Path
    exercises: tuple[ExerciseDeclared, ...]
    mistakes: tuple[MistakeDeclared, ...]
    solution: Source
    mistakes_source: Source
    calls: Mapping[str, Callable[..., Any]]
    package: str
    namespaces: dict[str, dict[str, Any]]

    @property
    def cases_path(self) -> Path:
        """Where exercises and cases are declared."""
        return self.folder / "cases.py"

    def parameters(self, exercise: str) -> tuple[str, ...]:
        """Return the names of a function's parameters in order; none for a constant."""
        function = self.namespaces["solution"].get(exercise)
        return parameter_names(function) if callable(function) else ()

    def fresh(self, mistake: MistakeDeclared | None = None) -> types.ModuleType:
        """Return the solution as a new module, with one function replaced where a mistake is given.

        Raises
        ------
        CourseError
            The mistake cannot be made: see `faulty_source`.
        """
        module = types.ModuleType(f"{self.package}.solution")
        module.__package__ = self.package
        module.__file__ = str(self.solution.path)
        exec(_compiled(self.solution), module.__dict__)
        if mistake is not None:
            self._plant(module, mistake)
        return module

    def _plant(self, module: types.ModuleType, mistake: MistakeDeclared) -> None:
        if mistake.function is None:
            path = f"{self.solution.path} edited by {mistake.name}"
            exec(compile(self.faulty_source(mistake), path, "exec"), module.__dict__)
            return
        for name, value in self.namespaces["mistakes"].items():
            if not isinstance(value, MistakeDeclared):
                module.__dict__.setdefault(name, value)
        faulty = _rehomed(mistake.function, module.__dict__)
        constant = not callable(module.__dict__[mistake.exercise])
        setattr(module, mistake.exercise, faulty() if constant else faulty)

    def faulty_source(self, mistake: MistakeDeclared) -> str:
        """Return the function's source as an `edited` mistake has it.

        Raises
        ------
        CourseError
            A piece to be replaced does not occur, or what comes out is not Python.
        """
        node = self.solution.definition(mistake.exercise)
        place = f"{self.mistakes_source.path}: mistake {mistake.name}"
        if node is None:
            raise CourseError(
                f"{place}: {mistake.exercise} is no function of solution.py.",
                help="edit a function, or use @mistake",
            )
        try:
            text = self.solution.edited(node, mistake.replace)
            compile(text, "edited", "exec")
        except KeyError as error:
            raise CourseError(
                f"{place}: replace has the key {error.args[0]!r}, which does not occur in {mistake.exercise}.",
                help=f"copy the piece from {self.solution.path}, spaces and line breaks included",
            ) from None
        except SyntaxError as error:
            raise CourseError(
                f"{place}: the edited source is not Python: {error.msg}.", help="change replace"
            ) from None
        return text

    def cases(self, exercise: ExerciseDeclared) -> list[CaseDeclared]:
        """Run an exercise's generator of cases; public ones come first."""
        cases = Cases()
        with (
            _global_state(hashlib.sha256(exercise.name.encode()).digest()),
            _told(self.cases_path, exercise.name),
        ):
            exercise.generate(cases)
        return sorted(cases.declared, key=lambda case: case.visibility != "public")

    def call(
        self,
        exercise: str,
        case: str,
        inputs: Inputs,
        mistake: MistakeDeclared | None = None,
        *,
        salt: int = 0,
    ) -> Called:
        """Call the solution, or a faulty variant of it, on one case.

        Parameters
        ----------
        exercise, case : str
            Their names; the state of the random generators follows from them.
        inputs : Encoded, or dict of str to value
            Argument name to value, in the order of the signature; the call gets copies.
        mistake : MistakeDeclared, optional
        salt : int
            Another one gives another state of the random generators.
        """
        module = self.fresh(mistake)
        return call_in(
            module, exercise, case, inputs, self.parameters(exercise), self.calls.get(exercise), salt=salt
        )


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
        A file is missing, does not parse or raises, or declares a name twice.
    """
    folder = root / "reference" / name
    sources = {part: Source.read(folder / f"{part}.py") for part in ("solution", "cases", "mistakes")}
    package = f"_reference_{name}_{next(_counter)}"
    namespaces = _import_package(package, sources)
    return Reference(
        name=name,
        folder=folder,
        exercises=tuple(_unique(folder / "cases.py", "exercise", namespaces["cases"], ExerciseDeclared)),
        mistakes=tuple(_unique(folder / "mistakes.py", "mistake", namespaces["mistakes"], MistakeDeclared)),
        solution=sources["solution"],
        mistakes_source=sources["mistakes"],
        calls=read_calls(root / "assignments" / name / "calls.py"),
        package=package,
        namespaces=namespaces,
    )


def read_calls(path: Path) -> dict[str, Callable[..., Any]]:
    """Return the functions that ``calls.py`` defines; none where there is no such file."""
    if not path.is_file():
        return {}
    namespace: dict[str, Any] = {"__name__": "calls"}
    with _told(path):
        exec(_compiled(Source.read(path)), namespace)
    return {
        name: value
        for name, value in namespace.items()
        if isinstance(value, types.FunctionType)
        and value.__globals__ is namespace
        and not name.startswith("_")
    }


def student_module(stub: bytes, source: bytes) -> types.ModuleType:
    """Return a submission as the box would have it: its source run over the stub in one namespace.

    For the course's own tests; what students hand in runs in the box only.
    """
    module = types.ModuleType("student")
    for text in (stub, source):
        exec(compile(text, "student", "exec"), module.__dict__)
    return module


def call_in(
    module: types.ModuleType,
    exercise: str,
    case: str,
    inputs: Inputs,
    parameters: tuple[str, ...],
    custom: Callable[..., Any] | None = None,
    *,
    salt: int = 0,
) -> Called:
    """Call an exercise's function of a module on one case, as the box does.

    Parameters
    ----------
    module : module
        Defines the function; a fresh one for each case, because ``calls.py`` may plant helpers in it.
    exercise, case : str
    inputs : Encoded, or dict of str to value
        Argument name to value; the call gets copies.
    parameters : tuple of str
        Of the reference's function, in order.
    custom : callable, optional
        The function of ``calls.py``.
    salt : int
        Part of the state of the random generators.
    """
    arguments = decode(inputs) if isinstance(inputs, Encoded) else copy.deepcopy(inputs)
    with _global_state(_seed(exercise, case, salt)), _quiet():
        start = time.thread_time()
        try:
            result = _dispatch(module, exercise, arguments, parameters, custom)
        except Exception as error:  # noqa: BLE001 - whatever it raises is what happened
            return Called(None, error, time.thread_time() - start)
        seconds = time.thread_time() - start
        try:
            return Called(encode(result), None, seconds)
        except TooLarge as error:
            return Called(None, error, seconds)


def _dispatch(
    module: types.ModuleType,
    exercise: str,
    arguments: dict[str, Value],
    parameters: tuple[str, ...],
    custom: Callable[..., Any] | None,
) -> Value:
    if custom is not None:
        return custom(module, **arguments)
    target = getattr(module, exercise)
    if not callable(target):
        return target
    positional, named = split_arguments(arguments, parameters)
    return target(*positional, **named)


def split_arguments(
    arguments: dict[str, Value], parameters: Iterable[str]
) -> tuple[list[Value], dict[str, Value]]:
    """Split inputs into positional ones, as far as they follow the signature without a gap, and named ones."""
    named = dict(arguments)
    positional = []
    for name in parameters:
        if name not in named:
            break
        positional.append(named.pop(name))
    return positional, named


def parameter_names(function: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of the parameters that can be given by position or name."""
    code = getattr(function, "__code__", None)
    return tuple(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]) if code else ()


def _import_package(package: str, sources: dict[str, Source]) -> dict[str, dict[str, Any]]:
    """Run the modules of the reference in order; relative imports find those that ran before."""
    parent = types.ModuleType(package)
    parent.__path__ = []
    sys.modules[package] = parent
    namespaces = {}
    try:
        for part, source in sources.items():
            module = types.ModuleType(f"{package}.{part}")
            module.__package__, module.__file__ = package, str(source.path)
            sys.modules[module.__name__] = module
            with _told(source.path), _global_state(b"import"):
                exec(_compiled(source), module.__dict__)
            setattr(parent, part, module)
            namespaces[part] = module.__dict__
    except CourseError:
        for key in [key for key in sys.modules if key == package or key.startswith(package + ".")]:
            del sys.modules[key]
        raise
    return namespaces


def _compiled(source: Source) -> types.CodeType:
    return compile(source.tree, str(source.path), "exec", dont_inherit=True)


def _unique(path: Path, what: str, namespace: dict[str, Any], kind: type[Any]) -> Iterator[Any]:
    """Yield the declarations of one kind in order, refusing names that occur twice."""
    seen: set[tuple[str, str]] = set()
    for bound, value in namespace.items():
        if not isinstance(value, kind):
            continue
        key = (getattr(value, "exercise", ""), value.name)
        if key in seen or (what == "exercise" and bound != value.name):
            raise CourseError(
                f"{path}: {what} {value.name!r} is declared twice.", help="give each a name of its own"
            )
        seen.add(key)
        yield value


def _rehomed(function: Callable[..., Any], namespace: dict[str, Any]) -> types.FunctionType:
    """Return the function as if it were defined in another module."""
    assert isinstance(function, types.FunctionType)
    twin = types.FunctionType(
        function.__code__, namespace, function.__name__, function.__defaults__, function.__closure__
    )
    twin.__kwdefaults__ = function.__kwdefaults__
    return twin


def _seed(exercise: str, case: str, salt: int) -> bytes:
    return hashlib.sha256(f"{exercise}\0{case}\0{salt}".encode()).digest()


@contextmanager
def _global_state(digest: bytes) -> Iterator[None]:
    """Put the global random generators into a repeatable state that no plain seed gives, for a while."""
    before = np.random.get_state(), random.getstate()
    # seeding with an array of eight words is out of reach of np.random.seed(int)
    words = hashlib.sha256(digest).digest()
    np.random.seed(np.frombuffer(words, np.uint32))
    random.seed(words)
    try:
        yield
    finally:
        np.random.set_state(before[0])
        random.setstate(before[1])


@contextmanager
def _quiet() -> Iterator[None]:
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _told(path: Path, what: str = "") -> Iterator[None]:
    """Turn what the author's code raises into a CourseError that names file, line and error."""
    try:
        yield
    except CourseError:
        raise
    except Exception as error:  # noqa: BLE001 - the author's code may raise anything
        line, trace = 0, error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == str(path):
                line = trace.tb_lineno
            trace = trace.tb_next
        where = f"{path}, line {line}" if line else str(path)
        raise CourseError(
            f"{where}: {f'{what}: ' if what else ''}{type(error).__name__}: {error}.", help="mend the file"
        ) from error
