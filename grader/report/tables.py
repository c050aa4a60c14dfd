"""The dashboard and the results for spreadsheets and for programs: CSV and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from typing import Final, TextIO

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from grader.course.model import Assignment
from grader.report.analysis.model import (
    Alike,
    Attention,
    CaseStatistics,
    Cluster,
    Dashboard,
    Misconception,
)
from grader.report.paths import page_path
from grader.report.text import clean
from grader.report.words import attention, points
from grader.results import SubmissionResult

#: What makes a spreadsheet take a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - full-width forms too

COLUMNS = (
    "student",
    "assignment",
    "score",
    "max_score",
    "graded",
    "attention",
    "findings",
    "sandbox",
    "seconds",
    "submission_sha256",
    "page",
)

#: The other tables: what of the dashboard each holds, one row for each. Columns are the model's fields.
TABLES: Final[Mapping[str, tuple[str, type[BaseModel]]]] = {
    "cases.csv": ("cases", CaseStatistics),
    "misconceptions.csv": ("misconceptions", Misconception),
    "clusters.csv": ("clusters", Cluster),
    "attention.csv": ("attention", Attention),
    "alike.csv": ("alike", Alike),
}


class GradesTable:
    """Writes grades.csv: one row per submission, then one column per exercise of every assignment.

    A submission that could not be graded has empty scores, never zero.
    """

    def __init__(self, file: TextIO, assignments: Mapping[str, Assignment]) -> None:
        self.exercises = [
            (name, exercise.name)
            for name, assignment in assignments.items()
            for exercise in assignment.exercises
        ]
        self.writer = csv.writer(file, lineterminator="\n")
        self.writer.writerow([*COLUMNS, *(cell(f"{name}: {exercise}") for name, exercise in self.exercises)])

    def add(self, result: SubmissionResult) -> None:
        """Write one row."""
        scores = {(result.assignment, each.name): points(each.score) for each in result.exercises}
        findings = [found.code for found in result.findings]
        findings += [found.code for each in result.exercises for found in each.findings]
        self.writer.writerow(
            [
                cell(result.student),
                cell(result.assignment),
                points(result.score) if result.graded else "",
                points(result.max_score),
                "yes" if result.graded else "no",
                cell("; ".join(attention(result))),
                cell("; ".join(dict.fromkeys(findings))),
                cell(result.sandbox),
                f"{result.seconds:.3f}",
                result.submission_sha256,
                str(page_path("student", result.student, result.assignment)),
                *(scores.get(key, "") if result.graded else "" for key in self.exercises),
            ]
        )


def write_table(file: TextIO, name: str, found: Dashboard) -> None:
    """Write one of `TABLES`.

    Parameters
    ----------
    file : TextIO
    name : str
        The table's name, such as "cases.csv".
    found : Dashboard
    """
    part, model = TABLES[name]
    columns = [column for column, field in model.model_fields.items() if not field.exclude]
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    for row in getattr(found, part):
        writer.writerow([_written(getattr(row, column)) for column in columns])


def _written(value: object) -> str:
    """Return a field as a cell: lists with semicolons between, nothing for what is undefined."""
    if isinstance(value, tuple):
        return cell("; ".join(map(str, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4f}"
    return "" if value is None else cell(str(value)) if isinstance(value, str) else str(value)


def dashboard_json(found: Dashboard) -> str:
    """Return dashboard.json."""
    try:
        return found.model_dump_json(indent=1) + "\n"
    except PydanticSerializationError:  # lone surrogates, as file names that are not UTF-8 hold them
        return json.dumps(found.model_dump(), indent=1) + "\n"


def cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe in front where it would.

    Examples
    --------
    >>> cell("=1+1"), cell("Ada")
    ("'=1+1", 'Ada')
    """
    text = clean(text)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def json_line(result: SubmissionResult) -> str:
    """Return one line of results.jsonl; no terminal acts on any of it."""
    try:
        line = result.model_dump_json()
    except PydanticSerializationError:  # lone surrogates, as file names that are not UTF-8 hold them
        return json.dumps(result.model_dump()) + "\n"
    if not line.isprintable():  # JSON itself escapes only the oldest of the controls
        line = "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in line)
    return line + "\n"
