"""The source of ``solution.py`` and ``mistakes.py`` as text: functions, docstrings, edits.

Source is cut, never printed from a syntax tree, so that ``1e-8`` stays ``1e-8`` and comments stay where they are.
"""

from __future__ import annotations

import ast
import re
import textwrap
from dataclasses import dataclass
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
        """Read and parse a file; CourseError where it is missing or not Python."""
        try:
            text = path.read_text(encoding="utf-8")
            return cls(path, text, ast.parse(text, str(path)))
        except FileNotFoundError:
            raise CourseError(
                f"{path}: there is no such file.", help="write it; CONTRIBUTING.md says how"
            ) from None
        except SyntaxError as error:
            raise CourseError(f"{path}, line {error.lineno}: {error.msg}.", help="mend the syntax") from error
        except (UnicodeDecodeError, ValueError, OSError) as error:
            raise CourseError(f"{path}: {error}.", help="save it as UTF-8 text") from error

    def definition(self, name: str) -> Definition | None:
        """Return the last top-level function or class of that name."""
        found = [node for node in self.tree.body if isinstance(node, Definition) and node.name == name]
        return found[-1] if found else None

    def cut(self, node: ast.AST) -> str:
        """Return the text of a top-level node, without its decorators."""
        return ast.get_source_segment(self.text, node) or ""

    def header(self, node: Definition) -> str:
        """Return ``def name(…):`` as it is written."""
        text = self.cut(node)
        first = node.body[0]
        lines = text.splitlines(keepends=True)[: first.lineno - node.lineno]
        if lines:
            return _without_comment_lines("".join(lines))
        return text[: _column(node, first)].rstrip()

    def docstring(self, node: Definition) -> str | None:
        """Return the docstring's literal as it is written, or None without one."""
        first = node.body[0]
        if (
            isinstance(first, ast.Expr)
            and isinstance(first.value, ast.Constant)
            and isinstance(first.value.value, str)
        ):
            return self.cut(first)
        return None

    def body(self, node: Definition) -> str:
        """Return what a function does, dedented: everything below its docstring."""
        statements = node.body[1:] if self.docstring(node) is not None else node.body
        if not statements:
            return "pass"
        lines = self.text.splitlines(keepends=True)
        start = (node.body[0].end_lineno or 0) if statements is not node.body else statements[0].lineno - 1
        if start >= statements[0].lineno:  # everything on one line
            return self.cut(statements[0])
        return textwrap.dedent("".join(lines[start : node.end_lineno])).strip("\n")

    def edited(self, node: Definition, replace: dict[str, str]) -> str:
        """Return a function's source with each key replaced by its value, all at once, except in the docstring.

        Raises
        ------
        KeyError
            The first key that does not occur.
        """
        text = self.cut(node)
        doc = self.docstring(node) or ""
        before, doc, after = text.partition(doc) if doc else (text, "", "")
        for key in replace:
            if not key or key not in before + after:
                raise KeyError(key)
        longest_first = sorted(replace, key=len, reverse=True)
        pattern = re.compile("|".join(re.escape(key) for key in longest_first))
        put = [pattern.sub(lambda match: replace[match[0]], part) for part in (before, after)]
        return put[0] + doc + put[1]


def signature(header: str) -> str:
    """Return ``name(arguments)`` on one line from ``def name(arguments) -> result:``.

    Examples
    --------
    >>> signature("def f(\\n    a,\\n    b=1e-8,\\n) -> float:")
    'f(a, b=1e-8)'
    """
    text = re.sub(r"\s+", " ", re.sub(r"#.*", "", header))
    text = text.removeprefix("def ").rstrip(": ")
    text = text[: _end_of_arguments(text)]
    return text.replace("( ", "(").replace(", )", ")").replace(" )", ")")


def _end_of_arguments(text: str) -> int:
    depth = 0
    for index, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char in ")]}" and depth == 0:
            return index + 1
    return len(text)


def _without_comment_lines(text: str) -> str:
    return "".join(
        line for line in text.splitlines(keepends=True) if not line.strip().startswith("#") and line.strip()
    ).rstrip()


def _column(node: ast.AST, first: ast.stmt) -> int:
    return first.col_offset - getattr(node, "col_offset", 0)
