"""The trusted side's hold on one process that runs student code."""

from __future__ import annotations

from typing import Protocol


class Child(Protocol):
    """One running child; strong and weak boxes each have their own kind."""

    def queue(self, data: bytes) -> None:
        """Have these bytes sent as the child takes them; returns at once."""

    def receive(self, seconds: float) -> bytes | None:
        """Return what the child sent: b"" when nothing came in so many seconds, None when it has gone."""

    def cpu_seconds(self) -> float:
        """CPU time it has used; where that cannot be known, the time since it started."""

    def ready_seconds(self) -> float:
        """CPU time and time spent waiting for a processor; all that passes, where that cannot be known."""

    def printed(self) -> bytes:
        """Take what it printed since the last call."""

    def end(self) -> str:
        """Kill it if it still runs, and say how it ended: "killed by SIGSEGV"."""
