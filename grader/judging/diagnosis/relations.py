"""Relations: how what was returned follows from what was expected, in every case at once.

Nothing is known of how it was computed, so a sentence here says what the numbers are: "`dW1` and `dW2` are
the right value times `m`". It is made where the relation holds for every wrong array of a pattern in every
failing case, and would leave the right ones as they are; or where what tells the wrong ones from the right
ones is known, and is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from grader.judging.diagnosis import randomness, relations_forms, relations_numbers
from grader.judging.diagnosis.evidence import Evidence, Item, clean, finding
from grader.judging.diagnosis.predicates import predicate
from grader.judging.diagnosis.relations_basics import Find, Group, Relation
from grader.judging.diagnosis.samples import Sample, samples_of
from grader.results import Finding

__all__ = ["CODES", "explain"]

CODES: Final = (*relations_numbers.CODES, *relations_forms.CODES, *randomness.CODES, "relation.property")

#: Names that are written out; of more arrays of one pattern the first two stand for all.
MAX_NAMES: Final = 6
MAX_OF_PATTERN: Final = 3

_FINDERS: Final[tuple[Find, ...]] = (
    *relations_numbers.FINDERS,
    *relations_forms.FINDERS,
    *randomness.FINDERS,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What holds, for which arrays, and where alone."""

    relation: Relation
    samples: tuple[Sample, ...]
    where: str = ""
    subject: str = ""

    @property
    def cases(self) -> set[str]:
        """The cases in which something is explained by it."""
        return {sample.around.case for sample in self.samples}


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Explain the failing cases in which a relation holds for something that is wrong."""
    related = _related(evidence)
    return (*related, *_properties(evidence.without({name for one in related for name in one.cases})))


#: What a property says may be passed on where no number of a hidden case is in it.
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?|(?<!\w)[\"']\w")
_KNOWN_NUMBERS: Final = ("0", "1", "2", "10")

_PROPERTY: Final = "The form is right, but every right answer has a property that this one lacks: {}."


def _properties(evidence: Evidence) -> Iterator[Finding]:
    """Pass on what the author's properties say does not hold, where it is the same in several cases."""
    notes: dict[tuple[str, str], list[Item]] = {}
    kinds = [item.mismatch.kind for item in evidence.failing]
    if kinds.count("property") < kinds.count("value"):
        return  # The cases whose numbers can be followed say more.
    for item in evidence.failing:
        if item.mismatch.kind == "property" and (note := _safe(item.mismatch.note)):
            notes.setdefault((note, item.mismatch.expected), []).append(item)
    for (note, asked), items in sorted(notes.items(), key=lambda each: -len(each[1])):
        steps = (_PROPERTY.format(asked.rstrip(".")[:1].lower() + asked.rstrip(".")[1:]),)
        yield finding(evidence, items, "relation.property", note, steps, _details(items))


def _safe(note: str) -> str:
    """Return what a note says before it comes to numbers; "" where it has no such part."""
    for part in (note, note.partition(": ")[0].rstrip(".") + "."):
        if all(found in _KNOWN_NUMBERS for found in _NUMBER.findall(part)) and " " in part:
            return clean(part)
    return ""


def _related(evidence: Evidence) -> tuple[Finding, ...]:
    samples = samples_of(evidence)
    wrong = [sample for sample in samples if sample.wrong]
    if not wrong:
        return ()
    search = _Search(evidence, samples, _count(wrong))
    patterns = dict.fromkeys(sample.pattern for sample in wrong)
    with np.errstate(all="ignore"):
        found = [one for pattern in patterns for one in search.of(pattern)]
    claimed = _claimed(found, wrong)
    return (_finding(evidence, found, wrong, claimed),) if claimed else ()


@dataclass(frozen=True)
class _Search:
    """Looks for relations of one exercise."""

    evidence: Evidence
    samples: list[Sample]
    failing: int

    def of(self, pattern: str) -> list[_Found]:
        """Look for one relation for a whole pattern, else for one of each of its arrays."""
        samples = _called_alike([sample for sample in self.samples if sample.pattern == pattern])
        whole = _holding(samples)
        if whole is not None:
            return [whole]
        each = _by_path(samples)
        in_list = any(sample.in_list for sample in samples)
        parts = [] if in_list or len(each[0]) == len(samples) else self._kept(each, _holding)
        if parts:
            return parts
        alone = _in_some_layers(samples) or self._under_condition(samples)
        if alone or in_list:
            return [alone] if alone else []
        return self._kept(each, self._under_condition)

    def _kept(self, each: list[list[Sample]], look: Callable[[list[Sample]], _Found | None]) -> list[_Found]:
        """Keep what holds in two cases, and where it is said of another array; all of a single case."""
        often = [samples for samples in each if _count(samples) > 1 or self.failing == 1]
        found = [one for samples in often if (one := look(samples))]
        said = {one.relation.says for one in found}
        seldom = [samples for samples in each if samples not in often] if found else []
        return found + [one for samples in seldom if (one := look(samples)) and one.relation.says in said]

    def _under_condition(self, samples: list[Sample]) -> _Found | None:
        """Look for a relation that holds in the failing cases alone, which have something in common."""
        wrong = tuple(sample for sample in samples if sample.wrong)
        if _count(samples) < 2 or not self._clause:
            return None
        found = _first(Group(wrong, ()))
        return None if found is None else _Found(found, wrong, f" where {self._clause}")

    @cached_property
    def _clause(self) -> str:
        """What tells the failing cases from the passing ones."""
        failing = [item.case.inputs for item in self.evidence.failing]
        passing = [case.inputs for case, _ in self.evidence.passing]
        return predicate(failing, passing, self.evidence.exercise.spec.parameters) or ""


def _called_alike(samples: list[Sample]) -> list[Sample]:
    """Keep the cases of the most common way of calling the function: another one may hide what holds."""
    ways = Counter(sample.around.extras for sample in samples if sample.wrong)
    most = ways.most_common(1)[0][0]
    return [sample for sample in samples if sample.around.extras == most]


def _by_path(samples: list[Sample]) -> list[list[Sample]]:
    """Return what there is of each array of the answer that is wrong somewhere."""
    paths = dict.fromkeys(sample.path for sample in samples if sample.wrong)
    return [[sample for sample in samples if sample.path == path] for path in paths]


def _count(samples: list[Sample]) -> int:
    """Count the cases in which something is wrong."""
    return len({sample.around.case for sample in samples if sample.wrong})


def _holding(samples: list[Sample]) -> _Found | None:
    """Look for a relation of all wrong arrays that leaves the right ones as they are."""
    wrong = tuple(sample for sample in samples if sample.wrong)
    found = _first(Group(wrong, tuple(sample for sample in samples if not sample.wrong)))
    return None if found is None else _Found(found, wrong)


def _first(group: Group) -> Relation | None:
    return next((found for find in _FINDERS if (found := find(group)) is not None), None)


_Layers = Callable[[int, int], bool]

#: Layers that a loop may leave out, by their number and the number of layers.
_SOME_LAYERS: Final[tuple[tuple[str, _Layers], ...]] = (
    (" in the last layer", lambda layer, last: layer == last),
    (" in the first layer", lambda layer, last: layer == 1),
    (" in every layer but the last", lambda layer, last: layer < last),
    (" in every layer but the first", lambda layer, last: layer > 1),
    (" from the third layer on", lambda layer, last: layer > 2),
)


def _in_some_layers(samples: list[Sample]) -> _Found | None:
    """Look for a relation that holds in some layers alone, the same in all cases."""
    if not all(sample.layer for sample in samples):
        return None
    failing = {sample.around.case for sample in samples if sample.wrong}
    known = [sample for sample in samples if sample.around.case in failing]
    last = {case: max(int(each.layer) for each in known if each.around.case == case) for case in failing}
    if len(set(last.values())) < 2:
        return None
    for where, among in _SOME_LAYERS:
        if all(sample.wrong is among(int(sample.layer), last[sample.around.case]) for sample in known):
            wrong = tuple(sample for sample in known if sample.wrong)
            found = _first(Group(wrong, ()))
            return None if found is None else _Found(found, wrong, where, samples[0].pattern)
    return None


def _claimed(found: list[_Found], wrong: list[Sample]) -> set[str]:
    """Return the cases that are explained: those in which a relation holds, unless that is one of several."""
    failing = {sample.around.case for sample in wrong}
    direct = {case for one in found for case in one.cases}
    return set() if len(direct) == 1 < len(failing) else direct


def _finding(evidence: Evidence, found: list[_Found], wrong: list[Sample], claimed: set[str]) -> Finding:
    items = [item for item in evidence.failing if item.case.name in claimed]
    explained = {id(sample) for one in found for sample in one.samples}
    direct = {case for one in found for case in one.cases}
    rest = [each for each in wrong if id(each) not in explained and each.around.case in direct]
    sentence = "; ".join([*_sentences(found), *_others(rest, found)]) + _glossary(found) + "."
    first = found[0].relation
    return finding(evidence, items, f"relation.{first.code}", sentence, first.help, _details(items))


def _sentences(found: list[_Found]) -> Iterator[str]:
    """Say each relation once, of all the arrays that it holds for."""
    said: dict[tuple[str, str], list[_Found]] = {}
    for one in found:
        said.setdefault((one.relation.says, one.where), []).append(one)
    for (says, where), group in said.items():
        subjects = [one.subject for one in group if one.subject]
        samples = [each for one in group for each in one.samples]
        names, many = _listed(subjects) if subjects else _named(samples)
        words = says.replace("{is}", "are" if many else "is").replace("{has}", "have" if many else "has")
        yield f"{names} {_of_one_layer(words, samples)}{where}"


#: The letter that stands for a layer's number at the end of a name: `Wl`, `grads["dWl"]`.
_EACH_LAYER: Final = re.compile(r'(?<=[A-Za-z])l(?=(?:"\])?`)')


def _of_one_layer(words: str, samples: list[Sample]) -> str:
    """Write the number of the layer where all arrays are of one."""
    layers = {sample.layer for sample in samples}
    return _EACH_LAYER.sub(layers.pop(), words) if len(layers) == 1 and "" not in layers else words


def _named(samples: list[Sample]) -> tuple[str, bool]:
    """Name the arrays, and say whether they are several; of many that differ in their layer the first two."""
    patterns: dict[str, list[str]] = {}
    for sample in samples:
        names = patterns.setdefault(sample.pattern, [])
        if sample.name not in names:
            names.append(sample.name)
    if any(sample.in_list for sample in samples):
        return "items of the list returned", True
    shown = [
        name
        for names in patterns.values()
        for name in (names if len(names) <= MAX_OF_PATTERN else [", ".join([*names[:2], "…"])])
    ]
    return _listed(shown)


def _listed(names: list[str]) -> tuple[str, bool]:
    if len(names) > MAX_NAMES:
        return ", ".join(names[:MAX_NAMES]) + ", …", True
    if len(names) > 1:
        return ", ".join(names[:-1]) + " and " + names[-1], True
    return names[0], "…" in names[0]


def _others(rest: list[Sample], found: list[_Found]) -> list[str]:
    """Name what is wrong as well, and not in this way."""
    said = {sample.name for one in found for sample in one.samples}
    samples = [sample for sample in rest if sample.name not in said]
    if not samples:
        return []
    names, many = _named(samples)
    return [f"{names} {'differ' if many else 'differs'} in another way"]


def _glossary(found: list[_Found]) -> str:
    words = dict(entry for one in found for entry in one.relation.glossary)
    known = [f"`{name}` is {said}" for name, said in words.items()]
    return f" ({' and '.join(known)})" if known else ""


def _details(items: list[Item]) -> str:
    return "\n".join(
        f"{item.case.name}: {item.mismatch.path} expected {item.mismatch.expected}, "
        f"returned {item.mismatch.returned}"
        for item in items
    )
