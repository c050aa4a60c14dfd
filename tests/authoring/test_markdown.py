"""Markdown as HTML that needs nothing else."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from grader.authoring.markdown import Article, article, read_article
from grader.errors import CourseError


def of(text: str) -> Article:
    return article(text, lambda source: f"data:{source}")


def test_the_title_is_taken_out_of_the_text() -> None:
    made = of("# A *title* & more\n\nText.")
    assert made.title == "A <em>title</em> &amp; more"
    assert made.body == "<p>Text.</p>\n"


def test_a_text_without_title_has_none() -> None:
    assert of("Text.").title is None


def test_a_second_heading_of_the_first_level_stays() -> None:
    assert "<h1" in of("# One\n\n# Two").body


def test_the_lead_is_the_first_paragraph_that_is_not_all_in_italics() -> None:
    assert (
        of("# T\n\n*Week 1. You hand in `a.py`.*\n\nThe *idea* is this.").lead == "The <em>idea</em> is this."
    )
    assert of("*One* and *two*").lead == "<em>One</em> and <em>two</em>"
    assert of("*All of `it`*").lead is None


def test_a_paragraph_of_a_list_is_no_lead() -> None:
    assert of("- one\n\n- two\n\nText.").lead == "Text."


def test_sections_are_the_headings_of_the_second_level_with_number_and_address() -> None:
    made = of("## 1  The *idea*\n\n### Below\n\n## 2. Practice\n\n## What is graded")
    assert [(each.anchor, each.number, each.title) for each in made.sections] == [
        ("the-idea", "1", "The <em>idea</em>"),
        ("practice", "2", "Practice"),
        ("what-is-graded", "", "What is graded"),
    ]
    assert '<h2 id="the-idea"><span class="number">1</span> The <em>idea</em></h2>' in made.body
    assert '<h3 id="below">Below</h3>' in made.body


def test_headings_of_one_text_have_addresses_of_their_own() -> None:
    assert [each.anchor for each in of("## Idea\n\n## Idea\n\n## 3. Idea\n\n## ?").sections] == [
        "idea",
        "idea-2",
        "idea-3",
        "section",
    ]


def test_a_number_within_a_heading_stays_where_it_is() -> None:
    made = of("## 2x2 blocks\n\n## 1/n")
    assert [(each.number, each.title) for each in made.sections] == [("", "2x2 blocks"), ("", "1/n")]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("```\nW := √β W\n```", '<pre class="formula" tabindex="0"><code>W := √β W</code></pre>\n'),
        ("    a < b", '<pre class="formula" tabindex="0"><code>a &lt; b</code></pre>\n'),
        ("```python\nx = 1\n```", '<pre class="code" tabindex="0"><code>x = 1</code></pre>\n'),
    ],
    ids=["formula", "indented", "code"],
)
def test_a_block_that_names_no_language_is_a_formula(text: str, html: str) -> None:
    assert of(text).body == html


def test_html_in_a_handout_is_shown_as_text() -> None:
    body = of('<script>alert(1)</script>\n\nA <b onclick="x">b</b>. [x](javascript:alert(1))').body
    assert "<script" not in body
    assert "<b " not in body
    assert "href" not in body


def test_a_table_scrolls_and_is_aligned_without_inline_style() -> None:
    body = of("| a | b |\n| - | -: |\n| 1 | 2 |").body
    assert body.startswith('<div class="scroll" tabindex="0"><table>')
    assert '<td class="right">2</td>' in body
    assert "style=" not in body


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("**Exercise** `f`. Write it.", True),
        ("**Exercises** `f`, `g`.", True),
        ("**The divisor is N.** Text.", False),
        ("An **Exercise** in between.", False),
    ],
)
def test_what_is_to_be_practised_is_marked(text: str, marked: bool) -> None:
    assert ('<p class="practice">' in of(text).body) == marked


def test_a_picture_is_carried_within_the_page(tmp_path: Path) -> None:
    (tmp_path / "my plot.png").write_bytes(b"\x89PNG")
    (tmp_path / "handout.md").write_text("![A plot](my%20plot.png)")
    carried = base64.b64encode(b"\x89PNG").decode()
    assert f'src="data:image/png;base64,{carried}" alt="A plot"' in read_article(tmp_path / "handout.md").body


@pytest.mark.parametrize(
    "source",
    ["missing.png", "../secret.png", "notes.txt", "https://example.org/a.png", "link.png", "sub/a.png"],
)
def test_a_picture_from_elsewhere_is_refused(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "warmup"
    (folder / "sub").mkdir(parents=True)
    for path in (tmp_path / "secret.png", folder / "notes.txt", folder / "sub" / "a.png"):
        path.write_bytes(b"x")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "handout.md").write_text(f"![A]({source})")
    with pytest.raises(CourseError, match=r"handout\.md: the picture"):
        read_article(folder / "handout.md")


@pytest.mark.parametrize(("content", "said"), [(None, "no handout"), (b"\xff\xfe\xff", "decode")])
def test_a_handout_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "handout.md").write_bytes(content)
    with pytest.raises(CourseError, match=said):
        read_article(tmp_path / "handout.md")
