"""What the inputs of the failing cases have in common, and those of the passing ones have not.

A condition names arguments and sizes, and no number but 0, 1/2, 1 and 2: it tells no more of a hidden case.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Final, NamedTuple

from grader.judging.diagnosis.quantities import Quantity, arrays_of, quantities
from grader.values import Array, Value

__all__ = ["predicate"]

#: A word of an argument may be named: "test", "relu". Anything longer is data.
LONGEST_WORD: Final = 16

#: What tells fewer cases apart than these is an accident.
FEWEST: Final = 4

_Inputs = dict[str, Value]
_Says = tuple[str, Callable[[float], bool]]


@dataclass(frozen=True, slots=True)
class _Features:
    """What one case's inputs are like: only what is given, by the way it is written."""

    given: tuple[str, ...]
    words: dict[str, str | bool]
    numbers: dict[str, Quantity]
    arrays: dict[str, Array]

    @classmethod
    def of(cls, inputs: _Inputs) -> _Features:
        words = dict(_words_in(inputs))
        return cls(tuple(_names_in(inputs)), words, quantities(inputs), arrays_of(inputs))


class _Condition(NamedTuple):
    """A clause, what it speaks of, and whether it holds in a case: None where the case has no such thing."""

    subject: str
    clause: str
    holds: Callable[[_Features], bool | None]


def predicate(
    failing: Sequence[_Inputs], passing: Sequence[_Inputs], names: Collection[str] | None = None
) -> str | None:
    """Find the simplest condition that holds in every failing case and in no passing one.

    Parameters
    ----------
    failing, passing : sequence of dict of str to value
        The inputs of each case.
    names : collection of str, optional
        The arguments that may be spoken of, such as those of the function's signature; all without it.

    Returns
    -------
    str or None
        A clause such as "`t` is not 1"; None without such a condition, and where a single case stands out
        in more than one way.
    """
    wrong, right = ([_Features.of(_only(each, names)) for each in cases] for cases in (failing, passing))
    fewest = min(len(wrong), len(right))
    if fewest == 0 or len(wrong) + len(right) < FEWEST:
        return None
    for family, many in _FAMILIES:
        found = [each for each in family([*wrong, *right]) if _separates(each, wrong, right)]
        if found and fewest == 1 and (many or len({each.subject for each in found}) > 1):
            return None
        if found:
            return found[0].clause or None
    return None


def _only(inputs: _Inputs, names: Collection[str] | None) -> _Inputs:
    return inputs if names is None else {name: value for name, value in inputs.items() if name in names}


def _separates(condition: _Condition, wrong: list[_Features], right: list[_Features]) -> bool:
    return all(condition.holds(each) is True for each in wrong) and all(
        condition.holds(each) is False for each in right
    )


def _word(cases: list[_Features]) -> Iterator[_Condition]:
    """Yield that an argument is a certain word, or is true or false."""
    for name in _names(each.words for each in cases):
        for value in dict.fromkeys(each.words[name] for each in cases if name in each.words):
            shown = f'"{value}"' if isinstance(value, str) else str(value)
            yield _Condition(name, f"`{name}` is {shown}", partial(_is, name, value))


def _left_out(cases: list[_Features]) -> Iterator[_Condition]:
    """Yield that an argument is left out, or is not."""
    patterns: dict[tuple[bool, ...], list[str]] = {}
    for name in dict.fromkeys(name for each in cases for name in each.given):
        patterns.setdefault(tuple(name in each.given for each in cases), []).append(name)
    for names in patterns.values():
        subject = " and ".join(f"`{name}`" for name in names) if len(names) < 3 else "what has a default"
        verb = "are" if len(names) == 2 else "is"
        yield _Condition(subject, f"{subject} {verb} left out", partial(_gives, names[0], False))
        yield _Condition(subject, f"{subject} {verb} given", partial(_gives, names[0], True))


#: Numbers that an argument may be, and what may be said then.
_NUMBERS: Final = (
    ("is 0", lambda value: value == 0),
    ("is not 0", lambda value: value != 0),
    ("is negative", lambda value: value < 0),
    ("is not negative", lambda value: value >= 0),
)
#: Of a share, such as a probability.
_SHARES: Final = (
    ("is 1", lambda value: value == 1),
    ("is below 1", lambda value: value < 1),
    ("is 1/2", lambda value: value == 0.5),
    ("is not 1/2", lambda value: value != 0.5),
)
#: Of what counts something.
_COUNTS: Final = (
    ("is 1", lambda value: value == 1),
    ("is above 1", lambda value: value > 1),
    ("is not 1", lambda value: value != 1),
    ("is above 2", lambda value: value > 2),
)
#: Of any other number: worth no sentence, but it may be why, and another condition then is not it.
_OTHERS: Final = (("", lambda value: value != 1),)
_STEPS: Final = (*_COUNTS, ("is not 2", lambda value: value != 2))


def _number(cases: list[_Features]) -> Iterator[_Condition]:
    """Yield that an argument is, or is not, one of a few numbers."""
    for name, quantity in _distinct(cases):
        if quantity.is_size or name == "seed":
            continue
        values = [each.numbers[name].value for each in cases]
        says: tuple[_Says, ...] = _NUMBERS
        if all(0 <= value <= 1 for value in values):
            says += _SHARES
        elif _whole(values):
            says += _STEPS
        else:
            says += _OTHERS
        yield from _single(name, says, cases)


def _size(cases: list[_Features]) -> Iterator[_Condition]:
    """Yield that a size is, or is not, one of a few numbers."""
    for name, quantity in _distinct(cases):
        if quantity.is_size:
            yield from _single(name, _STEPS if name == "L" else _COUNTS, cases)


def _single(name: str, says: tuple[_Says, ...], cases: list[_Features]) -> Iterator[_Condition]:
    subject = _subject(name, cases)
    for words, test in says:
        yield _Condition(name, words and f"{subject} {words}", partial(_of, test, (name,)))


_PAIRS: Final = (
    ("is a multiple of", lambda a, b: b != 0 and a % b == 0),
    ("is no multiple of", lambda a, b: b != 0 and a % b != 0),
    ("is below", operator.lt),
    ("is above", operator.gt),
)
_SIZES: Final = (("equals", operator.eq), ("differs from", operator.ne))


def _pair(cases: list[_Features]) -> Iterator[_Condition]:
    """Yield that one count is a multiple of, below or above another."""
    counts = [
        (name, quantity)
        for name, quantity in _distinct(cases)
        if name != "seed" and _whole(each.numbers[name].value for each in cases)
    ]
    for (first, one), (second, other) in combinations(counts, 2):
        # "m is no multiple of `mini_batch_size`": the size is the subject.
        names = (second, first) if other.is_size and not one.is_size else (first, second)
        subject, object_ = (_subject(name, cases) for name in names)
        for words, test in _SIZES if one.is_size and other.is_size else _PAIRS:
            yield _Condition(f"{first} {second}", f"{subject} {words} {object_}", partial(_of, test, names))


_CONTENTS: Final = (
    ("holds whole numbers", lambda array: array.dtype.kind in "iu"),
    ("holds truth values", lambda array: array.dtype.kind == "b"),
    ("holds nothing but zeros", lambda array: not array.any()),
    ("holds other entries than zeros", lambda array: array.any()),
    ("has a negative entry", lambda array: (array < 0).any()),
    ("has no negative entry", lambda array: (array >= 0).all()),
    ("has an entry that is 0", lambda array: (array == 0).any()),
)


def _content(cases: list[_Features]) -> Iterator[_Condition]:
    """Yield that an array has certain entries."""
    for name in _names(each.arrays for each in cases):
        for says, test in _CONTENTS if "[" not in name else ():
            yield _Condition(name, f"`{name}` {says}", partial(_in, test, name))


#: The likeliest first, and whether it is one of so many conditions that a single case says nothing.
_FAMILIES: Final = (
    (_word, False),
    (_left_out, False),
    (_number, False),
    (_size, False),
    (_pair, True),
    (_content, True),
)


def _is(name: str, value: str | bool, case: _Features) -> bool | None:
    return case.words[name] == value if name in case.words else None


def _gives(name: str, whether: bool, case: _Features) -> bool:
    return (name in case.given) is whether


def _of(test: Callable[..., object], names: tuple[str, ...], case: _Features) -> bool | None:
    if not all(name in case.numbers for name in names):
        return None
    return bool(test(*(case.numbers[name].value for name in names)))


def _in(test: Callable[[Array], object], name: str, case: _Features) -> bool | None:
    return bool(test(case.arrays[name])) if name in case.arrays and case.arrays[name].size else None


def _distinct(cases: list[_Features]) -> list[tuple[str, Quantity]]:
    """Return the numbers that all cases have; of those that are always equal the first."""
    found: dict[tuple[float, ...], tuple[str, Quantity]] = {}
    for name, quantity in cases[0].numbers.items():
        if all(name in each.numbers for each in cases):
            found.setdefault(tuple(each.numbers[name].value for each in cases), (name, quantity))
    return list(found.values())


def _whole(values: Iterable[float]) -> bool:
    return all(value == int(value) for value in values)


def _subject(name: str, cases: list[_Features]) -> str:
    return cases[0].numbers[name].words or f"`{name}`"


def _names(dicts: Iterable[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(name for each in dicts for name in each))


def _names_in(inputs: _Inputs) -> Iterator[str]:
    """Yield the arguments, and the keys of those that hold options."""
    for name, value in inputs.items():
        yield name
        if isinstance(value, dict):
            yield from (f'{name}["{key}"]' for key in value if isinstance(key, str) and not _is_layer(key))


def _words_in(inputs: _Inputs) -> Iterator[tuple[str, str | bool]]:
    for name, value in inputs.items():
        items = value.items() if isinstance(value, dict) else [(None, value)]
        for key, item in items:
            if isinstance(item, (bool, str)) and len(str(item)) <= LONGEST_WORD:
                yield (name if key is None else f'{name}["{key}"]'), item


def _is_layer(key: str) -> bool:
    return key[-1:].isdigit()
