"""What the dashboard of a large class costs: to write, to keep in memory, to open, to sort, to filter.

::

    python -m benchmarks.dashboard                          10,000 students, optimizers
    python -m benchmarks.dashboard --size 300 --out reports --assignment optimizers --assignment softmax

Opening is measured in headless Chromium, from the start of navigation to the first frame after the script has
run; sorting and filtering from the click to the frame after it. Beside these stands what the page's thread
computed: on a busy machine the rest is waiting. Without Chromium only writing is measured.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from benchmarks.classes import names, results
from benchmarks.cohort import ROOT
from benchmarks.record import json_option, machine, record, spread
from grader.course.load import load_assignment
from grader.report.write import write_cohort
from grader.results import SubmissionResult

ROUNDS = 5

#: Milliseconds from an action to the frame after it.
_TIMED = """
const [selector, value, done] = arguments;
const node = document.querySelector(selector);
const start = performance.now();
if (value === null) node.click();
else { node.value = value; node.dispatchEvent(new Event("input")); }
requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
"""
_OPENED = """
const done = arguments[0];
requestAnimationFrame(() => setTimeout(() => done(performance.now())));
"""


def write(size: int, assignments: list[str], out: Path) -> tuple[float, float, int]:
    """Write the reports of a class; return seconds passed and computed, reading included, and how many."""
    kept = out / "kept.jsonl"
    students = names(size)
    with kept.open("w", encoding="utf-8") as file:
        for assignment in assignments:
            for result in results(students, assignment):
                file.write(result.model_dump_json() + "\n")
    count = 0

    def read() -> Iterator[SubmissionResult]:
        nonlocal count
        with kept.open(encoding="utf-8") as lines:
            for line in lines:
                count += 1
                yield SubmissionResult.model_validate_json(line)

    loaded = {name: load_assignment(ROOT, name) for name in assignments}
    started, computed = time.perf_counter(), time.process_time()
    write_cohort(out, read(), loaded)
    seconds, computed = time.perf_counter() - started, time.process_time() - computed
    kept.unlink()
    return seconds, computed, count


def peak(size: int, assignments: list[str]) -> float:
    """Return the largest memory, in MiB, of a process that writes such a class's reports."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = [part for name in assignments for part in ("--assignment", name)]
        command = [
            sys.executable,
            "-m",
            "benchmarks.dashboard",
            "--size",
            str(size),
            "--peak",
            "--out",
            folder,
        ]
        said = subprocess.run([*command, *chosen], check=True, capture_output=True, cwd=ROOT)
        return float(said.stdout)


def browse(page: Path, assignment: str) -> dict[str, list[tuple[float, float]]]:
    """Return of opening, sorting and filtering milliseconds passed and computed, each several times."""
    part = f"#{assignment}--students"
    actions = {
        "sort by score": (f"{part} thead th:nth-child(2) button", None),
        "sort by name": (f"{part} thead th:nth-child(1) button", None),
        "search": (f"{part} .find", "an"),
        "one mistake": (f"#{assignment}--mistakes .only", None),
    }
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in ("open", *actions)}
    with tempfile.TemporaryDirectory() as profile:
        options = Options()
        options.binary_location = shutil.which("chromium")
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"):
            options.add_argument(flag)
        browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        try:
            for _ in range(ROUNDS):
                browser.get("about:blank")
                before = _computed(browser)
                browser.get(f"{page.as_uri()}#{assignment}")
                passed = browser.execute_async_script(_OPENED)
                measured["open"].append((passed, _computed(browser) - before))
                for name, action in actions.items():
                    before = _computed(browser)
                    passed = browser.execute_async_script(_TIMED, *action)
                    measured[name].append((passed, _computed(browser) - before))
        finally:
            browser.quit()
    return measured


def _computed(browser: webdriver.Chrome) -> float:
    """Return the milliseconds that the page's thread has computed."""
    metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return 1e3 * next(each["value"] for each in metrics if each["name"] == "ThreadTime")


def main() -> None:
    """Read the command line, measure, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--assignment", action="append", dest="assignments")
    parser.add_argument("--out", type=Path, help="where the reports stay; gone without it")
    parser.add_argument("--peak", action="store_true", help="print the memory of writing alone, in MiB")
    json_option(parser)
    arguments = parser.parse_args()
    described = machine()
    assignments = arguments.assignments or ["optimizers"]
    with tempfile.TemporaryDirectory() as folder:
        out = arguments.out or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        seconds, computed, count = write(arguments.size, assignments, out)
        if arguments.peak:
            sys.stdout.write(str(_high_water()))
            return
        figures = {
            "students": arguments.size,
            "results": count,
            "written": {"seconds": round(seconds, 2), "cpu_seconds": round(computed, 2)},
            "peak_mib": {
                str(size): round(peak(size, assignments)) for size in (arguments.size // 10, arguments.size)
            },
            "index_mib": round((out / "index.html").stat().st_size / 2**20, 2),
            "browser": opened(out / "index.html", assignments[0]),
        }
    record("dashboard", figures, arguments.json, described)


def opened(page: Path, assignment: str) -> dict[str, Any]:
    """Return milliseconds passed and computed of each action; nothing where there is no browser."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        return {}
    return {
        name: {"ms": spread([each[0] for each in found], 0), "cpu_ms": spread([each[1] for each in found], 0)}
        for name, found in browse(page, assignment).items()
    }


def _high_water() -> float:
    """Return the most memory that this process has had, in MiB (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main()
