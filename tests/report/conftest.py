"""Reports of a made-up cohort, and a browser to read them with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import report_fakes as fakes
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from grader.course.model import Assignment
from grader.report.submission import write_submission
from grader.report.write import write_cohort

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def asked() -> Assignment:
    return fakes.assignment()


@pytest.fixture(scope="session")
def cohort(asked: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the reports of every kind of submission for two assignments; return their folder."""
    out = tmp_path_factory.mktemp("reports")
    other = fakes.assignment(name="batchnorm", title="Batch normalisation", week=3)
    works = [
        fakes.right("ada_lovelace"),
        fakes.no_correction("grace_hopper"),
        fakes.several("Émilie du Châtelet"),
        fakes.unparsable("blaise"),
        fakes.ungraded("kurt"),
        fakes.right(fakes.HOSTILE),
    ]
    graded = [fakes.grade(work, asked) for work in works]
    graded.append(fakes.grade(fakes.right("ada_lovelace"), other))
    assignments = {asked.name: asked, other.name: other}
    for each in graded:
        write_submission(out, each, assignments[each.result.assignment])
    passed_over = [fakes.Skipped("<img src=x>.docx", "not a Python file")]
    write_cohort(out, (each.result for each in graded), assignments, passed_over)
    return out


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Start a headless Chromium that notes every request; skip where there is none."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("no browser to look at pages with: apt-get install chromium chromium-driver")
    options = Options()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(driver))
    yield started
    started.quit()
