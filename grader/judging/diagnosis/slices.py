"""Batches: which columns of the inputs each of them holds, found by matching them back.

Where an answer is a list of pairs cut from `X` and `Y`, numbers and shapes say little. The columns that came
back, by their places in `X`, say it all: in which order they are, which are missing, and where the last batch
begins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from grader.course.model import Equal
from grader.judging.diagnosis.evidence import Evidence, Item, finding
from grader.results import Finding, Verdict
from grader.values import Array, Value

__all__ = ["CODES", "explain"]

#: More columns than these are not matched.
MOST_COLUMNS: Final = 2000


@dataclass(frozen=True, slots=True)
class _Cut:
    """One case: the columns of each batch by their places in `X`.

    Parameters
    ----------
    wanted, got : tuple of tuple of int
        Of the batches expected and returned.
    paired : bool
        Whether each label returned is that of its example.
    by_value : bool
        Whether the order is asked for, too.
    """

    wanted: tuple[tuple[int, ...], ...]
    got: tuple[tuple[int, ...], ...]
    paired: bool
    by_value: bool

    @property
    def order(self) -> list[int]:
        """The columns in the order in which they are asked for."""
        return [index for batch in self.wanted for index in batch]

    @property
    def found(self) -> list[int]:
        """The columns in the order in which they came back."""
        return [index for batch in self.got for index in batch]


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Explain all failing cases at once, if one thing is wrong with the batches of each."""
    items = [item for item in evidence.failing if item.verdict is Verdict.FAILED]
    cuts = [_cut(item) for item in items]
    if not items or len(items) < len(evidence.failing):
        return ()
    known = [cut for cut in cuts if cut is not None]
    if len(known) < len(cuts) or not all(len(cut.order) for cut in known):
        return ()
    by_value = [cut for cut in known if cut.by_value]
    for code, sentence, steps, holds in _STORIES:
        # Where the order is free, what is said of the right one cannot be found.
        asked = known if holds in _OF_ANY_ORDER else by_value
        if asked and all(holds(cut) for cut in asked):
            return (finding(evidence, items, f"batches.{code}", sentence, steps, _details(items, known)),)
    return ()


def _cut(item: Item) -> _Cut | None:
    """Match the columns of a case's batches back; None where they are no batches, or hold other columns."""
    examples, labels = _matrix(item.case.inputs.get("X")), _matrix(item.case.inputs.get("Y"))
    if examples is None or labels is None or examples.shape[1] != labels.shape[1]:
        return None
    places = {column: index for index, column in enumerate(_columns(examples))}
    wanted, got = _places(item.expected, places), _places(item.returned, places)
    if not len(places) == examples.shape[1] <= MOST_COLUMNS or wanted is None or got is None:
        return None
    paired = all(
        np.array_equal(pair[1], labels[:, list(batch)])
        for pair, batch in zip(item.returned, got, strict=True)
    )
    return _Cut(wanted, got, paired, isinstance(item.case.judge, Equal))


def _places(value: Value, places: dict[bytes, int]) -> tuple[tuple[int, ...], ...] | None:
    """Return the places of the columns of each pair's first array; None where it is no list of such pairs."""
    if not isinstance(value, (list, tuple)):
        return None
    found = []
    for pair in value:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2 or _matrix(pair[1]) is None:
            return None
        batch = _matrix(pair[0])
        if batch is None:
            return None
        found.append(tuple(places.get(column, -1) for column in _columns(batch)))
    return None if any(-1 in batch for batch in found) else tuple(found)


def _columns(matrix: Array) -> list[bytes]:
    return [column.tobytes() for column in np.ascontiguousarray(matrix.T, np.float64)]


def _matrix(value: Value) -> Array | None:
    return value if isinstance(value, np.ndarray) and value.ndim == 2 and value.dtype.kind in "biuf" else None


def _unpaired(cut: _Cut) -> bool:
    return not cut.paired and sorted(cut.found) == sorted(cut.order)


def _unshuffled(cut: _Cut) -> bool:
    return cut.paired and cut.found == sorted(cut.order)


def _scattered(cut: _Cut) -> bool:
    return cut.found == [int(place) for place in np.argsort(cut.order)]


def _last_missing(cut: _Cut) -> bool:
    return cut.got == cut.wanted[:-1]


def _empty_last(cut: _Cut) -> bool:
    return cut.got == (*cut.wanted, ())


def _last_is_wrong(cut: _Cut) -> bool:
    return len(cut.got) == len(cut.wanted) and cut.got[:-1] == cut.wanted[:-1]


def _last_from_front(cut: _Cut) -> bool:
    return _last_is_wrong(cut) and len(cut.got) > 1 and cut.got[-1] == tuple(cut.order[: len(cut.got[-1])])


def _last_too_early(cut: _Cut) -> bool:
    return _last_is_wrong(cut) and set(cut.got[-1]) > set(cut.wanted[-1])


def _last_too_short(cut: _Cut) -> bool:
    return _last_is_wrong(cut) and set(cut.got[-1]) < set(cut.wanted[-1])


def _cut_elsewhere(cut: _Cut) -> bool:
    return cut.found == cut.order and cut.got != cut.wanted


def _dealt(cut: _Cut) -> bool:
    count = len(cut.got)
    return all(list(batch) == cut.order[k::count] for k, batch in enumerate(cut.got))


def _repeated(cut: _Cut) -> bool:
    return len(set(cut.found)) < len(cut.found)


def _reordered(cut: _Cut) -> bool:
    return cut.paired and sorted(cut.found) == sorted(cut.order)


_SHUFFLE: Final = (
    "One permutation of the columns serves for the examples and for their labels.",
    "Look at how the permutation is made, and at what is indexed with it.",
)
_SEED: Final = (
    "Every example comes once and keeps its label; only the order is another one than asked.",
    "Compare with the docstring: which seed, which function draws, how often, and what is done with it?",
)
_REST: Final = (
    "The last batch begins where the last full one ends, and holds all that is left.",
    "Write both ends of its slice for seven examples in batches of two: which columns are not used yet?",
)
_BLOCKS: Final = (
    "Each batch is a block of neighbouring columns of the shuffled examples.",
    "Write both ends of the slice of batch k: where does it begin, and where does the one before it end?",
)

_Story = tuple[str, str, tuple[str, ...], Callable[[_Cut], bool]]

#: What may be wrong with batches, the most telling first.
_STORIES: Final[tuple[_Story, ...]] = (
    ("labels_left_behind", "examples have labels of other examples.", _SHUFFLE, _unpaired),
    ("not_shuffled", "the examples come in the order in which they are given.", _SHUFFLE, _unshuffled),
    (
        "scattered",
        "each example is sent to the place that the permutation names, instead of being taken from there.",
        _SHUFFLE,
        _scattered,
    ),
    ("last_missing", "the last batch is missing, and its examples with it.", _REST, _last_missing),
    ("empty_last", "there is an empty batch at the end.", _REST, _empty_last),
    (
        "last_from_front",
        "the last batch is cut from the beginning of the shuffled examples; the others are right.",
        _REST,
        _last_from_front,
    ),
    (
        "last_too_early",
        "the last batch begins too early, with examples of the batch before it; the others are right.",
        _REST,
        _last_too_early,
    ),
    ("last_too_short", "the last batch lacks examples; the others are right.", _REST, _last_too_short),
    (
        "cut_elsewhere",
        "the order is right, and the batches are cut at other places.",
        _BLOCKS,
        _cut_elsewhere,
    ),
    ("dealt", "the examples are dealt out in turn instead of being cut into blocks.", _BLOCKS, _dealt),
    ("repeated", "some examples are in the batches more than once.", _BLOCKS, _repeated),
    ("other_order", "the examples come in another order than the one asked.", _SEED, _reordered),
)

_OF_ANY_ORDER: Final = (_unpaired, _unshuffled, _repeated)

CODES: Final = tuple(f"batches.{story[0]}" for story in _STORIES)


def _details(items: list[Item], cuts: list[_Cut]) -> str:
    return "\n".join(
        f"{item.case.name}: columns {cut.got}, asked {cut.wanted}"
        for item, cut in zip(items, cuts, strict=True)
    )
