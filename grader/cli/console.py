"""How commands print: on a terminal with colour and a progress bar, in a pipe as plain lines."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Protocol

import click

from grader.cli.plain import one_line, plain
from grader.cohort.packed import PackedResult
from grader.results import SubmissionResult

__all__ = [
    "Lines",
    "Listener",
    "is_terminal",
    "line",
    "listen",
    "one_line",
    "plain",
    "progress",
    "summarise",
    "summarising",
]


class Listener(Protocol):
    """Hears of each result as it comes."""

    def __call__(self, result: PackedResult) -> None:
        """Take note of a result."""


def is_terminal() -> bool:
    """Whether somebody is looking."""
    return sys.stdout.isatty()


def line(result: PackedResult) -> str:
    """Return the one line that a result is in a pipe."""
    who = f"{one_line(result.student)} {result.assignment}"
    if not result.graded:
        return f"{who} ungraded: {one_line('; '.join(result.events))}"
    return f"{who} {result.score:g}/{result.max_score:g}"


class Lines:
    """In a pipe: a line for each result, and now and then on the error stream how far it is.

    Parameters
    ----------
    total : int
        How many are to come.
    """

    #: Seconds between two words on how far it is; twice as many after each, up to ten minutes.
    first, longest = 10.0, 600.0

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0
        self._began = time.monotonic()
        self._said, self._interval = self._began, self.first

    def __enter__(self) -> Listener:
        """Begin to count."""
        return self._advance

    def __exit__(self, *_: object) -> None:
        """Say nothing more."""

    def _advance(self, result: PackedResult) -> None:
        click.echo(line(result))
        self._done += 1
        now = time.monotonic()
        if now >= self._said + self._interval and self._done < self._total:
            self._said, self._interval = now, min(2 * self._interval, self.longest)
            click.echo(progress(self._done, self._total, now - self._began), err=True)


def progress(done: int, total: int, seconds: float) -> str:
    """Return how far it is, how fast, and what is left: "120 of 1000 graded, 4.0/s, 0:03:40 left"."""
    rate = done / seconds
    left = round((total - done) / rate)
    return f"{done} of {total} graded, {rate:.1f}/s, {timedelta(seconds=left)} left"


def listen(total: int, *, silent: bool) -> AbstractContextManager[Listener]:
    """Return what shows the progress: a bar, a line for each result, or nothing."""
    if silent:
        return nullcontext(lambda result: None)
    if is_terminal():
        from grader.cli.terminal import Bar  # noqa: PLC0415 - in a pipe its library would be loaded in vain

        return Bar(total, line)
    return Lines(total)


def summarising(
    results: Iterable[SubmissionResult], summary: list[PackedResult]
) -> Iterator[SubmissionResult]:
    """Pass results on, and note of each what the summary needs: they are read once."""
    for result in results:
        summary.append(PackedResult.summary(result))
        yield result


def summarise(results: Sequence[PackedResult]) -> None:
    """Print one row for each assignment: how many were graded, how many were not, and the scores."""
    rows = [_row(name, results) for name in sorted({result.assignment for result in results})]
    if not is_terminal():
        for name, graded, ungraded, mean, median in rows:
            click.echo(f"{name}: graded {graded}, ungraded {ungraded}, mean {mean}, median {median}")
        return
    from grader.cli.terminal import print_table  # noqa: PLC0415 - see listen

    print_table(("assignment", "graded", "ungraded", "mean", "median"), rows)


def _row(name: str, results: Sequence[PackedResult]) -> tuple[str, str, str, str, str]:
    chosen = [result for result in results if result.assignment == name]
    scores = [100 * result.score / (result.max_score or 1) for result in chosen if result.graded]
    mean, median = (statistics.fmean(scores), statistics.median(scores)) if scores else (None, None)
    return name, str(len(scores)), str(len(chosen) - len(scores)), _percent(mean), _percent(median)


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f} %"
