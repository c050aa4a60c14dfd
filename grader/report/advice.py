"""The one thing to do next, from a finished result alone: for pages and for the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from grader.results import ExerciseResult, Finding, SubmissionResult, Verdict

__all__ = ["file_thing", "first_to_do", "next_thing", "still_to_say"]

#: Verdicts that ask nothing of a student.
_DONE: Final = frozenset({Verdict.PASSED, Verdict.UNGRADED})

#: A step of help that begins with one of these says what to do; the others say an idea.
_VERB: Final = re.compile(
    "(?:Add|Ask|Call|Check|Choose|Collect|Compare|Count|Define|Derive|Differentiate|Draw|Find|Finish|Follow|Give"
    "|Go|Hand|Judge|Keep|Leave|Let|Look|Make|Mend|Print|Put|Read|Replace|Reread|Return|Select|Stay|Take|Think"
    r"|Treat|Try|Work|Write)\b"
)

_LINE: Final = re.compile(r"^Look at line (\d+): (?:in \w+, )?`(.*)`\.$", re.DOTALL)
_CASE: Final = re.compile(r'\bin case "([^"]+)"')
_NAMES: Final = re.compile(r"`(\w+)`")

#: Exceptions that the shapes in the line explain.
_SHAPES: Final = frozenset(
    {
        "raised.array_for_number",
        "raised.assignment_does_not_fit",
        "raised.cannot_reshape",
        "raised.concatenation",
        "raised.shapes_do_not_align",
        "raised.shapes_do_not_broadcast",
        "raised.too_many_indices",
    }
)


def next_thing(exercise: ExerciseResult) -> str:
    """Return the one thing to do next about an exercise, as an imperative sentence.

    Parameters
    ----------
    exercise : ExerciseResult
        With the findings that the reader may see.

    Returns
    -------
    str
        "" where there is nothing to do.

    Examples
    --------
    >>> next_thing(ExerciseResult(name="softmax", score=0, max_score=9, verdict=Verdict.NOT_ATTEMPTED,
    ...                           findings=(), cases=()))
    'Write `softmax`.'
    """
    if exercise.verdict in _DONE:
        return ""
    carried = exercise.carried
    if carried is not None and carried.helpers and carried.verdict is Verdict.PASSED:
        return f"Mend `{carried.helpers[0]}` first: nothing else is wrong here."
    if not exercise.findings:
        return f"Write `{exercise.name}`." if _is_unwritten(exercise) else _by_hand(exercise)
    lead = exercise.findings[0]
    advise = _BY_KIND.get(lead.code.partition(".")[0], _general)
    return advise(exercise, lead)


def first_to_do(result: SubmissionResult) -> ExerciseResult | None:
    """Return the exercise to go on with; None where nothing is left to do.

    What others build on comes first, then what was begun, then what is not written, each in the file's order.
    """
    left = [exercise for exercise in result.exercises if exercise.verdict not in _DONE]
    needed = {name for exercise in left for name in _needs(exercise)}
    return min(left, key=lambda each: (each.name not in needed, _is_unwritten(each)), default=None)


def file_thing(result: SubmissionResult) -> str:
    """Return what to do first about the file as a whole: what kept all or part of it from being run.

    Returns
    -------
    str
        "" where nothing did.
    """
    for found in result.findings:
        place = _place(found)
        if place is not None:
            return f"Mend line {place[0]}: `{place[1]}`."
        if found.help:
            return _step(found) or found.help[0]
    return ""


def still_to_say(found: Finding, thing: str) -> tuple[str, ...]:
    """Return the steps of help that the thing to do next does not say already."""
    said = thing.casefold()

    def is_said(step: str) -> bool:
        place = _LINE.match(step)
        return (f"line {place[1]}: `{place[2]}`" if place else step.rstrip(".")).casefold() in said

    return tuple(step for step in found.help if not is_said(step))


def _attempt(exercise: ExerciseResult, lead: Finding) -> str:
    name = exercise.name
    match lead.code.removeprefix("attempted."):
        case "file_stopped":
            return "Mend the error that the file stops with."
        case "needs_another":
            others = [other for other in _NAMES.findall(lead.message) if other != name]
            return f"Write `{others[0]}` first." if others else "Write the exercises above this one first."
        case "missing":
            return f"Write `{name}`, under exactly this name."
        case "not_implemented":
            return f"Write `{name}`: replace the line `raise NotImplementedError` with your code."
        case "part_not_implemented":
            return f"Write the part of `{name}` that still raises NotImplementedError."
    return _step(lead) or f"Write `{name}`."


def _raised(exercise: ExerciseResult, lead: Finding) -> str:
    if lead.code == "raised.wrong_parameters":
        return f"Give `{exercise.name}` the arguments of the handed-out file, in that order."
    place = _place(lead)
    if place is not None:
        line, text = place
        start = "Print the shapes of the arrays in" if lead.code in _SHAPES else "Mend"
        return f"{start} line {line}: `{text}`." if text else f"{start} line {line}."
    return _step(lead) or (
        f"Call `{exercise.name}` with other sizes and other values of each argument until it raises this too."
    )


def _facts(exercise: ExerciseResult, lead: Finding) -> str:
    if _CASE.search(lead.message):
        return _by_hand(exercise, lead)
    return _step(lead) or _by_hand(exercise, lead)


def _stopped(exercise: ExerciseResult, lead: Finding) -> str:
    if lead.code == "stopped.not_loaded":
        return "Mend the file: it has to load before anything in it can be called."
    return _general(exercise, lead)


def _general(exercise: ExerciseResult, lead: Finding) -> str:
    return _step(lead) or f"Find the line of `{exercise.name}` that does this."


_BY_KIND: Final[dict[str, Callable[[ExerciseResult, Finding], str]]] = {
    "attempted": _attempt,
    "raised": _raised,
    "stopped": _stopped,
    "facts": _facts,
}


def _by_hand(exercise: ExerciseResult, lead: Finding | None = None) -> str:
    """Name a case that can be followed; where hidden ones alone fail, say only that there are others."""
    named = _CASE.search(lead.message) if lead is not None else None
    failing = [case for case in exercise.cases if case.verdict is not Verdict.PASSED]
    public = [case.name for case in failing if case.visibility == "public"]
    if named is not None and named[1] in public:
        public.insert(0, named[1])
    if public:
        return f'Follow the case "{public[0]}" line by line, to the first that gives another number.'
    return (
        f"Try `{exercise.name}` on other sizes and other values of each argument than the public cases have."
    )


def _step(found: Finding) -> str:
    """Return the first step of help that says what to do, or else the first that asks something."""
    asking = (step for step in found.help if "?" in step)
    return next((step for step in found.help if _VERB.match(step)), next(asking, ""))


def _place(found: Finding) -> tuple[str, str] | None:
    """Return the line to look at, and its text."""
    return next(((at[1], at[2]) for step in found.help if (at := _LINE.match(step))), None)


def _needs(exercise: ExerciseResult) -> list[str]:
    """Name the exercises that this one waits for."""
    waiting = (found for found in exercise.findings if found.code == "attempted.needs_another")
    names = [name for found in waiting for name in _NAMES.findall(found.message)]
    return [*names, *(exercise.carried.helpers if exercise.carried is not None else ())]


def _is_unwritten(exercise: ExerciseResult) -> bool:
    return exercise.verdict is Verdict.NOT_ATTEMPTED
