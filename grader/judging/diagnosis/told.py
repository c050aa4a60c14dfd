"""Findings made of a candidate: a mistake in its author's words, an edit of the reference in our own.

Edits that return the same are told as what they have in common; where they mean different things, the
likeliest is an example and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from grader.course.model import MutantEdit
from grader.course.mutants import unpack_words
from grader.judging.diagnosis.evidence import Evidence, Item, finding
from grader.judging.diagnosis.known import message_of
from grader.judging.diagnosis.lookup import Candidate
from grader.judging.diagnosis.naming import part_name
from grader.judging.diagnosis.wording import WHOLE, Said, say
from grader.results import Finding

__all__ = ["details", "told"]

MAX_PATHS: Final = 4
MAX_EDITS: Final = 5

#: More outputs than this are no place.
MAX_NAMED: Final = 2


def told(
    evidence: Evidence,
    items: Sequence[Item],
    candidate: Candidate,
    *,
    sure: bool = True,
    parts: Sequence[str] = (),
    wrong: Sequence[str] = (),
    when: str = "",
) -> Finding:
    """Make the finding that a candidate explains these cases.

    Parameters
    ----------
    evidence : Evidence
    items : sequence of Item
    candidate : Candidate
    sure : bool
        Whether the agreement cannot be chance.
    parts : sequence of str
        Paths of the leaves that it explains, where it does not return the same all over.
    wrong : sequence of str
        Paths of the leaves that are wrong, where others are right.
    when : str
        What these cases have in common: "`t` is not 1".
    """
    case = f"where {when}, " if when else ""
    if candidate.mistake is not None:
        mistake = candidate.mistake
        message = message_of(mistake)
        message = f"{case}{message[:1].lower()}{message[1:]}" if when else message
        return finding(evidence, items, f"known.{mistake.name}", message, mistake.help)
    words = unpack_words(evidence.exercise.packed_mutants)
    edit, said, several = _likeliest(candidate.edits, words)
    care = "" if sure and not several else ", for example,"
    computation, steps = _blamed(evidence, edit, said, words)
    place = said.place or (_way(evidence, wrong) if edit.operator not in WHOLE else "")
    sentence = f"{case}{_subject(evidence, items, parts)} {computation}{care} {said.clause}{place}."
    return finding(evidence, items, f"mutant.{edit.operator}", sentence, steps, details(candidate.edits))


def details(edits: Sequence[MutantEdit]) -> str:
    """Say edits as they are, for the instructor."""
    return "\n".join(map(_details, edits[:MAX_EDITS]))


def _likeliest(edits: Sequence[MutantEdit], words: Mapping[str, str]) -> tuple[MutantEdit, Said, bool]:
    """Return the likeliest edit, how it is said, and whether others of them mean something else."""
    pairs = [(edit, say(edit, words)) for edit in edits]
    alike = [pair for pair in pairs if pair[0].operator == edits[0].operator]
    telling = [*alike, *pairs] if len(pairs) > 1 else []
    edit, said = next((pair for pair in telling if "`" in pair[1].clause), pairs[0])
    clauses = {each.clause for _, each in pairs}
    if len(clauses) == 1 and len({each.place for _, each in pairs}) > 1:
        said = Said(said.clause, "", said.help)
    return edit, said, len(clauses) > 1


def _subject(evidence: Evidence, items: Sequence[Item], parts: Sequence[str]) -> str:
    if any(parts):
        names = _names(evidence, parts)
        shown = ", ".join(names[:MAX_PATHS]) + (", …" if len(names) > MAX_PATHS else "")
        return f"the values in {shown} are those"
    if all(
        not isinstance(item.expected, (dict, list, tuple)) and np.ndim(item.expected) == 0 for item in items
    ):
        return "the value returned is that"
    return "the values returned are those"


def _way(evidence: Evidence, wrong: Sequence[str]) -> str:
    """Name the one or two outputs that come out wrong, where students have no name for the place itself."""
    names = _names(evidence, wrong)
    return f", on the way to {' and '.join(names)}" if 0 < len(names) <= MAX_NAMED else ""


def _names(evidence: Evidence, paths: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(part_name(path, evidence.exercise.spec.names) for path in paths if path))


def _blamed(
    evidence: Evidence, edit: MutantEdit, said: Said, words: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """Say which function the computation is, and the help: the function that is called comes first."""
    function = edit.function
    if function == evidence.exercise.name or function not in words:
        return "of a computation in which", said.help
    if function in evidence.helpers:
        first = f"Mend `{function}` first: its own findings say more, and here nothing else may be wrong."
        return f"that follow from a `{function}` in which", (first, *said.help)
    return f"of a computation in which, in the part that `{function}` is for,", said.help


def _details(edit: MutantEdit) -> str:
    places = {"one": "", "equal": ", at all equal places", "siblings": ", at all places alike"}[edit.scope]
    near = f" in {edit.near}" if edit.near not in ("", edit.before) else ""
    return f"{edit.function}, line {edit.line}{places}: {edit.before} -> {edit.after}{near}"
