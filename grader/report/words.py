"""Verdicts and points in words: what a reader sees on every page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.results import SubmissionResult, Verdict


@dataclass(frozen=True, slots=True)
class Sign:
    """A verdict as it is shown: a mark, a word, and the tone that colours both.

    Parameters
    ----------
    tone : str
        "good", "part", "bad" or "mute": a class of the style sheet, never the only carrier of the meaning.
    mark : str
        One character.
    word : str
    """

    tone: str
    mark: str
    word: str


_SIGNS = {
    Verdict.PASSED: Sign("good", "✓", "passed"),
    Verdict.FAILED: Sign("bad", "✕", "wrong result"),
    Verdict.ERRORED: Sign("bad", "!", "raised an error"),
    Verdict.TIMED_OUT: Sign("bad", "∞", "ran out of time"),
    Verdict.CRASHED: Sign("bad", "†", "crashed"),
    Verdict.NOT_ATTEMPTED: Sign("mute", "\u2013", "not attempted"),
    Verdict.SKIPPED: Sign("mute", "»", "skipped"),
    Verdict.UNGRADED: Sign("mute", "?", "not graded"),
}


def sign(verdict: Verdict, *, partly: bool = False, detail: str = "") -> Sign:
    """Return the sign of a verdict.

    Parameters
    ----------
    verdict : Verdict
    partly : bool
        Whether some of the points were earned all the same.
    detail : str
        Said in place of the word, e.g. the name of an exception.
    """
    plain = _SIGNS[verdict]
    if detail:
        return Sign(plain.tone, plain.mark, f"raised {detail}")
    if partly and plain.tone == "bad":
        word = "partly right" if verdict is Verdict.FAILED else f"partly right, {plain.word}"
        return Sign("part", "◐", word)
    return plain


def within(exercise: str, message: str) -> str:
    """Return a finding's message as it reads under its exercise, which need not be named again there.

    Examples
    --------
    >>> within("softmax", "softmax, 3 of 4 cases: the scores are not shifted.")
    'The scores are not shifted.'
    """
    rest = re.sub(rf'^{re.escape(exercise)}(?:(?:, \d+ of \d+ cases?)?: |, (?=case "))', "", message)
    return rest[:1].upper() + rest[1:] if rest != message else message


def points(number: float) -> str:
    """Return points with at most two decimals: 4, 4.5, 12.25."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


#: Findings about a whole file that ask nothing of an instructor.
_HARMLESS = frozenset({"load.note"})


def _reason(code: str) -> str:
    """Return a finding's code in words: "load.syntax_error" reads "syntax error"."""
    return "file stops with an error" if code == "load.raised" else code.rpartition(".")[2].replace("_", " ")


def attention(result: SubmissionResult) -> list[str]:
    """Return why an instructor should look at a submission, in a few words each."""
    if not result.graded:
        return ["not graded"]
    verdicts = {case.verdict for exercise in result.exercises for case in exercise.cases}
    reasons = ["event"] if result.events else []
    reasons += [_reason(found.code) for found in result.findings if found.code not in _HARMLESS]
    reasons += ["crashed"] if Verdict.CRASHED in verdicts else []
    reasons += ["ran out of time"] if Verdict.TIMED_OUT in verdicts else []
    reasons += ["nothing attempted"] if verdicts == {Verdict.NOT_ATTEMPTED} else []
    return reasons
