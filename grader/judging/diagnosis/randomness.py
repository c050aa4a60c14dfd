"""What random numbers tell: drawn anew for each layer, drawn otherwise than asked, kept too seldom.

Where an answer holds random numbers and nothing else, wrong ones may still be of the right law. These finders
look at arrays that cannot have been computed from arrays of the inputs, and at masks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from grader.judging.diagnosis.relations_basics import Find, Group, Relation, close
from grader.judging.diagnosis.samples import Sample, norm
from grader.values import Array

__all__ = ["CODES", "FINDERS"]

CODES: Final = ("relation.seeded_anew", "relation.other_draws", "relation.kept_fraction")

#: Fewer numbers than these tell nothing of their law.
ENOUGH: Final = 60

#: The size of numbers cannot be told from fewer than these of them.
LARGE: Final = 16

#: Standard deviations within which a sum agrees with a law, and beyond which it does not.
NEAR: Final = 3.5
FAR: Final = 6.0

_SEEDED_ANEW: Final = (
    "A seed starts the sequence of random numbers anew: each draw after it gives the same numbers.",
    "Where does the line that seeds stand: before the loop, or inside it?",
)
_OTHER_DRAWS: Final = (
    "The numbers look as drawn from the right law, and they are not the ones that the seed gives.",
    "Compare with the docstring: which seed, which function draws, in which order, and how often?",
)
_FRACTION: Final = (
    "Every entry of a mask is kept or dropped by comparing one uniform number with a probability.",
    "Which side of the comparison stands for keeping? For the probability 0.9 most entries are kept.",
)


def _seeded_anew(group: Group) -> Relation | None:
    """Find layers that begin with the numbers of the first one, but for a factor."""
    later = [sample for sample in group.wrong if sample.layer not in ("", "1")]
    if len(later) < 2 or len(later) < len(group.wrong) or _computed(group.wrong):
        return None
    firsts = {one.around.case: one.expected for one in group.right if one.layer == "1"}
    if all(_begins_alike(sample, firsts.get(sample.around.case)) for sample in later):
        return Relation("seeded_anew", "{has} the numbers drawn for the first layer once more", _SEEDED_ANEW)
    return None


def _begins_alike(sample: Sample, first: Array | None) -> bool:
    if first is None:
        return False
    count = min(first.size, sample.returned.size)
    drawn, again = first.ravel()[:count], sample.returned.ravel()[:count]
    if norm(drawn) == 0:
        return False
    return close(again, drawn * (float(drawn @ again) / float(drawn @ drawn)))


def _other_draws(group: Group) -> Relation | None:
    """Find numbers of the size of the expected ones that have nothing else to do with them."""
    large = [sample for sample in group.wrong if sample.expected.size >= LARGE]
    if _computed(group.wrong) or sum(sample.expected.size for sample in large) < ENOUGH:
        return None
    sizes = [norm(sample.expected) for sample in large]
    if not all(sizes):
        return None
    pairs = list(zip(large, sizes, strict=True))
    ours = np.concatenate([sample.expected.ravel() / size for sample, size in pairs])
    theirs = np.concatenate([sample.returned.ravel() / size for sample, size in pairs])
    unit = 1 / math.sqrt(theirs.size)
    alike = (
        abs(float(np.mean(theirs**2)) - 1) <= NEAR * 2 * unit and abs(float(np.mean(theirs))) <= NEAR * unit
    )
    if not alike or abs(float(np.mean(ours * theirs))) > NEAR * unit or len(np.unique(theirs)) < theirs.size:
        return None
    return Relation("other_draws", "{has} other random numbers than those asked, as large", _OTHER_DRAWS)


def _computed(samples: Sequence[Sample]) -> bool:
    """Say whether an array may have been computed from arrays that were given."""
    return any(sample.around.arrays for sample in samples)


_Chance = Callable[[float], float]


def _normal(number: float) -> float:
    """Return the chance that a standard normal number is below another."""
    return (1 + math.erf(number / math.sqrt(2))) / 2


#: With which chance an entry may have been kept, of the probability asked for.
_CHANCES: Final[tuple[tuple[str, _Chance], ...]] = (
    ("{has} entries kept as often as they should be dropped", lambda keep: 1 - keep),
    ("{has} entries kept as often as normal numbers are below `keep_prob`", _normal),
    ("{has} half of the entries kept, whatever `keep_prob` is", lambda _: 0.5),
)


def _fraction(group: Group) -> Relation | None:
    """Find masks that keep other entries than those asked, and with which chance."""
    if not all(_is_mask(sample) and "keep_prob" in sample.around.numbers for sample in group.wrong):
        return None
    if sum(sample.expected.size for sample in group.wrong) < ENOUGH:
        return None
    asked = abs(_deviation(group.wrong, lambda keep: keep))
    if asked <= NEAR:
        return Relation("other_draws", "{has} other entries kept than those asked", _OTHER_DRAWS)
    found = [says for says, chance in _CHANCES if abs(_deviation(group.wrong, chance)) <= NEAR]
    return Relation("kept_fraction", found[0], _FRACTION) if found and asked >= FAR else None


def _is_mask(sample: Sample) -> bool:
    both = np.concatenate([sample.expected.ravel(), sample.returned.ravel()])
    return bool(np.isin(both, (0.0, 1.0)).all())


def _deviation(samples: Sequence[Sample], chance: _Chance) -> float:
    """Return how many standard deviations there are more entries kept than by this chance."""
    kept = mean = variance = 0.0
    for sample in samples:
        probability, count = chance(sample.around.numbers["keep_prob"].value), sample.returned.size
        kept += float(sample.returned.sum())
        mean += probability * count
        variance += probability * (1 - probability) * count
    return (kept - mean) / math.sqrt(variance) if variance > 0 else math.inf


#: The most telling first.
FINDERS: Final[tuple[Find, ...]] = (_seeded_anew, _other_draws, _fraction)
