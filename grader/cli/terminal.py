"""What commands show on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from grader.cohort.packed import PackedResult

__all__ = ["Bar", "Rate", "print_table"]


class Rate(ProgressColumn):
    """How many come a second, of late."""

    def render(self, task: Task) -> Text:
        """Return the rate; nothing before there is one."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


class Bar:
    """A progress bar.

    Parameters
    ----------
    total : int
        How many results are to come.
    line : callable
        Makes the line that tells of an ungraded one.
    """

    def __init__(self, total: int, line: Callable[[PackedResult], str]) -> None:
        self._line = line
        self._progress = Progress(
            TextColumn("grading"),
            BarColumn(),
            MofNCompleteColumn(),
            Rate(),
            TimeRemainingColumn(),
            console=Console(),
            transient=True,
        )
        self._task = self._progress.add_task("grading", total=total)

    def __enter__(self) -> Callable[[PackedResult], None]:
        """Show the bar."""
        self._progress.start()
        return self._advance

    def __exit__(self, *_: object) -> None:
        """Take it away."""
        self._progress.stop()

    def _advance(self, result: PackedResult) -> None:
        self._progress.advance(self._task)
        if not result.graded:
            self._progress.console.print(Text(self._line(result), style="red"))


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; its first column is text, the others are numbers."""
    table = Table(head[0], box=None, header_style="bold")
    for column in head[1:]:
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
