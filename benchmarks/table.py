"""Writes the tables of README.md and docs/benchmarks.md from the figures in benchmarks/results/.

::

    python -m benchmarks.table            writes them
    python -m benchmarks.table --check    says whether they are as the figures are; exit status 1 where not

A table stands between two comments, ``<!-- benchmarks: NAME -->`` and ``<!-- end -->``. What has not been
measured is left out. Figures that have "rows", pairs of what was measured and the figure, say themselves what
belongs into the tables.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.cohort import ROOT
from benchmarks.record import RESULTS

PAGES = (ROOT / "README.md", ROOT / "docs" / "benchmarks.md")

_PLACE = re.compile(r"(<!-- benchmarks: ([a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)

Figures = Mapping[str, Any]
Results = Mapping[str, Figures]
Row = tuple[str, ...]


def read(folder: Path = RESULTS) -> dict[str, Figures]:
    """Return what was measured, by the name of the file."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def filled(text: str, results: Results) -> str:
    """Return a page with its tables made anew."""
    return _PLACE.sub(lambda match: match[1] + table(match[2], results) + match[3], text)


def table(name: str, results: Results) -> str:
    """Return one table; a sentence where nothing of it has been measured."""
    head, rows = TABLES[name]
    made = list(rows(results))
    if not made:
        return "Not measured yet: `python -m benchmarks.all`.\n"
    lines = [head, tuple("---" for _ in head), *made]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def number(value: float) -> str:
    """Return a number with as many digits as it is worth: 1,234, 123, 12.3, 1.23."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}"


def between(found: Figures, unit: str = "") -> str:
    """Return a median with the smallest and the largest beside it, where these differ."""
    median, least, most = (number(found[name]) for name in ("median", "least", "most"))
    return f"{median}{unit}" + (f" ({least} to {most})" if least != most else "")


def _summary(results: Results) -> Iterator[Row]:
    """Yield what a reader of the README wants to know."""
    if found := results.get("floor"):
        floor, command = found["floor"], found["command"]
        work = f"one submission, {floor['cases']} cases"
        yield (
            f"{work}: file, box, judging, diagnosis, both pages, gradebook, one after the other",
            f"{between(floor['softmark_ms'], ' ms')}, {between(floor['ratio'], ' times')} the bare floor; "
            f"{between(floor['ratio_without_gradebook'], ' times')} without the gradebook",
            "floor",
        )
        further = between(floor["further_ms"], " ms"), between(floor["ratio_further"], " times")
        yield (
            f"{work}: what each further one adds to `grade run --workers {floor['workers']}`",
            f"{', '.join(further)} the bare floor",
            "floor",
        )
        yield (
            f"{command['submissions']} submissions, {command['looping']} of them looping, "
            f"{command['workers']} workers",
            between(command["seconds"], " s"),
            "floor",
        )
    if found := results.get("others"):
        for name, tool in found["tools"].items():
            yield f"one submission with {name} {tool['versions'][name]}", _compared(tool), "others"
    for name in ("cohorts", "loops"):
        cohorts = results.get(name, {}).get("cohorts", ())
        largest = {
            cohort["loops"]: cohort for cohort in sorted(cohorts, key=lambda each: each["submissions"])
        }
        for cohort in largest.values():
            yield f"`grade run`, {_cohort(cohort)}", _cost(cohort), name
    if found := results.get("again"):
        for step in ("run again, unchanged", "rescore, changed"):
            what = f"{step}, {found['submissions']:,} submissions"
            yield what, _against_first(found["steps"][step]), "again"
    if (found := results.get("dashboard")) and found["browser"]:
        what = f"dashboard of {found['students']:,} students: to open it"
        yield what, between(found["browser"]["open"]["ms"], " ms"), "dashboard"
    if found := results.get("check"):
        cold, saved = found["cold"]["grade check, wrong"], found["save_to_answer_ms"]
        starting = (
            f"{between(cold['ms'], ' ms')}, {between(cold['ratio'], ' times')} Python and `import numpy`"
        )
        yield "`grade check` of a wrong file, cold", starting, "check"
        yield "`grade check --watch`: from a save to the answer", between(saved, " ms"), "check"
    yield from islice(_told(results, "cluster"), 2)


def _compared(tool: Figures) -> str:
    return (
        f"{between(tool['ms'], ' ms')}, {between(tool['ratio_further'], ' times')} as long; "
        f"{between(tool['ratio'], ' times')} with the start of `grade run`"
    )


def _cohort(cohort: Figures) -> str:
    loops = {"none": "none looping", "two in a hundred": "2 in 100 looping"}
    said = loops.get(cohort["loops"], f"{cohort['loops']} looping")
    return f"{cohort['submissions']:,} submissions, {said}, {cohort['workers']} workers"


def _cost(cohort: Figures) -> str:
    largest = max(cohort["peak_mib"].values())
    return f"{between(cohort['seconds'], ' s')}; largest process {largest} MiB"


def _against_first(cost: Figures) -> str:
    return f"{between(cost['seconds'], ' s')}; {between(cost['ratio'], ' times')} the first run"


def _told(results: Results, name: str) -> Iterator[Row]:
    """Yield the rows of a benchmark that says itself what belongs into the table."""
    for what, figure in results.get(name, {}).get("rows", ()):
        yield what, figure, name


def _commands(rows: Callable[[Results], Iterator[Row]]) -> Callable[[Results], Iterator[Row]]:
    """Make of the last word of each row the command that measures it."""

    def made(results: Results) -> Iterator[Row]:
        for *words, name in rows(results):
            yield *words, f"`python -m benchmarks.{'cohorts' if name == 'loops' else name}`"

    return made


def _stages(results: Results) -> Iterator[Row]:
    if found := results.get("breakdown"):
        for stage, cost in found["cpu_ms"].items():
            yield stage, number(cost["floor"]) if cost["floor"] else "", number(cost["softmark"])
        total = found["total_cpu_ms"]
        yield (
            "**all**",
            between(total["floor"]),
            f"{between(total['softmark'])}: {between(found['ratio'], ' times')}",
        )


def _tools(results: Results) -> Iterator[Row]:
    if found := results.get("others"):
        ours = found["softmark"]
        yield "softmark", f"`{ours['command']}`", between(ours["ms"]), between(ours["cpu_ms"]), "1", ""
        yield "softmark, each further one", "", between(ours["further_ms"]), "", "", "1"
        for name, tool in found["tools"].items():
            versions = ", ".join(f"{each} {number}" for each, number in tool["versions"].items())
            times = [between(tool[each]) for each in ("ms", "cpu_ms", "ratio", "ratio_further")]
            yield f"{name} ({versions})", f"`{tool['command']}`", *times


def _trials(results: Results) -> Iterator[Row]:
    found = results.get("others", {})
    for name, trials in found.get("trials", {}).items():
        limit = found["tools"].get(name, {}).get("limit", "the assignment's limits")
        yield name, *(f"{each['passed']} of {each['of']}" for each in trials.values()), limit


def _cohorts(results: Results) -> Iterator[Row]:
    for name in ("cohorts", "loops"):
        for cohort in results.get(name, {}).get("cohorts", ()):
            memory = ", ".join(f"{kind} {mib}" for kind, mib in cohort["peak_mib"].items())
            written = ", ".join(f"{part} {number(mib)}" for part, mib in cohort["written_mib"].items())
            times = between(cohort["seconds"]), between(cohort["cpu_seconds"]), between(cohort["ms_each"])
            yield _cohort(cohort), *times, memory, written


def _again(results: Results) -> Iterator[Row]:
    if found := results.get("again"):
        for step, cost in found["steps"].items():
            yield step, *(between(cost[name]) for name in ("seconds", "cpu_seconds", "ratio"))


def _dashboard(results: Results) -> Iterator[Row]:
    if found := results.get("dashboard"):
        written = found["written"]
        yield "written", f"{number(1000 * written['seconds'])}", number(1000 * written["cpu_seconds"])
        for action, times in found["browser"].items():
            yield action, between(times["ms"]), between(times["cpu_ms"])


def _check(results: Results) -> Iterator[Row]:
    if found := results.get("check"):
        for command, cost in found["cold"].items():
            yield f"`{command}`", between(cost["ms"]), between(cost["ratio"])
        yield "`grade check --watch`, from a save to the answer", between(found["save_to_answer_ms"]), ""


def _machines(results: Results) -> Iterator[Row]:
    for name, found in results.items():
        described = found["machine"]
        hardware = f"{described['processor']}, {described['cores']} cores, {described['memory_gib']} GiB"
        software = f"Python {described['python']}, numpy {described['numpy']}"
        yield (
            f"`{name}`",
            found["date"],
            hardware,
            described["system"],
            software,
            str(described["load_before"]),
        )


TABLES: Mapping[str, tuple[Sequence[str], Callable[[Results], Iterator[Row]]]] = {
    "summary": (("what", "figure: median (least to most)", "measured by"), _commands(_summary)),
    "stages": (("stage", "bare floor, ms", "softmark, ms"), _stages),
    "tools": (
        ("tool", "command", "ms a submission", "CPU ms", "times `grade run`", "times each further one"),
        _tools,
    ),
    "trials": (
        ("tool", "segfault", "endless loop", "loop that catches all", "answers taken", "its limit"),
        _trials,
    ),
    "cohorts": (("cohort", "s", "CPU s", "ms each", "peak MiB", "written MiB"), _cohorts),
    "again": (("step", "s", "CPU s", "times the first run"), _again),
    "dashboard": (("action", "ms", "computed, ms"), _dashboard),
    "check": (("command", "ms", "times starting Python and importing numpy"), _check),
    "cluster": (("what", "figure"), lambda results: (row[:2] for row in _told(results, "cluster"))),
    "machines": (("figures", "date", "machine", "system", "software", "load before"), _machines),
}


def main() -> None:
    """Write the tables, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    words = parser.parse_args()
    results = read()
    stale = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        made = filled(text, results)
        if made != text:
            stale.append(page.name)
            if not words.check:
                page.write_text(made, encoding="utf-8")
    if words.check and stale:
        sys.exit(f"other figures than in benchmarks/results: {', '.join(stale)}; python -m benchmarks.table")


if __name__ == "__main__":
    main()
