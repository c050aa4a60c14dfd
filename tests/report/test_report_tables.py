from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import report_fakes as fakes

from grader.course.model import Assignment
from grader.report.analysis import Dashboard
from grader.report.tables import TABLES, GradesTable, cell, json_line
from grader.report.write import write_cohort
from grader.results import SubmissionResult


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "=cmd|'/c calc'!A0"]
)
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    assert cell(text)[0] == "'"


@pytest.mark.parametrize("text", ["ada", "1+1", "O'Neil", "a=b", "李", ""])
def test_an_ordinary_cell_is_left_alone(text: str) -> None:
    assert cell(text) == text


def rows(asked: Assignment, *works: fakes.Work) -> list[dict[str, str]]:
    file = io.StringIO(newline="")
    table = GradesTable(file, {asked.name: asked})
    for work in works:
        table.add(fakes.grade(work, asked).result)
    file.seek(0)
    return list(csv.DictReader(file))


def test_a_row_holds_the_score_and_that_of_each_exercise(asked: Assignment) -> None:
    (row,) = rows(asked, fakes.no_correction())
    assert (row["student"], row["score"], row["max_score"]) == ("grace_hopper", "82", "100")
    assert row["optimizers: update_parameters_with_adam"] == "0"
    assert row["optimizers: update_lr"] == "4"
    assert row["findings"] == "known.missing_bias_correction"
    assert row["page"] == "students/grace_hopper/optimizers.html"


def test_what_was_not_graded_has_no_score_in_any_column(asked: Assignment) -> None:
    (row,) = rows(asked, fakes.ungraded())
    assert row["graded"] == "no"
    assert row["score"] == ""
    assert not [name for name, text in row.items() if ":" in name and text]


def test_names_with_quotes_and_line_feeds_stay_one_cell(asked: Assignment) -> None:
    read = rows(asked, fakes.right('a "b",\n=c'), fakes.right("=d"))
    assert [row["student"] for row in read] == ['a "b",\n=c', "'=d"]


def test_a_line_of_json_reads_back_as_the_result(asked: Assignment) -> None:
    result = fakes.grade(fakes.several(), asked).result
    line = json_line(result)
    assert line.endswith("\n")
    assert "\n" not in line[:-1]
    assert SubmissionResult.model_validate_json(line) == result


def test_a_name_that_is_not_unicode_is_still_one_line_of_json(asked: Assignment) -> None:
    line = json_line(fakes.grade(fakes.right("ad\udcff"), asked).result)
    assert json.loads(line)["student"] == "ad\udcff"
    line.encode("ascii")


def test_the_cohort_has_a_line_and_a_row_for_each_submission(cohort: Path) -> None:
    lines = (cohort / "results.jsonl").read_text().splitlines()
    with (cohort / "grades.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == len(lines) == 7


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_other_tables_hold_what_the_dashboard_says(cohort: Path) -> None:
    (adam,) = (row for row in table(cohort, "misconceptions.csv") if row["count"] == "2")
    assert (adam["exercise"], adam["code"]) == (
        "update_parameters_with_adam",
        "known.missing_bias_correction",
    )
    assert adam["students"] == "grace_hopper; \u00c9milie du Ch\u00e2telet"
    assert adam["page"] == "instructor/grace_hopper/optimizers.html"
    (cluster,) = table(cohort, "clusters.csv")
    assert (cluster["count"], cluster["code"]) == ("2", "known.missing_bias_correction")
    case = next(row for row in table(cohort, "cases.csv") if row["exercise"] == "update_parameters_with_adam")
    assert (case["attempted"], case["failed"], case["failure_rate"]) == ("4", "2", "0.5000")
    assert {row["student"] for row in table(cohort, "attention.csv")} == {
        "blaise",
        "kurt",
        "\u00c9milie du Ch\u00e2telet",
    }


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_any_table_is_taken_for_a_formula(asked: Assignment, tmp_path: Path, name: str) -> None:
    works = [fakes.several(f"=cmd{number}") for number in range(2)]
    same = {"sketch": tuple(range(64))}
    write_cohort(
        tmp_path,
        [fakes.grade(work, asked).result.model_copy(update=same) for work in works],
        {asked.name: asked},
    )
    rows = table(tmp_path, name)
    assert rows
    for row in rows:
        assert not [text for key, text in row.items() if text.startswith("=")]


def test_the_json_reads_back_as_the_dashboard(cohort: Path) -> None:
    held = json.loads((cohort / "dashboard.json").read_text(encoding="utf-8"))
    assert held["schema_version"] == 1
    assert [each["name"] for each in held["assignments"]] == ["optimizers", "batchnorm"]
    assert held["misconceptions"][0]["students"] == ["grace_hopper", "\u00c9milie du Ch\u00e2telet"]
    assert set(held) == set(Dashboard.model_fields)


def test_a_name_that_is_not_unicode_stops_no_table(asked: Assignment, tmp_path: Path) -> None:
    results = [fakes.grade(fakes.several(name), asked).result for name in ("ad\udcff", "b")]
    write_cohort(tmp_path, results, {asked.name: asked})
    assert json.loads((tmp_path / "dashboard.json").read_text())["misconceptions"][0]["count"] == 2
    assert table(tmp_path, "clusters.csv")[0]["count"] == "2"
