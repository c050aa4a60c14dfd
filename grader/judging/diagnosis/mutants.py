"""Mutants: the outputs are those of a small edit of the reference, in every case.

It comes before what is said of shapes and of not finite numbers: where all that was returned agrees with one
edit, to the last digits and in every case, that edit tells why the shape or the NaN comes about.
"""

from __future__ import annotations

from typing import Final

from grader.judging.diagnosis import structure
from grader.judging.diagnosis.evidence import Evidence
from grader.judging.diagnosis.seen import Seen, enough, right_paths, wrong_paths
from grader.judging.diagnosis.told import told
from grader.judging.diagnosis.wording import CLAUSES
from grader.results import Finding

__all__ = ["CODES", "explain"]

CODES: Final = tuple(f"mutant.{operator}" for operator in CLAUSES)

#: What says as much as any edit, and surely.
_CLEAR: Final = frozenset(
    f"structure.{code}"
    for code in (
        "array_for_number", "extra_axis", "lost_axis", "missing_key", "not_plain", "number_for_array",
        "returned_none", "returned_one_of_several", "returned_with_more", "swapped_items", "transposed",
        "wrong_length", "wrong_type",
    )
)  # fmt: skip

#: Whole numbers, words and truth values agree by chance; in so many cases they hardly do.
SEVERAL: Final = 3


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Find the likeliest edit that explains every case, passing ones included."""
    seen = Seen.of(evidence, exactly=True)
    rows = seen.exact() if seen is not None else []
    if seen is None or not rows or _is_clear(evidence):
        return ()
    sure = enough(seen.failing)
    if not sure and len([view for view in seen.failing if view.countable]) < SEVERAL:
        return ()
    wrong = sorted(wrong_paths(seen.failing)) if right_paths(seen.failing) else []
    return (told(evidence, seen.items(), seen.candidates[rows[0]], sure=sure, wrong=wrong),)


def _is_clear(evidence: Evidence) -> bool:
    found = structure.explain(evidence)
    explained = {name for one in found if one.code in _CLEAR for name in one.cases}
    return explained >= {item.case.name for item in evidence.failing}
