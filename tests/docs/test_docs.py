"""The documentation names everything there is, and what it links to is there."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

import h5py
import pytest
from pydantic import BaseModel

from grader.course import declare, quiz
from grader.course.model import AssignmentFile, AtMost, Equal, Holds, Limits, Magnitude, Tolerance
from grader.judging.diagnosis import CODES
from grader.records import Record
from grader.report.analysis import items
from grader.report.analysis import model as dashboard
from grader.report.analysis.alike import ALIKE
from grader.report.tables import COLUMNS, TABLES
from grader.report.words import _SIGNS
from grader.results import (
    Carried,
    CaseResult,
    Comment,
    ExerciseResult,
    Finding,
    Kind,
    Override,
    SubmissionResult,
    Verdict,
)

ROOT = Path(__file__).parents[2]
PAGES = sorted([*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md"), ROOT / "tests" / "README.md"])


def text(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if link.startswith(("http:", "https:")):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), f"{page.name}: {link}"
        assert not anchor or anchor in anchors(target), f"{page.name}: {link}"


def test_the_index_links_to_every_page() -> None:
    linked = set(re.findall(r"\]\(([^)\s]+)\)", text("index.md")))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"} <= linked


def names(record: type[Record]) -> list[str]:
    return [each.name for each in fields(cast(Any, record))]


def parameters(function: object) -> Iterator[str]:
    assert callable(function)
    yield from inspect.signature(function).parameters


@pytest.mark.parametrize("name", declare.__all__)
def test_every_declaration_is_in_the_authoring_reference(name: str) -> None:
    if not name.endswith("Declared"):
        assert re.search(rf"`@?{name}\b|{name}\.", text("authoring.md")), name


@pytest.mark.parametrize("name", sorted(set(quiz.__all__) - {"Option", "QuestionDeclared"}))
def test_every_declaration_of_a_quiz_is_in_the_authoring_reference(name: str) -> None:
    assert f"`{name}(" in text("authoring.md")
    for option in parameters(getattr(quiz, name)):
        assert re.search(rf"\b{option}\b", text("authoring.md")), option


@pytest.mark.parametrize("function", [declare.exercise, declare.Cases.public], ids=["exercise", "public"])
def test_every_option_of_a_declaration_is_in_the_authoring_reference(function: object) -> None:
    for option in parameters(function):
        assert option == "self" or f"| `{option}` |" in text("authoring.md"), option


@pytest.mark.parametrize("function", [declare.mistake, declare.edited, declare.alternative])
def test_the_arguments_of_variants_are_in_the_authoring_reference(function: object) -> None:
    listed = ", ".join(f"*{name}" if name == "help_steps" else name for name in parameters(function))
    shown = re.sub(r"\s+", " ", text("authoring.md")).replace("replace={…}", "replace")
    assert f"`{getattr(function, '__name__', '')}({listed})`" in shown


@pytest.mark.parametrize("judge", [Equal, Magnitude, AtMost, Holds, Tolerance])
def test_every_option_of_a_judge_is_in_the_authoring_reference(judge: type[Record]) -> None:
    (call,) = set(re.findall(rf"`{judge.__name__}\((.*?)\)`(?= \||\s+accepts)", text("authoring.md")))
    assert {option.split("=")[0] for option in call.split(", ") if option} == set(names(judge)) - {"kind"}


def test_every_key_of_assignment_toml_is_in_the_authoring_reference() -> None:
    keys = [key for key in names(AssignmentFile) if key != "limits"]
    keys += [f"limits.{key}" for key in names(Limits)]
    assert [key for key in keys if f"| `{key}` |" not in text("authoring.md")] == []


def test_the_example_of_assignment_toml_is_one() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", text("authoring.md"), flags=re.DOTALL)
    AssignmentFile.model_validate(tomllib.loads(example))


@pytest.mark.parametrize("page", ["authoring.md", "formats.md"])
def test_examples_are_python(page: str) -> None:
    for example in re.findall(r"```python\n(.*?)```", text(page), flags=re.DOTALL):
        compile(example, page, "exec")


@pytest.mark.parametrize(
    "model", [SubmissionResult, ExerciseResult, Carried, Override, Comment, CaseResult, Finding]
)
def test_every_field_of_a_result_is_in_the_formats(model: type[Record]) -> None:
    assert [field for field in names(model) if f"`{field}`" not in text("formats.md")] == []


@pytest.mark.parametrize("word", [*Verdict, *Kind, *COLUMNS])
def test_every_verdict_outcome_and_column_is_in_the_formats(word: str) -> None:
    assert f"`{word}`" in text("formats.md")


@pytest.mark.parametrize(
    "part",
    [each for each in vars(dashboard).values() if isinstance(each, type) and issubclass(each, BaseModel)],
)
def test_every_field_of_the_dashboard_is_in_the_formats(part: type[BaseModel]) -> None:
    fields = [name for name, field in part.model_fields.items() if not field.exclude]
    assert [name for name in fields if f"| `{name}` |" not in text("formats.md")] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_in_the_formats_and_in_the_reports(table: str) -> None:
    for page in ("formats.md", "reports.md"):
        assert f"`{table}`" in text(page)


def test_when_a_case_is_doubted_is_told_with_the_numbers_in_use() -> None:
    told = re.sub(r"\s+", " ", text("reports.md")).replace(" per cent", "%")
    assert f"of {items.LEAST_TRIED} or more who tried, {items.LEAST_EACH} or more pass" in told
    assert f"discrimination is below {items.USEFUL} even" in told
    assert f"{items.LEAST_SAME} or more fail it, which is {items.ALMOST_ALL:.0%} of those who tried" in told
    assert f"and {items.MOSTLY:.0%} of these" in told
    assert f"files with {ALIKE:.0%} or more" in told


def test_every_verdict_is_explained_as_pages_show_it() -> None:
    for sign in _SIGNS.values():
        assert f"| {sign.mark} | {sign.word} |" in text("reports.md")


def test_every_kind_of_finding_is_explained() -> None:
    kinds = {code.partition(".")[0] for code in CODES}
    assert [kind for kind in sorted(kinds) if f"| `{kind}." not in text("reports.md")] == []


def test_the_layout_of_the_vectors_is_as_described(course: Path) -> None:
    with h5py.File(course / "assignments" / "warmup" / "public.h5") as file:
        assert {"format", "stub"} <= set(file.attrs)
        assert json.loads(file["update_lr"].attrs["spec"])["points"] == 40
        case = file["update_lr/cases/00"]
        assert json.loads(case.attrs["spec"])["visibility"] == "public"
        assert set(case) == {"inputs", "expected"}
        assert "packed_cases" in file["update_lr"]
    with h5py.File(course / "reference" / "warmup" / "hidden.h5") as file:
        assert {"format", "sources"} <= set(file.attrs)
        described = set(re.findall(r"`(packed_\w+)`", text("formats.md")))
        assert set(file["update_lr"]) == described


def test_the_example_that_reads_public_h5_runs() -> None:
    example = re.findall(r"```python\n(import h5py.*?)```", text("formats.md"), flags=re.DOTALL)[0]
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "learning_rate0" in done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_a_page_names_exist(page: Path) -> None:
    from grader.cli.group import COMMANDS

    named = re.findall(r"(?:`|^\$ )grade ([a-z]+)\b", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(named) - {"submissions", "mycourse"} <= set(COMMANDS)
