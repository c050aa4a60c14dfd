"""Files that are alike: candidates for reading side by side, found without comparing each with each.

Two files are looked at together where they have most of their code in common *and* return the same wrong
values in an exercise, or where they are the same, byte for byte. Students who worked alone are far from it:
what the handout gave them does not count, and in the sample cohort no two have more than 15 per cent in
common.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["ALIKE", "AlikeFiles", "Group"]

#: Estimated share of the code in common from which on two files are looked at together.
ALIKE: Final = 0.7

#: A sketch is cut into bands of so many numbers; files that agree in a band are compared. Of pairs with a
#: share of 0.7 in common, 99 in 100 do; of pairs with a share of 0.15, one in 100.
_BAND: Final = 4

#: Files that a band is compared with; more than these agree in it only where all are one another's copies.
_MOST_LEADERS: Final = 8


@dataclass(slots=True)
class Group:
    """Submissions, by number, each of which is like another of them."""

    members: tuple[int, ...]
    answers: frozenset[int]
    similarity: float
    identical: bool


@dataclass(slots=True)
class _Link:
    answers: frozenset[int]
    similarity: float
    identical: bool


@dataclass(slots=True)
class AlikeFiles:
    """The files of one assignment; feed it each once."""

    _numbers: array[int] = field(default_factory=lambda: array("L"))
    _hashes: list[bytes] = field(default_factory=list)
    _sketches: list[bytes] = field(default_factory=list)
    _answers: list[tuple[int, ...]] = field(default_factory=list)

    def add(self, number: int, sha256: str, sketch: Sequence[int], answers: Sequence[int]) -> None:
        """Keep what is needed of a file; one with hardly any code of its own is like none.

        Parameters
        ----------
        number : int
            Of the submission.
        sha256 : str
        sketch : sequence of int
        answers : sequence of int
            Indices of its wrong answers.
        """
        if not sketch:
            return
        self._numbers.append(number)
        self._hashes.append(bytes.fromhex(sha256)[:16])
        self._sketches.append(np.array(sketch, np.uint32).tobytes())
        self._answers.append(tuple(answers))

    def groups(self) -> tuple[Group, ...]:
        """Return the files that are alike; those with most in common first."""
        links: dict[tuple[int, int], _Link] = {}
        for one, other, link in self._links():
            known = links.get((one, other))
            if known is None or link.identical:
                links[one, other] = link
        parents = list(range(len(self._numbers)))
        for one, other in links:
            parents[_root(parents, one)] = _root(parents, other)
        joined: dict[int, list[_Link]] = {}
        members: dict[int, set[int]] = {}
        for (one, other), link in links.items():
            root = _root(parents, one)
            joined.setdefault(root, []).append(link)
            members.setdefault(root, set()).update((self._numbers[one], self._numbers[other]))
        groups = [_group(members[root], joined[root]) for root in joined]
        return tuple(sorted(groups, key=lambda each: (-each.similarity, each.members)))

    def _links(self) -> Iterator[tuple[int, int, _Link]]:
        """Yield pairs that are alike: enough of them to join every group, not all."""
        first: dict[bytes, int] = {}
        for place, digest in enumerate(self._hashes):
            other = first.setdefault(digest, place)
            if other != place:
                yield other, place, _Link(self._shared(other, place), 1.0, identical=True)
        leaders: dict[tuple[int, bytes], list[int]] = {}
        for place, sketch in enumerate(self._sketches):
            if not self._answers[place] or first[self._hashes[place]] != place:
                continue
            for key in _bands(sketch):
                others = leaders.setdefault(key, [])
                link = next(filter(None, (self._link(other, place) for other in others)), None)
                if link is not None:
                    yield link
                elif len(others) < _MOST_LEADERS:
                    others.append(place)

    def _link(self, one: int, other: int) -> tuple[int, int, _Link] | None:
        shared = self._shared(one, other)
        if not shared:
            return None
        similarity = float(np.mean(self._numbers_of(one) == self._numbers_of(other)))
        return (one, other, _Link(shared, similarity, identical=False)) if similarity >= ALIKE else None

    def _shared(self, one: int, other: int) -> frozenset[int]:
        return frozenset(self._answers[one]).intersection(self._answers[other])

    def _numbers_of(self, place: int) -> npt.NDArray[np.uint32]:
        return np.frombuffer(self._sketches[place], np.uint32)


def _bands(sketch: bytes) -> Iterator[tuple[int, bytes]]:
    size = 4 * _BAND
    return ((at, sketch[at : at + size]) for at in range(0, len(sketch), size))


def _root(parents: list[int], place: int) -> int:
    while parents[place] != place:
        parents[place] = parents[parents[place]]
        place = parents[place]
    return place


def _group(members: set[int], links: list[_Link]) -> Group:
    return Group(
        tuple(sorted(members)),
        frozenset().union(*(link.answers for link in links)),
        min(link.similarity for link in links),
        any(link.identical for link in links),
    )
