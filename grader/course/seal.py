"""The seal of ``public.h5`` and ``hidden.h5``: a first line that says what follows, read before HDF5 is.

Damaged bytes can have the HDF5 library run in circles for ever, or end the process, and nothing stops it from
within. So a file begins with a block that HDF5 leaves to its users: a line with the format and the SHA-256 of
all that comes after the block. It protects from accidents; whoever may write the course may also seal.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.errors import CourseError

__all__ = ["FORMAT", "HEAD", "Sealed", "seal", "sealed"]

#: Of the layout of both files.
FORMAT: Final = 4

#: Bytes before HDF5's own, the smallest block it allows.
HEAD: Final = 512

_LINE: Final = re.compile(rb"softmark vectors, format (\d{1,9}), sha256 ([0-9a-f]{64})\n\0*")
_HDF5: Final = b"\x89HDF\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file whose bytes are those that were written.

    Parameters
    ----------
    image : bytes
        The whole of it.
    path : Path
        Where it was read, for messages.
    digest : str
        SHA-256 of what follows the first block, hexadecimal.
    """

    image: bytes
    path: Path
    digest: str


def seal(image: bytes) -> bytes:
    """Write the first line into an HDF5 file that leaves room for it."""
    digest = hashlib.sha256(memoryview(image)[HEAD:]).hexdigest()
    line = f"softmark vectors, format {FORMAT}, sha256 {digest}\n".encode()
    return line.ljust(HEAD, b"\0") + image[HEAD:]


def sealed(image: bytes, path: Path) -> Sealed:
    """Return a file that was sealed.

    Parameters
    ----------
    image : bytes
    path : Path

    Raises
    ------
    CourseError
        It is of another format, or damaged.
    """
    head = _LINE.fullmatch(image, 0, HEAD)
    if image.startswith(_HDF5):
        raise _unreadable(path, f"its format is older than {FORMAT}, and this version reads {FORMAT}")
    if head is None:
        raise _unreadable(path, "it is damaged: its first line is not that of such a file")
    if int(head[1]) != FORMAT:
        raise _unreadable(path, f"its format is {int(head[1])}, and this version reads {FORMAT}")
    digest = hashlib.sha256(memoryview(image)[HEAD:]).hexdigest()
    if len(image) <= HEAD or digest.encode() != head[2]:
        raise _unreadable(path, "it is damaged: its bytes are not those that were written")
    return Sealed(image, path, digest)


def _unreadable(path: Path, why: str) -> CourseError:
    return CourseError(f"{path}: cannot be read: {why}.", help=f"grade build {path.parent.name}")
