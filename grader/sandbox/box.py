"""The seam of the box: open one for an assignment, run submissions in it, close it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol

from grader.course.model import Assignment, Submission
from grader.errors import BoxFailure, SandboxUnavailable
from grader.outcomes import Run
from grader.sandbox.child import Child
from grader.sandbox.conversation import Conversation
from grader.sandbox.oracle import Oracle
from grader.sandbox.plain import PlainChild
from grader.sandbox.plan import Plan
from grader.sandbox.rerun import Rerun
from grader.sandbox.start import ParentProcess
from grader.sandbox.weak import WeakParent

Kind = Literal["strong", "weak"]
First = PlainChild | ParentProcess


class Parent(Protocol):
    """What starts children: the warm parent of the strong box, or the weak one's plain processes."""

    missing_namespaces: str

    def spawn(self) -> Child:
        """Start a child."""

    def prepare(self) -> None:
        """Start the next child ahead, where that is of use."""

    def close(self) -> None:
        """End what stays between submissions."""


class Box:
    """Runs submissions of one assignment.

    Parameters
    ----------
    assignment : Assignment
    kind : {"strong", "weak"}
        The strong box has every layer; the weak one only time limits, and every result says so.
    private : iterable of Path
        Folders that no submission may read: those of submissions and reports; the course itself always is.
    first : PlainChild or ParentProcess, optional
        A process of the box that was started before.
    ahead : bool
        Of the weak box, see `WeakParent`; the strong one is warm without.

    Raises
    ------
    SandboxUnavailable
        A layer of the strong box is missing, does not hold, or leaves a private folder readable.
    BoxFailure
        The box did not start through a fault of ours.
    """

    def __init__(
        self,
        assignment: Assignment,
        kind: Kind = "strong",
        *,
        private: Iterable[Path] = (),
        first: First | None = None,
        ahead: bool = False,
    ) -> None:
        self.kind = kind
        self._first, self._ahead = first, ahead
        self._plan = Plan.of(assignment)
        self._private = [path for path in (assignment.root, *private) if path is not None]
        self._parent = self._open(self._plan)
        self._parent.prepare()
        self._solution, self._reference_plan = assignment.solution, Plan.of_reference(assignment)
        self._reference: Parent | None = None

    @property
    def name(self) -> str:
        """As results record it: "strong", "strong without namespaces", or "weak"."""
        return f"{self.kind} without namespaces" if self._parent.missing_namespaces else self.kind

    def run(self, submission: Submission) -> Run:
        """Run one submission: every case gets an outcome.

        Raises
        ------
        BoxFailure
            A fault of ours; the submission is ungraded. The box is as new for the next one.
        """
        try:
            return self._converse(submission)
        except BoxFailure:
            self._renew()
            return self._converse(submission)

    def run_again(
        self, submission: Submission, exercise: str, helpers: Sequence[str], *, spent: float = 0.0
    ) -> Run:
        """Run one exercise again, in fresh children, with the reference answering for its helpers.

        Parameters
        ----------
        submission : Submission
        exercise : str
        helpers : sequence of str
            Exercises whose functions the reference, in a box of its own, stands in for.
        spent : float
            What the submission has used of its seconds.

        Returns
        -------
        Run
            With outcomes of this exercise alone; its `spent` goes on from that given.

        Raises
        ------
        BoxFailure, SandboxUnavailable
            A fault of ours. The box is as new for the next submission.
        """
        try:
            with contextlib.closing(self._oracle()) as oracle:
                run = Rerun(
                    self._plan.only(exercise), submission, self._parent.spawn, self.name,
                    oracle=oracle, helpers=tuple(self._plan.number(name) for name in helpers),
                    spent=spent, hidden_entered=True,
                ).run()  # fmt: skip
            self._parent.prepare()
            return run
        except Exception:
            self._renew()
            raise

    def close(self) -> None:
        """End the box's processes."""
        self._parent.close()
        self._close_reference()

    def __enter__(self) -> Box:
        """Return the box itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the box."""
        self.close()

    def _converse(self, submission: Submission) -> Run:
        run = Conversation(self._plan, submission, self._parent.spawn, self.name).run()
        self._parent.prepare()
        return run

    def _oracle(self) -> Oracle:
        """Return the reference for one submission; its box is opened by the first that needs it."""
        if self._reference is None:
            self._reference = self._open(self._reference_plan)
        return Oracle(self._reference_plan, self._solution, self._reference.spawn)

    def _renew(self) -> None:
        self._close_reference()
        self._parent.close()
        self._parent = self._open(self._plan)

    def _close_reference(self) -> None:
        if self._reference is not None:
            self._reference.close()
            self._reference = None

    def _open(self, plan: Plan) -> Parent:
        first, self._first = self._first, None
        if self.kind == "weak":
            return WeakParent(plan, first if isinstance(first, PlainChild) else None, ahead=self._ahead)
        if not sys.platform.startswith("linux"):
            raise SandboxUnavailable(
                f"the strong box needs Linux: platform={sys.platform!r}",
                help="grade on Linux, or add `--sandbox weak` for submissions that you trust",
            )
        from grader.sandbox.layers import open_checked  # noqa: PLC0415 - Linux only

        return open_checked(plan, self._private, first if isinstance(first, ParentProcess) else None)


def open_box(
    assignment: Assignment,
    kind: Kind = "strong",
    *,
    private: Iterable[Path] = (),
    first: First | None = None,
    ahead: bool = False,
) -> Box:
    """Open a box for an assignment; see `Box`."""
    return Box(assignment, kind, private=private, first=first, ahead=ahead)
