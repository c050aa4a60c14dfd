"""Rules for what is missing or of another type."""

from __future__ import annotations

import difflib
from typing import Any, Final

import numpy as np

from grader.course.model import Tolerance
from grader.judging.compare import compare
from grader.judging.diagnosis.clues import Clue
from grader.judging.diagnosis.evidence import NOTHING, Evidence, Item, clean
from grader.judging.diagnosis.naming import bare_name, part_name
from grader.results import Mismatch
from grader.values import Opaque, Value, describe, encode

__all__ = ["missing_clue", "part_at", "several_clue", "type_clue"]

_NEVER_SET = (
    "It is what it was at the start, or what a call gives that returns nothing.",
    "Look at every line that gives it a value: is there a way past all of them?",
)
_RETURN = (
    "A function gives back only what its return statement names; without one it gives None.",
    "Look at the last line of the function, and at every branch that can end it earlier.",
)

_ASYNC = (
    "A function that is defined with `async def` computes nothing when it is called: write `def`.",
    "Nothing that is asked here waits for anything, so `async` and `await` are of no use.",
)

#: Items among which the expected value is looked for: nobody returns it as the hundredth by mistake.
_FEW: Final = 16


def several_clue(evidence: Evidence, item: Item, mismatch: Mismatch) -> Clue | None:
    """Find the expected value among the items returned, or what was returned among the items expected."""
    expected, returned = item.expected, item.returned
    if mismatch.kind not in ("type", "structure") or mismatch.path:
        return None
    tolerance = evidence.exercise.spec.tolerance
    if isinstance(expected, (list, tuple)):
        found = [index for index, each in enumerate(expected) if _same(each, returned, tolerance)]
        if len(found) != 1:
            return None
        if isinstance(expected, list):
            sentence = "one item of the list that is asked is returned alone."
        else:
            name = bare_name(f"[{found[0]}]", evidence.exercise.spec.names)
            sentence = f"of the {len(expected)} items that are asked only `{name}` is returned."
        return Clue("returned_one_of_several", sentence, "", ("Return all of them, in the order asked.",))
    first = returned[:_FEW] if isinstance(returned, (list, tuple)) else ()
    if any(_same(expected, each, tolerance) for each in first):
        sentence = "the right value is returned together with others; it is asked alone."
        return Clue("returned_with_more", sentence, "", ("Look at the return statement: what does it name?",))
    return None


def missing_clue(evidence: Evidence, item: Item, mismatch: Mismatch) -> Clue | None:
    """Explain missing keys and wrong lengths."""
    if mismatch.kind != "structure":
        return None
    if mismatch.returned != "missing":
        part = part_name(mismatch.path, evidence.exercise.spec.names)
        sentence = f"{part} has another number of items than asked."
        got = _a(clean(mismatch.returned))
        shown = f"{part} is {got} where {_a(mismatch.expected)} is asked."
        order = ("The docstring names what is returned, and in which order.",)
        return Clue("wrong_length", sentence, shown, order)
    parent, __, key = mismatch.path.rpartition("[")
    name = key.removesuffix("]")
    owner = part_name(parent, evidence.exercise.spec.names) if parent else "the dict returned"
    sentence = f"{owner} lacks the key {name}."
    present = part_at(item.expected, item.returned, parent)
    asked = part_at(item.expected, item.expected, parent)
    steps = (
        "Keys are compared letter by letter, upper and lower case included.",
        "Print the keys of what you return, and compare them with the docstring.",
    )
    shown = f"{sentence[:-1]}; {_keys(present, asked, name)}." if isinstance(present, dict) else sentence
    return Clue("missing_key", sentence, shown, steps)


def type_clue(evidence: Evidence, item: Item, mismatch: Mismatch) -> Clue | None:
    """Explain values of another type."""
    if mismatch.kind != "type":
        return None
    part = part_name(mismatch.path, evidence.exercise.spec.names)
    returned = part_at(item.expected, item.returned, mismatch.path)
    if returned is None:
        if mismatch.path:
            return Clue("returned_none", f"{part} is None.", "", _NEVER_SET)
        return Clue("returned_none", "it returns None.", "", _RETURN)
    if isinstance(returned, Opaque) and returned.type_name == "coroutine":
        return Clue("not_plain", "a call gives a coroutine instead of a value.", "", _ASYNC)
    if isinstance(returned, Opaque):
        sentence = f"{part} is an object that holds no numbers that could be graded."
        name = clean(returned.type_name, 60)
        shown = f"{part} is an object of type {name}; {_a(mismatch.expected)} is asked."
        plain = (
            "Return numbers, arrays, lists, tuples and dicts; a generator or a function is none of these.",
        )
        return Clue("not_plain", sentence, shown, plain)
    sentence = f"{part} is of another type than asked, which is {_a(_kind(mismatch.expected))}."
    shown = f"{part} is {_a(clean(describe(returned)))} where {_a(mismatch.expected)} is asked."
    return Clue("wrong_type", sentence, shown, ("The docstring names what is returned, and its type.",))


def part_at(expected: Value, returned: Value, path: str) -> Value:
    """Return the part of a value at a path of the expected one; `NOTHING` where it has none."""
    if not path:
        return returned
    places: list[tuple[Any, Value]] = []
    if isinstance(expected, dict):
        places = [
            (key, item) for key, item in expected.items() if isinstance(returned, dict) and key in returned
        ]
    elif isinstance(expected, (list, tuple)) and (isinstance(returned, (list, tuple)) or _has_rows(returned)):
        places = list(enumerate(expected[: len(returned)]))
    for key, item in places:
        start = f"[{key!r}]".replace("'", '"')
        if path.startswith(start):
            return part_at(item, returned[key], path[len(start) :])
    return NOTHING


def _has_rows(value: Value) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0


def _same(expected: Value, returned: Value, tolerance: Tolerance) -> bool:
    return compare(encode(expected), encode(returned), tolerance) is None


def _keys(present: dict[Any, Value], asked: dict[Any, Value], name: str) -> str:
    """Say which keys there are, for public cases: the one that is near, if one is that nobody asked for."""
    if not present:
        return "it is empty"
    texts = [
        clean(f'"{key}"' if isinstance(key, str) else repr(key), 40) for key in present if key not in asked
    ]
    near = [text for text in texts if text.lower() == name.lower()] or difflib.get_close_matches(
        name, texts, 1, 0.8
    )
    return f"it has {near[0]} instead" if near else f"it is a {clean(describe(present))}"


def _kind(expected: str) -> str:
    """Shorten the words for an expected value to its type: sizes of hidden answers are not shown."""
    return expected.partition(" ")[0]


def _a(words: str) -> str:
    if words == "None":
        return words
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"
