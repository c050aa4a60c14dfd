"""Verdicts and points in words: what a reader sees on every page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from grader.results import CaseResult, ExerciseResult, SubmissionResult, Verdict

#: A case that takes this share of its time is told to be slow: a limit is at least a hundred times what the
#: reference needs, so that it takes over twenty times as long.
SLOW: Final = 0.2


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


def carried_words(result: ExerciseResult) -> str:
    """Return what an exercise earns once the reference answers for wrong ones that it uses; "" without that.

    Names stand between backticks.
    """
    carried = result.carried
    if carried is None or not carried.helpers:
        return ""
    names = [f"`{name}`" for name in carried.helpers]
    others = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    most, given = points(result.max_score), points(carried.score)
    if carried.counted:
        own = f"{points(carried.alone)} of {most} with your own {others}"
        return f"{own}; {given} of {most} with the reference's in place of yours, which is what counts."
    own = f"{points(carried.alone)} of {most}"
    return f"{own}; with the reference's {others} in place of yours it is {given} of {most}."


def slow_words(cases: Iterable[CaseResult], limit: float) -> str:
    """Return a remark on the slowest case, where it takes far longer than it need; "" where none does.

    Parameters
    ----------
    cases : iterable of CaseResult
        Those whose times may be told.
    limit : float
        CPU seconds that a case is given: at least a hundred times what the reference needs.
    """
    ended = (case for case in cases if case.verdict in (Verdict.PASSED, Verdict.FAILED))
    slowest = max(ended, key=lambda case: case.seconds, default=None)
    if slowest is None or slowest.seconds < SLOW * limit:
        return ""
    times = int(100 * slowest.seconds / limit)
    fact = (
        f'the case "{slowest.name}" takes {seconds_words(slowest.seconds)}, over {times} times what is needed'
    )
    return f"Slow: {fact}. Is there a loop whose work one operation on whole arrays can do?"


def seconds_words(seconds: float) -> str:
    """Return a time: 0.004 s, 0.12 s, 3.4 s."""
    return f"{seconds:.1g} s" if seconds < 0.01 else f"{seconds:.2g} s"


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
