"""The source of ``solution.py`` and ``mistakes.py`` as text: functions, docstrings, edits.

Source is cut, never printed from a syntax tree, so that ``1e-8`` stays ``1e-8`` and comments stay.
"""

from __future__ import annotations

import ast
import re
import textwrap
import types
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from grader.errors import CourseError

Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the reference, read once.

    Parameters
    ----------
    path : Path
    text : str
    tree : ast.Module
    """

    path: Path
    text: str
    tree: ast.Module

    @classmethod
    def read(cls, path: Path) -> Source:
        """Read and parse a file.

        Raises
        ------
        CourseError
            It is missing, or not Python.
        """
        try:
            return cls.parse(path, path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise CourseError(
                f"{path}: there is no such file.", help="write it; grader/course/declare.py shows how"
            ) from None
        except SyntaxError as error:
            raise CourseError(f"{path}, line {error.lineno}: {error.msg}.", help="mend the syntax") from error
        except (ValueError, OSError) as error:
            raise CourseError(f"{path}: {error}.", help="save it as UTF-8 text") from error

    @classmethod
    def parse(cls, path: Path, text: str) -> Source:
        """Parse a text as if it were the file's; SyntaxError where it is not Python."""
        return cls(path, text, ast.parse(text, str(path)))

    def code(self) -> types.CodeType:
        """Return the file compiled; the same object for the same text."""
        return compiled(self.text, str(self.path))

    def function(self, name: str) -> ast.FunctionDef | None:
        """Return the last top-level function of that name."""
        found = [node for node in self.tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
        return found[-1] if found else None

    def cut(self, node: ast.stmt) -> str:
        """Return a statement as it is written, without decorators."""
        lines = self.text.split("\n")[node.lineno - 1 : node.end_lineno]
        # columns count bytes
        lines[-1] = lines[-1].encode()[: node.end_col_offset].decode()
        lines[0] = lines[0].encode()[node.col_offset :].decode()
        return "\n".join(lines)

    def header(self, node: ast.FunctionDef) -> str:
        """Return ``def name(…):`` as it is written."""
        first = node.body[0]
        if first.lineno == node.lineno:
            line = self.text.split("\n")[node.lineno - 1].encode()
            return line[node.col_offset : first.col_offset].decode().rstrip()
        lines = self.cut(node).split("\n")[: first.lineno - node.lineno]
        return "\n".join(line for line in lines if line.strip() and not line.strip().startswith("#")).rstrip()

    def docstring(self, node: ast.FunctionDef) -> str | None:
        """Return the docstring's literal as it is written; None without one."""
        return None if ast.get_docstring(node) is None else self.cut(node.body[0])

    def body(self, node: ast.FunctionDef) -> str:
        """Return what a function does, dedented: everything below its docstring."""
        has_docstring = self.docstring(node) is not None
        statements = node.body[1:] if has_docstring else node.body
        if not statements:
            return "pass"
        if statements[0].lineno == node.lineno:
            return self.cut(statements[0])
        start = node.body[0].end_lineno if has_docstring else statements[0].lineno - 1
        lines = self.text.split("\n")[start : node.end_lineno]
        return textwrap.dedent("\n".join(lines)).strip("\n")

    def edited(self, node: ast.FunctionDef, replace: dict[str, str]) -> str:
        """Return a function with each key replaced by its value, all at once, except in its docstring.

        Raises
        ------
        KeyError
            The first key that does not occur.
        """
        before, docstring, after = self.cut(node), self.docstring(node) or "", ""
        if docstring:
            before, docstring, after = before.partition(docstring)
        for key in replace:
            if not key or (key not in before and key not in after):
                raise KeyError(key)
        longest_first = sorted(replace, key=len, reverse=True)
        pattern = re.compile("|".join(re.escape(key) for key in longest_first))
        before, after = (pattern.sub(lambda match: replace[match[0]], part) for part in (before, after))
        return before + docstring + after


@lru_cache(maxsize=256)
def compiled(text: str, path: str) -> types.CodeType:
    """Compile a text as the file at a path; SyntaxError where it is not Python."""
    return compile(text, path, "exec", dont_inherit=True)


def signature(header: str) -> str:
    r"""Return ``name(arguments)`` on one line from ``def name(arguments) -> result:``.

    Examples
    --------
    >>> signature("def f(\n    a,\n    b=1e-8,\n) -> float:")
    'f(a, b=1e-8)'
    """
    text = re.sub(r"\s+", " ", re.sub(r"#.*", "", header)).removeprefix("def ")
    text = text[: _end_of_arguments(text)]
    return text.replace("( ", "(").replace(", )", ")").replace(" )", ")")


def _end_of_arguments(text: str) -> int:
    depth = 0
    for index, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char in ")]}" and depth == 0:
            return index + 1
    return len(text)
