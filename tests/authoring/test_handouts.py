"""Handouts as pages: alone, and together as the notes of a course."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import Markup

from grader.authoring.handouts import Handout, handout_page, notes, read_handout
from grader.authoring.markdown import Section
from grader.course.load import assignment_names
from grader.report.environment import FOLDERS

ROOT = Path(__file__).parents[2]
REAL = [name for name in assignment_names(ROOT) if (ROOT / "assignments" / name / "handout.md").is_file()]


def handout(name: str, week: int = 1, title: str = "") -> Handout:
    sections = (Section("idea", "1", Markup("Idea")), Section("practice", "", Markup("Practice")))
    body = Markup('<h2 id="idea">Idea</h2>\n<h2 id="practice">Practice</h2>')
    return Handout(name, week, Markup(title or name.title()), Markup("Lead."), body, sections)


class Links(HTMLParser):
    """Collects addresses, links and what a policy without scripts and inline styles would stop."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.stopped: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(str(value))
            if name == "href" and tag == "a":
                self.links.append(str(value))
            if (
                name == "style"
                or name.startswith("on")
                or (name == "src" and not str(value).startswith("data:"))
            ):
                self.stopped.append(f"{tag} {name}={value}")
        if tag == "script":
            self.stopped.append(tag)


def test_a_handout_has_its_own_title_or_that_of_the_assignment(own_course: Path) -> None:
    assert read_handout(own_course, "warmup").title == "Warm-up"
    path = own_course / "assignments" / "warmup" / "handout.md"
    path.write_text("Only text.\n")
    (own_course / "assignments" / "warmup" / "assignment.toml").write_text('title = "A & B"\nweek = 3\n')
    made = read_handout(own_course, "warmup")
    assert (made.title, made.week, made.lead) == ("A &amp; B", 3, "Only text.")


def test_a_page_alone_links_to_nothing_but_itself() -> None:
    links = Links(handout_page(handout("warmup")))
    assert links.links == ["#idea", "#practice"]
    assert set(links.ids) == {"idea", "practice"}


def test_notes_go_by_week_and_in_the_order_given() -> None:
    pages = notes([handout("late", 2), handout("zeta", 1), handout("alpha", 1)])
    assert list(pages) == ["index.html", "zeta.html", "alpha.html", "late.html"]
    index = pages["index.html"]
    assert [index.index(text) for text in ("Week 1", "Zeta", "Alpha", "Week 2", "Late")] == sorted(
        index.index(text) for text in ("Week 1", "Zeta", "Alpha", "Week 2", "Late")
    )


def test_pages_of_the_notes_lead_to_the_one_before_and_the_next() -> None:
    pages = notes([handout("one"), handout("two"), handout("three", 2)])

    def turns(name: str) -> list[tuple[str, str]]:
        return re.findall(r'rel="(prev|next)" href="([^"]+)"', pages[name])

    assert turns("one.html") == [("next", "two.html")]
    assert turns("two.html") == [("prev", "one.html"), ("next", "three.html")]
    assert turns("three.html") == [("prev", "two.html")]


def test_pages_of_the_notes_lead_back_to_the_contents() -> None:
    assert '<a href="index.html">Notes</a>' in notes([handout("one")])["one.html"]
    assert "index.html" not in handout_page(handout("one"))


def test_one_handout_makes_notes_too() -> None:
    assert list(notes([handout("one")])) == ["index.html", "one.html"]


def test_the_contents_have_lead_and_sections_of_each_handout() -> None:
    index = notes([handout("one")])["index.html"]
    assert '<p class="lead">Lead.</p>' in index
    assert '<a href="one.html#idea"><span class="number">1</span> Idea</a>' in index
    assert '<a href="one.html#practice">Practice</a>' in index


def test_every_link_of_the_notes_of_the_course_leads_somewhere() -> None:
    pages = {name: Links(page) for name, page in notes([read_handout(ROOT, name) for name in REAL]).items()}
    for name, page in pages.items():
        assert len(set(page.ids)) == len(page.ids), name
        for link in page.links:
            file, _, anchor = link.partition("#")
            if not link.startswith(("https:", "http:")):
                assert anchor in ["", *pages[file or name].ids], (name, link)


@pytest.mark.parametrize("name", REAL)
def test_a_page_has_nothing_that_its_policy_would_stop(name: str) -> None:
    page = html.unescape(handout_page(read_handout(ROOT, name)))
    assert Links(page).stopped == []
    assert "script-src 'none'" in page
    assert "default-src 'none'" in page


def test_a_title_with_marks_is_text_in_the_browsers_title() -> None:
    page = handout_page(handout("x", title=Markup("On <em>W</em> &amp; b")))
    assert "<title>On W &amp; b · Week 1</title>" in page


def test_the_look_is_that_of_the_reports() -> None:
    """Colours and type come from the sheet that every page shares; the handouts add none of their own."""
    sheet = next(folder for folder in FOLDERS if folder.is_dir()) / "style" / "handout.css"
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb|font-family", sheet.read_text())
