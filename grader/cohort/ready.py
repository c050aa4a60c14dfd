"""What every worker needs is made here once, in the process that they are forked from.

Importing this module compiles the templates of pages and builds what writes results, which the first
submission of each worker would wait for otherwise.
"""

from __future__ import annotations

from grader.cohort import worker
from grader.gradebook.outputs import pack_run
from grader.report.environment import compile_pages
from grader.results import Kind, Load, Run, SubmissionResult

__all__ = ["worker"]

compile_pages()
pack_run(Run(Load(Kind.NOT_RUN), {}))
SubmissionResult(
    student="",
    assignment="",
    submission_sha256="",
    score=0.0,
    max_score=0.0,
    sandbox="",
    seconds=0.0,
    graded=False,
    findings=(),
    events=(),
    exercises=(),
).model_dump_json()
