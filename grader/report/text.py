"""Text that students wrote, made fit to be read: no terminal escapes, no controls, not too much."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

_CODE = re.compile(r"`([^`\n]{1,300})`")
_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor
    r"|\x1b[\]PX^_][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)?"  # titles, links, device strings
    r"|\x1b[ -/]*[0-~]"
    r"|\x9b[0-?]*[ -/]*[@-~]"
)
#: Controls, changes of writing direction (which make text read as other text), and what UTF-8 cannot write.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str, limit: int = 2000) -> str:
    """Return the text without terminal escapes, each unfit character as ``\ufffd``, cut at `limit`."""
    if len(text) > limit:
        text = text[:limit] + "…"
    if text.isprintable():
        return text
    text = _ESCAPES.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNFIT.sub("\ufffd", text)


def coded(text: str) -> Markup:
    """Return a sentence as markup, with what stands between backticks as code.

    Examples
    --------
    >>> coded("Write `a < b`.")
    Markup('Write <code>a &lt; b</code>.')
    """
    escaped = str(escape(text))
    return Markup(_CODE.sub(r"<code>\1</code>", escaped) if "`" in text else escaped)


@dataclass(frozen=True, slots=True)
class Printed:
    """What code printed, as far as it is shown; `left_out` counts the characters that are not."""

    text: str
    left_out: int


def printed(text: str, limit: int = 6000) -> Printed | None:
    """Return printed text fit for a page; None where there is nothing to read."""
    shown = clean(text[: limit - 1], limit).rstrip()
    return Printed(shown, max(0, len(text) - limit + 1)) if shown.strip() else None
