"""Exceptions of the student's code as data: what was raised, and the student's own frames of it."""

from __future__ import annotations

from typing import Any, Final

MAX_FRAMES: Final = 8
MAX_TEXT: Final = 2000
MAX_LINE: Final = 200


def describe_raised(error: BaseException, filename: str, lines: list[str]) -> dict[str, Any]:
    """Describe an exception.

    Parameters
    ----------
    error : BaseException
    filename : str
        What the student's code objects say of where they stand; other frames are left out.
    lines : list of str
        The lines of that file.
    """
    frames: list[tuple[str, int, str]] = []
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename == filename:
            number = traceback.tb_lineno
            frames.append((code.co_name[:MAX_TEXT], number, _line(lines, number)))
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError) and error.filename == filename:
        number = error.lineno or 0
        frames = [("<file>", number, _line(lines, number))]
    if len(frames) > MAX_FRAMES:
        frames = frames[: MAX_FRAMES // 2] + frames[-MAX_FRAMES // 2 :]
    return {
        "type_name": type(error).__name__[:MAX_TEXT],
        "nearest": nearest(error),
        "message": _message(error),
        "frames": frames,
    }


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1].strip()[:MAX_LINE] if 0 < number <= len(lines) else ""


def _message(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)[:MAX_TEXT]
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:
        return ""


def nearest(error: BaseException) -> str:
    """Return the name of the nearest built-in class: one of Python's own."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins")
