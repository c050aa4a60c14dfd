"""Pages of a submission: sound HTML in which nothing of the student's became markup, small, in good time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from fuzz import markup
from fuzz.drawn import Drawn
from fuzz.holds import within
from fuzz.hostile import graded
from fuzz.targets import judging
from grader.course.model import Feedback
from grader.report.pages import submission_page
from grader.report.policy import Audience

_FEEDBACK: Final[tuple[Feedback, ...]] = ("full", "diagnosis", "verdict")
_AUDIENCES: Final[tuple[Audience, ...]] = ("student", "instructor")

_MOST: Final = 600_000  # characters of a page with one exercise, or a few that use each other


def check(data: bytes) -> None:
    """Write both pages of what was graded."""
    drawn = Drawn(data)
    marked, assignment = graded(drawn)
    file = assignment.file.model_copy(update={"feedback": drawn.pick(_FEEDBACK)})
    for audience in _AUDIENCES:
        with within(1.5):
            page = submission_page(marked, replace(assignment, file=file), audience)
        assert len(page) <= _MOST, f"a page of {len(page)} characters"
        # To parse takes ten times as long as to write.
        markup.page(page, parse=sum(data) % 8 == 0)


def seeds() -> Iterator[bytes]:
    """Yield those of `judging`."""
    yield from judging.seeds()
