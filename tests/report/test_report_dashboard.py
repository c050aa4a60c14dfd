from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import report_fakes as fakes

from grader.course.model import Assignment
from grader.report.dashboard import dashboard_page, doubts_in_words, needs
from grader.report.words import attention


def page(asked: Assignment, *works: fakes.Work) -> str:
    results = [fakes.grade(work, asked).result for work in works]
    return dashboard_page(results, {asked.name: asked}, [fakes.Skipped("<b>.txt", "<i>why</i>")])


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("</style>")[2]).split())


def test_every_page_is_linked_and_every_link_leads_to_one(cohort: Path) -> None:
    text = (cohort / "index.html").read_text()
    links = set(re.findall(r'href="((?:students|instructor)/[^"]+)"', text))
    pages = {str(path.relative_to(cohort)) for path in cohort.rglob("*/*.html")}
    assert {unquote(link) for link in links} == pages


def test_every_table_is_linked(cohort: Path) -> None:
    text = (cohort / "index.html").read_text()
    files = {path.name for path in cohort.iterdir() if path.is_file()} - {"index.html"}
    assert {name for name in files if f'href="{name}"' in text} == files


def test_names_paths_and_reasons_are_text(asked: Assignment) -> None:
    text = page(asked, fakes.right(fakes.HOSTILE), fakes.several("<img src=x>"), fakes.several("</script>"))
    assert text.count("<script>") == 1
    assert text.count("</script>") == text.count("<script")
    for markup in ("<img", "<b>.txt", "<i>why"):
        assert markup not in text


def test_an_ungraded_submission_counts_in_no_mean(asked: Assignment) -> None:
    text = page(asked, fakes.right("a"), fakes.ungraded("b"))
    assert "<dt>mean</dt><dd>100 %</dd>" in text
    assert "1 not graded." in text


def test_a_mistake_is_counted_with_who_made_it_and_whom_to_read_first(asked: Assignment) -> None:
    works = [fakes.no_correction(f"s{n}") for n in range(8)]
    text = words(page(asked, fakes.several("a, with more beside"), *works, fakes.right("z")))
    assert "9 The moments are used as they are" in text
    assert "90 % of those who tried" in text
    assert "Read first: s0 all 9 a, with more beside , s0 , s1 , s2 , s3 ," in text


def test_the_first_answers_are_those_an_instructor_asks_for(asked: Assignment) -> None:
    text = words(page(asked, *(fakes.no_correction(f"s{n}") for n in range(3)), fakes.several("b")))
    first = text.partition("Scores of")[0]
    order = ["What was misunderstood?", "4 The moments are used", "Is a case wrong?", "Who needs you?"]
    assert sorted(order, key=first.index) == order
    assert "1 noted by the sandbox" in first


@pytest.mark.parametrize(
    ("works", "said"),
    [
        ([fakes.right("a")], ["No mistake was made that has a name.", "Nobody: everything was graded"]),
        ([fakes.right(f"s{n}") for n in range(20)], ["None of 91 looks wrong."]),
        ([fakes.ungraded("a")], ["Nothing was graded.", "not graded"]),
        ([fakes.unparsable("a"), fakes.unparsable("b")], ["No sign of it.", "Syntax error"]),
    ],
    ids=["one student", "all right", "ungraded", "nothing loads"],
)
def test_a_class_of_any_kind_has_its_page(
    asked: Assignment, works: list[fakes.Work], said: list[str]
) -> None:
    text = words(page(asked, *works))
    for sentence in said:
        assert sentence in text


def test_a_cohort_of_eight_raises_no_doubt_about_a_case(asked: Assignment) -> None:
    text = words(page(asked, *(fakes.no_correction(f"s{n}") for n in range(8))))
    assert "Fewer than 20 who tried it say little about a case." in text
    assert "may be wrong" not in text.replace("those that may be wrong", "")


def test_many_assignments_of_a_small_class_are_no_large_class(asked: Assignment) -> None:
    others = {name: fakes.assignment(name=name) for name in ("one", "two", "three")}
    results = [fakes.grade(fakes.right(f"s{n}"), each).result for each in others.values() for n in range(8)]
    assert "No sign of it." in words(dashboard_page(results, others)).partition("Assignments")[0]


def test_what_stands_between_backticks_is_code(asked: Assignment) -> None:
    work = fakes.no_correction("a")
    name = "update_parameters_with_adam"
    work.findings = {name: (fakes.ADAM.model_copy(update={"message": "`W1 < 2` is left out."}),)}
    assert "<code>W1 &lt; 2</code> is left out." in page(asked, work)


def test_who_handed_in_one_assignment_and_not_another_is_named(cohort: Path) -> None:
    text = (cohort / "index.html").read_text()
    missing = text[text.index("5 who handed in other assignments") :].partition("</details>")[0]
    assert "grace_hopper" in missing
    assert "ada_lovelace" not in missing


def test_nothing_handed_in_is_a_page_too(asked: Assignment) -> None:
    assert "Nothing was handed in." in dashboard_page([], {asked.name: asked})


@pytest.mark.parametrize(
    ("work", "reasons"),
    [
        (fakes.right(), []),
        (fakes.ungraded(), ["not graded"]),
        (fakes.unparsable(), ["syntax error", "nothing attempted"]),
        (fakes.several(), ["event", "ran out of time"]),
    ],
    ids=["right", "ungraded", "unparsable", "several"],
)
def test_what_an_instructor_should_look_at(asked: Assignment, work: fakes.Work, reasons: list[str]) -> None:
    assert attention(fakes.grade(work, asked).result) == reasons


def test_what_asks_most_for_a_person_comes_first(asked: Assignment) -> None:
    analysis = fakes.analysed(asked, fakes.unparsable("a"), fakes.several("b"), fakes.ungraded("c"))
    found = [need.reason for need in needs(analysis.dashboard().attention)]
    assert found == ["not graded", "event", "syntax error", "ran out of time", "nothing attempted"]


def test_doubts_are_said_with_the_numbers_they_rest_on() -> None:
    case = fakes.case_statistics(
        attempted=60,
        failed=50,
        discrimination=-0.125,
        alone=40,
        same=41,
        doubts=("strong_students_fail", "same_wrong_answer"),
    )
    assert doubts_in_words(case) == (
        "Those who fail it are no weaker elsewhere than those who pass it: discrimination \u22120.12.",
        "50 of 60 fail it, 41 of them with the same answer in every case, which no named mistake explains.",
        "40 of the 50 pass every other case of the exercise.",
    )
    assert doubts_in_words(fakes.case_statistics(failed=3)) == ()
