"""What a page shows of one case that did not pass: the inputs, what was expected, what came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from markupsafe import Markup

from grader.course.model import AtMost, Case, Exercise, Holds, Magnitude
from grader.report.arrays import Focus, differing, show
from grader.report.policy import built_in
from grader.report.text import clean
from grader.results import Frame, JudgedCase, Kind, Mismatch, Outcome, Raised
from grader.values import Value, WireError, decode, describe, walk

INPUTS, LEAVES, FRAMES = 14, 4, 8


@dataclass(frozen=True, slots=True)
class Named:
    """A value and what it is called; `wide` where it is a table."""

    name: str
    value: Markup
    wide: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """One part of the value, expected and returned."""

    path: str
    expected: Markup
    returned: Markup


@dataclass(frozen=True, slots=True)
class Error:
    """An exception as it is shown."""

    type_name: str
    message: str
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class CaseContent:
    """What unfolds under one case.

    Parameters
    ----------
    sentence : str
        What is wrong, from the facts of the comparison or of the outcome.
    error : Error or None
    inputs : tuple of Named
    inputs_left_out, pairs_left_out : int
    pairs : tuple of Pair
        Only the parts that differ.
    """

    sentence: str
    error: Error | None
    inputs: tuple[Named, ...]
    inputs_left_out: int
    pairs: tuple[Pair, ...]
    pairs_left_out: int


def case_content(exercise: Exercise, case: Case, judged: JudgedCase, *, said: bool) -> CaseContent:
    """Return what is shown of a case whose values may be shown.

    Parameters
    ----------
    exercise, case
        What was asked.
    judged : JudgedCase
        What came of it.
    said : bool
        Whether what the student's code said (exceptions' class, message and lines) may be shown too.
    """
    outcome = judged.outcome
    leaves = list(islice(_input_leaves(case.inputs), INPUTS + 200))
    pairs = list(_pairs(exercise, case, outcome)) if outcome.value is not None else []
    return CaseContent(
        sentence=_sentence(judged),
        error=error_view(outcome.raised, said=said) if outcome.raised else None,
        inputs=tuple(Named(clean(name, 80), show(value), _is_wide(value)) for name, value in leaves[:INPUTS]),
        inputs_left_out=max(0, len(leaves) - INPUTS),
        pairs=tuple(pairs[:LEAVES]),
        pairs_left_out=max(0, len(pairs) - LEAVES),
    )


def error_view(raised: Raised, *, said: bool = True) -> Error:
    """Return an exception as it may be shown: without the student's words only its nearest built-in class."""
    if not said:
        return Error(built_in(raised.nearest), "", ())
    kept = (
        raised.frames if len(raised.frames) <= FRAMES else (*raised.frames[:2], *raised.frames[2 - FRAMES :])
    )
    frames = tuple(Frame(clean(f.function, 80), f.line, clean(f.text, 300).strip()) for f in kept)
    return Error(clean(raised.type_name, 80), clean(raised.message), frames)


def _input_leaves(inputs: dict[str, Value]) -> Iterator[tuple[str, Value]]:
    for name, value in inputs.items():
        for path, leaf in walk(value):
            yield name + path, leaf


def _is_wide(value: Value) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0 and value.size > 0


def _pairs(exercise: Exercise, case: Case, outcome: Outcome) -> Iterator[Pair]:
    assert outcome.value is not None
    try:
        returned = decode(outcome.value)
    except WireError:
        return
    if isinstance(case.judge, Holds):
        yield from (Pair(clean(path, 80), Markup(""), show(leaf)) for path, leaf in islice(walk(returned), 8))
        return
    expected = decode(case.expected)
    if isinstance(case.judge, (Magnitude, AtMost)):
        yield Pair("", show(expected), show(returned, _marked(returned)))
        return
    found = list(_aligned(expected, returned, ""))
    for path, left, right in found:
        focus = differing(left, right, exercise.spec.tolerance)
        if focus is None and not _same_text(left, right):
            yield Pair(clean(path, 80), _leaf(left), _leaf(right))
        elif focus is not None and focus.marks.any():
            plain = Focus(np.zeros_like(focus.marks), focus.centre, focus.digits)
            yield Pair(clean(path, 80), show(left, plain), show(right, focus))


def _marked(value: Value) -> Focus | None:
    return Focus(np.ones((), bool), ()) if isinstance(value, (int, float)) else None


def _same_text(left: Value, right: Value) -> bool:
    return type(left) is type(right) and isinstance(left, (str, set, type(None))) and left == right


class _Missing:
    """Stands for a part that was not returned."""


def _aligned(expected: Value, returned: Value, path: str) -> Iterator[tuple[str, Value, Value]]:
    """Yield ``(path, expected, returned)`` down to where the structures stop being alike."""
    if isinstance(expected, dict) and isinstance(returned, dict):
        for key, item in expected.items():
            yield from _aligned(item, returned.get(key, _Missing), f"{path}[{key!r}]".replace("'", '"'))
    elif isinstance(expected, (list, tuple)) and isinstance(returned, (list, tuple)):
        for index, item in enumerate(expected):
            other = returned[index] if index < len(returned) else _Missing
            yield from _aligned(item, other, f"{path}[{index}]")
    else:
        yield path, expected, returned


def _leaf(value: Value) -> Markup:
    if value is _Missing:
        return Markup("<mark>missing</mark>")
    if isinstance(value, (dict, list, tuple)):
        return Markup("<span>{}</span>").format(clean(describe(value), 300))
    return show(value)


def _sentence(judged: JudgedCase) -> str:
    if judged.mismatch is not None:
        return _mismatch(judged.mismatch)
    if judged.outcome.kind in (Kind.RAISED, Kind.RETURNED):
        return ""
    return clean(judged.outcome.reason, 300)


def _mismatch(fact: Mismatch) -> str:
    """Say in one sentence what the comparison found."""
    where = f"{clean(fact.path, 120)}: " if fact.path else ""
    expected, returned = clean(fact.expected, 300), clean(fact.returned, 300)
    if fact.kind == "property":
        return clean(fact.note, 600)
    if fact.kind == "value":
        parts = f" in {len(fact.paths)} parts of the value" if len(fact.paths) > 1 else ""
        noun = "number differs" if fact.total == 1 else f"of {fact.total} numbers differ"
        return f"{'The' if fact.total == 1 else fact.count} {noun}{parts}."
    if fact.kind == "magnitude":
        return f"{where}expected a number of the order of {expected}, returned {returned}."
    if fact.kind == "bound":
        return f"{where}expected at most {expected}, returned {returned}."
    return f"{where}expected {expected}, returned {returned}."
