"""An edit of the reference with its pieces parsed: what a clause about it is made from."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from grader.course.model import MutantEdit
from grader.judging.diagnosis.pieces import Pieces, parsed

__all__ = ["Clause", "Edited"]


@dataclass(frozen=True, slots=True)
class Edited:
    """An edit with its pieces parsed.

    Parameters
    ----------
    edit : MutantEdit
    before, after : AST or None
        None of what does not parse.
    pieces : Pieces
        Says them in words.
    """

    edit: MutantEdit
    before: ast.AST | None
    after: ast.AST | None
    pieces: Pieces

    @classmethod
    def of(cls, edit: MutantEdit, pieces: Pieces) -> Edited:
        """Parse the pieces of an edit."""
        return cls(edit, parsed(edit.before), parsed(edit.after), pieces)

    @property
    def near(self) -> ast.AST | None:
        """What is around the piece."""
        return parsed(self.edit.near) if self.edit.near else None

    @property
    def beside(self) -> str:
        """Return ", beside `a` and `b`"; "" where there is no name around the piece."""
        return self.pieces.about(self.near, ", beside ")


#: Returns the clause and the idea.
Clause = Callable[[Edited], tuple[str, str]]
