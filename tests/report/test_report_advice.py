"""The one thing to do next: an imperative sentence that the leading finding gives rise to."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.report.advice import file_thing, first_to_do, next_thing, still_to_say
from grader.results import CaseResult, ExerciseResult, Finding, Kind, SubmissionResult, Verdict

IDEA = "Rows and columns have a meaning."


def result(*findings: Finding, name="softmax", verdict=Verdict.FAILED, failing="public") -> ExerciseResult:
    """Return an exercise with one public and one hidden case, of which the one named fails."""
    cases = tuple(
        CaseResult(
            name=f"the {seen} one",
            visibility=seen,
            verdict=verdict if seen == failing else Verdict.PASSED,
            weight=1,
            outcome=Kind.RETURNED,
            seconds=0,
        )
        for seen in ("public", "hidden")
    )
    return ExerciseResult(name=name, score=0, max_score=9, verdict=verdict, findings=findings, cases=cases)


def found(code: str, *steps: str, message="softmax: it differs.") -> Finding:
    return Finding(code=code, message=message, help=steps)


def submission(*exercises: ExerciseResult, findings: tuple[Finding, ...] = ()) -> SubmissionResult:
    return SubmissionResult(
        student="ada",
        assignment="softmax",
        submission_sha256="",
        score=0,
        max_score=9,
        sandbox="strong",
        seconds=0,
        graded=True,
        findings=findings,
        events=(),
        exercises=exercises,
    )


@pytest.mark.parametrize(
    ("finding", "thing"),
    [
        (found("known.over_rows", IDEA, "Look at the axis of the sum."), "Look at the axis of the sum."),
        (found("known.over_rows", IDEA), "Find the line of `softmax` that does this."),
        (found("mutant.drop_operand", "Lookups differ.", "Compare both."), "Compare both."),
        (found("raised.key_missing", IDEA, "Look at line 7: in f, `a[b]`."), "Mend line 7: `a[b]`."),
        (
            found("raised.shapes_do_not_align", IDEA, "Write both shapes down.", "Look at line 7: `a @ b`."),
            "Print the shapes of the arrays in line 7: `a @ b`.",
        ),
        (found("attempted.not_implemented"), "Write `softmax`: replace the line `raise NotImplementedError`"),
        (found("attempted.missing", "Define softmax(z)."), "Write `softmax`, under exactly this name."),
        (found("attempted.file_stopped"), "Mend the error that the file stops with."),
        (
            found("attempted.needs_another", message="softmax: it cannot be run before `exp` is written."),
            "Write `exp` first.",
        ),
        (
            found("facts.values_differ", "Follow it.", message='softmax: x; in case "the public one" y'),
            'Follow the case "the public one" line by line',
        ),
        (found("stopped.not_loaded"), "Mend the file"),
    ],
    ids=lambda value: value.code if isinstance(value, Finding) else "",
)
def test_the_leading_finding_says_what_to_do_next(finding: Finding, thing: str) -> None:
    assert next_thing(result(finding, found("known.other", "Look elsewhere."))).startswith(thing)


def test_without_findings_the_reader_is_sent_to_a_case_that_can_be_followed() -> None:
    assert next_thing(result()).startswith('Follow the case "the public one"')
    assert next_thing(result(failing="hidden")).startswith("Try `softmax` on other sizes")
    assert "hidden" not in next_thing(result(found("facts.values_differ"), failing="hidden"))


@pytest.mark.parametrize("verdict", [Verdict.PASSED, Verdict.UNGRADED])
def test_nothing_is_left_to_do_where_all_is_right_or_nothing_was_graded(verdict: Verdict) -> None:
    assert next_thing(result(verdict=verdict)) == ""
    assert first_to_do(submission(result(verdict=verdict))) is None


def test_what_others_wait_for_comes_first_then_what_is_begun_then_what_is_unwritten() -> None:
    unwritten = result(name="a", verdict=Verdict.NOT_ATTEMPTED)
    begun = result(name="b")
    base = result(name="c", verdict=Verdict.NOT_ATTEMPTED)
    waiting = result(
        found("attempted.needs_another", message="d: it cannot be run before `c` is written."), name="d"
    )
    for exercises, first in [
        ((unwritten, base), "a"),
        ((unwritten, begun, base), "b"),
        ((unwritten, begun, base, waiting), "c"),
    ]:
        chosen = first_to_do(submission(*exercises))
        assert chosen is not None
        assert chosen.name == first


def test_where_no_step_says_what_to_do_one_that_asks_is_the_next_thing() -> None:
    asking = "Which of them draws normal numbers?"
    assert next_thing(result(found("known.x", IDEA, asking))) == asking
    assert next_thing(result(found("known.x", asking, "Look at it."))) == "Look at it."


def test_a_file_that_stops_is_mended_at_its_line() -> None:
    stopped = found("load.syntax_error", "Look at line 40: `W = (`.", "The mistake is often above.")
    assert file_thing(submission(findings=(stopped,))) == "Mend line 40: `W = (`."
    assert file_thing(submission(findings=(found("load.note"),))) == ""


def test_a_step_that_was_said_is_not_said_again() -> None:
    finding = found("known.x", IDEA, "Look at the axis.")
    assert still_to_say(finding, next_thing(result(finding))) == (IDEA,)


def test_advice_costs_the_terminal_no_template_and_no_chart() -> None:
    script = "import sys, grader.report.advice; print({'jinja2', 'matplotlib', 'numpy'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "jinja2" not in loaded.stdout
    assert "matplotlib" not in loaded.stdout
