"""The weak box: a plain process per submission with time limits, for systems without the layers."""

from __future__ import annotations

from grader.sandbox.plain import PlainChild
from grader.sandbox.plan import Plan


class WeakParent:
    """Starts a process per submission; portable, and no wall at all against malice.

    Parameters
    ----------
    plan : Plan
    first : PlainChild, optional
        One that was started before, for the first submission.
    ahead : bool
        Whether the next process is always started already: for a single student who waits for the answer.
    """

    missing_namespaces = ""

    def __init__(self, plan: Plan, first: PlainChild | None = None, *, ahead: bool = False) -> None:
        self._setup = plan.setup_message()
        self._ahead = ahead
        self._next = self._prepared(first) if first is not None or ahead else None

    def spawn(self) -> PlainChild:
        """Start a process and send it what every submission shares."""
        child = self._next or self._prepared()
        self._next = self._prepared() if self._ahead else None
        return child

    def prepare(self) -> None:
        """Do nothing: with `ahead` the next process is started when one is taken."""

    def close(self) -> None:
        """End the process that waits, if there is one; nothing else stays between submissions."""
        if self._next is not None:
            self._next.end()
            self._next = None

    def _prepared(self, child: PlainChild | None = None) -> PlainChild:
        child = child or PlainChild()
        child.queue(self._setup)
        return child
