from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import report_fakes as fakes

from grader.course.model import Assignment
from grader.errors import OutputError
from grader.report.paths import page_path
from grader.report.submission import write_submission
from grader.report.write import write_cohort
from grader.results import SubmissionResult


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_submission_has_a_page_for_its_student_and_one_for_the_instructor(
    asked: Assignment, tmp_path: Path
) -> None:
    write_submission(tmp_path, fakes.grade(fakes.right(), asked), asked)
    assert files(tmp_path) == [
        "instructor/ada_lovelace/optimizers.html",
        "students/ada_lovelace/optimizers.html",
    ]


@pytest.mark.parametrize("name", [fakes.HOSTILE, "", "..", "a" * 1000, "ad\udcff", "nul"], ids=ascii)
def test_no_name_leads_out_of_the_folder(asked: Assignment, tmp_path: Path, name: str) -> None:
    out = tmp_path / "reports"
    write_submission(out, fakes.grade(fakes.right(name), asked), asked)
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]
    assert str(page_path("student", name, "optimizers")) in files(out)


def test_a_second_run_replaces_the_pages_of_the_first(asked: Assignment, tmp_path: Path) -> None:
    for work in (fakes.no_correction("ada"), fakes.right("ada")):
        write_submission(tmp_path, fakes.grade(work, asked), asked)
    assert "bias_correction" not in (tmp_path / "instructor/ada/optimizers.html").read_text()
    assert len(files(tmp_path)) == 2


def test_results_are_read_once_and_one_at_a_time(asked: Assignment, tmp_path: Path) -> None:
    alive = 0

    def results() -> Iterator[SubmissionResult]:
        nonlocal alive
        for number in range(5):
            alive += 1
            yield fakes.grade(fakes.right(f"s{number}"), asked).result

    write_cohort(tmp_path, results(), {asked.name: asked})
    assert alive == 5
    assert files(tmp_path) == [
        "alike.csv",
        "attention.csv",
        "cases.csv",
        "clusters.csv",
        "dashboard.json",
        "grades.csv",
        "index.html",
        "misconceptions.csv",
        "results.jsonl",
    ]


def test_a_full_disk_is_an_error_with_a_remedy_and_leaves_the_old_page(
    asked: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_submission(tmp_path, fakes.grade(fakes.right("ada"), asked), asked)
    before = files(tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left") as caught:
        write_submission(tmp_path, fakes.grade(fakes.no_correction("ada"), asked), asked)
    assert "--out" in caught.value.help
    assert files(tmp_path) == before


def test_a_page_that_gave_way_takes_its_name_back_where_the_new_one_cannot_have_it(
    asked: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_submission(tmp_path, fakes.grade(fakes.right("ada"), asked), asked)
    page = tmp_path / "students/ada/optimizers.html"
    before, replace = (files(tmp_path), page.read_bytes()), Path.replace

    def fails(source: Path, target: Path) -> Path:
        if source.name.startswith(".optimizers") and target.name == "optimizers.html":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OutputError, match="students/ada"):
        write_submission(tmp_path, fakes.grade(fakes.no_correction("ada"), asked), asked)
    assert (files(tmp_path), page.read_bytes()) == before


def test_a_file_where_the_folder_should_be_is_an_error_with_a_remedy(
    asked: Assignment, tmp_path: Path
) -> None:
    (tmp_path / "students").write_text("in the way")
    with pytest.raises(OutputError, match="students"):
        write_submission(tmp_path, fakes.grade(fakes.right("ada"), asked), asked)


def test_an_interrupted_run_leaves_no_half_written_file(asked: Assignment, tmp_path: Path) -> None:
    def results() -> Iterator[SubmissionResult]:
        yield fakes.grade(fakes.right(), asked).result
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_cohort(tmp_path, results(), {asked.name: asked})
    assert files(tmp_path) == []
