"""Handouts as pages: one for each assignment, and all of them together as notes of the course by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from markupsafe import Markup, escape

from grader.authoring.markdown import Section, read_article
from grader.course.load import load_file
from grader.report.environment import render
from grader.report.paths import safe_name

#: The contents page of the notes.
INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Handout:
    """One assignment's handout, ready to be put on a page.

    Parameters
    ----------
    name : str
        The assignment's.
    week : int
    title, lead, body : Markup
        Title, first paragraph and text as HTML.
    sections : tuple of Section
    """

    name: str
    week: int
    title: Markup
    lead: Markup
    body: Markup
    sections: tuple[Section, ...]

    @property
    def page(self) -> str:
        """Name of its page among the notes."""
        return f"{safe_name(self.name)}.html"


def has_handout(root: Path, name: str) -> bool:
    """Say whether an assignment has a handout; a quiz need not."""
    return (root / "assignments" / name / "handout.md").is_file()


def read_handout(root: Path, name: str) -> Handout:
    """Read ``assignments/<name>/handout.md`` and what ``assignment.toml`` says of it.

    Raises
    ------
    CourseError
        One of them is missing or cannot be read, or the handout shows a picture that it does not bring.
    """
    file = load_file(root, name)
    article = read_article(root / "assignments" / name / "handout.md")
    return Handout(
        name=name,
        week=file.week,
        title=article.title or escape(file.title),
        lead=article.lead or Markup(""),
        body=article.body,
        sections=article.sections,
    )


def handout_page(handout: Handout) -> str:
    """Return the page of one handout, which stands alone."""
    return render("handout.html", handout=handout, before=None, after=None, index=None)


def notes(handouts: Sequence[Handout]) -> dict[str, str]:
    """Return the notes of a course, file name to page: the contents, and the handouts, linked in order.

    Parameters
    ----------
    handouts : sequence of Handout
        In any order; the notes go by week, within a week in the order given.
    """
    ordered = sorted(handouts, key=lambda handout: handout.week)
    weeks = [(week, list(group)) for week, group in groupby(ordered, key=lambda handout: handout.week)]
    pages = {INDEX: render("handouts.html", weeks=weeks)}
    for (before, handout), (_, after) in pairwise(pairwise([None, *ordered, None])):
        assert handout is not None
        pages[handout.page] = render("handout.html", handout=handout, before=before, after=after, index=INDEX)
    return pages
