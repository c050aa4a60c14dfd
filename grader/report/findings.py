"""Findings as a page shows them: what is wrong, the one thing to do next, and help in steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from grader.report.advice import next_thing, still_to_say
from grader.report.policy import Policy
from grader.report.text import clean, coded
from grader.report.words import points, within
from grader.results import Comment, ExerciseResult, Finding, Override, Verdict

__all__ = ["CommentView", "FindingView", "comment_views", "finding_view", "finding_views"]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as it is shown; `code` and `details` on the instructor's page only.

    Parameters
    ----------
    thing : Markup
        The one thing to do next, where it is this finding that says so.
    """

    message: Markup
    help: tuple[Markup, ...]
    thing: Markup
    explains: str
    code: str
    details: str


@dataclass(frozen=True, slots=True)
class CommentView:
    """What an instructor has to say; `points` where these are given in place of the grader's."""

    text: str
    author: str
    points: str = ""


def comment_views(comments: Iterable[Comment], override: Override | None = None) -> tuple[CommentView, ...]:
    """Return what an instructor wrote, and the points given."""
    said = tuple(CommentView(clean(each.text, 4000), clean(each.author, 200)) for each in comments)
    if override is None:
        return said
    given = f"{points(override.points)} points in place of {points(override.before)}"
    return (CommentView(clean(override.reason, 4000), clean(override.author, 200), given), *said)


def finding_views(result: ExerciseResult, policy: Policy) -> tuple[FindingView, ...]:
    """Return the findings of an exercise; the first says what to do next."""
    failing = frozenset(case.name for case in result.cases if case.verdict is not Verdict.PASSED)
    thing = next_thing(result)
    return tuple(
        finding_view(found, policy, result.name, failing, thing if number == 0 else "")
        for number, found in enumerate(result.findings)
    )


def finding_view(
    found: Finding, policy: Policy, exercise: str = "", failing: frozenset[str] = frozenset(), thing: str = ""
) -> FindingView:
    """Return a finding as it is shown.

    Parameters
    ----------
    found : Finding
    policy : Policy
    exercise : str
        Its exercise, which need not be named again.
    failing : frozenset of str
        The exercise's cases that did not pass.
    thing : str
        The one thing to do next, where this finding says so; its help does not repeat it.
    """
    explained = len(failing.intersection(found.cases))
    explains = ""
    if explained and len(failing) > 1:
        explains = (
            f"Explains {'all' if explained == len(failing) else f'{explained} of the'} {len(failing)} cases"
        )
        explains += " that did not pass."
    steps = still_to_say(found, thing) if thing else found.help
    return FindingView(
        message=coded(clean(within(exercise, found.message))),
        help=tuple(coded(clean(step)) for step in steps),
        thing=coded(clean(thing)),
        explains=explains,
        code=found.code if policy.instructor else "",
        details=clean(found.details, 4000) if policy.instructor else "",
    )
