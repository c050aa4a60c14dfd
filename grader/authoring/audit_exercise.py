"""Audits one exercise: its mutants, mistakes, margins, cases and limits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from grader.authoring.audit_model import Complaint, ExerciseAudit, Survivor, label
from grader.authoring.checks import refusal
from grader.authoring.exercises import Workshop
from grader.authoring.mutants.edit import Variant
from grader.authoring.mutants.make import Mutation, mutate, packed
from grader.authoring.mutants.trial import Fate, Trial
from grader.authoring.reference import Reference
from grader.authoring.tolerance import ROUNDING, Measured, farthest, takes_part
from grader.course.declare import ExerciseDeclared
from grader.course.model import Exercise, Mistake
from grader.course.mutants import MutantCounts
from grader.judging.judge import judge_case
from grader.results import Kind, Outcome, Verdict

__all__ = ["accepted_survivors", "audit_exercise"]

#: Decades that should lie on either side of the tolerance.
THIN: Final = 1.0

#: Right formulations that each exercise should have, the reference among them.
FORMULATIONS: Final = 3

#: A case should be given so many times what the reference takes on this machine.
ROOMY: Final = 10


@dataclass(frozen=True, slots=True)
class _Looked:
    """All that was found out about one exercise."""

    exercise: Exercise
    measured: Measured
    mutation: Mutation
    accepted: Mapping[str, str]
    formulations: int
    seconds: float
    caught_mistakes: Mapping[str, tuple[str, ...]]

    @property
    def hidden(self) -> set[str]:
        """Names of the hidden cases; of all where there are none."""
        names = {case.name for case in self.exercise.cases if case.visibility == "hidden"}
        return names or {case.name for case in self.exercise.cases}

    def survives(self, trial: Trial) -> bool:
        """Say whether no hidden case catches a mutant that is not equivalent."""
        return trial.fate is not Fate.EQUIVALENT and not self.hidden & set(trial.caught_by)


def accepted_survivors(reference: Reference) -> dict[str, dict[str, str]]:
    """Return what ``cases.py`` says of survivors: exercise to edit to reason.

    Raises
    ------
    CourseError
        ``accepted_survivors`` is no such dict, or of an exercise that does not exist.
    """
    path = reference.sources["cases"].path
    given = reference.namespaces["cases"].get("accepted_survivors", {})
    names = [exercise.name for exercise in reference.exercises]
    for name, edits in given.items() if isinstance(given, dict) else [(given, None)]:
        is_told = isinstance(edits, dict) and all(
            reason and isinstance(reason, str) for reason in edits.values()
        )
        if name not in names or not is_told:
            raise refusal(
                path,
                f"accepted_survivors has {name!r}: {edits!r}",
                "write {exercise: {edit: reason}}, each edit as grade audit prints it",
            )
    return dict(given)


def audit_exercise(
    shop: Workshop, declared: ExerciseDeclared, stored: Exercise, accepted: Mapping[str, str]
) -> tuple[ExerciseAudit, list[Complaint]]:
    """Audit one exercise.

    Parameters
    ----------
    shop : Workshop
    declared : ExerciseDeclared
    stored : Exercise
        As it was built.
    accepted : mapping of str to str
        Edits that may survive, and why.
    """
    exercise, measured = shop.make(declared)
    mutation = mutate(shop.reference, declared, exercise, shop.properties)
    looked = _Looked(
        exercise,
        measured,
        mutation,
        accepted,
        1 + len(shop.reference.alternatives_of(exercise.name)),
        _seconds(shop.reference, exercise),
        {mistake.name: _caught_by(shop, exercise, mistake) for mistake in exercise.mistakes},
    )
    nearest, nearest_is = _nearest(looked)
    row = _row(looked, stored, nearest, nearest_is)
    complaints = [
        *_about_mistakes(looked),
        *_about_survivors(looked),
        *_about_margin(row),
        *_about_cases(looked),
        *_about_limit(row),
        *_about_formulations(row, shop.reference.is_function(exercise.name)),
        *_about_worked(stored),
    ]
    if packed(shop.reference, exercise, mutation) != stored.packed_mutants:
        complaints.append(
            _complaint(row.name, "build", "the stored mutants are not those made now", "grade build --force")
        )
    return row, complaints


def _row(looked: _Looked, stored: Exercise, nearest: float, nearest_is: str) -> ExerciseAudit:
    tolerance, noise = looked.measured.tolerance.relative, looked.measured.noise
    survivors = tuple(
        Survivor(
            edit=variant.edit,
            difference=trial.difference or "fails public cases only",
            accepted=looked.accepted.get(label(variant.edit), ""),
        )
        for variant, trial in looked.mutation.own
        if looked.survives(trial)
    )
    counts = looked.mutation.counts()
    return ExerciseAudit(
        name=looked.exercise.name,
        cases=len(looked.exercise.cases),
        mistakes=len(looked.exercise.mistakes),
        formulations=looked.formulations,
        mutants=MutantCounts(
            made=counts.made,
            equivalent=counts.equivalent,
            caught=counts.made - counts.equivalent - len(survivors),
            surviving=len(survivors),
        ),
        survivors=survivors,
        noise=noise,
        nearest=None if math.isinf(nearest) else nearest,
        nearest_is=nearest_is,
        tolerance=tolerance,
        margin=min(math.log10(nearest / tolerance), math.log10(tolerance / max(noise, ROUNDING))),
        seconds=looked.seconds,
        limit=stored.spec.cpu_seconds,
    )


def _seconds(reference: Reference, exercise: Exercise) -> float:
    """Return the CPU time of the reference in its slowest case, the best of three."""
    return max(
        min(reference.call(exercise.name, case.name, case.encoded_inputs).seconds for _ in range(3))
        for case in exercise.cases
    )


def _caught_by(shop: Workshop, exercise: Exercise, mistake: Mistake) -> tuple[str, ...]:
    caught = []
    for case in exercise.cases:
        value = mistake.returns[case.name]
        outcome = Outcome(Kind.TIMED_OUT if value is None else Kind.RETURNED, value=value)
        if judge_case(case, exercise, outcome, shop.properties).verdict is not Verdict.PASSED:
            caught.append(case.name)
    return tuple(caught)


def _nearest(looked: _Looked) -> tuple[float, str]:
    """Return the smallest distance of what has to be caught, each taken where it is farthest."""
    exercise = looked.exercise
    cases = [case for case in exercise.cases if takes_part(case)]
    found = [
        (farthest(mistake, cases, exercise.spec.optional_tail), f"mistake {mistake.name}")
        for mistake in exercise.mistakes
    ]
    found += [
        (trial.distance, label(variant.edit))
        for variant, trial in looked.mutation.own
        if trial.fate is Fate.CAUGHT
    ]
    # one that no digits tell from the reference is caught by another judge
    tolerance = looked.measured.tolerance.relative
    return min((each for each in found if tolerance < each[0] < math.inf), default=(math.inf, ""))


def _complaint(exercise: str, kind: str, message: str, remedy: str, *, fails: bool = True) -> Complaint:
    return Complaint.model_validate(
        {"exercise": exercise, "kind": kind, "message": message, "help": remedy, "fails": fails}
    )


def _about_mistakes(looked: _Looked) -> Iterator[Complaint]:
    for name, caught in looked.caught_mistakes.items():
        if not looked.hidden & set(caught):
            yield _complaint(
                looked.exercise.name,
                "mistake",
                f"mistake {name} passes every hidden case",
                "add a hidden case that tells it from the reference",
            )


def _about_survivors(looked: _Looked) -> Iterator[Complaint]:
    surviving = [pair for pair in looked.mutation.own if looked.survives(pair[1])]
    for variant, trial in surviving:
        reason = looked.accepted.get(label(variant.edit))
        said = reason or trial.difference or "fails public cases only"
        yield _complaint(
            looked.exercise.name,
            "survivor",
            f"{_described(variant)}: {'accepted' if reason else 'passes every hidden case'}: {said}",
            ""
            if reason
            else "add a case that catches it, or give the reason in accepted_survivors of cases.py",
            fails=not reason,
        )
    seen = {label(variant.edit) for variant, _ in surviving}
    for edit in looked.accepted:
        if edit not in seen:
            yield _complaint(
                looked.exercise.name,
                "acceptance",
                f"accepted_survivors has {edit!r}, which is no survivor",
                "remove it",
            )


def _described(variant: Variant) -> str:
    edit = variant.edit
    scope = {"one": "", "equal": ", wherever it occurs", "siblings": ", and likewise in its siblings"}[
        edit.scope
    ]
    return f"line {edit.line} of {edit.function}, {edit.operator}: {label(edit)}{scope}"


def _about_margin(row: ExerciseAudit) -> Iterator[Complaint]:
    if row.margin < THIN:
        nearest = "nothing" if row.nearest is None else f"{row.nearest:.0e} ({row.nearest_is})"
        yield _complaint(
            row.name,
            "margin",
            f"tolerance {row.tolerance:.0e} lies {row.margin:.1f} decades from noise {row.noise:.0e} or from "
            f"the nearest wrong answer {nearest}",
            "change the cases that are near, or give a tolerance in @exercise",
        )


def _about_cases(looked: _Looked) -> Iterator[Complaint]:
    """Point out cases that catch nothing, and those that catch what another one catches."""
    catches: dict[str, set[object]] = {case.name: set() for case in looked.exercise.cases}
    for number, (_, trial) in enumerate(looked.mutation.own):
        for name in trial.caught_by:
            catches[name].add(number)
    for mistake, caught in looked.caught_mistakes.items():
        for name in caught:
            catches[name].add(mistake)
    for name in [name for name, caught in catches.items() if not caught]:
        yield _complaint(
            looked.exercise.name,
            "case",
            f"case {name!r} catches nothing",
            "change it, or remove it",
            fails=False,
        )
    groups: dict[frozenset[object], list[str]] = {}
    for name in looked.hidden:
        if catches[name]:
            groups.setdefault(frozenset(catches[name]), []).append(name)
    alike = [sorted(group, key=list(catches).index) for group in groups.values() if len(group) > 1]
    for group in sorted(alike):
        yield _complaint(
            looked.exercise.name,
            "case",
            f"these hidden cases catch the same: {', '.join(map(repr, group))}",
            "they say nothing more about what is wrong; keep them where they say when it is",
            fails=False,
        )


def _about_limit(row: ExerciseAudit) -> Iterator[Complaint]:
    if row.limit < ROOMY * row.seconds:
        yield _complaint(
            row.name,
            "limit",
            f"a case is given {row.limit:g} s and the reference takes {row.seconds:.2g} s",
            "make its cases smaller, or raise case_seconds in assignment.toml",
        )


def _about_formulations(row: ExerciseAudit, is_function: bool) -> Iterator[Complaint]:
    lacking = FORMULATIONS - row.formulations
    if is_function and lacking > 0:
        yield _complaint(
            row.name,
            "formulations",
            f"{row.formulations - 1} alternative{'' if row.formulations == 2 else 's'} of two",
            "write another right formulation in alternatives.py",
            fails=False,
        )


def _about_worked(stored: Exercise) -> Iterator[Complaint]:
    if stored.worked is None and stored.spec.question is None:
        yield _complaint(
            stored.name, "worked", "no case is worked by hand", "write one in worked.py", fails=False
        )
