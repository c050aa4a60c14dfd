"""Makes results of a class of any size: real findings and answers, spread as ability and difficulty would.

The reference, each known mistake, a few answers that nobody foresaw and functions that raise are graded once,
in the box. A made-up student then has one of these for each exercise: the right one the likelier, the
stronger the student and the easier the exercise. One case is made to look wrong, a few files are copies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.cohort import ROOT, solution
from grader.authoring.reference import Reference, read_reference
from grader.course.load import load_assignment
from grader.course.model import Assignment, Submission
from grader.grading import AnswerKey, grade
from grader.results import CaseResult, ExerciseResult, Finding, SubmissionResult, Verdict
from grader.sandbox.box import Box, open_box

_GIVEN = """Ada Amara Björn Chiara Dmitri Elif Farid Gwen Hiro Inês Jonas Kiran Léa Mateo Nadia Omar Priya
Quentin Rosa Sean Tomás Uma Viktor Wei Xenia Yusuf Zoë Aiko Bilal Carla Dario Esra Fatou Goran Hanna Ivo"""
_FAMILY = """Abel Banerjee Costa Diallo Eriksson Fischer García Haddad Ito Jansen Kowalski López Mbeki Novák
O'Neil Petrov Quispe Rossi Schmidt Tanaka Ueda Vargas Wang Xu Yang Zhang Achebe Bauer Cohen Dubois Evans"""
GIVEN, FAMILY = _GIVEN.split(), _FAMILY.split()


@dataclass
class Pool:
    """What can become of one exercise."""

    right: ExerciseResult
    wrong: list[ExerciseResult] = field(default_factory=list)
    untouched: ExerciseResult | None = None
    difficulty: float = 0.0


def names(size: int) -> list[str]:
    """Return so many names, all different."""
    found = []
    for number in range(size):
        rest, given = divmod(number, len(GIVEN))
        more, family = divmod(rest, len(FAMILY))
        middle = f" {chr(65 + more % 26)}." if more else ""
        found.append(f"{GIVEN[given]}{middle} {FAMILY[(family * 7 + given) % len(FAMILY)]}")
    return found


def pools(assignment: Assignment, rng: np.random.Generator, root: Path = ROOT) -> dict[str, Pool]:
    """Grade what the class draws from."""
    reference = read_reference(root, assignment.name)
    key = AnswerKey.of(assignment)
    with open_box(assignment) as box:

        def graded(source: str) -> tuple[ExerciseResult, ...]:
            return _graded(source.encode(), assignment, box, key).exercises

        right = graded(solution(reference))
        untouched = graded(assignment.stub.decode())
        made = {
            good.name: Pool(good, untouched=none, difficulty=rng.normal(0, 0.8))
            for good, none in zip(right, untouched, strict=True)
        }
        for mistake in reference.mistakes:
            found = {each.name: each for each in graded(solution(reference, mistake))}
            if found[mistake.exercise].findings[0].code.startswith("known."):
                made[mistake.exercise].wrong.append(found[mistake.exercise])
        for tail in _unforeseen(reference):
            for each in graded(solution(reference) + tail):
                if each.verdict is not Verdict.PASSED:
                    made[each.name].wrong.append(each)
    for pool in made.values():
        rng.shuffle(pool.wrong)
    return made


def results(
    names_of: Sequence[str], assignment: str, seed: int = 0, root: Path = ROOT
) -> Iterator[SubmissionResult]:
    """Yield a result for each student; the same student is as strong in every assignment.

    Parameters
    ----------
    names_of : sequence of str
    assignment : str
    seed : int
    root : Path
    """
    rng = np.random.default_rng([seed, *assignment.encode()])
    asked = load_assignment(root, assignment)
    pool = pools(asked, rng, root)
    broken = _broken(asked, pool)
    strengths = np.random.default_rng(seed).normal(size=len(names_of))
    last: SubmissionResult | None = None
    for student, strength in zip(names_of, strengths, strict=True):
        if rng.random() < 0.08:
            continue
        fate = rng.random()
        exercises = tuple(_drawn(each, strength, rng, broken) for each in pool.values())
        sketch = tuple(rng.integers(0, 2**32, 64).tolist())
        digest = rng.bytes(32).hex()
        if fate < 0.004 and last is not None:  # like another's, but for a few lines
            exercises, sketch = last.exercises, (*sketch[:7], *last.sketch[7:])
        elif fate < 0.006 and last is not None:
            exercises, sketch, digest = last.exercises, last.sketch, last.submission_sha256
        result = SubmissionResult(
            student=student,
            assignment=assignment,
            submission_sha256=digest,
            score=round(sum(each.score for each in exercises), 2),
            max_score=asked.max_score,
            sandbox="strong",
            seconds=0.03,
            graded=True,
            findings=(),
            events=("something was written to the grader's own channel",) if 0.1 < fate < 0.102 else (),
            exercises=exercises,
            sketch=sketch,
        )
        last = result
        yield _ungraded(result) if 0.2 < fate < 0.201 else result


def _graded(source: bytes, assignment: Assignment, box: Box, key: AnswerKey) -> SubmissionResult:
    return grade(Submission("somebody", assignment.name, source), assignment, box, key).result


def _unforeseen(reference: Reference) -> Iterator[str]:
    """Yield what makes every function wrong in a way of its own."""
    wrapped = "\n".join(
        f"\n_right_{each.name} = {each.name}\n\n\ndef {each.name}(*args, **named):\n"
        f"    return CHANGE(_right_{each.name}(*args, **named))\n"
        for each in reference.exercises
    )
    for body in ("value * 1.37 + 0.01 * value ** 2", "value + 0.017 * np.cos(value)"):
        yield f"""

def _change(value):
    if isinstance(value, dict):
        return {{key: _change(item) for key, item in value.items()}}
    if isinstance(value, (list, tuple)):
        return type(value)(_change(item) for item in value)
    return {body} if isinstance(value, (float, np.ndarray)) else value

{wrapped.replace("CHANGE", "_change")}"""
    yield wrapped.replace("CHANGE", "np.linalg.inv")


def _drawn(pool: Pool, strength: float, rng: np.random.Generator, broken: ExerciseResult) -> ExerciseResult:
    chance = 1 / (1 + np.exp(-(1.3 + 1.2 * strength - pool.difficulty)))
    if rng.random() < chance:
        return broken if pool.right.name == broken.name and rng.random() < 0.85 else pool.right
    if pool.untouched is not None and rng.random() < 0.15:
        return pool.untouched
    if not pool.wrong:
        return pool.right
    return pool.wrong[min(int(rng.pareto(0.8)), len(pool.wrong) - 1)]


def _broken(assignment: Assignment, pool: dict[str, Pool]) -> ExerciseResult:
    """Return the right answer to an exercise one of whose cases expects something else."""
    right = max((each.right for each in pool.values()), key=lambda each: len(each.cases))
    last = right.cases[-1]
    wrong: CaseResult = last.model_copy(update={"verdict": Verdict.FAILED})
    finding = Finding(
        code="facts.number",
        message=f'{right.name}, case "{last.name}": 0.482 is expected and 0.491 came back.',
        cases=(last.name,),
    )
    return right.model_copy(
        update={
            "cases": (*right.cases[:-1], wrong),
            "findings": (finding,),
            "verdict": Verdict.FAILED,
            "score": round(right.max_score * (1 - last.weight / sum(each.weight for each in right.cases)), 2),
            "answer": "b" * 16,
        }
    )


def _ungraded(result: SubmissionResult) -> SubmissionResult:
    cases = {"verdict": Verdict.UNGRADED}
    exercises = tuple(
        each.model_copy(
            update={
                "verdict": Verdict.UNGRADED,
                "score": 0.0,
                "findings": (),
                "answer": "",
                "cases": tuple(case.model_copy(update=cases) for case in each.cases),
            }
        )
        for each in result.exercises
    )
    reason = ("not graded: the box closed its channel twice",)
    return result.model_copy(
        update={"graded": False, "score": 0.0, "events": reason, "exercises": exercises, "sketch": ()}
    )
