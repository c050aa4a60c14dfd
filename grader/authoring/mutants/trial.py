"""Runs one mutant on every case of an exercise, and says what became of it."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from grader.authoring.calling import call
from grader.authoring.mutants.edit import Variant
from grader.authoring.mutants.pool import TooLong, counting, within
from grader.authoring.reference import Reference
from grader.authoring.tolerance import far_from, takes_part
from grader.course.model import Case, Exercise
from grader.course.signatures import Signature, sign
from grader.judging.compare import Expectation
from grader.judging.judge import expectations, judge_case
from grader.judging.properties import Property
from grader.results import JudgedCase, Kind, Outcome, Verdict
from grader.values import Encoded, decode

__all__ = ["Fate", "Trial", "Trials"]

#: A mutant may call so many times as many functions as the reference does. What calls none, and does not end,
#: is stopped by the CPU seconds of the case.
CALLS: Final = 10

#: Calls of a mutant whatever the reference calls.
LEAST_CALLS: Final = 1000

#: Nothing is nearer to the reference and not the same: rounding alone moves answers so far.
SAME: Final = 1e-9


class Fate(StrEnum):
    """What became of a mutant."""

    CAUGHT = "caught"
    SURVIVING = "surviving"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True, slots=True)
class Trial:
    """One mutant on every case.

    Parameters
    ----------
    fate : Fate
    caught_by : tuple of str
        Names of the cases that it does not pass.
    distance : float
        The largest relative distance from the reference, over cases judged by digits; inf where it raised, or
        returned something of another form.
    signatures : dict of str to Signature or None
        What it returns in the cases in which the reference always returns the same; None where it raised or
        did not end.
    difference : str
        Of a survivor: where it returns something else than the reference.
    """

    fate: Fate
    caught_by: tuple[str, ...]
    distance: float
    signatures: dict[str, Signature | None]
    difference: str = ""


class Trials:
    """Tries mutants of one exercise.

    Parameters
    ----------
    reference : Reference
    exercise : Exercise
        As it is built.
    properties : mapping of str to callable
    more : sequence of Case
        What `grader.authoring.mutants.probes.probes` returns.
    own : set of str
        The functions whose mutants have to be caught; of others survivors are not looked into.
    """

    def __init__(
        self,
        reference: Reference,
        exercise: Exercise,
        properties: Mapping[str, Property],
        more: Sequence[Case],
        own: Set[str],
    ) -> None:
        self._reference = reference
        self._exercise = exercise
        self._properties = properties
        self._more = more
        self._own = own
        self._prepared = expectations(exercise)
        self._calls = {case.name: self._count(case) for case in (*exercise.cases, *more)}
        self.expected = {
            case.name: sign(decode(case.expected)) for case in exercise.cases if self._is_steady(case)
        }

    def dead(self) -> Trial:
        """Return the trial of a mutant that took its process with it: every case would notice."""
        names = tuple(case.name for case in self._exercise.cases)
        return Trial(Fate.CAUGHT, names, math.inf, dict.fromkeys(self.expected))

    def run(self, variant: Variant) -> Trial:
        """Run a variant on every case."""
        code = _compiled(variant)
        values = self._values(code, self._exercise.cases)
        caught, distances = [], [0.0]
        signatures: dict[str, Signature | None] = {}
        for case, value in zip(self._exercise.cases, values, strict=True):
            judged = self._judged(case, value)
            if judged.verdict is not Verdict.PASSED:
                caught.append(case.name)
            if takes_part(case):
                distances.append(self._distance(case, value, judged))
            if case.name in self.expected:
                signatures[case.name] = self._signature(case, value)
        fate, difference = (Fate.CAUGHT if caught else Fate.EQUIVALENT), ""
        if not caught and variant.edit.function in self._own:
            fate, difference = self._without_case(code, max(distances))
        return Trial(fate, tuple(caught), max(distances), signatures, difference)

    def returned(self, variant: Variant, salt: int = 0) -> list[Encoded | None]:
        """Return what a variant returns in every case; None where it raises, and after a case without end.

        Parameters
        ----------
        variant : Variant
        salt : int
            Another one gives the calls other random numbers.
        """
        return self._values(_compiled(variant), self._exercise.cases, salt)

    def _values(self, code: object, cases: Sequence[Case], salt: int = 0) -> list[Encoded | None]:
        """Return what the variant returns in these cases; after one that does not end, none is run."""
        values: list[Encoded | None] = []
        try:
            for case in cases:
                most = max(LEAST_CALLS, CALLS * self._calls[case.name])
                with within(self._exercise.spec.cpu_seconds), counting(most):
                    values.append(self._value(code, case, salt))
        except TooLong:
            values += [None] * (len(cases) - len(values))
        return values

    def _count(self, case: Case) -> int:
        """Count the calls of the reference."""
        with counting() as counted:
            self._reference.call(self._exercise.name, case.name, case.encoded_inputs)
            return counted()

    def _is_steady(self, case: Case) -> bool:
        """Say whether the reference returns the same whatever random numbers it is given."""
        if takes_part(case):
            return True
        again = self._reference.call(self._exercise.name, case.name, case.encoded_inputs, salt=1)
        return again.value == case.expected

    def _value(self, code: object, case: Case, salt: int) -> Encoded | None:
        reference, name = self._reference, self._exercise.name
        module = reference.module()
        try:
            exec(code, module.__dict__)  # type: ignore[arg-type]
        except Exception:
            return None
        custom = reference.calls.get(name)
        parameters = self._exercise.spec.parameters
        return call(module, name, case.name, case.encoded_inputs, parameters, custom, salt=salt).value

    def _judged(self, case: Case, value: Encoded | None) -> JudgedCase:
        kind = Kind.TIMED_OUT if value is None else Kind.RETURNED
        return judge_case(
            case,
            self._exercise,
            Outcome(kind, value=value),
            self._properties,
            expectation=self._prepared[case.name],
        )

    def _distance(self, case: Case, value: Encoded | None, judged: JudgedCase) -> float:
        if value is None:
            return math.inf
        if value == case.expected:
            return 0.0
        if judged.mismatch is not None:
            by_value = judged.mismatch.kind == "value" and judged.mismatch.ratio > 0
            return judged.mismatch.ratio * self._exercise.spec.tolerance.relative if by_value else math.inf
        return far_from(case.expected, value, self._exercise.spec.optional_tail)

    def _signature(self, case: Case, value: Encoded | None) -> Signature | None:
        if value is None:
            return None
        return self.expected[case.name] if value == case.expected else sign(decode(value))

    def _without_case(self, code: object, distance: float) -> tuple[Fate, str]:
        """Say whether what passes every case is equivalent, by trying it on more inputs."""
        if distance > SAME:
            return Fate.SURVIVING, f"differs by {distance:.0e}, which is within tolerance"
        spec = self._exercise.spec
        for case in self._more:
            (value,) = self._values(code, [case])
            expectation = Expectation.of(case.expected, spec.tolerance, spec.optional_tail)
            if value is None or expectation.compare(value) is not None:
                return Fate.SURVIVING, f"differs on inputs like case {case.name!r}"
        return Fate.EQUIVALENT, ""


def _compiled(variant: Variant) -> types.CodeType:
    return compile(variant.source, "<mutant>", "exec", dont_inherit=True)
