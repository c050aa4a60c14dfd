"""What the student's page tells beside the cases: where to begin, what next, by hand, how long; no secret."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import report_fakes as fakes

from grader.course.model import Assignment, Case, Submission
from grader.course.worked import WorkedExample, WorkedStep
from grader.grading import AnswerKey, mark
from grader.report.pages import submission_page
from grader.report.words import slow_words
from grader.results import (
    Carried,
    CaseResult,
    Comment,
    Finding,
    Frame,
    Graded,
    Kind,
    Load,
    Outcome,
    Override,
    Raised,
    Run,
    Verdict,
)
from grader.values import decode, encode

ADAM = "update_parameters_with_adam"


def page(work: fakes.Work, asked: Assignment, audience="student") -> str:
    return submission_page(fakes.grade(work, asked), asked, audience)


def block(html: str, name: str) -> str:
    """Return what a page shows of one exercise."""
    start = html.index(f'id="{name}"')
    return html[start : html.find('<details class="exercise', start)]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_the_page_says_where_to_begin_and_what_to_do(asked: Assignment) -> None:
    html = page(fakes.no_correction(), asked)
    start = words(html[html.index('class="start"') :].partition("</p>")[0])
    assert f"Start with {ADAM} Compare what the handout does" in start
    assert "Everything here is right" not in html


def test_a_right_page_says_so_and_a_page_that_was_not_graded_does_not(asked: Assignment) -> None:
    assert "Everything here is right" in page(fakes.right(), asked)
    assert 'class="start' not in page(fakes.ungraded(), asked)


def test_what_to_do_next_is_not_repeated_as_a_hint(asked: Assignment) -> None:
    shown = block(page(fakes.no_correction(), asked), ADAM)
    assert shown.count("Compare what the handout does") == 1
    assert "Hint 2 of 2" in shown
    assert "Hint 3" not in shown


def test_code_in_a_sentence_is_set_as_code(asked: Assignment) -> None:
    finding = Finding(code="known.x", message="`a < b` is read twice.", help=("Look at `c`.",))
    work = fakes.Work("ada", {ADAM: fakes.adam_without_correction}, {ADAM: (finding,)})
    html = page(work, asked)
    assert "<code>a &lt; b</code> is read twice." in html
    assert "Look at <code>c</code>." in html


def test_what_a_file_stops_with_is_said_once(asked: Assignment) -> None:
    stopped = Finding(
        code="load.syntax_error", message="Line 40 is not Python.", help=("Look at line 40: `W = (`.",)
    )
    below = Finding(
        code="attempted.file_stopped", message="x: the file stops before this.", help=("Mend the error.",)
    )
    error = Raised("SyntaxError", "SyntaxError", "invalid", (Frame("<file>", 40, "W = ("),))
    work = fakes.Work(
        "ada",
        {name: Outcome(Kind.MISSING) for name in fakes.EXERCISES},
        dict.fromkeys(fakes.EXERCISES, (below,)),
        file_findings=(stopped,),
        load=Load(Kind.RAISED, raised=error),
    )
    html = page(work, asked)
    assert html.count("Line 40 is not Python.") == html.count("W = (") == 1
    assert html.count('href="#file"') == len(fakes.EXERCISES)
    assert "Mend the error" not in html
    assert 'class="start"' not in html


def carried(alone: float, *, counted: bool) -> Carried:
    return Carried(
        helpers=("update_lr",), alone=alone, score=18, verdict=Verdict.PASSED, cases=(), counted=counted
    )


def with_carried(asked: Assignment, extra: Carried, score: float) -> str:
    graded = fakes.grade(fakes.no_correction(), asked)
    exercises = tuple(
        each.model_copy(update={"carried": extra, "score": score}) if each.name == ADAM else each
        for each in graded.result.exercises
    )
    result = graded.result.model_copy(update={"exercises": exercises})
    return words(block(submission_page(replace(graded, result=result), asked, "student"), ADAM))


def test_the_score_without_anothers_mistake_is_shown_beside_the_own(asked: Assignment) -> None:
    shown = with_carried(asked, carried(6, counted=False), 6)
    assert "6 of 18; with the reference&#39;s update_lr in place of yours it is 18 of 18." in shown
    assert "Mend update_lr first" in shown


def test_where_the_better_score_counts_the_own_is_told(asked: Assignment) -> None:
    shown = with_carried(asked, carried(6, counted=True), 18)
    assert "6 of 18 with your own update_lr; 18 of 18" in shown
    assert "which is what counts" in shown


def worked(asked: Assignment, case: str) -> Assignment:
    steps = (
        WorkedStep("Take `beta1` times the old one.", encode(np.array([[1.0, 2.0]]))),
        WorkedStep("Then add.", encode(31.5)),
    )
    exercises = tuple(
        replace(each, worked=WorkedExample(case, steps)) if each.name == ADAM else each
        for each in asked.exercises
    )
    return replace(asked, exercises=exercises)


def test_the_smallest_case_is_worked_for_an_exercise_that_is_begun_and_not_right(asked: Assignment) -> None:
    course = worked(asked, fakes.CASE_NAMES[0])
    shown = block(page(fakes.no_correction(), course), ADAM)
    assert "“two layers by hand”, worked out" in words(shown)
    assert "Take <code>beta1</code> times" in shown
    assert "31.5" in shown
    for other in (fakes.right(), fakes.unparsable()):
        assert "worked out" not in page(other, course)


def test_no_hidden_case_is_worked(asked: Assignment) -> None:
    assert "worked out" not in page(fakes.no_correction(), worked(asked, fakes.CASE_NAMES[5]))


def timed(name: str, seconds: float, visibility="public", verdict=Verdict.PASSED) -> CaseResult:
    return CaseResult(
        name=name,
        visibility=visibility,
        verdict=verdict,
        weight=1,
        outcome=Kind.RETURNED,
        seconds=seconds,
    )


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.004, ""), (0.09, ""), (0.11, "0.11 s, over 22 times"), (0.4, "0.4 s, over 80 times")],
)
def test_only_what_is_strikingly_slow_is_remarked_on(seconds: float, told: str) -> None:
    remark = slow_words([timed("a", 0.001), timed("b", seconds)], 0.5)
    assert bool(remark) == bool(told)
    assert told in remark


def test_a_case_that_was_stopped_is_not_called_slow_as_well() -> None:
    assert slow_words([timed("a", 0.5, verdict=Verdict.TIMED_OUT)], 0.5) == ""


def slow(asked: Assignment, visibility: str) -> Graded:
    """Return right work one of whose cases of this kind takes 0.4321 s."""
    graded = fakes.grade(fakes.right(), asked)
    first = graded.result.exercises[0]
    position = next(at for at, case in enumerate(first.cases) if case.visibility == visibility)
    cases = list(first.cases)
    cases[position] = cases[position].model_copy(update={"seconds": 0.4321})
    changed = first.model_copy(update={"cases": tuple(cases)})
    result = graded.result.model_copy(update={"exercises": (changed, *graded.result.exercises[1:])})
    return replace(graded, result=result)


@pytest.mark.parametrize(
    ("visibility", "audience", "told"),
    [
        ("public", "student", True),
        ("hidden", "student", False),
        ("hidden", "instructor", True),
    ],
)
def test_times_of_hidden_cases_are_the_instructors(asked: Assignment, visibility, audience, told) -> None:
    html = submission_page(slow(asked, visibility), asked, audience)
    assert ("Slow: the case" in html) == told
    assert ("0.43" in html) == told


HIDDEN_NUMBERS = re.compile(r"7391|7\.39|5557|8123|8\.12|6\.54")
HIDDEN_WORDS = re.compile(r"KEYMARK|CLASSMARK|MESSAGEMARK|FRAMEMARK|TEXTMARK|PRINTMARK|TYPEMARK")


def filled(value: Any, number: float) -> Any:
    """Return the value with every number in it replaced."""
    if isinstance(value, dict):
        return {key: filled(item, number) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(filled(item, number) for item in value)
    if isinstance(value, np.ndarray):
        return np.full(value.shape, number)
    return number if isinstance(value, float) else value


def marked(case: Case) -> Case:
    """Return a hidden case whose inputs and answer are numbers that no page of a student's may show."""
    if case.visibility == "public":
        return case
    inputs = {name: filled(value, 5557.5557) for name, value in case.inputs.items()}
    expected = encode(filled(decode(case.expected), 8123.8123))
    return replace(case, inputs=inputs, expected=expected, encoded_inputs=encode(inputs))


def telling(number: int, case: Case) -> Outcome:
    """Return one of many ways in which code can say what it was given."""
    said = Raised("CLASSMARK", "KeyError", "MESSAGEMARK 7391.7391", (Frame("FRAMEMARK", 5557, "FRAMEMARK"),))
    value = decode(case.expected)
    ways = [
        Outcome(Kind.RETURNED, 6.54, encode(filled(value, 7391.7391))),
        Outcome(Kind.RAISED, 6.54, raised=said),
        Outcome(Kind.RETURNED, 6.54, encode({"KEYMARK": 7391.7391, "TEXTMARK": "TEXTMARK"})),
        Outcome(Kind.RETURNED, 6.54, encode(type("TYPEMARK", (), {})())),
        Outcome(Kind.RETURNED, 6.54, encode(np.full((73, 91), 7391.7391))),
        Outcome(Kind.RETURNED, 6.54, encode([7391.7391, "TEXTMARK"])),
        Outcome(Kind.RETURNED, 6.54, encode(None)),
        Outcome(Kind.TIMED_OUT, 6.54, reason="stopped after 6.54 s"),
    ]
    return ways[number % len(ways)]


def talkative(asked: Assignment, public: str) -> Graded:
    """Return a submission that is right or wrong in public cases, and says all it can in hidden ones."""
    outcomes = {}
    for number, exercise in enumerate(asked.exercises):
        for case in exercise.cases:
            answer = encode(filled(decode(case.expected), 1.5)) if public == "wrong" else case.expected
            outcomes[exercise.name, case.name] = (
                Outcome(Kind.RETURNED, 0.001, answer)
                if case.visibility == "public"
                else telling(number, case)
            )
    run = Run(Load(Kind.RETURNED), outcomes, "", "PRINTMARK 7391.7391", ("PRINTMARK",))
    return mark(Submission("ada", asked.name, b"", sha256="0" * 64), asked, run, AnswerKey.of(asked))


@pytest.mark.parametrize("public", ["right", "wrong"])
@pytest.mark.parametrize("feedback", ["verdict", "diagnosis", "full"])
def test_nothing_that_hidden_cases_hold_or_were_made_to_say_reaches_a_student(
    asked: Assignment, feedback: str, public: str
) -> None:
    """The whole way, from what the box brings back over judging and diagnosis to the page."""
    exercises = tuple(replace(each, cases=tuple(map(marked, each.cases))) for each in asked.exercises)
    course = fakes.with_feedback(replace(asked, exercises=exercises), feedback)
    graded = talkative(course, public)
    body = submission_page(graded, course, "student").partition("<body>")[2]
    if feedback == "full":
        body = re.sub(r"KEYMARK|TEXTMARK|TYPEMARK", "", body)  # parts of values, which are shown
        assert "8123" in body
    else:
        assert not HIDDEN_NUMBERS.findall(body)
    assert not HIDDEN_WORDS.findall(body)
    assert "MESSAGEMARK" in submission_page(graded, course, "instructor")


VALUES = {
    "rank 0": (np.array(1.0), np.array(2.0)),
    "rank 1": (np.zeros(500), np.ones(500)),
    "rank 2": (np.zeros((3, 2)), np.ones((3, 2))),
    "rank 3": (np.zeros((7, 9, 9)), np.ones((7, 9, 9))),
    "rank 4": (np.zeros((2, 3, 4, 5)), np.ones((2, 3, 4, 5))),
    "rank 5": (np.zeros((2, 1, 3, 4, 2)), np.ones((2, 1, 3, 4, 2))),
    "NaN": (np.ones((2, 2)), np.full((2, 2), np.nan)),
    "infinite": (np.ones(30), np.full(30, -np.inf)),
    "complex": (np.ones((2, 2)), np.full((2, 2), 1 + 2j)),
    "complex expected": (np.ones((12, 12)) * 1j, np.ones((12, 12))),
    "empty": (np.zeros((0, 3)), np.zeros((3, 0))),
    "booleans": (np.ones((2, 9), bool), np.zeros((2, 9), bool)),
    "a list": (np.zeros((2, 2)), [[1.0, 0.0], [0.0, 0.0]]),
    "enormous": (np.zeros((1500, 800)), np.ones((1500, 800))),
    "huge integer": (1.0, 10**4000),
    "None": (np.zeros(3), None),
}


@pytest.mark.parametrize("kind", VALUES)
def test_expected_against_returned_is_shown_whatever_the_value(asked: Assignment, kind: str) -> None:
    expected, returned = VALUES[kind]
    name = "update_lr"
    exercises = tuple(
        replace(each, cases=tuple(replace(case, expected=encode(expected)) for case in each.cases))
        if each.name == name
        else each
        for each in asked.exercises
    )
    course = replace(asked, exercises=exercises)
    outcome = Outcome(Kind.RETURNED, 0.001, encode(returned))
    outcomes = {
        (each.name, case.name): outcome if each.name == name else Outcome(Kind.RETURNED, 0.001, case.expected)
        for each in exercises
        for case in each.cases
    }
    run = Run(Load(Kind.RETURNED), outcomes)
    graded = mark(Submission("ada", asked.name, b"?"), course, run, AnswerKey.of(course))
    shown = block(submission_page(graded, course, "student"), name)
    assert "expected" in words(shown)
    assert "<mark>" in shown
    assert len(shown) < 40_000


@pytest.mark.parametrize("name", [ADAM, "update_lr"])
def test_an_instructors_points_and_words_stand_on_the_page(asked: Assignment, name: str) -> None:
    words_of = Comment(text="Well <b>begun</b>.", author="Dr. Ada", made="2026-01-01")
    given = Override(points=9, before=6.5, reason="The idea is right.", author="Dr. Ada", made="2026-01-01")
    graded = fakes.grade(fakes.no_correction(), asked)
    exercises = tuple(
        each.model_copy(update={"override": given, "comments": (words_of,)}) if each.name == name else each
        for each in graded.result.exercises
    )
    result = graded.result.model_copy(update={"exercises": exercises, "comments": (words_of,)})
    html = submission_page(replace(graded, result=result), asked, "student")
    assert html.count("Well &lt;b&gt;begun&lt;/b&gt;.") == 2
    assert "Dr. Ada gives 9 points in place of 6.5" in words(block(html, name))
    assert "The idea is right." in block(html, name)
    assert "Dr. Ada" not in page(fakes.no_correction(), asked)


def test_parts_bear_the_names_of_the_docstring(asked: Assignment) -> None:
    name = "update_parameters_with_momentum"
    exercises = tuple(
        replace(each, spec=each.spec.model_copy(update={"names": {"": ("parameters", "v")}}))
        if each.name == name
        else each
        for each in asked.exercises
    )
    course = replace(asked, exercises=exercises)

    def doubled(**inputs: Any) -> Any:
        new, v = fakes.EXERCISES[name].function(**inputs)
        return new, {key: 2 * value for key, value in v.items()}

    shown = block(page(fakes.Work("ada", {name: doubled}), course), name)
    assert "<code>v[&#34;dW1&#34;]</code>" in shown
    assert "[1][" not in words(shown)


@pytest.mark.parametrize(("visibility", "least", "most"), [("public", 0.43, 0.6), ("hidden", 0.0, 0.1)])
def test_the_time_that_a_student_is_told_is_that_of_public_cases(
    asked: Assignment, visibility: str, least: float, most: float
) -> None:
    html = submission_page(slow(asked, visibility), asked, "student")
    told = re.search(r"running the public cases took ([\d.e-]+) s", html)
    assert told is not None
    assert least <= float(told[1]) <= most
