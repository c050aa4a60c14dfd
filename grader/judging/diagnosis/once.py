"""The same cause in several exercises is explained once; the others refer to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from grader.results import Finding

__all__ = ["said_once"]

#: Kinds of findings that name a cause. Others name what is seen, which may have as many causes.
_CAUSES: Final = ("known", "mutant", "relation")


def said_once(found: Mapping[str, tuple[Finding, ...]]) -> dict[str, tuple[Finding, ...]]:
    """Let findings that say what an earlier exercise's finding says refer to that exercise.

    Parameters
    ----------
    found : mapping of str to tuple of Finding
        By exercise, in the assignment's order.

    Returns
    -------
    dict of str to tuple of Finding
        The same findings; those that refer to another exercise keep their codes and cases.
    """
    first: dict[str, str] = {}
    told: dict[str, tuple[Finding, ...]] = {}
    for exercise, findings in found.items():
        told[exercise] = tuple(_referring(one, first, exercise) for one in findings)
    return told


def _referring(one: Finding, first: dict[str, str], exercise: str) -> Finding:
    where, _, sentence = one.message.partition(": ")
    kind = one.code.partition(".")[0]
    # A sentence without a name in it fits many causes.
    if kind not in _CAUSES or (kind != "known" and "`" not in sentence):
        return one
    known_from = first.setdefault(sentence, exercise)
    if known_from == exercise:
        return one
    message = f"{where}: the same as in `{known_from}`: {_continued(sentence)}"
    steps = (f"Mend it there first; what is said of `{known_from}` helps here, too.",)
    return one.model_copy(update={"message": message, "help": steps})


def _continued(sentence: str) -> str:
    """Begin a sentence in small letters, unless it begins with a name."""
    word = sentence.partition(" ")[0]
    return sentence[:1].lower() + sentence[1:] if word[1:].islower() else sentence
