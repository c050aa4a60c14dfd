"""Answers of a quiz: in no form that can be graded, or wrong, with the idea behind what was chosen.

What is said speaks of the answer that was given and of no other choice. Of several wrong choices in one
answer one is explained, and none where every choice is named: else a single submission that names them all
would tell which are right.
"""

from __future__ import annotations

from typing import Final

from grader.course.model import Mistake, Question
from grader.judging.compare import alike
from grader.judging.diagnosis.evidence import Evidence, Item, clean
from grader.results import Finding, Verdict
from grader.values import Encoded, decode

__all__ = ["CODES", "explain"]

CODES: Final = ("answer.form", "answer.wrong", "known.*")


def explain(evidence: Evidence) -> tuple[Finding, ...]:
    """Find what is wrong with an answer; nothing where the exercise is no question."""
    question = evidence.exercise.spec.question
    items = [item for item in evidence.failing if item.verdict is Verdict.FAILED and item.judged.mismatch]
    if question is None or not items:
        return ()
    if any(item.mismatch.kind == "form" for item in items):
        return (_form(evidence, question, items),)
    return (_wrong(evidence, question, items),)


def _form(evidence: Evidence, question: Question, items: list[Item]) -> Finding:
    public = [item for item in items if item.public]
    returned = f", and the file has {clean(public[0].mismatch.returned)}" if public else ""
    sentence = f"asked for is {question.asks}{returned}."
    return _finding(evidence, items, "answer.form", sentence, (_how(question),))


def _how(question: Question) -> str:
    if not question.choices:
        return "Write a number, or an expression that has one for its value, without quotes."
    if question.several:
        return "Write letters in quotes, with commas between them, and braces around them all."
    return "Write one letter in quotes."


def _wrong(evidence: Evidence, question: Question, items: list[Item]) -> Finding:
    given = items[0].judged.outcome.value
    known = _known(evidence, question, given) if given is not None else None
    reread = (f"Reread {question.reread}.",) if question.reread else ()
    if known is not None:
        which = f"on {known.name[-1]}: " if question.several else ""
        return _finding(evidence, items, f"known.{known.name}", which + known.message, reread)
    if question.several:
        sentence = "what is chosen is not exactly what fits."
        steps = ("Ask of each choice by itself: is it true, and does it answer what is asked?",)
    else:
        sentence = "the number is not the one asked for."
        steps = ("Write the formula down first, then put the numbers in one at a time.",)
    return _finding(evidence, items, "answer.wrong", sentence, (*steps, *reread))


def _finding(
    evidence: Evidence, items: list[Item], code: str, sentence: str, help_steps: tuple[str, ...]
) -> Finding:
    """Make a finding that names the question alone: its cases mean nothing to a reader."""
    cases = tuple(item.case.name for item in items)
    return Finding(code=code, message=f"{evidence.exercise.name}: {sentence}", help=help_steps, cases=cases)


def _known(evidence: Evidence, question: Question, given: Encoded) -> Mistake | None:
    """Return the first mistake of the exercise that the answer makes."""
    if question.several and decode(given) == set(question.letters):
        return None
    hidden = [case.name for case in evidence.exercise.cases if case.visibility == "hidden"]
    for mistake in evidence.exercise.mistakes:
        theirs = mistake.returns.get(hidden[0]) if hidden else None
        if theirs is not None and _makes(evidence, question, given, theirs):
            return mistake
    return None


def _makes(evidence: Evidence, question: Question, given: Encoded, theirs: Encoded) -> bool:
    if question.choices:
        return bool(decode(theirs) <= decode(given))
    return alike(given, theirs, evidence.exercise.spec.tolerance)
