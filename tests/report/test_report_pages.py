from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import report_fakes as fakes

from grader.course.model import Assignment
from grader.report.pages import submission_page
from grader.results import Finding, Frame, Kind, Load, Outcome, Raised, Verdict
from grader.values import encode

MARKUP = '<script>alert(1)</script><img src=x onerror="alert(2)">'


class Tags(HTMLParser):
    """Collects what a browser would find."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def hostile(text: str) -> fakes.Work:
    """Return work that says `text` wherever a student can say anything."""
    raised = Raised(text, "ValueError", text, (Frame(text, 1, text),))
    return fakes.Work(
        text,
        {
            "update_lr": Outcome(Kind.RAISED, raised=raised),
            "classify_critical_point": lambda hessian: text,
            "initialize_velocity": lambda parameters: {text: 1.0, "dW1": type(text, (), {})()},
        },
        {"update_lr": (Finding(code="raised", message=text, help=(text,), details=text),)},
        file_findings=(Finding(code="load", message=text),),
        load=Load(Kind.RAISED, raised=raised),
        events=(text,),
        printed_public=text,
        printed_hidden=text,
        source_name=text,
    )


@pytest.mark.parametrize("audience", ["student", "instructor"])
@pytest.mark.parametrize(
    "text", [MARKUP, fakes.HOSTILE, "</style></script></pre>", "{{ 7 * 191 }}{% raise %}"]
)
def test_nothing_a_student_says_becomes_markup(asked: Assignment, audience, text: str) -> None:
    page = submission_page(fakes.grade(hostile(text), asked), asked, audience)
    tags = Tags(page)
    assert "script" not in tags.tags
    assert "img" not in tags.tags
    assert tags.tags.count("style") == 1
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name == "style"]
    assert "1337" not in page


def test_what_a_student_printed_is_shown_without_terminal_escapes_and_hidden_marks(asked: Assignment) -> None:
    work = fakes.Work(printed_public="\x1b[31mred\x1b[0m \x1b]0;WINDOW\x07 \u202eflipped \udcff\x00 end")
    page = submission_page(fakes.grade(work, asked), asked, "student")
    assert "red" in page
    assert "WINDOW" not in page
    assert not re.search("[\x00-\x08\x1b\u202e\ud800-\udfff]", page)


def test_long_output_is_cut_and_says_by_how_much(asked: Assignment) -> None:
    page = submission_page(fakes.grade(fakes.Work(printed_public="x" * 10_000), asked), asked, "student")
    assert "4001 more characters are not shown" in page
    assert page.count("x" * 100) < 70


def secretive() -> fakes.Work:
    """Return work each of whose hidden or private parts carries a marker of its own."""
    hidden = Raised("CLASSNAME", "KeyError", "EXCEPTIONTEXT", (Frame("FRAMENAME", 4711, "FRAMELINE"),))
    found = Finding(code="CODE", message="HIDDENFINDING", help=("HIDDENHELP",), details="DETAILS")
    return fakes.Work(
        "ada",
        {
            "update_lr": lambda **_: 0.123456789,
            "random_mini_batches": Outcome(Kind.RAISED, 0.4321, raised=hidden),
            "initialize_adam": Outcome(Kind.CRASHED, 0.4321, reason="CRASHREASON"),
            "classify_critical_point": lambda hessian: "RETURNEDTEXT",
        },
        {name: (found.model_copy(update={"cases": (fakes.CASE_NAMES[4],)}),) for name in fakes.EXERCISES},
        events=("EVENT",),
        printed_hidden="PRINTEDHIDDEN",
        source_name="SOURCENAME",
    )


def without_public(asked: Assignment) -> Assignment:
    """Return the assignment with every case hidden."""
    exercises = tuple(
        replace(each, cases=tuple(replace(case, visibility="hidden") for case in each.cases))
        for each in asked.exercises
    )
    return replace(asked, exercises=exercises)


PRIVATE = ("DETAILS", "EVENT", "PRINTEDHIDDEN", "SOURCENAME", "CLASSNAME", "EXCEPTIONTEXT", "FRAMENAME")
SECRETS = {
    "verdict": (*PRIVATE, "HIDDENFINDING", "HIDDENHELP", "KeyError", "crashed", "0.12345", "RETURNEDTEXT"),
    "diagnosis": (*PRIVATE, "0.12345", "RETURNEDTEXT", "<table>", "inputs"),
    "full": PRIVATE,
}


@pytest.mark.parametrize("feedback", SECRETS)
def test_a_students_page_holds_nothing_that_the_policy_hides(asked: Assignment, feedback) -> None:
    closed = fakes.with_feedback(without_public(asked), feedback)
    page = submission_page(fakes.grade(secretive(), closed), closed, "student")
    body = page.partition("<body>")[2]
    for secret in (*SECRETS[feedback], "FRAMELINE", "4711", "CRASHREASON", "432", "CODE"):
        shown = feedback == "full" and secret == "CRASHREASON"
        assert (secret in body) == shown, secret


@pytest.mark.parametrize(
    ("feedback", "shown"),
    [
        ("verdict", ()),
        ("diagnosis", ("HIDDENFINDING", "HIDDENHELP", "KeyError", "crashed")),
        ("full", ("HIDDENFINDING", "KeyError", "0.12345", "RETURNEDTEXT", "<table>")),
    ],
)
def test_a_students_page_tells_what_the_policy_allows(asked: Assignment, feedback, shown) -> None:
    closed = fakes.with_feedback(without_public(asked), feedback)
    page = submission_page(fakes.grade(secretive(), closed), closed, "student")
    for text in shown:
        assert text in page


def test_the_instructors_page_tells_everything(asked: Assignment) -> None:
    closed = fakes.with_feedback(without_public(asked), "verdict")
    page = submission_page(fakes.grade(secretive(), closed), closed, "instructor")
    for text in (
        *PRIVATE,
        "HIDDENFINDING",
        "FRAMELINE",
        "line 4711",
        "0.12345",
        "RETURNEDTEXT",
        "CRASHREASON",
    ):
        assert text in page, text


def test_under_verdict_a_finding_that_rests_on_public_cases_alone_is_shown(asked: Assignment) -> None:
    closed = fakes.with_feedback(asked, "verdict")
    public = Finding(code="x", message="RESTSONPUBLIC", cases=fakes.CASE_NAMES[:2])
    both = Finding(code="x", message="RESTSONBOTH", cases=fakes.CASE_NAMES[:3])
    work = fakes.Work("ada", {"update_lr": lambda **_: 0.0}, {"update_lr": (public, both)})
    page = submission_page(fakes.grade(work, closed), closed, "student")
    assert "RESTSONPUBLIC" in page
    assert "RESTSONBOTH" not in page


def test_a_class_that_is_no_built_in_is_never_named_as_one(asked: Assignment) -> None:
    raised = Raised("x", "HIDDENNUMBER42", "")
    work = fakes.Work("ada", {"update_lr": Outcome(Kind.RAISED, raised=raised)})
    page = submission_page(fakes.grade(work, asked), asked, "student")
    assert "HIDDENNUMBER42" not in page
    assert "raised Exception" in page


def test_an_ungraded_submission_is_no_zero(asked: Assignment) -> None:
    page = submission_page(fakes.grade(fakes.ungraded(), asked), asked, "student")
    assert "It is not a zero" in page
    assert "<b>0</b>" not in page


def test_a_weak_sandbox_is_told_on_the_page(asked: Assignment) -> None:
    for sandbox, told in (("weak", True), ("strong", False), ("strong without namespaces", False)):
        page = submission_page(fakes.grade(fakes.Work(sandbox=sandbox), asked), asked, "student")
        assert ("Weak sandbox." in page) == told


def test_what_passed_is_folded_and_what_did_not_is_open(asked: Assignment) -> None:
    page = submission_page(fakes.grade(fakes.no_correction(), asked), asked, "student")
    opened = re.findall(r'<details class="exercise \w+" id="(\w+)" open>', page)
    assert opened == ["update_parameters_with_adam"]


def test_hints_open_one_within_the_other(asked: Assignment) -> None:
    page = submission_page(fakes.grade(fakes.no_correction(), asked), asked, "student")
    steps = page[page.index('<details class="step">') :].partition("</details></details>")[0]
    assert steps.index("Hint 1 of 2") < steps.index("Hint 2 of 2")
    assert "</details>" not in steps


def test_a_failing_public_case_shows_expected_and_returned_with_what_differs_marked(
    asked: Assignment, golden
) -> None:
    work = fakes.Work("ada", {"update_parameters_with_gd": fakes.flipped_bias})
    page = submission_page(fakes.grade(work, asked), asked, "student")
    golden("failing_case.html", page[page.index('<ul class="cases">') : page.index("</ul>")])


def test_a_syntax_error_is_shown_with_its_line(asked: Assignment) -> None:
    page = submission_page(fakes.grade(fakes.unparsable(), asked), asked, "student")
    assert "never closed" in page
    assert "line 40" in page
    assert "W = np.dot((a, b" in page


def test_a_result_for_an_exercise_that_the_assignment_no_longer_has_is_still_shown(asked: Assignment) -> None:
    graded = fakes.grade(fakes.no_correction(), asked)
    page = submission_page(graded, replace(asked, exercises=()), "instructor")
    assert "update_parameters_with_adam" in page


def test_a_value_that_does_not_decode_leaves_the_page_whole(asked: Assignment) -> None:
    graded = fakes.grade(fakes.no_correction(), asked)
    name = "update_parameters_with_adam"
    broken = encode(1.0)._replace(data=b"")
    judged = tuple(
        replace(case, outcome=replace(case.outcome, value=broken), verdict=Verdict.FAILED)
        for case in graded.judged[name]
    )
    page = submission_page(replace(graded, judged=graded.judged | {name: judged}), asked, "student")
    assert "wrong result" in page
