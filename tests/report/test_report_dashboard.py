from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import report_fakes as fakes

from grader.course.model import Assignment
from grader.report.dashboard import dashboard_page, histogram
from grader.report.summary import spread
from grader.report.words import attention


def page(asked: Assignment, *works: fakes.Work) -> str:
    results = [fakes.grade(work, asked).result for work in works]
    return dashboard_page(results, {asked.name: asked}, [fakes.Skipped("<b>.txt", "<i>why</i>")])


def test_every_row_links_to_both_pages(cohort: Path) -> None:
    text = (cohort / "index.html").read_text()
    links = set(re.findall(r'href="((?:students|instructor)/[^"]+)"', text))
    pages = {str(path.relative_to(cohort)) for path in cohort.rglob("*/*.html")}
    assert {unquote(link) for link in links} == pages
    assert 'href="grades.csv"' in text
    assert 'href="results.jsonl"' in text


def test_names_paths_and_reasons_are_text(asked: Assignment) -> None:
    text = page(asked, fakes.right(fakes.HOSTILE), fakes.several("<img src=x>"))
    assert text.count("<script>") == 1
    for markup in ("<img", "<b>.txt", "<i>why"):
        assert markup not in text


def test_an_ungraded_submission_counts_in_no_mean(asked: Assignment) -> None:
    text = page(asked, fakes.right("a"), fakes.ungraded("b"))
    assert "<dt>mean</dt><dd>100 %</dd>" in text
    assert "1 not graded." in text


def test_a_finding_is_counted_with_who_made_it(asked: Assignment) -> None:
    text = page(asked, *(fakes.no_correction(f"s{n}") for n in range(8)), fakes.right("z"))
    assert "8 of 9 not right" in text
    assert '<span class="count">8\u00d7</span>' in text
    assert "and 2 more" in text


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


def test_the_last_bin_holds_full_marks_and_bars_are_as_high_as_their_counts() -> None:
    counted = spread([100, 95, 0, 9.99, 10])
    assert counted.bins == (2, 1, 0, 0, 0, 0, 0, 0, 0, 2)
    assert [bar.height for bar in histogram(counted.bins)][:3] == [40, 20, 0]
