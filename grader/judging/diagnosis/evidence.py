"""What diagnosis has to go by: one exercise, its judged cases, and what was expected and returned in each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from grader.course.model import Case, Exercise
from grader.results import Finding, JudgedCase, Load, Mismatch, Raised, Verdict
from grader.values import Encoded, Opaque, Value, decode, describe, encode

__all__ = ["NOTHING", "Evidence", "Item", "clean", "finding"]

MAX_TEXT: Final = 300
MAX_DETAILS: Final = 4000

#: What is so many times larger than the expected value, and as many bytes more, tells that and nothing else:
#: a closer look would cost whoever returns it nothing, and this side its time.
LARGER: Final = 8
LARGE_DATA: Final = 2**17
LARGE_STRUCTURE: Final = 2**13


class _Nothing:
    """Stands for a value that was never returned: None is one that was."""


NOTHING: Final = _Nothing()


@dataclass(frozen=True, slots=True)
class Item:
    """One judged case.

    Parameters
    ----------
    case : Case
    judged : JudgedCase
    expected : value
    returned : value
        `NOTHING` where no value came back.
    """

    case: Case
    judged: JudgedCase
    expected: Value
    returned: Value

    @property
    def public(self) -> bool:
        """Whether what the student's code said in this case may be shown."""
        return self.case.visibility == "public"

    @property
    def verdict(self) -> Verdict:
        """The case's verdict."""
        return self.judged.verdict

    @property
    def mismatch(self) -> Mismatch:
        """The case's mismatch; of no kind where nothing was compared."""
        return self.judged.mismatch or Mismatch("")

    @property
    def raised(self) -> Raised | None:
        """The exception that ended the case."""
        return self.judged.outcome.raised


@dataclass(frozen=True, slots=True)
class Evidence:
    """One exercise with the cases that are still to be explained.

    Parameters
    ----------
    exercise : Exercise
    passing : tuple of (Case, JudgedCase)
    failing : tuple of Item
        Cases that did not pass and that no finding explains yet.
    load : Load or None
        How loading the file went.
    helpers : tuple of str
        Exercises that this one uses, or on whose results it is graded, and that are not right.
    explained : bool
        Whether findings explain other cases.
    """

    exercise: Exercise
    passing: tuple[tuple[Case, JudgedCase], ...]
    failing: tuple[Item, ...]
    load: Load | None = None
    helpers: tuple[str, ...] = ()
    explained: bool = False

    @classmethod
    def of(
        cls,
        exercise: Exercise,
        judged: Sequence[JudgedCase],
        load: Load | None = None,
        helpers: tuple[str, ...] = (),
        *,
        held_back: bool = False,
    ) -> Evidence:
        """Decode what did not pass; `held_back` where none of it may be shown, as of hidden cases."""
        cases = [replace(case, visibility="hidden") if held_back else case for case in exercise.cases]
        pairs = list(zip(cases, judged, strict=True))
        passing = tuple(pair for pair in pairs if pair[1].verdict is Verdict.PASSED)
        failing = (pair for pair in pairs if pair[1].verdict is not Verdict.PASSED)
        return cls(exercise, passing, tuple(_item(*pair) for pair in failing), load, helpers)

    def names(self) -> frozenset[str]:
        """Return the names of the cases that are still to be explained."""
        return frozenset(item.case.name for item in self.failing)

    def without(self, names: Collection[str]) -> Evidence:
        """Return the evidence with these cases explained."""
        left = tuple(item for item in self.failing if item.case.name not in names)
        return replace(self, failing=left, explained=self.explained or len(left) < len(self.failing))

    def where(self, items: Sequence[Item]) -> str:
        """Say which exercise and cases a sentence is about."""
        total = len(self.exercise.cases)
        if len(items) == total:
            return self.exercise.name
        if len(items) == 1:
            return f'{self.exercise.name}, case "{items[0].case.name}"'
        return f"{self.exercise.name}, {len(items)} of {total} cases"


def finding(
    evidence: Evidence,
    items: Sequence[Item],
    code: str,
    sentence: str,
    help_steps: Iterable[str] = (),
    details: str = "",
) -> Finding:
    """Make a finding that explains these cases; `sentence` follows the exercise's name and a colon."""
    return Finding(
        code=code,
        message=f"{evidence.where(items)}: {sentence}",
        help=tuple(help_steps),
        cases=tuple(item.case.name for item in items),
        details=clean(details, MAX_DETAILS, keep="\n"),
    )


def clean(text: str, limit: int = MAX_TEXT, keep: str = "") -> str:
    """Make text of the student's fit to be stored: printable, encodable, and not endless."""
    short = text[:limit] + ("…" if len(text) > limit else "")
    return "".join(sign if sign.isprintable() or sign in keep else " " for sign in short)


def _item(case: Case, judged: JudgedCase) -> Item:
    expected, value = decode(case.expected), judged.outcome.value
    if value is None:
        return Item(case, judged, expected, NOTHING)
    returned = decode(value)
    if not _is_far_larger(value, case.expected):
        return Item(case, judged, expected, returned)
    returned = Opaque(describe(returned))
    outcome = replace(judged.outcome, value=encode(returned.type_name))
    return Item(case, replace(judged, outcome=outcome), expected, returned)


def _is_far_larger(value: Encoded, expected: Encoded) -> bool:
    return (
        len(value.data) > LARGER * len(expected.data) + LARGE_DATA
        or len(value.structure) > LARGER * len(expected.structure) + LARGE_STRUCTURE
    )
