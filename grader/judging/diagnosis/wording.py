"""One sentence for each kind of edit: what the values returned are those of, without the line that is right.

A clause follows "the values are those of a computation in which".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from grader.course.model import MutantEdit
from grader.judging.diagnosis import clauses_formulas, clauses_steps
from grader.judging.diagnosis.edits import Clause, Edited
from grader.judging.diagnosis.pieces import Pieces, enumeration

__all__ = ["CLAUSES", "WHOLE", "Said", "say"]


@dataclass(frozen=True, slots=True)
class Said:
    """An edit in words.

    Parameters
    ----------
    clause : str
        What is other than asked: "`beta2` stands where `beta1` belongs".
    place : str
        Where: ", in the part that computes `dW2`"; "" where students have no name for it.
    help : tuple of str
        The idea, then where to look.
    """

    clause: str
    place: str
    help: tuple[str, ...]


#: The clause and the idea of each operator's edits.
CLAUSES: Final[dict[str, Clause]] = {**clauses_formulas.CLAUSES, **clauses_steps.CLAUSES}


def say(edit: MutantEdit, words: Mapping[str, str]) -> Said:
    """Say an edit in words.

    Parameters
    ----------
    edit : MutantEdit
    words : mapping of str to str
        How a sentence writes the names that students know.
    """
    pieces = Pieces(words)
    whole = Edited.of(edit, pieces)
    clause, idea = CLAUSES[edit.operator](whole)
    place = pieces.place(edit.target)
    said = f", in the part that computes {place}" if place and place not in clause else ""
    said += _SCOPES[edit.scope] if edit.operator not in WHOLE else ""
    return Said(clause, said, (idea, _where(whole, place)))


_SCOPES: Final = {"one": "", "equal": ", wherever it occurs", "siblings": ", and in the same way elsewhere"}

#: Operators that concern the whole function anyway.
WHOLE: Final = frozenset({"freeze_parameter", "freeze_option"})


def _where(edit: Edited, place: str) -> str:
    """Say where to look; what the edit is about, and what is around it."""
    names = edit.pieces.names(edit.before) + edit.pieces.names(edit.near)
    around = [name for name in dict.fromkeys(names) if name != place][:3]
    if place:
        beside = f", at {enumeration(around)}" if around else ""
        return f"Look at the lines that compute {place}{beside}."
    if around:
        return f"Look at the lines with {enumeration(around)}."
    return "Put the formula of the docstring beside your lines, and go through them step by step."
