"""What has to hold of HTML: it parses, and nothing that was planted became markup."""

from __future__ import annotations

import re
from typing import Any, Final

import html5lib

__all__ = ["fragment", "page"]

#: Of `fuzz.drawn.PLANTED`, what must not stand anywhere, and what must not stand in markup, but may in JSON.
_RAW: Final = re.compile("<x-own|<script>own")
_QUOTED: Final = re.compile("""["'](?:onerror|onload)=""")

_SCRIPT: Final = re.compile("<script.*?</script>", re.DOTALL)

#: Controls and changes of writing direction, which no page has; but for the templates' line feeds.
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

_ELSEWHERE: Final = re.compile(r"^(?:https?:)?//|^(?:javascript|data|vbscript):", re.IGNORECASE)

#: By which our pages say that they have no icon.
_NO_ICON: Final = "data:,"


def page(html: str, *, parse: bool = True) -> None:
    """Ask that a page is sound; `parse` takes most of the time."""
    _escaped(html)
    if parse:
        _sound(html5lib.parse(html, namespaceHTMLElements=False))


def fragment(html: str) -> None:
    """Ask that a piece of a page is sound."""
    _escaped(html)
    if "<" in html:
        _sound(html5lib.parseFragment(html, namespaceHTMLElements=False))


def _escaped(html: str) -> None:
    for pattern, text in ((_RAW, html), (_UNFIT, html), (_QUOTED, _SCRIPT.sub("", html))):
        found = pattern.search(text)
        assert found is None, f"{found[0]!r} in …{text[max(0, found.start() - 200) :][:300]!r}"


def _sound(tree: Any) -> None:
    for element in tree.iter():
        if not isinstance(element.tag, str):  # a comment
            continue
        assert element.tag != "x-own", "what was planted is an element"
        for name, value in element.attrib.items():
            assert not str(name).startswith("on"), f"an event's handler: {name}={value!r}"
            ours = name not in ("src", "href") or value == _NO_ICON or not _ELSEWHERE.match(value)
            assert ours, f"{name}={value!r}"
