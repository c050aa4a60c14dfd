"""Proves that the tests of an assignment tell right from wrong, or says where they cannot."""

from __future__ import annotations

import time
from pathlib import Path

from grader.authoring.audit_box import audit_through_box
from grader.authoring.audit_exercise import accepted_survivors, audit_exercise
from grader.authoring.audit_model import AssignmentAudit
from grader.authoring.build import check_assignment
from grader.authoring.checks import check_declarations
from grader.authoring.exercises import Workshop
from grader.authoring.reference import read_reference
from grader.course.load import load_assignment
from grader.judging.properties import load_properties

__all__ = ["audit_assignment"]


def audit_assignment(root: Path, name: str, *, sandbox: str = "strong") -> AssignmentAudit:
    """Audit an assignment as it is built; nothing is written.

    Parameters
    ----------
    root : Path
        The course's folder.
    name : str
        The assignment's name.
    sandbox : str
        The box that the reference and others are graded in: "strong" or "weak".

    Raises
    ------
    CourseError
        It is not built, stale, or something declared is wrong: there is nothing to audit.
    GraderError
        The box does not work here.
    """
    start = time.perf_counter()
    check_assignment(root, name)
    assignment, reference = load_assignment(root, name), read_reference(root, name)
    check_declarations(reference)
    accepted = accepted_survivors(reference)
    built = {exercise.name: exercise.spec.cpu_seconds for exercise in assignment.exercises}
    shop = Workshop(reference, assignment.file.limits, load_properties(assignment.properties), built)
    rows, complaints = [], []
    for declared in reference.exercises:
        stored = assignment.exercise(declared.name)
        row, found = audit_exercise(shop, declared, stored, accepted.get(declared.name, {}))
        rows.append(row)
        complaints += found
    complaints += audit_through_box(root, assignment, reference, sandbox)
    return AssignmentAudit(
        assignment=name,
        exercises=tuple(rows),
        complaints=tuple(complaints),
        seconds=time.perf_counter() - start,
    )
