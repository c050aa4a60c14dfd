"""How long a student waits for ``grade check``, against starting Python and importing numpy.

::

    python -m benchmarks.check                  optimizers, 15 rounds
    python -m benchmarks.check --rounds 30 --json benchmarks/results/check.json

In each round every command is started once, one after the other: Python that imports numpy, and
``grade check`` of a right and of a wrong file, in its own default box and in the strong one. The medians are
compared, and the ratios are those within each round. ``--watch`` is one process; timed is from a save to the
answer, alternately right and wrong. Other commands are started as well, for what they need before they do
anything.

The package's bytecode is compiled before, as installing it leaves it.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grader
from benchmarks.cohort import ROOT, sources
from benchmarks.record import json_option, machine, record, spread
from benchmarks.table import between

ROUNDS = 15
SAVES = 20

OTHERS = {
    "--version": ("--version",),
    "--help": ("--help",),
    "check --help": ("check", "--help"),
    "doctor": ("doctor",),
    "schema": ("schema",),
    "report --help": ("report", "--help"),
    "run --help": ("run", "--help"),
    "history --help": ("history", "--help"),
}


def grade(*words: str) -> list[str]:
    """Return a command line of `grade`, as pip's script starts it."""
    script = Path(sys.executable).with_name("grade")
    return [str(script), *words] if script.exists() else [sys.executable, "-m", "grader", *words]


def as_installed() -> None:
    """Compile the package, as installing it does; the process of the box finds no bytecode otherwise."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(Path(grader.__file__).parent)], check=True)


def timed(command: Sequence[str]) -> float:
    """Run a command to its end and return the milliseconds."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return 1000 * (time.perf_counter() - started)


def compare(commands: dict[str, list[str]], rounds: int) -> dict[str, Any]:
    """Time commands in turns, the first being what the others are compared with."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):  # the first round warms the disk's cache up
        for name, command in commands.items():
            milliseconds = timed(command)
            if number:
                found[name].append(milliseconds)
    bare = found[next(iter(commands))]
    return {
        name: {"ms": spread(times, 1), "ratio": spread([a / b for a, b in zip(times, bare, strict=True)])}
        for name, times in found.items()
    }


def time_saves(course: Path, files: dict[str, str], saves: int) -> list[float]:
    """Return the milliseconds from each save to the end of the answer, on a terminal."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "optimizers.py"
        file.write_text(files["right"], encoding="utf-8")
        command = grade("check", str(file), "--watch", "--course", str(course))
        times = []
        with _on_a_terminal(command) as answer:
            answer()
            for number in range(saves):
                time.sleep(0.5)  # nobody saves while the last answer is being written
                text = files["right" if number % 2 else "wrong"]
                written = Path(folder) / "new"
                written.write_text(text, encoding="utf-8")
                started = time.perf_counter()
                written.replace(file)
                answer()
                times.append(1000 * (time.perf_counter() - started))
    return times


@contextmanager
def _on_a_terminal(command: Sequence[str]) -> Iterator[Any]:
    """Start a command on a terminal of its own; yield what waits for its next answer."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)

        def answer() -> None:
            seen = b""
            while b"Ctrl-C ends" not in seen:
                if not select.select([ours], [], [], 30)[0]:
                    raise TimeoutError(f"no answer in 30 s; so far: {seen.decode(errors='replace')}")
                seen += os.read(ours, 1 << 16)

        try:
            yield answer
        finally:
            process.terminate()
    os.close(ours)


def measure(course: Path, rounds: int, saves: int) -> dict[str, Any]:
    """Measure everything."""
    files: dict[str, str] = {}
    for kind, source in sources("optimizers", 100):
        files.setdefault(kind, source)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = {"python -c 'import numpy'": [sys.executable, "-c", "import numpy"]}
        for kind in ("right", "wrong"):
            file = folder / kind / "optimizers.py"
            file.parent.mkdir()
            file.write_text(files[kind], encoding="utf-8")
            words = ("check", str(file), "--course", str(course))
            commands[f"grade check, {kind}"] = grade(*words)
            commands[f"grade check --sandbox strong, {kind}"] = grade(*words, "--sandbox", "strong")
        commands |= {f"grade {name}": grade(*words) for name, words in OTHERS.items()}
        figures = {
            "rounds": rounds,
            "cold": compare(commands, rounds),
            "save_to_answer_ms": spread(time_saves(course, files, saves), 1),
        }
    return {**figures, "rows": list(_rows(figures))}


def _rows(figures: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what belongs into a table of all benchmarks."""
    for name in ("right", "wrong"):
        found = figures["cold"][f"grade check, {name}"]
        times = f"{between(found['ratio'], ' times')} as long as Python that imports numpy"
        yield f"`grade check`, cold, a {name} file", f"{between(found['ms'], ' ms')}, {times}"
    yield "`grade check --watch`, from a save to the answer", between(figures["save_to_answer_ms"], " ms")


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table."""
    lines = [f"{'':42}{'ms':>8}{'ratio':>8}   least to most"]
    for name, each in figures["cold"].items():
        ms, ratio = each["ms"]["median"], each["ratio"]
        lines.append(f"{name:42}{ms:8.0f}{ratio['median']:8.2f}   {ratio['least']} to {ratio['most']}")
    saved = figures["save_to_answer_ms"]
    lines.append(f"{'--watch, from save to answer':42}{saved['median']:8.0f}")
    return "\n".join(lines)


def main() -> None:
    """Measure, print a table and write the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--course", type=Path, default=ROOT)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--saves", type=int, default=SAVES)
    json_option(parser)
    arguments = parser.parse_args()
    described = machine()
    as_installed()
    figures = measure(arguments.course, arguments.rounds, arguments.saves)
    print(table(figures), file=sys.stderr)
    record("check", figures, arguments.json, described)


if __name__ == "__main__":
    main()
