"""What a page shows of one case that did not pass: the inputs, what was expected, what came back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from grader.course.model import Case, Exercise
from grader.course.naming import Names, bare_name
from grader.report.arrays import is_table, show
from grader.report.environment import render
from grader.report.memo import once
from grader.report.pairs import Pair, pairs_of
from grader.report.policy import built_in
from grader.report.text import clean
from grader.results import Frame, JudgedCase, Kind, Mismatch, Raised
from grader.values import walk

INPUTS, FRAMES = 14, 8


@dataclass(frozen=True, slots=True)
class Named:
    """A value and what it is called; `wide` where it is a table."""

    name: str
    value: Markup
    wide: bool


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
    pairs, more = pairs_of(exercise, case, judged)
    return CaseContent(
        sentence=_sentence(judged, exercise.spec.names),
        error=error_view(outcome.raised, said=said) if outcome.raised else None,
        pairs=pairs,
        more=more,
        inputs=inputs_view(case),
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
def inputs_view(case: Case) -> Markup:
    """Return the inputs as they are shown; the same for every student."""
    leaves = [(name + path, leaf) for name, value in case.inputs.items() for path, leaf in walk(value)]
    # One that is left over takes no more room than saying so.
    kept = leaves if len(leaves) <= INPUTS + 1 else leaves[:INPUTS]
    shown = [Named(clean(name, 80), show(value), is_table(value)) for name, value in kept]
    return Markup(render("inputs.html", inputs=shown, left_out=len(leaves) - len(kept)))


def _sentence(judged: JudgedCase, names: Names) -> str:
    if judged.mismatch is not None:
        fact = replace(judged.mismatch, path=bare_name(judged.mismatch.path, names))
        sentence = _mismatch(fact)
        return sentence if fact.path and sentence.startswith(fact.path) else _capital(sentence)
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
        return f"{fact.count} of {fact.total} numbers {differ}{parts}{_worst(fact)}."
    if fact.kind == "magnitude":
        return f"{where}expected a number of the order of {expected}, returned {returned}."
    if fact.kind == "bound":
        return f"{where}expected at most {expected}, returned {returned}."
    return f"{where}expected {expected}, returned {returned}."


def _worst(fact: Mismatch) -> str:
    """Name the entry that is farthest off, where more than one differs."""
    if not fact.worst or fact.count < 2:
        return ""
    index, expected, returned = fact.worst[0]
    place = clean(fact.path, 120) + (f"[{', '.join(map(str, index))}]" if index else "")
    named = f"{place}: " if place else ""
    return f", most of all {named}{returned:.6g} instead of {expected:.6g}"


class Contents:
    """Makes what unfolds under the cases of one submission, once for both of its pages."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, bool], Markup] = {}

    def content(self, exercise: Exercise, case: Case, judged: JudgedCase, *, said: bool) -> Markup:
        """Return the markup of what `case_content` makes."""
        key = (exercise.name, case.name, said)
        if key not in self._made:
            content = case_content(exercise, case, judged, said=said)
            self._made[key] = Markup(render("content.html", content=content))
        return self._made[key]
