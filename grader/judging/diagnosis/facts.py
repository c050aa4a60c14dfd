"""The numeric facts, where nothing says why: what differs, by how much, and which case to follow by hand."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from grader.judging.diagnosis.evidence import NOTHING, Evidence, Item, clean, finding
from grader.judging.diagnosis.naming import Names, bare_name, part_name
from grader.judging.diagnosis.pieces import enumeration
from grader.judging.diagnosis.predicates import predicate
from grader.judging.diagnosis.types import part_at
from grader.results import Finding, Mismatch
from grader.values import walk

__all__ = ["CODES", "explain"]

CODES: Final = (
    "facts.order_of_magnitude",
    "facts.out_of_bounds",
    "facts.property_does_not_hold",
    "facts.values_differ",
    "facts.wrong_answer",
)

MAX_PARTS: Final = 4

_LAYER: Final = re.compile(r"\d+(?=\"\])")

#: As many numbers, inputs and answer together, are still followed by hand.
BY_HAND: Final = 80

_BEHIND: Final = (
    "What is found in the other cases may be behind this, too: mend that first, then look here again."
)
_BY_HAND = (
    "Follow that case by hand, line by line: its inputs are small; the first line that differs is the one."
)
_BY_PRINTS = (
    "Print what each line of that case makes, from the first line on: the first that differs is the one."
)
_HIDDEN = (
    "The cases that are shown do not fail in this way: what may these cases have that those have not?",
    "Think of other sizes, other values of each argument, a state that is not zero: which line fails then?",
)
_MAGNITUDE = (
    "The digits of this number are rounding noise; only its order of magnitude is graded.",
    "Too large by far means that the two things compared differ; too small that they are one and the same.",
)
_BOUND = ("The number is zero in exact arithmetic: what is left must be as small as rounding errors are.",)
_PROPERTY = "The value has the right form, but not a property that every right answer has."


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """State the facts of every case that is left."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in evidence.failing:
        groups.setdefault(_key(item.mismatch), []).append(item)
    return tuple(_finding(evidence, kind, items) for (kind, _), items in groups.items())


def _first(evidence: Evidence) -> tuple[str, ...]:
    return (_BEHIND,) if evidence.explained else ()


def _key(mismatch: Mismatch) -> tuple[str, str]:
    if mismatch.kind == "property":
        return "property", mismatch.expected
    if mismatch.kind in ("magnitude", "bound"):
        return mismatch.kind, ""
    return ("words", "") if _is_word(mismatch) else ("values", "")


def _finding(evidence: Evidence, kind: str, items: list[Item]) -> Finding:
    details = "\n".join(f"{item.case.name}: {_details(item)}" for item in items)
    public = sorted((item for item in items if item.public), key=_size)
    names = evidence.exercise.spec.names
    first = public[0] if public else None
    code, sentence, steps = _TEXTS[kind](items, first, names)
    return finding(
        evidence,
        items,
        f"facts.{code}",
        sentence,
        (*_first(evidence), *_where(evidence, kind, items), *_right(items, first, names), *steps),
        details,
    )


def _where(evidence: Evidence, kind: str, items: list[Item]) -> tuple[str, ...]:
    """Say what the inputs of these cases have in common and those of the passing ones have not."""
    if kind == "property":
        return ()
    passing = [case.inputs for case, _ in evidence.passing]
    clause = predicate([item.case.inputs for item in items], passing, evidence.exercise.spec.parameters)
    return (f"It fails exactly where {clause}: which line behaves differently then?",) if clause else ()


def _right(items: list[Item], public: Item | None, names: Names) -> tuple[str, ...]:
    """Name the outputs of which nothing is wrong: in the case to follow, or in all that are hidden."""
    seen = items if public is None else [public]
    if any(not any(item.mismatch.paths) for item in seen):
        return ()
    wrong = {_alike(path, public) for item in seen for path in item.mismatch.paths}
    tops = {_top(path) for path in wrong}
    graded = dict.fromkeys(path for item in seen for path in _graded(item))
    right = list(dict.fromkeys(_top(path) for path in graded if _top(_alike(path, public)) not in tops))
    right = right or [path for path in graded if _alike(path, public) not in wrong]
    if not right:
        return ()
    called = [f"`{bare_name(path, names)}`" for path in right[:MAX_PARTS]]
    shown = _listed(called, right)
    verb, does = ("is", "it does") if len(right) == 1 else ("are", "they do")
    where = "in that case" if public else "in all of these cases"
    return (f"{shown} {verb} right {where}: look at the lines that {does} without.",)


def _alike(path: str, public: Item | None) -> str:
    """Leave the layer out where cases of several sizes are looked at: not every one has every layer."""
    return path if public else _LAYER.sub("", path)


def _graded(item: Item) -> list[str]:
    """Return the paths of the numbers that were returned, in the expected form."""
    return [
        path for path, _ in walk(item.expected) if part_at(item.expected, item.returned, path) is not NOTHING
    ]


def _top(path: str) -> str:
    return path.partition("]")[0] + "]"


_Text = tuple[str, str, tuple[str, ...]]


def _property(items: list[Item], public: Item | None, _: Names) -> _Text:
    mismatch = (public or items[0]).mismatch
    asked = mismatch.expected.rstrip(".")
    note = (clean(mismatch.note),) if public is not None else ()
    return "property_does_not_hold", f'this does not hold: "{asked}".', (_PROPERTY, *note)


def _magnitude(_: list[Item], public: Item | None, names: Names) -> _Text:
    return (
        "order_of_magnitude",
        f"the number returned is of another order of magnitude{_values(public, names)}.",
        _MAGNITUDE,
    )


def _bound(items: list[Item], public: Item | None, _: Names) -> _Text:
    bound = items[0].mismatch.expected
    got = f'; in case "{public.case.name}" it is {clean(public.mismatch.returned, 80)}' if public else ""
    return "out_of_bounds", f"a number from 0 to {bound} is asked, and another is returned{got}.", _BOUND


def _words(_: list[Item], public: Item | None, names: Names) -> _Text:
    steps = (_BY_HAND,) if public else _HIDDEN
    return "wrong_answer", f"another answer is expected{_values(public, names)}.", steps


def _numbers(items: list[Item], public: Item | None, names: Names) -> _Text:
    if public is None:
        return "values_differ", f"{_parts(items, names)} differ from the expected ones.", _HIDDEN
    mismatch = public.mismatch
    if mismatch.total == 1:
        return (
            "values_differ",
            f"the value returned is not the expected one{_values(public, names)}.",
            (_followed(public),),
        )
    differ = "differs" if mismatch.count == 1 else "differ"
    extent = f"{mismatch.count} of {mismatch.total} entries {differ}"
    sentence = (
        f'{_parts([public], names)} differ from the expected ones; in case "{public.case.name}" {extent}'
    )
    return "values_differ", f"{sentence}{_worst(mismatch, names)}.", (_followed(public),)


def _followed(public: Item) -> str:
    return _BY_HAND if _size(public) <= BY_HAND else _BY_PRINTS


_TEXTS: Final = {
    "property": _property,
    "magnitude": _magnitude,
    "bound": _bound,
    "words": _words,
    "values": _numbers,
}


def _values(public: Item | None, names: Names) -> str:
    """Show expected and returned, for a public case."""
    if public is None:
        return ""
    mismatch = public.mismatch
    expected, returned = mismatch.expected, clean(mismatch.returned, 80)
    place = f'case "{public.case.name}"' + (f", {part_name(mismatch.path, names)}," if mismatch.path else "")
    return f": in {place} {expected} is expected, and {returned} is returned"


def _worst(mismatch: Mismatch, names: Names) -> str:
    """Show the entry that is farthest off, for a public case."""
    index, expected, returned = mismatch.worst[0]
    at = f"[{', '.join(map(str, index))}]" if index else ""
    place = f"`{bare_name(mismatch.path, names)}{at}`"
    return f", most of all {place}, which is {_number(returned)} instead of {_number(expected)}"


def _parts(items: list[Item], names: Names) -> str:
    """Name the parts that differ, by the paths of the expected values; all of them where all do."""
    paths = list(dict.fromkeys(path for item in items for path in item.mismatch.paths))
    every = {path for item in items for path, _ in walk(item.expected)}
    if not any(paths) or set(paths) >= every:
        return "the values returned"
    whole = {_top(path) for path in every} - {_top(path) for path in every - set(paths)}
    paths = list(dict.fromkeys(_top(path) if _top(path) in whole else path for path in paths))
    called = [f"`{bare_name(path, names)}`" for path in paths[:MAX_PARTS]]
    return f"the values in {_listed(called, paths)}"


def _listed(called: list[str], every: list[str]) -> str:
    return ", ".join([*called, "…"]) if len(every) > len(called) else enumeration(called)


def _details(item: Item) -> str:
    mismatch = item.mismatch
    facts = f"{mismatch.kind} {mismatch.path}: expected {mismatch.expected}, returned {mismatch.returned}"
    if mismatch.ratio:
        facts += (
            f", {mismatch.count} of {mismatch.total} entries, up to {mismatch.ratio:.3g} times the tolerance"
        )
    return f"{facts}. {mismatch.note}" if mismatch.note else facts


def _size(item: Item) -> int:
    """Count the numbers of a case, its inputs and its answer: the fewer, the easier to follow."""
    values = (item.case.inputs, item.expected)
    return sum(np.size(leaf) for value in values for _, leaf in walk(value))


def _is_word(mismatch: Mismatch) -> bool:
    """Say whether what is wrong is a string or set: no numbers differ."""
    return mismatch.kind == "value" and not mismatch.worst


def _number(number: float | complex) -> str:
    return str(number) if isinstance(number, bool) else f"{number:.6g}"
