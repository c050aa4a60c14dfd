"""Mistakes and mutants that explain a part: some of the outputs, or the cases that have something in common.

Two independent slips in one function leave outputs that no single edit returns. Where each of them concerns
other outputs, each is found by itself; where one concerns certain inputs only, it is found in their cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np

from grader.judging.diagnosis.evidence import Evidence
from grader.judging.diagnosis.lookup import Candidate
from grader.judging.diagnosis.predicates import predicate
from grader.judging.diagnosis.seen import Seen, enough, right_paths, wrong_paths
from grader.judging.diagnosis.told import told
from grader.results import Finding

__all__ = ["CODES", "explain"]

#: Those of mistakes and mutants.
CODES: Final = ()

Paths = frozenset[str]


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Explain all wrong outputs by one candidate, or by two, or the cases that fail by what they share."""
    seen = Seen.of(evidence)
    if seen is None:
        return ()
    wrong = wrong_paths(seen.failing)
    if not wrong:
        return ()  # the difference is beyond what a signature tells
    explained = [(row, paths) for row, paths in _explained(seen, wrong) if enough(seen.failing, paths)]
    for row, paths in explained:
        if paths == wrong:
            return (_finding(evidence, seen, row, paths),)
    return _conditional(evidence, seen) or _pair(evidence, seen, explained, wrong)


def _explained(seen: Seen, wrong: Paths) -> Iterator[tuple[int, Paths]]:
    """Yield each candidate with the wrong leaves that agree with it in every case, the likeliest first.

    An edit of a step whose own result is right explains nothing.
    """
    right = right_paths(seen.failing)
    agreeing = {path: seen.ended.copy() for path in wrong}
    for view in seen.views:
        for column, path in enumerate(view.paths):
            if path in agreeing:
                agreeing[path] &= view.agreeing[:, column]
    order = sorted(agreeing)
    table = np.stack([agreeing[path] for path in order], axis=1)
    for row in np.flatnonzero(table.any(axis=1)):
        if _has_right_result(seen.candidates[row], right):
            continue
        yield int(row), frozenset(path for path, agrees in zip(order, table[row], strict=True) if agrees)


def _has_right_result(candidate: Candidate, right: Paths) -> bool:
    return any(f'"{edit.target}"]' in path for edit in candidate.edits[:1] if edit.target for path in right)


def _finding(evidence: Evidence, seen: Seen, row: int, paths: Paths) -> Finding:
    """Tell a candidate in the cases in which one of its leaves is wrong."""
    items = [view.item for view in seen.failing if view.item is not None and wrong_paths([view]) & paths]
    order = [path for view in seen.failing for path in view.paths if path in paths]
    return told(evidence, items, seen.candidates[row], parts=list(dict.fromkeys(order)))


def _pair(
    evidence: Evidence, seen: Seen, explained: list[tuple[int, Paths]], wrong: Paths
) -> tuple[Finding, ...]:
    """Find two candidates that explain all wrong leaves between them, the likeliest ones."""
    first = {paths: row for row, paths in reversed(explained)}
    pairs = [
        (one, other)
        for one, other in combinations(first, 2)
        if one | other == wrong and not (one <= other or other <= one)
    ]
    if not pairs:
        return ()
    likeliest = min(pairs, key=lambda pair: first[pair[0]] + first[pair[1]])
    one, other = sorted(likeliest, key=lambda paths: first[paths])
    return (
        _finding(evidence, seen, first[one], one),
        _finding(evidence, seen, first[other], other - one),
    )


def _conditional(evidence: Evidence, seen: Seen) -> tuple[Finding, ...]:
    """Find a candidate that agrees in the cases that fail, and what tells these from the cases that pass."""
    if not enough(seen.failing):
        return ()
    same = seen.ended.copy()
    for view in seen.failing:
        same &= view.whole
    failing = [view.case.inputs for view in seen.failing]
    for row in map(int, np.flatnonzero(same)):
        others = [view.case.inputs for view in seen.passing if not view.whole[row]]
        when = predicate(failing, others)
        if when is not None:
            return (told(evidence, seen.items(), seen.candidates[row], when=when),)
    return ()
