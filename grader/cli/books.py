"""What commands share that open a gradebook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from grader.cli.switches import FILE, gradebook_option, no_wait_option
from grader.gradebook.book import Gradebook
from grader.gradebook.lock import alone

__all__ = ["FILE", "gradebook_option", "no_wait_option", "opened"]


@contextmanager
def opened(
    place: str | None, root: Path, *, make: bool = True, alone_in_it: bool = False, wait: bool = True
) -> Iterator[Gradebook]:
    """Open the gradebook that is named, by default the course's; refuse that of another course.

    Parameters
    ----------
    place : str or None
    root : Path
        The course's folder.
    make : bool
        Whether one that does not exist is made.
    alone_in_it : bool
        Whether to keep other runs out until this one has ended.
    wait : bool
        Whether to wait for one that is at work.
    """
    with Gradebook(place or root / FILE, make=make) as book:
        book.refuse_another_course(root)
        if not alone_in_it:
            yield book
            return
        with alone(book.url, lambda sentence: click.echo(sentence, err=True), wait=wait):
            yield book
