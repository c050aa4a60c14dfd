"""What a page shows of one case that did not pass: the inputs, what was expected, what came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from markupsafe import Markup

from grader.course.model import AtMost, Case, Exercise, Holds, Magnitude
from grader.report.arrays import Focus, differing, show, show_expected
from grader.report.environment import render
from grader.report.memo import once
from grader.report.policy import built_in
from grader.report.text import clean
from grader.results import Frame, JudgedCase, Kind, Mismatch, Raised
from grader.values import Value, WireError, decode, describe, walk

INPUTS, LEAVES, MORE, FRAMES = 14, 3, 12, 8


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
    pairs : tuple of Pair
        Only the parts that differ, the first few of them.
    more : tuple of str
        Where else it differs.
    inputs : Markup
    """

    sentence: str
    error: Error | None
    pairs: tuple[Pair, ...]
    more: tuple[str, ...]
    inputs: Markup


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
    pairs, more = _pairs(exercise, case, judged) if outcome.value is not None else ((), ())
    return CaseContent(
        sentence=_sentence(judged),
        error=error_view(outcome.raised, said=said) if outcome.raised else None,
        pairs=pairs,
        more=more,
        inputs=_inputs(case),
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


@once
def _inputs(case: Case) -> Markup:
    """Return the inputs as they are shown; the same for every student."""
    leaves = [(name + path, leaf) for name, value in case.inputs.items() for path, leaf in walk(value)]
    shown = [Named(clean(name, 80), show(value), _is_wide(value)) for name, value in leaves[:INPUTS]]
    return Markup(render("inputs.html", inputs=shown, left_out=max(0, len(leaves) - INPUTS)))


@once
def _expected(case: Case) -> Value:
    return decode(case.expected)


def _is_wide(value: Value) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0 and value.size > 0


def _pairs(exercise: Exercise, case: Case, judged: JudgedCase) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """Return the parts that differ, the first few of them, and where the others are."""
    assert judged.outcome.value is not None
    try:
        returned = decode(judged.outcome.value)
    except WireError:
        return (), ()
    if isinstance(case.judge, Holds):
        # Many answers are right: the reference's own would mislead.
        leaves = islice(walk(returned), LEAVES)
        return tuple(Pair(clean(path, 80), Markup(""), show(leaf)) for path, leaf in leaves), ()
    expected = _expected(case)
    if isinstance(case.judge, (Magnitude, AtMost)):
        return (Pair("", show(expected), show(returned, _marked(returned))),), ()
    parts = list(_aligned(expected, returned, ""))
    wrong = judged.mismatch.paths if judged.mismatch is not None else ()
    known = [part for part in parts if part[0] in wrong]
    # Without the judge's word on each part all are compared here, and those not reached are left unnamed.
    pairs, rest = _differing_pairs(exercise, known or parts)
    return pairs, rest if known else ()


def _differing_pairs(
    exercise: Exercise, parts: list[tuple[str, Value, Value]]
) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """Return the first parts that differ, and where the parts are that were not looked at."""
    pairs: list[Pair] = []
    for number, (path, left, right) in enumerate(parts):
        if len(pairs) == LEAVES:
            return tuple(pairs), tuple(clean(path, 80) for path, _, _ in parts[number:][:MORE])
        focus = differing(left, right, exercise.spec.tolerance)
        if focus is None and not _same_text(left, right):
            pairs.append(Pair(clean(path, 80), _leaf(left), _leaf(right, marked=True)))
        elif focus is not None and focus.marks.any():
            pairs.append(Pair(clean(path, 80), show_expected(left, focus), show(right, focus)))
    return tuple(pairs), ()


def _marked(value: Value) -> Focus | None:
    return Focus(np.ones((), bool), ()) if isinstance(value, (int, float)) else None


def _same_text(left: Value, right: Value) -> bool:
    return type(left) is type(right) and isinstance(left, (str, set, type(None))) and bool(left == right)


class _Missing:
    """Stands for a part that was not returned."""


def _aligned(expected: Value, returned: Value, path: str) -> Iterator[tuple[str, Value, Value]]:
    """Yield ``(path, expected, returned)`` down to where the structures stop being alike.

    Of a part that was not returned each leaf is yielded, for its numbers are what the reader misses.
    """
    if isinstance(expected, dict) and (isinstance(returned, dict) or returned is _Missing):
        given = returned if isinstance(returned, dict) else {}
        for key, item in expected.items():
            yield from _aligned(item, given.get(key, _Missing), f"{path}[{key!r}]".replace("'", '"'))
    elif isinstance(expected, (list, tuple)) and (
        isinstance(returned, (list, tuple)) or returned is _Missing
    ):
        items = returned if isinstance(returned, (list, tuple)) else ()
        for index, item in enumerate(expected):
            other = items[index] if index < len(items) else _Missing
            yield from _aligned(item, other, f"{path}[{index}]")
    else:
        yield path, expected, returned


def _leaf(value: Value, *, marked: bool = False) -> Markup:
    if value is _Missing:
        return Markup("<mark>missing</mark>")
    if isinstance(value, (dict, list, tuple)):
        value = clean(describe(value), 300)
    elif _is_wide(value):
        return show(value)
    else:
        value = show(value)
    return Markup("<mark>{}</mark>" if marked else "<span>{}</span>").format(value)


def _sentence(judged: JudgedCase) -> str:
    if judged.mismatch is not None:
        return _capital(_mismatch(judged.mismatch))
    if judged.outcome.kind in (Kind.RAISED, Kind.RETURNED):
        return ""
    return _capital(clean(judged.outcome.reason, 300))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _mismatch(fact: Mismatch) -> str:
    """Say in one sentence what the comparison found."""
    where = f"{clean(fact.path, 120)}: " if fact.path else ""
    expected, returned = clean(fact.expected, 300), clean(fact.returned, 300)
    if fact.kind == "property":
        return clean(fact.note, 600)
    if fact.kind == "value":
        parts = f" in {len(fact.paths)} parts of the value" if len(fact.paths) > 1 else ""
        if fact.total == 1:
            return "The value differs."
        differ = "differs" if fact.count == 1 else "differ"
        return f"{fact.count} of {fact.total} numbers {differ}{parts}."
    if fact.kind == "magnitude":
        return f"{where}expected a number of the order of {expected}, returned {returned}."
    if fact.kind == "bound":
        return f"{where}expected at most {expected}, returned {returned}."
    return f"{where}expected {expected}, returned {returned}."


class Contents:
    """Makes what unfolds under the cases of one submission, once for both of its pages."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, bool], CaseContent] = {}

    def content(self, exercise: Exercise, case: Case, judged: JudgedCase, *, said: bool) -> CaseContent:
        """Return what `case_content` makes."""
        key = (exercise.name, case.name, said)
        if key not in self._made:
            self._made[key] = case_content(exercise, case, judged, said=said)
        return self._made[key]
