"""Names from a file system, made fit for pages, tables and terminals."""

from __future__ import annotations


def printable(name: str) -> str:
    r"""Write a name with printable characters alone, distinct names staying distinct.

    A printable character stands for itself, but for the backslash. Every other character becomes an escape:
    ``\x0a`` for a line feed, ``\xff`` for a byte that is not UTF-8 (which Python holds as a lone surrogate),
    ``\u202e`` for a change of writing direction, ``\x5c`` for the backslash.

    Examples
    --------
    >>> printable("Zoë O'Neil")
    "Zoë O'Neil"
    >>> print(printable("a\nb"))
    a\x0ab
    """
    if name.isprintable() and "\\" not in name:
        return name
    return "".join(
        character if character.isprintable() and character != "\\" else _escape(character)
        for character in name
    )


def _escape(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # how Python holds a byte that does not decode
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
