"""Findings about the file as a whole: what kept it from being loaded, and what was put right in reading it.

A file is loaded before any hidden input enters the box: its own text may be shown.
"""

from __future__ import annotations

from typing import Final

from grader.judging.diagnosis.evidence import clean
from grader.judging.diagnosis.meanings import meaning_of
from grader.results import Finding, Kind, Load, Raised

__all__ = ["CODES", "diagnose_load"]

_SYNTAX: Final = ("SyntaxError", "IndentationError", "TabError")

_DEMO: Final = 'Put code that tries the functions out under `if __name__ == "__main__":`, or leave it out.'

_BEFORE: Final = (
    "The mistake is often at the end of the line before: a bracket, quote or colon missing there."
)

#: With these a cell of a notebook says what Python does not know: "%matplotlib inline", "!pip install".
_NOTEBOOK: Final = ("%", "!")
_CELL: Final = "A line that begins with % or ! is a command to a notebook, not Python: take such lines out."

_ENDS: Final = {
    Kind.TIMED_OUT: (
        "load.timed_out",
        "running the file itself takes too long, so that no function could be called",
    ),
    Kind.CRASHED: (
        "load.crashed",
        "running the file ends the whole process, so that no function could be called",
    ),
    Kind.TOO_LARGE: ("load.too_large", "the file is larger than may be handed in"),
    Kind.TAMPERED: (
        "load.tampered",
        "the file wrote to the channel that carries results, so that none can be trusted",
    ),
    Kind.NOT_RUN: (
        "load.not_run",
        "the file was not graded, through a fault of the grader's and not of the file's; this is no zero",
    ),
}

CODES: Final = (*(code for code, _ in _ENDS.values()), "load.note", "load.raised", "load.syntax_error")


def diagnose_load(load: Load) -> tuple[Finding, ...]:
    """Explain how loading a file went, where there is something to say.

    Parameters
    ----------
    load : Load

    Returns
    -------
    tuple of Finding
        What broke first, then a note for each thing that was put right.
    """
    notes = tuple(Finding(code="load.note", message=_sentence(clean(note))) for note in load.notes)
    return (*_broken(load), *notes)


def _broken(load: Load) -> tuple[Finding, ...]:
    if load.kind in _ENDS:
        code, sentence = _ENDS[load.kind]
        steps = (_DEMO,) if load.kind in (Kind.TIMED_OUT, Kind.CRASHED) else ()
        return (Finding(code=code, message=_sentence(sentence), help=steps, details=clean(load.reason)),)
    if load.raised is None:
        return ()
    return (_syntax(load.raised) if load.raised.nearest in _SYNTAX else _stopped(load.raised),)


def _syntax(raised: Raised) -> Finding:
    steps = (_BEFORE,)
    message = clean(raised.message) or "invalid syntax"
    if not raised.frames:
        return Finding(
            code="load.syntax_error", message=_sentence(f"the file is not Python: {message}"), help=steps
        )
    frame = raised.frames[-1]
    if frame.text.lstrip().startswith(_NOTEBOOK):
        steps = (_CELL,)
    text = (f"Look at line {frame.line}: `{clean(frame.text, 160)}`.",) if frame.text else ()
    sentence = f"line {frame.line} is not Python, so that nothing in the file could be run: {message}"
    return Finding(code="load.syntax_error", message=_sentence(sentence), help=(*text, *steps))


def _stopped(raised: Raised) -> Finding:
    """Explain an exception at the top level of the file."""
    found = meaning_of(raised.nearest, raised.message)
    idea = found[0].help if found else ()
    text = clean(f"{raised.type_name}: {raised.message}" if raised.message else raised.type_name)
    if not raised.frames:
        return Finding(code="load.raised", message=_sentence(f"the file stops with {text}"), help=idea)
    # The outermost frame is the file's own line; the innermost is where it went wrong.
    line, inner = raised.frames[0].line, raised.frames[-1]
    sentence = (
        f"the file stops at line {line} with {text}: what is defined above it is graded, the rest is not"
    )
    where = f"Look at line {inner.line}: `{clean(inner.text, 160)}`."
    return Finding(code="load.raised", message=_sentence(sentence), help=(*idea, where, _DEMO))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
