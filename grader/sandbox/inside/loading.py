"""Makes a module of a student's file, run over the stub's helpers, without what is absent."""

from __future__ import annotations
import __future__

import ast
import functools
import io
import linecache
import operator
import sys
import types
from collections.abc import Callable
from typing import Any, Final

from grader.sandbox.inside.absent import Absent, AbsentFinder

MAX_ABSENT: Final = 12

#: What a notebook that was saved as a file takes to be there.
NOTEBOOK: Final = {"get_ipython": Absent(), "display": Absent()}

#: Statements without which a file is another one.
DEFINING: Final = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)

#: What `from __future__ import ...` at the top asks of every part of a file.
FUTURE: Final = functools.reduce(
    operator.or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
)

#: What was put right in reading a file: a code, and the module it is about; the trusted side has the words.
Note = tuple[str, str]


class StudentFile:
    """A student's file as a module.

    Parameters
    ----------
    name : str
        Of the assignment: the module's name, and with ``.py`` its file's.
    stub : code
        Its helpers are in scope for the file.
    exercises : list of str
        What the file itself has to define: the stub's own are taken away.
    seed : callable
        Called before the file is run.

    Attributes
    ----------
    module : ModuleType
        What the file made; as far as it came, where it raised.
    lines : list of str
        The file's lines, once it could be decoded.
    """

    def __init__(
        self, name: str, stub: types.CodeType, exercises: list[str], seed: Callable[[], None]
    ) -> None:
        self.filename = f"{name}.py"
        self.module = types.ModuleType(name)
        self.lines: list[str] = []
        self._name, self._stub, self._exercises, self._seed = name, stub, exercises, seed
        self._text = ""
        self._given: dict[str, Any] = {}

    def run(self, source: bytes, notes: list[Note]) -> None:
        """Run the file; whatever it raises is raised."""
        self._execute_without(self._compile(source, notes), notes)

    def _execute_without(self, code: types.CodeType, notes: list[Note]) -> None:
        """Run the file, and again with a placeholder for each package that it turns out to lack."""
        absent = AbsentFinder(self._given)
        sys.meta_path.append(absent)
        in_parts = False
        try:
            while True:
                try:
                    return self._execute_parts(code, notes) if in_parts else self._execute(code)
                except ModuleNotFoundError as error:
                    if len(absent.names) >= MAX_ABSENT or not absent.add(error.name or ""):
                        raise
                    notes.append(("absent", error.name or ""))
                except Exception:
                    if in_parts or not absent.names:
                        raise
                    in_parts = True
        finally:
            sys.meta_path.remove(absent)

    def _compile(self, source: bytes, notes: list[Note]) -> types.CodeType:
        self._text = text = _text(source, notes)
        self.lines = text.splitlines()
        linecache.cache[self.filename] = (len(text), None, text.splitlines(keepends=True), self.filename)
        return compile(text, self.filename, "exec", dont_inherit=True)

    def _execute(self, code: types.CodeType) -> None:
        """Run the file in a module that holds the helpers, afresh."""
        self._start_afresh()
        exec(code, self.module.__dict__)

    def _execute_parts(self, code: types.CodeType, notes: list[Note]) -> None:
        """Run the file afresh, but for statements that fail and define nothing.

        They show functions on data that a package would have brought, and a placeholder brings none.
        """
        self._start_afresh()
        failed = False
        for statement in ast.parse(self._text).body:
            part = ast.Module([statement], [])
            flags = code.co_flags & FUTURE
            try:
                exec(compile(part, self.filename, "exec", flags, dont_inherit=True), self.module.__dict__)
            except Exception as error:
                if isinstance(statement, DEFINING) or isinstance(error, ModuleNotFoundError):
                    raise
                failed = True
        if failed:
            notes.append(("left out", ""))

    def _start_afresh(self) -> None:
        self.module = types.ModuleType(self._name)
        self.module.__dict__.update(NOTEBOOK, __file__=self.filename)
        sys.modules[self._name] = self.module
        exec(self._stub, self.module.__dict__)
        for name in self._exercises:
            self.module.__dict__.pop(name, None)
        self._given.update(self.module.__dict__)
        self._seed()


def _text(source: bytes, notes: list[Note]) -> str:
    """Decode a source file as Python would, but take Latin-1 where it is not UTF-8 and does not say so."""
    source = source.removeprefix(b"\xef\xbb\xbf")
    if b"coding" in source[:200]:
        import tokenize  # noqa: PLC0415 - rare

        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
        text = source.decode(encoding)
    else:
        try:
            text = source.decode("utf-8")
        except UnicodeDecodeError:
            text = source.decode("latin-1")
            notes.append(("latin-1", ""))
    return text.replace("\r\n", "\n").replace("\r", "\n")
