"""Relations that numbers tell: a factor, something added, something else in the place of the answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from grader.judging.diagnosis import relations_scalars
from grader.judging.diagnosis.formulas import CLOSE, Formula, distinct, formula_of
from grader.judging.diagnosis.relations_basics import (
    Find,
    Group,
    Relation,
    close,
    product,
    telling,
    varied,
)
from grader.judging.diagnosis.samples import NOISE, VARIANTS, Sample, Variant, distinctive, norm
from grader.values import Array

__all__ = ["CODES", "FINDERS"]

CODES: Final = (
    "relation.zeros",
    "relation.constant",
    "relation.unchanged_input",
    "relation.another_output",
    "relation.sign",
    "relation.factor",
    "relation.offset",
    "relation.term",
    "relation.instead",
    "relation.entrywise_factor",
)

_ZEROS: Final = (
    "Zeros stay where nothing is written into an array that was made of them, or where a factor is zero.",
    "Print the array right before it is returned, and after each line that should change it.",
)
_CONSTANT: Final = (
    "One number for all entries comes from a sum, mean or index that takes all entries at once.",
    "Which line turns an array into one number, and over which axis should it go instead?",
)
_ANOTHER: Final = (
    "The number is a right one, in the wrong place: two names are mixed up.",
    "Follow that name from the line that makes it to the line that returns it.",
)
_SIGN: Final = (
    "Every entry has the right size and the wrong sign.",
    "Follow the signs through the formula: a minus before a sum, the order of a difference.",
)
_FACTOR: Final = (
    "All entries are off by one factor: a multiplication or division is missing, or is there once too often.",
    "Compare with the formula: where does this quantity enter it, and where does it enter your code?",
)
_TERM: Final = (
    "The rest is right: one term of a sum is missing, is there twice, or has another factor or sign.",
    "Write the formula as a sum of terms, and find the line for each of them.",
)


def _zeros(group: Group) -> Relation | None:
    if any(sample.returned.any() for sample in group.wrong) or any(
        norm(one.expected) > 0 for one in group.right
    ):
        return None
    large = group.cases > 1 and group.largest.expected.size > 1
    return Relation("zeros", "{is} zero", _ZEROS) if large or telling(group.wrong) else None


def _constant(group: Group) -> Relation | None:
    """Find one number in all entries, where the expected ones differ."""
    if (
        group.cases < 2
        or group.largest.returned.size < 3
        or any(one.expected.size == 1 for one in group.wrong)
    ):
        return None
    alike = all(np.ptp(sample.returned) <= CLOSE * norm(sample.returned) for sample in group.wrong)
    varied = any(np.ptp(sample.expected) > CLOSE * norm(sample.expected) for sample in group.wrong)
    if not alike or not varied or any(np.ptp(one.expected) > 0 for one in group.right):
        return None
    return Relation("constant", "{has} one and the same number in all entries", _CONSTANT)


def _unchanged(group: Group) -> Relation | None:
    return _same_as(
        group, "`", "unchanged_input", "{is} what was given as {name}", relations_scalars.UNCHANGED
    )


def _another(group: Group) -> Relation | None:
    return _same_as(group, "the right ", "another_output", "{is} what {name} should be", _ANOTHER)


def _same_as(group: Group, prefix: str, code: str, says: str, steps: tuple[str, ...]) -> Relation | None:
    largest = group.largest
    for name in [name for name in largest.near if name.startswith(prefix)]:
        if not close(largest.returned, largest.near[name]):
            continue
        there = [sample.near.get(name) for sample in group.wrong]
        same = all(
            array is not None and close(sample.returned, array)
            for sample, array in zip(group.wrong, there, strict=True)
        )
        if not same or not varied([array for array in there if array is not None]):
            continue
        if all(name in one.near and close(one.expected, one.near[name]) for one in group.right):
            says = says.replace("{name}", name.removeprefix("the right "))
            return Relation(code, says, steps)
    return None


def _factor(group: Group) -> Relation | None:
    """Find one number by which all expected arrays are multiplied, and which the inputs tell."""
    factors = _multiples(group.wrong, [sample.expected for sample in group.wrong])
    if factors is None or not telling(group.wrong):
        return None
    solid = [one for one in group.right if norm(one.expected) > NOISE]
    if distinct(np.array(factors)) == 1 and not solid:
        named = _constant_factor(factors[0])
        if named is not None:
            return named
    found = formula_of(factors, group.wrong, solid, 1.0)
    if found is not None and relations_scalars.cost_of_offset(group) >= found.cost:
        says = "{is} the right value, with the opposite sign, " if found.sign < 0 else "{is} the right value "
        return Relation("factor", says + _times(found), _FACTOR, found.glossary)
    if distinct(np.array(factors)) == 1 and not solid and group.cases > 1:
        return Relation("factor", "{is} off by one and the same factor", _FACTOR)
    return None


def _times(found: Formula) -> str:
    if found.below and not found.above and abs(found.times) == 1:
        return f"divided by `{found.inverse().written()}`"
    return f"times `{found.written()}`"


#: Factors that have a name.
_CONSTANTS: Final = (
    (-1.0, "sign", "{has} the opposite sign"),
    (2.0, "factor", "{is} twice the right value"),
    (0.5, "factor", "{is} half the right value"),
    (math.sqrt(2), "factor", "{is} √2 times too large"),
    (math.sqrt(0.5), "factor", "{is} √2 times too small"),
    (1 / math.log(2), "factor", "{is} as large as with logarithms to base 2 instead of natural ones"),
    (1 / math.log(10), "factor", "{is} as large as with logarithms to base 10 instead of natural ones"),
    (math.log(10), "factor", "{is} ln 10 times too large"),
    (math.log(2), "factor", "{is} ln 2 times too large"),
    (180 / math.pi, "factor", "{is} in degrees instead of radians"),
    (math.pi / 180, "factor", "{is} as large as if degrees were taken for radians"),
)


def _constant_factor(factor: float) -> Relation | None:
    for number, code, says in _CONSTANTS:
        if abs(factor / number - 1) <= CLOSE:
            return Relation(code, says, _SIGN if code == "sign" else _FACTOR)
    sign = " and {has} the opposite sign" if factor < 0 else ""
    size = abs(factor)
    for number, verb in ((size, "large"), (1 / size, "small")):
        if number > 1 and abs(number - round(number)) <= CLOSE * number and number <= 1000:
            return Relation("factor", f"{{is}} {round(number)} times too {verb}{sign}", _FACTOR)
    return None


def _term(group: Group) -> Relation | None:
    """Find the array whose multiple is added or taken away."""
    rests = [sample.returned - sample.expected for sample in group.wrong]
    found = _proportional(group, rests, 0.0)
    if found is None:
        return None
    formula, name = found
    sign = "plus" if formula.sign > 0 else "minus"
    return Relation(
        "term", f"{{is}} the right value {sign} {product(formula, name)}", _TERM, formula.glossary
    )


def _instead(group: Group) -> Relation | None:
    """Find the array whose multiple stands in the place of the expected one."""
    found = _proportional(group, [sample.returned for sample in group.wrong], None)
    if found is None:
        return None
    formula, name = found
    sign = "minus " if formula.sign < 0 else ""
    return Relation(
        "instead",
        f"{{is}} {sign}{product(formula, name)}, and nothing else",
        relations_scalars.INSTEAD,
        formula.glossary,
    )


def _proportional(
    group: Group, targets: Sequence[Array], neutral: float | None
) -> tuple[Formula, str] | None:
    """Find the array that all targets are a multiple of, and the multiple."""
    if group.cases < 2:
        return None
    largest = max(range(len(targets)), key=lambda index: targets[index].size)
    if targets[largest].size < 2 or not any(distinctive(target) for target in targets):
        return None
    for name, variant in _candidates(targets[largest], group.wrong[largest]):
        found = _multiple_of(group, targets, name, variant, neutral)
        if found is not None:
            return found, VARIANTS[variant].format(name)
    return None


def _candidates(target: Array, sample: Sample) -> list[tuple[str, Variant]]:
    """Return the arrays near a sample, or variants of them, that the target is a multiple of."""
    names, bases = sample.variants
    if not names or norm(target) <= NOISE:
        return []
    flat = target.ravel()
    with np.errstate(all="ignore"):
        multiples = bases @ flat / np.einsum("ij,ij->i", bases, bases)
        off = np.abs(multiples[:, None] * bases - flat).max(axis=1)
    return [names[index] for index in np.flatnonzero(off <= 2 * CLOSE * np.abs(flat).max())]


def _multiple_of(
    group: Group, targets: Sequence[Array], name: str, variant: Variant, neutral: float | None
) -> Formula | None:
    """Return the formula of the numbers times which the targets are one array."""
    values = list[float]()
    for sample, target in zip(group.wrong, targets, strict=True):
        multiple = _multiple(target, variant(sample.near[name])) if name in sample.near else None
        if multiple is None:
            return None
        values.append(multiple)
    if neutral is None and group.right:
        return None
    right = [one for one in group.right if name in one.near and norm(one.near[name]) > NOISE]
    if distinct(np.array(values)) == 1 and not right:
        for times in (1.0, 2.0, 0.5):
            if abs(abs(values[0]) / times - 1) <= CLOSE:
                return Formula(times=math.copysign(times, values[0]))
    return formula_of(values, group.wrong, right, neutral or 0.0)


def _multiples(samples: Sequence[Sample], bases: Sequence[Array]) -> list[float] | None:
    found = []
    for sample, base in zip(samples, bases, strict=True):
        multiple = _multiple(sample.returned, base)
        if multiple is None:
            return None
        found.append(multiple)
    return found


def _multiple(target: Array, base: Array) -> float | None:
    """Return the number times which one array is another; None without one, or where it is 0."""
    square = float(np.vdot(base, base))
    if norm(base) <= NOISE or norm(target) <= NOISE or not math.isfinite(square):
        return None
    multiple = float(np.vdot(base, target)) / square
    return multiple if multiple != 0 and close(target, multiple * base) else None


def _entrywise(group: Group) -> Relation | None:
    """Find the array of the inputs by which the expected one is multiplied or divided, entry by entry."""
    if group.largest.expected.size < 3 or group.cases < 2:
        return None
    for name, array in group.largest.near.items():
        if not name.startswith("`") or not distinctive(array):
            continue
        for says, sides in _ENTRYWISE:
            found = _scaled(group, name, sides)
            if found is not None:
                sign = "minus " if found.sign < 0 else ""
                words = says.replace("{factor}", sign + product(found, name))
                return Relation("entrywise_factor", words, _FACTOR, found.glossary)
    return None


_Sides = Callable[[Sample, Array], tuple[Array, Array]]


def _multiplied(sample: Sample, array: Array) -> tuple[Array, Array]:
    return sample.returned, sample.expected * array


def _divided(sample: Sample, array: Array) -> tuple[Array, Array]:
    return sample.expected, sample.returned * array


_ENTRYWISE: Final[tuple[tuple[str, _Sides], ...]] = (
    ("{is} multiplied, entry by entry, by {factor} once too often", _multiplied),
    ("{is} not multiplied, entry by entry, by {factor}", _divided),
)


def _scaled(group: Group, name: str, sides: _Sides) -> Formula | None:
    """Return the number by which one side is larger than the other, in each wrong array."""
    values, samples = list[float](), sorted(group.wrong, key=lambda each: -each.expected.size)
    for sample in samples:
        multiple = _multiple(*sides(sample, sample.near[name])) if name in sample.near else None
        if multiple is None:
            return None
        values.append(multiple)
    right = [one for one in group.right if norm(one.expected) > NOISE]
    if not all(name in one.near and close(one.expected * one.near[name], one.expected) for one in right):
        return None
    if distinct(np.array(values)) == 1 and abs(abs(values[0]) - 1) <= CLOSE:
        return Formula(times=float(np.sign(values[0]))) if values[0] > 0 or not right else None
    return formula_of(values, samples, right, 1.0)


#: The simplest first.
FINDERS: Final[tuple[Find, ...]] = (
    _zeros,
    _unchanged,
    _another,
    relations_scalars.argument,
    relations_scalars.always,
    _factor,
    _constant,
    _term,
    relations_scalars.offset,
    _instead,
    relations_scalars.expression,
    _entrywise,
)
