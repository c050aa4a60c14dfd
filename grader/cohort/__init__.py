"""Many submissions: hands them out to worker processes and gathers the results.

`handout` is the main process's side, `worker` the other one, `packed` what crosses between them. The executor
is the standard library's; another one with ``submit`` and futures could take its place.
"""

from grader.cohort.handout import Cohort, grade_cohort
from grader.cohort.packed import PackedResult
from grader.cohort.worker import Desk

__all__ = ["Cohort", "Desk", "PackedResult", "grade_cohort"]
