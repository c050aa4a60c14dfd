"""Many submissions: hands jobs out to worker processes and gathers the results.

`ledger` knows what the gradebook has already, `jobs` what can be asked of a worker, `handout` is the main
process's side, `worker` the other one, `packed` what crosses between them. Between the two stands one of the
`executors`: processes of this machine, or a Dask cluster.
"""

from grader.cohort.handout import Cohort, do_jobs
from grader.cohort.jobs import Job
from grader.cohort.ledger import Ledger
from grader.cohort.packed import PackedResult
from grader.cohort.worker import Desk

__all__ = ["Cohort", "Desk", "Job", "Ledger", "PackedResult", "do_jobs"]
