"""Who does the jobs: processes of this machine (`local`), or a Dask cluster (`dask`, `remote`).

The executor is all that differs. What becomes of results, and of jobs whose worker died, is the
affair of `grader.cohort.handout`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from grader.cohort.jobs import Job
from grader.cohort.packed import PackedResult
from grader.errors import GraderError

__all__ = ["AHEAD", "DIED", "Ended", "Executor", "Lost", "NotBegun"]

#: What is handed out to a worker: one in its hands, one on its desk.
AHEAD: Final = 2

DIED: Final = "the worker process died"


@dataclass(frozen=True, slots=True)
class Lost:
    """No result came: the job may be what its worker died of.

    Parameters
    ----------
    reason : str
        A clause: "the worker process died".
    """

    reason: str = DIED


@dataclass(frozen=True, slots=True)
class NotBegun:
    """No result came, through no doing of the job's: it is to be handed out again."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A job that is in nobody's hands any more.

    Parameters
    ----------
    job : Job
        As it was submitted.
    outcome : PackedResult, GraderError, Lost or NotBegun
        An error is what the operator has to mend.
    """

    job: Job
    outcome: PackedResult | GraderError | Lost | NotBegun


class Executor(Protocol):
    """Has jobs done by workers.

    Attributes
    ----------
    shared_fate : bool
        Whether a worker that dies takes what others have in hand with it.
    """

    shared_fate: bool

    def room(self, waiting: int, *, alone: bool) -> int:
        """Say how many jobs to submit next, in one go; 0 where everybody has enough in hand.

        Parameters
        ----------
        waiting : int
            How many jobs there are to hand out.
        alone : bool
            Whether it is for a job that is to be alone with its worker.
        """

    def submit(self, jobs: Sequence[Job], *, alone: bool) -> None:
        """Hand jobs out: no more than there was room for, one where it is to be alone.

        Raises
        ------
        GraderError
            Nobody can take any.
        """

    def ended(self, seconds: float) -> list[Ended]:
        """Return what ended, each job once; wait for at most so many seconds for the first.

        Raises
        ------
        GraderError
            Nobody is left who could do what is in hand.
        """

    def abandon(self, job: Job) -> None:
        """End the worker that has a job in hand for far too long; the job comes back as `Lost`."""

    def close(self) -> None:
        """Let go of the workers; what is still in hand is given up."""
