"""What an assignment asks of the box, as one hash: while it is the same, kept outputs can be judged again."""

from __future__ import annotations

import hashlib

from grader.course.model import Assignment

__all__ = ["asked_digest"]


def asked_digest(assignment: Assignment) -> str:
    """Return the SHA-256 of all that enters the box and can change what comes back.

    Expected values, tolerances, weights, points, mistakes and hints are no part of it; limits are: what ran
    out of time under others may not do so now.
    """
    file = assignment.file
    parts = [assignment.name.encode(), assignment.stub, assignment.calls, repr(file.modules).encode()]
    parts.append(repr(file.limits).encode())
    for exercise in assignment.exercises:
        spec = exercise.spec
        parts.append(repr((spec.name, spec.parameters, spec.uses, spec.question is not None)).encode())
        for case in exercise.cases:
            parts.append(repr((case.name, case.visibility)).encode())
            parts += [case.encoded_inputs.structure, case.encoded_inputs.data]
    # Each part by its hash, so that none can run into the next.
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
