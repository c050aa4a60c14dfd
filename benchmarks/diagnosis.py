"""Measures what diagnosis names: the mistakes of the authors, and every mutant, run again from its source.

::

    python -m benchmarks.diagnosis [ASSIGNMENT…] [--json] [--show 60]

A finding is wrong where what it names returns something else than the submission did, in a case that the
finding explains or in one that passed. What it says of mutants is checked on all numbers, not on signatures.
Times are those of the processor, so that they are the same beside other work.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.authoring.mutants.edit import Variant
from grader.authoring.mutants.make import made
from grader.authoring.mutants.pool import in_processes
from grader.authoring.mutants.trial import Trials
from grader.authoring.reference import Reference, read_reference
from grader.course.load import assignment_names, load_assignment
from grader.course.model import Assignment, Equal, Exercise, Mutant, MutantEdit
from grader.course.mutants import unpack_mutants
from grader.course.signatures import Signature, same_leaves, sign
from grader.errors import CourseError
from grader.judging.compare import alike
from grader.judging.diagnosis import diagnose
from grader.judging.diagnosis.lookup import lookup
from grader.judging.diagnosis.naming import part_name
from grader.judging.diagnosis.told import details
from grader.judging.judge import judge_exercise
from grader.judging.properties import Property, load_properties
from grader.results import Finding, Kind, Outcome, Raised, Verdict
from grader.values import Encoded, decode, encode, walk

ROOT = Path(__file__).resolve().parent.parent

#: Kinds of findings that name no cause, but what is seen.
SEEN = ("structure", "facts", "raised", "stopped", "attempted", "helpers")

#: Other random numbers than at build time.
SALT = 7

Values = dict[str, Encoded | None]


@dataclass
class Measured:
    """What was found in one assignment."""

    mistakes: Counter[str] = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)
    mutants: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


class Bench:
    """Diagnoses one exercise's wrong variants."""

    def __init__(self, exercise: Exercise, properties: dict[str, Property], into: Measured) -> None:
        self._exercise = exercise
        self._alone = replace(exercise, mistakes=())
        self._properties = properties
        self._into = into
        self._mutants = unpack_mutants(exercise.packed_mutants)
        self.outputs: list[Values | None] = []

    def mistakes(self) -> None:
        """Diagnose every mistake of the author's, with and without the list of them."""
        start = time.process_time()
        lookup(self._exercise, mistakes=False)
        self._into.first.append(time.process_time() - start)
        for exercise in (self._exercise, self._alone):
            lookup(exercise)
            lookup(exercise, mistakes=False)
        for mistake in self._exercise.mistakes:
            values = dict(mistake.returns)
            found = self._diagnosed(self._exercise, values)
            kind = self._kind(found, values)
            if found and found[0].code == f"known.{mistake.name}":
                kind = "its own"
            self._into.mistakes[kind] += 1
            found = self._diagnosed(self._alone, values)
            self._into.without[self._kind(found, values)] += 1
            self._show(f"mistake {mistake.name}: {mistake.message}", found)

    def mutants(self) -> None:
        """Diagnose every mutant."""
        for number, values in enumerate(self.outputs):
            if values is None:
                self._into.mutants["not run again"] += 1
                continue
            found = self._diagnosed(self._exercise, values)
            if not found:
                self._into.mutants["passes"] += 1
                continue
            kind = self._kind(found, values)
            if found[0].code.startswith("mutant.") and number in self._named(found[0]):
                kind = "itself"
            self._into.mutants[kind] += 1
            edit = self._mutants[number].edits[0]
            self._show(f"{edit.operator}: {edit.target}: {edit.before} -> {edit.after}", found)

    def _diagnosed(self, exercise: Exercise, values: Values) -> tuple[Finding, ...]:
        judged = judge_exercise(exercise, self._outcomes(values), self._properties)
        start = time.process_time()
        found = diagnose(exercise, judged)
        if any(case.verdict is not Verdict.PASSED for case in judged):
            self._into.seconds.append(time.process_time() - start)
        return found

    def _outcomes(self, values: Values) -> dict[tuple[str, str], Outcome]:
        raised = Raised("ValueError", "ValueError", "something")
        return {
            (self._exercise.name, name): Outcome(Kind.RETURNED, value=value)
            if value is not None
            else Outcome(Kind.RAISED, raised=raised)
            for name, value in values.items()
        }

    def _kind(self, found: Sequence[Finding], values: Values) -> str:
        """Sort by the first finding that names a cause; check what it names."""
        for one in found:
            kind = one.code.partition(".")[0]
            if kind not in SEEN:
                if self._is_wrong(one, values):
                    self._into.wrong.append(
                        f"{self._exercise.name}: {one.code}: {one.message}\n{one.details}"
                    )
                    return "wrong"
                whole = {name for name, value in values.items() if value is not None}
                return kind if set(one.cases) <= whole and len(found) == 1 else f"{kind} and more"
        return found[0].code.partition(".")[0] if found else "passes"

    def _is_wrong(self, one: Finding, values: Values) -> bool:
        """Say whether what a finding names returns something else, where it claims to return the same."""
        kind, _, name = one.code.partition(".")
        if kind not in ("known", "mutant") or (kind == "mutant" and not self.outputs):
            return False
        theirs: list[Values | None]
        if kind == "known":
            theirs = [dict(each.returns) for each in self._exercise.mistakes if each.name == name]
        else:
            theirs = [self.outputs[number] for number in self._named(one)]
        return not any(each is not None and self._agrees(one, each, values) for each in theirs)

    def _agrees(self, one: Finding, theirs: Values, values: Values) -> bool:
        """Say whether a candidate returns the same in the cases, and the parts, that a finding is about."""
        subject = one.message.partition(" are those ")[0]
        if "the values in " in subject:
            return all(self._same_parts(theirs[name], values[name], subject) for name in one.cases)
        passing = [] if ": where " in one.message else [name for name in values if self._is_equal(name)]
        # Of a known mistake the finding does not say which parts it explains.
        if one.code.startswith("known.") and not self._same(theirs[one.cases[0]], values[one.cases[0]]):
            return True
        return all(
            self._same(theirs.get(name), values[name])
            for name in values
            if name in one.cases or (name in passing and values[name] is not None)
        )

    def _same_parts(self, theirs: Encoded | None, ours: Encoded | None, subject: str) -> bool:
        if theirs is None or ours is None:
            return False
        names = self._exercise.spec.names
        one, other = (
            {part_name(path, names): leaf for path, leaf in walk(decode(v))} for v in (theirs, ours)
        )
        return all(self._same(encode(one[name]), encode(other[name])) for name in other if name in subject)

    def _is_equal(self, name: str) -> bool:
        return any(case.name == name and isinstance(case.judge, Equal) for case in self._exercise.cases)

    def _same(self, ours: Encoded | None, theirs: Encoded | None) -> bool:
        if ours is None or theirs is None:
            return ours is theirs
        spec = self._exercise.spec
        tolerance = spec.tolerance.model_copy(
            update={"relative": max(spec.tolerance.relative, 1e-6), "absolute": 1e-9}
        )
        return alike(ours, theirs, tolerance, optional_tail=spec.optional_tail)

    def _named(self, one: Finding) -> list[int]:
        """Return the numbers of the mutants that a finding may name: of all whose edits read the same."""
        return [number for number, mutant in enumerate(self._mutants) if details(mutant.edits) == one.details]

    def _show(self, what: str, found: Sequence[Finding]) -> None:
        lines = [f"{self._exercise.name} | {what}"]
        for one in found:
            lines += [
                f"    {one.code} ({len(one.cases)}): {one.message}",
                *(f"        > {step}" for step in one.help),
            ]
        self._into.shown.append("\n".join(lines))


def run_again(
    reference: Reference, exercise: Exercise, properties: dict[str, Property]
) -> list[Values | None]:
    """Run the first edit of each stored mutant from its source; None where its process died."""
    variants: dict[MutantEdit, list[Variant]] = {}
    for variant in made(reference, exercise):
        variants.setdefault(variant.edit, []).append(variant)
    trials = Trials(reference, exercise, properties, (), frozenset())
    mutants = unpack_mutants(exercise.packed_mutants)
    names = [case.name for case in exercise.cases]

    def run(number: int) -> Values | None:
        # Edits at different places may read the same: the one that returns what is stored is meant.
        found: Values | None = None
        for variant in variants.get(mutants[number].edits[0], []):
            values = dict(zip(names, trials.returned(variant, SALT), strict=True))
            if _is_stored(mutants[number], values):
                return values
            found = found or values
        return found

    return in_processes(run, len(mutants), len(os.sched_getaffinity(0)))


def _is_stored(mutant: Mutant, values: Values) -> bool:
    """Say whether a mutant returns these values, as far as its signatures tell."""
    return all(_is_signed(signature, values[name]) for name, signature in mutant.signatures.items())


def _is_signed(signature: Signature | None, value: Encoded | None) -> bool:
    if signature is None or value is None:
        return signature is value
    return all(same_leaves(sign(decode(value)), signature).values())


def measure(assignment: Assignment, root: Path, *, mutants: bool = True) -> Measured:
    """Measure one assignment.

    Parameters
    ----------
    assignment : Assignment
    root : Path
        The course's folder.
    mutants : bool
        Whether to run the mutants again, too.
    """
    found, properties = Measured(), load_properties(assignment.properties)
    reference = read_reference(root, assignment.name)
    for exercise in assignment.exercises:
        bench = Bench(exercise, properties, found)
        if mutants:
            bench.outputs = run_again(reference, exercise, properties)
        bench.mistakes()
        bench.mutants()
    return found


def _times(seconds: Sequence[float]) -> dict[str, float]:
    if not seconds:
        return {}
    ordered = sorted(seconds)
    return {
        "median": 1000 * statistics.median(ordered),
        "99 %": 1000 * ordered[int(0.99 * (len(ordered) - 1))],
        "worst": 1000 * ordered[-1],
    }


def _as_json(name: str, found: Measured) -> dict[str, Any]:
    return {
        "assignment": name,
        "mistakes": dict(found.mistakes),
        "mistakes switched off": dict(found.without),
        "mutants": dict(found.mutants),
        "wrong": found.wrong,
        "milliseconds": _times(found.seconds),
        "milliseconds of first use": _times(found.first),
    }


def _lines(row: dict[str, Any]) -> Iterator[str]:
    yield row["assignment"]
    for what in ("mistakes", "mistakes switched off", "mutants"):
        counts = sorted(row[what].items(), key=lambda pair: -pair[1])
        total = sum(row[what].values())
        yield f"  {what}: {total}: " + ", ".join(f"{count} {kind}" for kind, count in counts)
    for what in ("milliseconds", "milliseconds of first use"):
        yield f"  {what}: " + ", ".join(f"{name} {value:.2f}" for name, value in row[what].items())
    for wrong in row["wrong"]:
        yield f"  WRONG {wrong}"


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assignments", nargs="*")
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", type=int, default=0, help="how many findings to print, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="of that drawing")
    parser.add_argument("--no-mutants", action="store_true", help="leave the mutants out")
    options = parser.parse_args()
    rows, shown = [], []
    for name in options.assignments or assignment_names(options.root):
        try:
            assignment = load_assignment(options.root, name)
        except CourseError as error:
            print(f"{name} is left out: {error}")
            continue
        if assignment.is_quiz:
            continue
        found = measure(assignment, options.root, mutants=not options.no_mutants)
        rows.append(_as_json(name, found))
        shown += found.shown
        if not options.json:
            print("\n".join(_lines(rows[-1])), flush=True)
    if options.json:
        print(json.dumps(rows, indent=2))
    for text in random.Random(options.seed).sample(shown, min(options.show, len(shown))):
        print(text)


if __name__ == "__main__":
    main()
