"""Finds the expression of a case's numbers that a measured number follows from case to case.

Given is one number per case, such as the factor by which an array is too large; looked for is a product or
quotient of one or two of the arguments and sizes, such as ``lambd / m`` or ``1 / (1 - beta1**t)``, that has
this value in every case. The simplest is taken.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from grader.judging.diagnosis.quantities import Quantity
from grader.judging.diagnosis.samples import Sample

__all__ = ["CLOSE", "Formula", "distinct", "formula_of", "is_plain"]

#: Relative distance up to which two numbers are the same.
CLOSE: Final = 1e-6

#: Most of a case's numbers that are combined.
MOST_ATOMS: Final = 14

#: The cost of terms that are not multiplied with others.
ODD: Final = 2.4

#: Names that no size of a result depends on.
_NEVER: Final = ("seed",)

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Formula:
    """A number times a quotient of terms.

    Parameters
    ----------
    above, below : tuple of str
        The terms, as Python writes them.
    times : float
        One of `_TIMES`, of either sign.
    cost : float
        How far it is from a name alone.
    glossary : tuple of (str, str)
        The sizes in it and what they count.
    """

    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    times: float = 1.0
    cost: float = 0.0
    glossary: tuple[tuple[str, str], ...] = ()

    @property
    def sign(self) -> float:
        """1 or -1."""
        return math.copysign(1.0, self.times)

    def written(self) -> str:
        """Write it as Python does, without its sign."""
        above, below = list(self.above), list(self.below)
        size = abs(self.times)
        if size != 1:
            (above if size > 1 else below).insert(0, _TIMES[size])
        alone = len(above) == 1 and not below
        over = " * ".join(term if alone or _is_atom(term) else f"({term})" for term in above) or "1"
        if not below:
            return over
        under = " * ".join(term if _is_atom(term) else f"({term})" for term in below)
        return f"{over} / ({under})" if len(below) > 1 else f"{over} / {under}"

    def inverse(self) -> Formula:
        """Return one over it."""
        times = min(_TIMES, key=lambda each: abs(each * abs(self.times) - 1))
        return replace(self, above=self.below, below=self.above, times=math.copysign(times, self.times))


class _Term(NamedTuple):
    """Something that may be multiplied or divided by, in each sample."""

    text: str
    names: tuple[str, ...]
    values: Numbers
    cost: float


_TIMES: Final = {1.0: "", 2.0: "2", 0.5: "2", math.sqrt(2.0): "sqrt(2)", math.sqrt(0.5): "sqrt(2)"}
_EXPONENTS: Final = (1.0, -1.0, 0.5, -0.5, 2.0, -2.0)
_PAIRS: Final = tuple((a * size, b * size) for size in (1.0, 0.5) for a in (1, -1) for b in (1, -1))


def formula_of(
    values: Sequence[float], samples: Sequence[Sample], right: Sequence[Sample], neutral: float
) -> Formula | None:
    """Find the simplest formula that has these values.

    Parameters
    ----------
    values : sequence of float
        One for each of `samples`.
    samples, right : sequence of Sample
        Where something is wrong, and where nothing is: there the formula has to be `neutral`.
    neutral : float
        1 for a factor, 0 for what is added.
    """
    wanted = np.array(values, dtype=np.float64)
    if not np.isfinite(wanted).all() or (wanted == 0).any():
        return None
    atoms = _atoms([*samples, *right], len(samples))
    if not atoms:
        return None
    found = list[Formula]()
    with np.errstate(all="ignore"):
        for match in _matching(wanted, _terms(atoms, len(samples))):
            sign = _sign(wanted, match, neutral)
            if sign and _convincing(wanted, match, atoms):
                found.append(_formula(match, sign, atoms))
    return min(found, key=lambda each: each.cost, default=None)


def distinct(values: Numbers) -> int:
    """Count the numbers that differ by more than rounding."""
    ordered = np.sort(values)
    return 1 + int((np.diff(ordered) > CLOSE * np.abs(ordered[1:])).sum())


def is_plain(number: float, largest: int = 12) -> bool:
    """Say whether a number is a quotient of small whole ones, as many things are by chance."""
    return any(abs(number * n - round(number * n)) <= CLOSE * n for n in range(1, largest + 1))


class _Match(NamedTuple):
    """A product of powers of terms whose multiple has the wanted sizes."""

    terms: tuple[_Term, ...]
    exponents: tuple[float, ...]
    times: float

    def values(self) -> Numbers:
        """Return it in each sample."""
        product = np.full_like(self.terms[0].values, self.times)
        for term, exponent in zip(self.terms, self.exponents, strict=True):
            product = product * term.values**exponent
        return product


def _matching(wanted: Numbers, terms: list[_Term]) -> Iterator[_Match]:
    """Yield the products of powers of one or two terms that are one multiple of the wanted numbers."""
    count = len(wanted)
    logs = np.log(np.abs(np.array([term.values[:count] for term in terms])))
    target = np.log(np.abs(wanted))
    for exponent in _EXPONENTS:
        for index, times in _constant(target, exponent * logs):
            yield _Match((terms[index],), (exponent,), times)
    if count < 2:
        return
    # Products of the rarer terms are found by chance.
    usual = np.flatnonzero([term.cost < ODD for term in terms])
    one, other = (usual[index] for index in np.triu_indices(len(usual), 1))
    for first, second in _PAIRS:
        for index, times in _constant(target, first * logs[one] + second * logs[other]):
            yield _Match((terms[one[index]], terms[other[index]]), (first, second), times)


def _constant(target: Numbers, rows: Numbers) -> Iterator[tuple[int, float]]:
    """Yield the rows that all differ from the target by the logarithm of one of `_TIMES`."""
    first = target[0] - rows[:, 0]
    for times in _TIMES:
        likely = np.flatnonzero(np.abs(first - math.log(times)) <= CLOSE)
        if likely.size:
            off = np.abs(target - rows[likely] - math.log(times)).max(axis=1)
            yield from ((int(index), times) for index in likely[off <= CLOSE])


def _sign(wanted: Numbers, match: _Match, neutral: float) -> float:
    """Return the sign with which it has the wanted values and the neutral one elsewhere; 0 without one."""
    values = match.values()
    ours, theirs = values[: len(wanted)] / wanted, values[len(wanted) :]
    sign = float(np.sign(ours[0]))
    if not np.all(np.abs(ours * sign - 1) <= CLOSE):
        return 0.0
    known = sign * theirs[~np.isnan(theirs)]
    return sign if np.all(np.abs(known - neutral) <= CLOSE) else 0.0


def _convincing(wanted: Numbers, match: _Match, atoms: dict[str, _Atom]) -> bool:
    """Say whether so many different numbers are no accident: small whole ones are quotients of sizes."""
    different = distinct(wanted)
    odd = any(not is_plain(number) for number in wanted)
    names = {name for term in match.terms for name in term.names}
    if different < 2:
        # One case, or the same in all: only a number that nothing else is.
        return odd and len(names) == 1 and not any(atoms[name].quantity.is_size for name in names)
    plain = len(names) == 1 and match.times == 1 and match.exponents in ((1.0,), (-1.0,))
    return different >= (2 if odd or plain else 3)


def _formula(match: _Match, sign: float, atoms: dict[str, _Atom]) -> Formula:
    above, below = list[str](), list[str]()
    for term, exponent in zip(match.terms, match.exponents, strict=True):
        (above if exponent > 0 else below).append(_power(term.text, abs(exponent)))
    names = dict.fromkeys(name for term in match.terms for name in term.names)
    words = ((name, atoms[name].quantity.words) for name in names)
    cost = sum(term.cost for term in match.terms) + 0.1 * len(below) + 0.3 * (match.times != 1)
    cost += 0.4 * sum(abs(exponent) != 1 for exponent in match.exponents)
    glossary = tuple((name, said) for name, said in words if said and name.isidentifier())
    return Formula(tuple(above), tuple(below), sign * match.times, cost, glossary)


def _power(text: str, exponent: float) -> str:
    if exponent == 1:
        return text
    if exponent == 0.5:
        return f"sqrt({text})"
    return f"{text if _is_atom(text) else f'({text})'}**2"


def _is_atom(text: str) -> bool:
    return " " not in text or text.startswith("sqrt(")


class _Atom(NamedTuple):
    """One number of the cases, in each sample; NaN where a case has none of this name."""

    quantity: Quantity
    values: Numbers


def _atoms(samples: Sequence[Sample], count: int) -> dict[str, _Atom]:
    """Return the numbers that the first `count` samples all have, and that differ there."""
    rows = [_numbers_of(sample) for sample in samples]
    found, seen = dict[str, _Atom](), set[bytes]()
    for name, quantity in rows[0].items():
        if name in _NEVER or not all(name in row for row in rows[:count]):
            continue
        values = np.array([row[name].value if name in row else math.nan for row in rows], np.float64)
        key = values[:count].tobytes()
        varies = count == 1 or distinct(values[:count]) > 1
        if varies and key not in seen and len(found) < MOST_ATOMS:
            seen.add(key)
            found[name] = _Atom(quantity, values)
    return found


def _numbers_of(sample: Sample) -> dict[str, Quantity]:
    """Return the numbers of a case, and the sizes of the array itself."""
    numbers = dict(sample.around.numbers)
    if sample.expected.ndim == 2:
        rows, columns = sample.expected.shape
        numbers.setdefault("rows", Quantity("rows", rows, "the number of rows of the array itself"))
        numbers.setdefault(
            "columns", Quantity("columns", columns, "the number of columns of the array itself")
        )
    return numbers


def _terms(atoms: dict[str, _Atom], count: int) -> list[_Term]:
    """Return what may be a factor: numbers, what a share leaves, powers of shares."""
    terms = [_Term(name, (name,), atom.values, 1.0) for name, atom in atoms.items()]
    shares = [
        name for name, atom in atoms.items() if np.all((atom.values[:count] > 0) & (atom.values[:count] < 1))
    ]
    for name, atom in atoms.items():
        if not atom.quantity.is_size:
            terms.append(_Term(f"1 - {name}", (name,), 1 - atom.values, 1.3 if name in shares else 1.5))
            if name not in shares:
                terms.append(_Term(f"{name} - 1 / {name}", (name,), atom.values - 1 / atom.values, ODD))
    for name, atom in atoms.items():
        if atom.quantity.is_size:
            terms.append(_Term(f"{name} - 1", (name,), atom.values - 1, 1.4))
    steps = [name for name in ("t", "epoch_num") if name in atoms]
    for name, step in ((name, step) for name in shares for step in steps):
        power = atoms[name].values ** atoms[step].values
        terms.append(_Term(f"{name}**{step}", (name, step), power, 2.2))
        terms.append(_Term(f"1 - {name}**{step}", (name, step), 1 - power, 2.2))
    arguments = [name for name, atom in atoms.items() if not atom.quantity.is_size]
    for one, other in combinations(arguments, 2):
        a, b = atoms[one].values, atoms[other].values
        terms.append(_Term(f"1 + {one} * {other}", (one, other), 1 + a * b, ODD))
    return terms
