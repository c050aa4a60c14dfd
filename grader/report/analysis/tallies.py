"""Findings and wrong answers, counted with those who have them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from grader.report.words import within
from grader.results import ExerciseResult, Finding, Verdict

__all__ = [
    "AnswerTally",
    "Answers",
    "FindingTally",
    "Findings",
    "is_explanation",
    "is_misconception",
    "short",
]

#: Findings that say what happened or where, and name no mistake.
_NO_MISTAKE: Final = frozenset({"attempted", "facts", "file", "load", "stopped"})

#: Kinds whose sentence tells one mistake from another of the same code.
_BY_SENTENCE: Final = frozenset({"mutant", "relation", "answer", "helpers"})

#: Sentences of one code that are told apart in an exercise: some may hold numbers.
_MOST_SENTENCES: Final = 50


def is_misconception(code: str) -> bool:
    """Say whether a finding names a mistake that a class can be told about."""
    return code.partition(".")[0] not in _NO_MISTAKE


def is_explanation(code: str) -> bool:
    """Say whether a finding explains why an answer is wrong."""
    return code.partition(".")[0] != "facts"


def short(code: str) -> str:
    """Return a finding's name in words.

    Examples
    --------
    >>> short("known.last_batch_dropped")
    'last batch dropped'
    """
    return code.rpartition(".")[2].replace("_", " ")


@dataclass(slots=True)
class _Members:
    """Submissions by number, and the one with the fewest other findings."""

    numbers: array[int] = field(default_factory=lambda: array("L"))
    clearest: int = -1
    others: int = 0

    def add(self, number: int, others: int) -> None:
        """Note a submission; `others` is how many findings it has beside."""
        if self.numbers and self.numbers[-1] == number:
            return
        if self.clearest < 0 or others < self.others:
            self.clearest, self.others = number, others
        self.numbers.append(number)


@dataclass(slots=True)
class FindingTally:
    """A finding and who has it; `varies` where its sentence does: then `message` is an example."""

    index: int
    exercise: str
    code: str
    message: str
    varies: bool = False
    members: _Members = field(default_factory=_Members)


class Findings:
    """All findings of an assignment's submissions; those about a whole file have "" for the exercise."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, str, str], FindingTally] = {}
        self._sentences: dict[tuple[str, str], int] = {}

    def add(self, number: int, exercise: str, found: Finding, others: int) -> int:
        """Note that a submission has a finding; return the finding's index."""
        message = within(exercise, found.message)
        key = self._key(exercise, found.code, message)
        tally = self._by_key.get(key)
        if tally is None:
            tally = self._by_key[key] = FindingTally(len(self._by_key), exercise, found.code, message)
        tally.varies |= tally.message != message
        tally.members.add(number, others)
        return tally.index

    def _key(self, exercise: str, code: str, message: str) -> tuple[str, str, str]:
        if code.partition(".")[0] not in _BY_SENTENCE:
            return exercise, code, ""
        key = (exercise, code, message)
        if key not in self._by_key:
            seen = self._sentences.get(key[:2], 0)
            if seen == _MOST_SENTENCES:
                return exercise, code, ""
            self._sentences[key[:2]] = seen + 1
        return key

    @property
    def tallies(self) -> Sequence[FindingTally]:
        """Each finding, in the order of their indices."""
        return tuple(self._by_key.values())


@dataclass(slots=True)
class AnswerTally:
    """One wrong answer and who returned it; `shared` are the findings that all of them have, by code."""

    index: int
    exercise: str
    answer: str
    cases: tuple[str, ...]
    of_cases: int
    shared: dict[str, str]
    members: _Members = field(default_factory=_Members)

    @property
    def explanation(self) -> tuple[str, str]:
        """Code and sentence of the first finding that all share and that explains; ("", "") without one."""
        return next((item for item in self.shared.items() if is_explanation(item[0])), ("", ""))


class Answers:
    """The wrong answers of an assignment's submissions."""

    def __init__(self) -> None:
        self._by_key: dict[tuple[str, str], AnswerTally] = {}

    def add(self, number: int, exercise: ExerciseResult, others: int) -> int | None:
        """Note what a submission answered; return the answer's index, None where nothing is wrong."""
        if not exercise.answer:
            return None
        found = {each.code: within(exercise.name, each.message) for each in exercise.findings}
        key = (exercise.name, exercise.answer)
        tally = self._by_key.get(key)
        if tally is None:
            failing = tuple(each.name for each in exercise.cases if each.verdict is not Verdict.PASSED)
            tally = self._by_key[key] = AnswerTally(
                len(self._by_key), *key, failing, len(exercise.cases), found
            )
        elif tally.shared.keys() - found.keys():
            tally.shared = {code: message for code, message in tally.shared.items() if code in found}
        tally.members.add(number, others)
        return tally.index

    @property
    def tallies(self) -> Sequence[AnswerTally]:
        """Each answer, in the order of their indices."""
        return tuple(self._by_key.values())

    def largest(self) -> dict[tuple[str, str], int]:
        """Return for each exercise and case the most submissions that fail it with the same answer."""
        most: dict[tuple[str, str], int] = {}
        for tally in self._by_key.values():
            for case in tally.cases:
                key = (tally.exercise, case)
                most[key] = max(most.get(key, 0), len(tally.members.numbers))
        return most
