"""Structure and shape: the right numbers in the wrong form, or no numbers at all.

Each rule looks at one case and says what it finds there, once with what the student's code returned (for
public cases) and once without. Cases of which the same is found are one finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import numpy as np

from grader.judging.compare import compare
from grader.judging.diagnosis.clues import Clue
from grader.judging.diagnosis.evidence import Evidence, Item, finding
from grader.judging.diagnosis.naming import part_name
from grader.judging.diagnosis.shapes import shape_clue
from grader.judging.diagnosis.swaps import swap_clue
from grader.judging.diagnosis.types import missing_clue, part_at, several_clue, type_clue
from grader.results import Finding, Mismatch
from grader.values import encode

__all__ = ["CODES", "explain"]

CODES: Final = (
    "structure.array_for_number",
    "structure.complex_numbers",
    "structure.extra_axis",
    "structure.finite_elsewhere",
    "structure.lost_axis",
    "structure.missing_key",
    "structure.not_finite",
    "structure.not_plain",
    "structure.not_reduced",
    "structure.number_for_array",
    "structure.outer",
    "structure.returned_none",
    "structure.returned_one_of_several",
    "structure.returned_with_more",
    "structure.swapped_items",
    "structure.transposed",
    "structure.wrong_axis",
    "structure.wrong_length",
    "structure.wrong_shape",
    "structure.wrong_type",
)

_Rule = Callable[[Evidence, Item, Mismatch], Clue | None]

_NUMBER: Final = re.compile(r"\d+")

_NOT_FINITE: Final = (
    "exp of a large number overflows; log of 0 is -inf; 0 / 0 and the root of a negative number are NaN.",
    "Print the intermediate results one after the other: which is the first that is not finite, and why?",
)


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Explain every case whose value has another form than the expected one."""
    groups: dict[tuple[str, str], list[tuple[Item, Clue]]] = {}
    rest = []
    for item in evidence.failing:
        clue = _clue(evidence, item)
        if clue is not None:
            # Which layer or item comes first differs from case to case.
            groups.setdefault((clue.code, _NUMBER.sub("#", clue.sentence)), []).append((item, clue))
        else:
            rest.append(item)
    for group in groups.values():
        group += [(item, group[0][1]) for item in rest if _is_square_of(evidence, item, group[0])]
    return tuple(_finding(evidence, group) for group in groups.values())


def _is_square_of(evidence: Evidence, item: Item, found: tuple[Item, Clue]) -> bool:
    """Say whether the fault of another case does not show in the shape here: the array is square."""
    path = found[0].mismatch.path
    if found[1].code != "transposed" or item.mismatch.paths != (path,):
        return False
    returned = part_at(item.expected, item.returned, path)
    expected = part_at(item.expected, item.expected, path)
    turned = encode(np.transpose(np.asarray(returned)))
    return compare(encode(expected), turned, evidence.exercise.spec.tolerance) is None


def _finding(evidence: Evidence, group: list[tuple[Item, Clue]]) -> Finding:
    shown = next((clue for item, clue in group if item.public), None)
    sentence = shown.shown if shown is not None and shown.shown else group[0][1].sentence
    if len({clue.sentence for _, clue in group}) > 1:
        is_key = group[0][1].code == "missing_key"
        sentence = (is_key and _of_one(group)) or _of_all(evidence, group)
    items = [item for item, _ in group]
    details = "\n".join(f"{item.case.name}: {_facts(item.mismatch)}" for item in items)
    return finding(evidence, items, f"structure.{group[0][1].code}", sentence, group[0][1].help, details)


def _of_one(group: list[tuple[Item, Clue]]) -> str:
    """Say which key is missing in the first public case: in others it is that of another layer."""
    first = next(((item, clue) for item, clue in group if item.public), None)
    return f'in case "{first[0].case.name}" {first[1].shown}' if first else ""


def _of_all(evidence: Evidence, group: list[tuple[Item, Clue]]) -> str:
    """Say what is found at several places: in some case at each of them."""
    names = [part_name(item.mismatch.path, evidence.exercise.spec.names) for item, _ in group]
    parts = list(dict.fromkeys(names))
    sentence = group[0][1].sentence
    if len(parts) == 1:
        return sentence
    if all(part.startswith("item ") for part in parts):
        return sentence.replace(names[0], "an item", 1)
    return sentence.replace(names[0], f"one of {', '.join(parts[:-1])} and {parts[-1]}", 1)


def _clue(evidence: Evidence, item: Item) -> Clue | None:
    for rule in _RULES:
        clue = rule(evidence, item, item.mismatch)
        if clue is not None:
            return clue
    return None


def _complex(evidence: Evidence, _: Item, mismatch: Mismatch) -> Clue | None:
    if mismatch.kind != "dtype":
        return None
    steps = ("A root, power or logarithm of a negative number, or an eigenvalue, may come out complex.",)
    part = part_name(mismatch.path, evidence.exercise.spec.names)
    return Clue("complex_numbers", f"{part} holds complex numbers where real ones are asked.", "", steps)


def _not_finite(evidence: Evidence, _: Item, mismatch: Mismatch) -> Clue | None:
    """Collapse NaN and inf: which of them comes out depends on how a formula is written."""
    if mismatch.kind not in ("nan", "inf"):
        return None
    part = part_name(mismatch.path, evidence.exercise.spec.names)
    if not mismatch.expected.startswith("0 of"):
        sentence = f"{part} is finite in other places than expected."
        steps = ("Here some right entries are infinite or NaN: which ones follow from the definition?",)
        return Clue("finite_elsewhere", sentence, "", steps)
    sentence = f"{part} holds NaN or infinity where finite numbers are expected."
    return Clue("not_finite", sentence, "", _NOT_FINITE)


def _facts(mismatch: Mismatch) -> str:
    return f"{mismatch.kind} {mismatch.path}: expected {mismatch.expected}, returned {mismatch.returned}"


#: The first that finds something is believed.
_RULES: Final[tuple[_Rule, ...]] = (
    swap_clue,
    several_clue,
    missing_clue,
    type_clue,
    shape_clue,
    _complex,
    _not_finite,
)
