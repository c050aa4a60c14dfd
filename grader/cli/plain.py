"""Text as a terminal may have it. Imported by what has to start fast."""

from __future__ import annotations

__all__ = ["one_line", "plain"]


def plain(text: str) -> str:
    """Return text without characters that a terminal would act on; line feeds stay."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)


def one_line(text: str) -> str:
    """Return text as one line: what somebody wrote cannot pass for a line of ours."""
    return plain(" ".join(text.split()))
