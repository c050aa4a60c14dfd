"""Makes an exercise of what its author declared: runs the reference and the mistakes on every case."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from grader.authoring.checks import check_cases, input_names, plain_inputs, plain_result, refusal
from grader.authoring.docstrings import item_names
from grader.authoring.reference import Reference
from grader.authoring.source import signature
from grader.authoring.tolerance import COARSEST, Measured, between, far_from, farthest, noise, takes_part
from grader.course.declare import AlternativeDeclared, CaseDeclared, ExerciseDeclared, MistakeDeclared
from grader.course.model import Answered, Case, Exercise, ExerciseSpec, Holds, Limits, Mistake, Tolerance
from grader.judging.judge import judge_case
from grader.judging.properties import Property
from grader.results import JudgedCase, Kind, Outcome, Verdict
from grader.values import Encoded, decode, encode

#: Two runs of one reference may differ by rounding where a library orders its sums by chance.
REPEATABLE = 1e-9

#: A case is given this many times the reference's CPU time.
SLOWNESS = 100


@dataclass(frozen=True, slots=True)
class Workshop:
    """What building an exercise needs beside its declaration.

    Parameters
    ----------
    reference : Reference
    limits : Limits
    properties : mapping of str to callable
        Of ``properties.py``.
    built_seconds : mapping of str to float
        CPU seconds per case of the exercises as last built; kept where they still fit, so that a busy machine
        does not change the files.
    """

    reference: Reference
    limits: Limits
    properties: Mapping[str, Property] = field(default_factory=dict)
    built_seconds: Mapping[str, float] = field(default_factory=dict)

    def make(self, declared: ExerciseDeclared) -> tuple[Exercise, Measured]:
        """Run an exercise's reference and mistakes on its cases, and check that they are told apart.

        Raises
        ------
        CourseError
            Something declared is wrong.
        """
        cases, seconds = self._cases(declared)
        mistakes = tuple(
            Mistake(each.name, each.message, each.help, self._returns(each, cases))
            for each in self.reference.mistakes_of(declared.name).values()
        )
        measured = self._measure(declared, cases, mistakes)
        spec = self._spec(declared, measured.tolerance, seconds)
        exercise = Exercise(spec, cases, mistakes)
        self._check_reference_passes(exercise)
        self._check_alternatives_pass(exercise)
        self._check_mistakes_fail(exercise)
        return exercise, measured

    def _cases(self, declared: ExerciseDeclared) -> tuple[tuple[Case, ...], float]:
        """Return the exercise's cases, and the CPU seconds of the slowest."""
        first, second = self.reference.cases(declared), self.reference.cases(declared)
        check_cases(self.reference, declared, first, self.properties)
        encoded = [self._inputs(declared, case) for case in first]
        if encoded != [self._inputs(declared, case) for case in second]:
            raise refusal(
                self.reference.sources["cases"].path,
                f"{declared.name}: its generator gives other inputs each time",
                "draw them from np.random.default_rng(<a number>)",
            )
        run = [self._run(declared, case, inputs) for case, inputs in zip(first, encoded, strict=True)]
        return tuple(case for case, _ in run), max(seconds for _, seconds in run)

    def _inputs(self, declared: ExerciseDeclared, case: CaseDeclared) -> Encoded:
        """Return a case's inputs in the order of the signature, encoded."""
        order = input_names(self.reference, declared.name) or tuple(case.inputs)
        inputs = {name: case.inputs[name] for name in order if name in case.inputs}
        return plain_inputs(self.reference, declared.name, case.name, encode(inputs))

    def _run(self, declared: ExerciseDeclared, case: CaseDeclared, inputs: Encoded) -> tuple[Case, float]:
        """Return the case with what the reference returns, and the best of three CPU times."""
        runs = [self.reference.call(declared.name, case.name, inputs) for _ in range(3)]
        seconds = min(run.seconds for run in runs)
        # an answer judged by its value may not depend on the state of the random generators
        salt = 0 if isinstance(case.judge, Holds) else 1
        runs.append(self.reference.call(declared.name, case.name, inputs, salt=salt))
        expected, *others = (plain_result(self.reference, declared.name, case.name, run) for run in runs)
        if not all(far_from(expected, other) <= REPEATABLE for other in others):
            raise refusal(
                self.reference.solution.path,
                f"{declared.name}, case {case.name!r}: the reference returns something else each time",
                "seed its generator, or judge the case by Holds",
            )
        return Case(
            name=case.name,
            visibility=case.visibility,
            weight=case.weight,
            judge=case.judge,
            inputs=decode(inputs),
            # what students are given does not depend on which answer is right
            expected=encode(None) if isinstance(case.judge, Answered) else expected,
            encoded_inputs=inputs,
        ), seconds

    def _returns(self, mistake: MistakeDeclared, cases: Sequence[Case]) -> dict[str, Encoded | None]:
        call = self.reference.call
        return {
            case.name: call(mistake.exercise, case.name, case.encoded_inputs, mistake).value for case in cases
        }

    def _measure(
        self, declared: ExerciseDeclared, cases: Sequence[Case], mistakes: Sequence[Mistake]
    ) -> Measured:
        """Measure noise and nearest mistake; refuse an exercise in which rounding alone costs points."""
        cases = [case for case in cases if takes_part(case)]
        noises = {case.name: self._noise(declared, case) for case in cases}
        floor = max(noises.values(), default=0.0)
        # a mistake that only other judges notice is no measure for the tolerance
        distances = (farthest(mistake, cases, declared.optional_tail) for mistake in mistakes)
        nearest = min((far for far in distances if far > 0), default=math.inf)
        tolerance = declared.tolerance or between(floor, nearest)
        if floor > tolerance.relative:
            worst = max(noises, key=lambda name: noises[name])
            raise refusal(
                self.reference.sources["cases"].path,
                f"{declared.name}, case {worst!r}: one unit in the last place of its inputs moves the "
                f"answer by {floor:.0e}, and the tolerance is {tolerance.relative:.0e}",
                "change inputs on which rounding decides, or judge the case by Magnitude, AtMost or Holds",
            )
        return Measured(floor, nearest, tolerance)

    def _noise(self, declared: ExerciseDeclared, case: Case) -> float:
        floor = noise(case, lambda inputs: self.reference.call(declared.name, case.name, inputs).value)
        others = (
            far_from(case.expected, self._alternatively(each, case), declared.optional_tail)
            for each in self.reference.alternatives_of(declared.name)
        )
        # one that is farther is wrong: it is refused by its name, later
        return max([floor, *(far for far in others if far <= COARSEST)])

    def _alternatively(self, alternative: AlternativeDeclared, case: Case) -> Encoded | None:
        call = self.reference.call
        return call(alternative.exercise, case.name, case.encoded_inputs, alternative).value

    def _spec(self, declared: ExerciseDeclared, tolerance: Tolerance, seconds: float) -> ExerciseSpec:
        source = self.reference.solution
        node = source.function(declared.name)
        return ExerciseSpec(
            name=declared.name,
            title=declared.title,
            points=declared.points,
            signature=declared.name if node is None else signature(source.header(node)),
            parameters=self.reference.parameters(declared.name),
            uses=declared.uses,
            optional_tail=declared.optional_tail,
            tolerance=tolerance,
            cpu_seconds=case_limit(
                seconds, self.limits.case_seconds, self.built_seconds.get(declared.name, 0.0)
            ),
            question=declared.question,
            names=self._names(declared.name),
        ).checked()

    def _names(self, exercise: str) -> dict[str, tuple[str, ...]]:
        """Return what docstrings call the items of tuples; what one says of an argument holds for all."""
        source = self.reference.solution
        found: dict[str, tuple[str, ...]] = {}
        for other in (exercise, *(each.name for each in self.reference.exercises)):
            node = source.function(other)
            text = ast.get_docstring(node) if node is not None else None
            names = item_names(text or "")
            found = (names if other == exercise else {key: names[key] for key in names if key}) | found
        return {
            key: found[key]
            for key in found
            if key in ("", *self.reference.parameters(exercise), *found.get("", ()))
        }

    def _check_reference_passes(self, exercise: Exercise) -> None:
        for case in exercise.cases:
            if isinstance(case.judge, Answered):
                continue  # nothing is expected there; the case that is right has to have the form as well
            judged = self._judge(exercise, case, case.expected)
            if judged.verdict is not Verdict.PASSED:
                said = (
                    judged.mismatch.note or judged.mismatch.kind if judged.mismatch else judged.verdict.value
                )
                raise refusal(
                    self.reference.solution.path,
                    f"{exercise.name}, case {case.name!r}: the reference itself does not pass: {said}",
                    f"mend it, or the judge: {case.judge!r}",
                )

    def _check_alternatives_pass(self, exercise: Exercise) -> None:
        for alternative in self.reference.alternatives_of(exercise.name):
            for case in exercise.cases:
                value = self._alternatively(alternative, case)
                if value is None or not self._passes(exercise, case, value):
                    raise refusal(
                        self.reference.sources["alternatives"].path,
                        f"alternative {alternative.name} of {exercise.name} does not pass case {case.name!r}",
                        "mend it; where it is right, mend the case",
                    )

    def _check_mistakes_fail(self, exercise: Exercise) -> None:
        path = self.reference.sources["mistakes"].path
        for mistake in exercise.mistakes:
            returned = ((case, mistake.returns[case.name]) for case in exercise.cases)
            if all(value is not None and self._passes(exercise, case, value) for case, value in returned):
                raise refusal(
                    path,
                    f"mistake {mistake.name} of {exercise.name} passes every case",
                    "add a case that tells it from the reference, or remove it",
                )
        for one, other in combinations(exercise.mistakes, 2):
            if all(_same(one.returns[case.name], other.returns[case.name]) for case in exercise.cases):
                raise refusal(
                    path,
                    f"mistakes {one.name} and {other.name} of {exercise.name} return the same in every case",
                    "add a case that tells them apart, or make one of them",
                )

    def _judge(self, exercise: Exercise, case: Case, value: Encoded) -> JudgedCase:
        return judge_case(case, exercise, Outcome(Kind.RETURNED, value=value), self.properties)

    def _passes(self, exercise: Exercise, case: Case, value: Encoded) -> bool:
        return self._judge(exercise, case, value).verdict is Verdict.PASSED


def case_limit(seconds: float, least: float, built: float = 0.0) -> float:
    """Return the CPU seconds that a case is given: a power of two, unless the least is enough.

    Parameters
    ----------
    seconds : float
        What the reference takes.
    least : float
        What the assignment gives at least.
    built : float
        The limit of the last build, which is kept while it is from half to four times what is wanted.
    """
    wanted = SLOWNESS * seconds
    if max(least, wanted / 2) <= built <= max(least, wanted * 4):
        return built
    return least if wanted <= least else max(least, 2.0 ** math.ceil(math.log2(wanted)))


def _same(one: Encoded | None, other: Encoded | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or far_from(one, other) <= REPEATABLE
