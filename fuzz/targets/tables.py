"""The dashboard, CSV and JSON of a cohort: no cell is a formula, every row is whole, every page is sound."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

from fuzz import markup
from fuzz.drawn import TEXTS, Drawn
from fuzz.holds import within
from fuzz.hostile import graded
from grader.intake.find import PassedOver
from grader.report.analysis import Analysis
from grader.report.dashboard import analysis_page
from grader.report.tables import TABLES, GradesTable, dashboard_json, json_line, write_table
from grader.results import Comment, SubmissionResult

_FORMULA = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001 - full-width forms too


def check(data: bytes) -> None:
    """Write the tables of a few results."""
    drawn = Drawn(data)
    names = [drawn.text() for _ in range(1 + drawn.below(6))]
    marked, assignment = graded(drawn)
    results = [_renamed(drawn, marked.result, name) for name in names]
    with within(1.0):
        analysis = Analysis({assignment.name: assignment})
        grades = io.StringIO()
        table = GradesTable(grades, {assignment.name: assignment})
        for result in results:
            table.add(result)
            analysis.add(result)
            assert json.loads(json_line(result))["student"] == result.student
        _rows(grades.getvalue(), len(results))
        found = analysis.dashboard()
        json.loads(dashboard_json(found))
    for name, (part, _) in TABLES.items():
        file = io.StringIO()
        write_table(file, name, found)
        _rows(file.getvalue(), len(getattr(found, part)))
    with within(1.5):
        page = "".join(analysis_page(analysis, found, [PassedOver(drawn.text(), drawn.text())]))
    markup.page(page, parse=sum(data) % 8 == 0)


def _renamed(drawn: Drawn, result: SubmissionResult, student: str) -> SubmissionResult:
    """Return the result of another student: names are the least that students choose."""
    comment = Comment(text=drawn.text(), author=drawn.text(), made="2026-01-01T00:00:00")
    update: dict[str, Any] = {"student": student, "comments": (comment,), "events": (drawn.text(),)}
    if drawn.flag():
        update["sketch"] = tuple(range(64))
    return result.model_copy(update=update)


def _rows(text: str, count: int) -> None:
    head, *rows = csv.reader(io.StringIO(text), strict=True)
    assert len(rows) == count and all(len(row) == len(head) for row in rows), "a row is torn"
    for cell in (cell for row in rows for cell in row):
        assert not cell.lstrip(" ").startswith(tuple(_FORMULA)) or _number(cell), f"a formula: {cell!r}"
        assert not set(cell) & set("\x00\x1b\x9b\u202e"), f"unfit for a terminal: {cell!r}"


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return "_" not in cell


def seeds() -> Iterator[bytes]:
    """Yield what draws results of students of each odd name."""
    for first in range(0, len(TEXTS), 6):
        names = b"".join(bytes([0, name % len(TEXTS)]) for name in range(first, first + 6))
        yield b"\x05" + names + hashlib.shake_128(names).digest(120)
