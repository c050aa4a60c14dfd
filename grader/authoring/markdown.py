"""Markdown of a handout as HTML that needs nothing else.

Headings get addresses, formulas and tables scroll where they are too wide. Raw HTML in a handout is shown as
text, and pictures are carried within the page, so that it stays one file under a policy that loads nothing.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from grader.errors import CourseError

#: Kinds of pictures that a page can carry.
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the second level: where it is, its number ("" without one), and what it says."""

    anchor: str
    number: str
    title: Markup


@dataclass(frozen=True, slots=True)
class Article:
    """A handout's text as HTML.

    Parameters
    ----------
    title : Markup or None
        The first heading of the first level, which is not part of `body`.
    lead : Markup or None
        The first paragraph that is not all in italics: what a list of contents can say of the text.
    body : Markup
    sections : tuple of Section
    """

    title: Markup | None
    lead: Markup | None
    body: Markup
    sections: tuple[Section, ...]


def read_article(path: Path) -> Article:
    """Read a Markdown file.

    Raises
    ------
    CourseError
        It is missing, not UTF-8, or shows a picture that is not a file of its folder.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CourseError(f"{path}: there is no handout.", help="write one; Markdown") from None
    except (UnicodeDecodeError, OSError) as error:
        raise CourseError(f"{path}: {error}.", help="save it as UTF-8 text") from error
    return article(text, lambda source: _carried(path, source))


def article(text: str, picture: Callable[[str], str]) -> Article:
    """Render Markdown.

    Parameters
    ----------
    text : str
    picture : callable
        Takes the source of a picture as written, and returns its ``data:`` address.
    """
    writer = _writer()
    tokens = writer.parse(text)
    title = _take_title(writer, tokens)
    lead = _lead(writer, tokens)
    sections = tuple(_anchor(writer, tokens))
    _dress(tokens, picture)
    return Article(title, lead, Markup(writer.renderer.render(tokens, writer.options, {})), sections)


def _writer() -> MarkdownIt:
    writer = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    writer.add_render_rule("fence", _figure)
    writer.add_render_rule("code_block", _figure)
    writer.add_render_rule("table_open", lambda *_: '<div class="scroll" tabindex="0"><table>\n')
    writer.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return writer


def _figure(renderer: RendererHTML, tokens: Sequence[Token], index: int, *_: Any) -> str:
    """Show a block of code as code where it names a language, else as a formula."""
    token = tokens[index]
    kind = "code" if token.info.strip() else "formula"
    return f'<pre class="{kind}" tabindex="0"><code>{escape(token.content.rstrip())}</code></pre>\n'


def _inline(writer: MarkdownIt, token: Token) -> Markup:
    return Markup(writer.renderer.render([token], writer.options, {}))


def _take_title(writer: MarkdownIt, tokens: list[Token]) -> Markup | None:
    """Take the first heading of the first level out of the text."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            title = _inline(writer, tokens[index + 1])
            del tokens[index : index + 3]
            return title
    return None


def _lead(writer: MarkdownIt, tokens: Sequence[Token]) -> Markup | None:
    for before, token in pairwise(tokens):
        if before.type == "paragraph_open" and not before.level and not _is_all(token, "em"):
            return _inline(writer, token)
    return None


def _is_all(token: Token, mark: str) -> bool:
    """Say whether a paragraph is one piece of emphasis from its first letter to its last."""
    parts = [part.type for part in token.children or [] if part.type != "text" or part.content]
    return parts[:1] == [f"{mark}_open"] and parts[-1:] == [f"{mark}_close"] and parts.count(parts[0]) == 1


def _anchor(writer: MarkdownIt, tokens: Sequence[Token]) -> Iterator[Section]:
    """Give each heading an address of its own, and its number an element; yield those of the second level."""
    taken: set[str] = set()
    for token, inline in pairwise(tokens):
        if token.type != "heading_open":
            continue
        number = _take_number(inline)
        title = _inline(writer, inline)
        token.attrSet("id", _free(_address(title.striptags()), taken))
        if number:
            inline.children = [*_numbered(number), *(inline.children or [])]
        if token.tag == "h2":
            yield Section(str(token.attrGet("id")), number, title)


def _take_number(heading: Token) -> str:
    """Take "1." or "1" off the front of a heading."""
    first = heading.children[0] if heading.children else Token("text", "", 0)
    found = re.match(r"(\d+(?:\.\d+)*)\.?\s+", first.content) if first.type == "text" else None
    if not found:
        return ""
    first.content = first.content[found.end() :]
    return found[1]


def _numbered(number: str) -> Iterator[Token]:
    yield Token("number_open", "span", 1, attrs={"class": "number"})
    yield Token("text", "", 0, content=number)
    yield Token("number_close", "span", -1)
    yield Token("text", "", 0, content=" ")


def _address(heading: str) -> str:
    """Return a heading in lower case with hyphens."""
    return "-".join(re.findall(r"\w+", unicodedata.normalize("NFKC", heading).lower())) or "section"


def _free(address: str, taken: set[str]) -> str:
    """Return an address that no other heading has, and take it."""
    count, free = 1, address
    while free in taken:
        count += 1
        free = f"{address}-{count}"
    taken.add(free)
    return free


def _dress(tokens: Sequence[Token], picture: Callable[[str], str]) -> None:
    """Mark what is to be practised; make classes of inline styles, which are forbidden; take in pictures."""
    for token, inline in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "paragraph_open" and inline is not None and _is_practice(inline):
            token.attrJoin("class", "practice")
        if str(token.attrGet("style") or "").startswith("text-align:"):
            token.attrJoin("class", str(token.attrs.pop("style")).removeprefix("text-align:"))
        for part in token.children or []:
            if part.type == "image":
                part.attrSet("src", picture(str(part.attrGet("src"))))


def _is_practice(inline: Token) -> bool:
    """Say whether a paragraph begins with the word Exercise, or Exercises, in bold."""
    parts = [part for part in inline.children or [] if part.type != "text" or part.content]
    return len(parts) > 1 and parts[0].type == "strong_open" and parts[1].content.startswith("Exercise")


def _carried(handout: Path, source: str) -> str:
    """Return a picture of the handout's folder as a ``data:`` address."""
    path = handout.parent / unquote(source)
    kind = PICTURES.get(path.suffix.lower())
    if kind is None or path.resolve().parent != handout.parent.resolve() or not path.is_file():
        raise CourseError(
            f"{handout}: the picture {source!r} is no file of its folder that a page can carry.",
            help=f"put it beside handout.md, as one of {', '.join(PICTURES)}",
        )
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
