"""File names for whatever a student may be called."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

#: Names that stand for themselves on every file system, also where upper and lower case are one.
_PLAIN = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,79}(?<!\.)")

#: Device names of Windows, with any extension.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")

_READABLE_BYTES = 100


def safe_name(text: str) -> str:
    """Return a file name for any text: readable for ordinary names, and never one name for two texts.

    A text of lower-case letters, digits, ``_``, ``-`` and inner dots is its own name. Every other keeps its
    letters and digits and ends in ``~`` and 80 bits of a hash, so that texts stay distinct even where a file
    system ignores case or normalises Unicode.

    Returns
    -------
    str
        At most 200 bytes of UTF-8, without separators, control characters or surrogates.

    Examples
    --------
    >>> safe_name("ada_lovelace")
    'ada_lovelace'
    >>> safe_name("Ada Lovelace").partition("~")[0]
    'Ada-Lovelace'
    """
    if _PLAIN.fullmatch(text) and not _RESERVED.fullmatch(text):
        return text
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return f"{_readable(text)}~{base64.b32encode(digest).decode().lower()}"


def _readable(text: str) -> str:
    """Keep letters and digits, and what fits; "student" where nothing is left."""
    normal = unicodedata.normalize("NFC", text[:200])
    words = "".join(letter if letter.isalnum() or letter in "_.-" else " " for letter in normal).split()
    joined = re.sub(r"\.{2,}", ".", "-".join(words)).strip(".-")
    kept = joined.encode()[:_READABLE_BYTES].decode("utf-8", "ignore")
    return kept or "student"


def page_path(audience: str, student: str, assignment: str) -> PurePosixPath:
    """Return where a submission's page lies under the reports folder."""
    folder = "students" if audience == "student" else "instructor"
    return PurePosixPath(folder, safe_name(student), f"{safe_name(assignment)}.html")


def page_link(audience: str, student: str, assignment: str) -> str:
    """Return the same place as a relative link from the reports folder."""
    return quote(str(page_path(audience, student, assignment)))
