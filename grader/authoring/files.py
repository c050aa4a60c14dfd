"""Puts what the instructor's desk makes on disk: each file whole or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path

from grader.errors import CourseError


def replace_file(path: Path, content: bytes) -> bool:
    """Replace a file in one step; leave it alone where its bytes are the same.

    Parameters
    ----------
    path : Path
        Its folder is made where there is none.
    content : bytes

    Returns
    -------
    bool
        Whether the file changed.

    Raises
    ------
    CourseError
        It cannot be written.
    """
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            try:
                file.write(content)
                file.flush()
                temporary.chmod(0o644)
                temporary.replace(path)
            except BaseException:
                temporary.unlink()
                raise
    except OSError as error:
        raise CourseError(f"{path}: {error.strerror}.", help="make its folder writable") from error
    return True
