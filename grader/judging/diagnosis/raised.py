"""Exceptions: what each means, and the student's own line for it.

Cases whose exception has one type and one line are one finding. If one of them is public its message and
line are shown; of hidden cases alone only the nearest built-in type is, in our own words, and the rest goes
to the details.
"""

from __future__ import annotations

import builtins
import re
from typing import Final

from grader.judging.diagnosis.evidence import Evidence, Item, clean, finding
from grader.judging.diagnosis.meanings import BY_TYPE, MEANINGS, meaning_of
from grader.results import Finding, Raised, Verdict

__all__ = ["CODES", "article", "explain"]

#: The last stands for exceptions that have no code of their own: their built-in names, in small letters.
CODES: Final = (
    *dict.fromkeys(f"raised.{meaning.code}" for meaning in (*MEANINGS, *BY_TYPE)),
    "raised.wrong_parameters",
    "raised.*",
)

#: What Python says when the call itself does not fit the function.
_MISFIT: Final = re.compile(r"\b(?:takes|missing|unexpected keyword|multiple values|not callable)\b")

_NO_FRAME = ("The exercise was called, and what came back could not be used by the next step of the call.",)


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Explain every case that ended with an exception."""
    groups: dict[tuple[str, int], list[Item]] = {}
    for item in evidence.failing:
        if item.verdict is Verdict.ERRORED:
            groups.setdefault(_key(_raised(item)), []).append(item)
    return tuple(_finding(evidence, items) for items in groups.values())


def _finding(evidence: Evidence, items: list[Item]) -> Finding:
    public = next((item for item in items if item.public), None)
    raised = _raised(public or items[0])
    details = "\n".join(_details(item) for item in items)
    if not raised.frames and _does_not_fit(raised, public):
        signature = evidence.exercise.spec.signature
        sentence = f"the call {signature} does not fit the function that the file defines."
        steps = ("The function has to take the arguments that the handed-out file names, in that order.",)
        return finding(evidence, items, "raised.wrong_parameters", sentence, steps, details)
    code, sentence, idea, known = _meaning(raised, public is not None)
    if public is None:
        return finding(evidence, items, f"raised.{code}", f"{sentence}.", idea, details)
    # What no pattern knows is the student's own message, or a rare one of Python's.
    words = "" if known or not raised.message else f": {clean(raised.message, 160)}"
    sentence = f"{sentence} ({_source(raised)}{words})."
    return finding(evidence, items, f"raised.{code}", sentence, (*idea, *_place(raised)), details)


def _meaning(raised: Raised, shown: bool) -> tuple[str, str, tuple[str, ...], bool]:
    """Return code, sentence, help, and whether the message, which only public cases show, was understood."""
    found = meaning_of(raised.nearest, raised.message if shown else None)
    if found is None:
        name = raised.nearest if _is_builtin(raised.nearest) else "Exception"
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower(), f"it ends with {article(name)}", (), False
    meaning, groups = found
    sentence = meaning.sentence.format(*(clean(group, 80) for group in groups))
    if meaning.code == "key_missing" and shown:
        sentence = f"a dict is asked for the key {clean(raised.message, 80)}, which it does not have"
        return meaning.code, sentence, meaning.help, True
    return meaning.code, sentence, meaning.help, bool(meaning.pattern)


def _does_not_fit(raised: Raised, public: Item | None) -> bool:
    """Say whether the call itself failed; in hidden cases alone the message is not read."""
    return raised.nearest == "TypeError" and public is not None and bool(_MISFIT.search(raised.message))


def _source(raised: Raised) -> str:
    """Name the exception and the student's line, for public cases."""
    name = clean(raised.type_name, 60)
    if raised.type_name != raised.nearest:
        name += f", a kind of {raised.nearest},"
    return f"{name} in line {raised.frames[-1].line}" if raised.frames else name


def _place(raised: Raised) -> tuple[str, ...]:
    """Say where to look, for public cases."""
    if not raised.frames:
        return _NO_FRAME
    frame = raised.frames[-1]
    function = f"in {clean(frame.function, 60)}, " if frame.function.isidentifier() else ""
    return (f"Look at line {frame.line}: {function}`{clean(frame.text, 160)}`.",)


def _details(item: Item) -> str:
    raised = _raised(item)
    lines = [f"{item.case.name}: {raised.type_name}: {raised.message}"]
    lines += [f"  line {frame.line}, in {frame.function}: {frame.text}" for frame in raised.frames[-3:]]
    return "\n".join(lines)


def _is_builtin(name: str) -> bool:
    """Check the claim that a name is Python's own."""
    kind = getattr(builtins, name, None)
    return isinstance(kind, type) and issubclass(kind, BaseException)


def article(name: str) -> str:
    """Put the article before a type's name."""
    return f"{'an' if name[:1] in 'AEIOU' else 'a'} {name}"


def _key(raised: Raised) -> tuple[str, int]:
    return raised.nearest, raised.frames[-1].line if raised.frames else 0


def _raised(item: Item) -> Raised:
    return item.raised or Raised("Exception", "Exception", "")
