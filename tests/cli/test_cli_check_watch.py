"""``grade check --watch``: a real process on a terminal of its own, and every way in which editors save."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.cli.watch import record, saves

RIGHT = """
def update_lr(learning_rate0, epoch_num, decay_rate=0.1):
    return learning_rate0 / (1 + decay_rate * epoch_num)

def centre(X):
    mu = mean_of_rows(X)
    return X - mu, mu
"""
WRONG = RIGHT.replace("1 + decay_rate", "1 - decay_rate")
BROKEN = RIGHT.replace("X - mu, mu", "X - (mu, mu")
LOOPING = RIGHT.replace("    mu = ", "    while True: pass\n    mu = ")

CLEARED = "\x1b[2J"
WAITING = "Ctrl-C ends"
PATIENCE = 20.0


@dataclass
class Terminal:
    """A terminal with a process in it."""

    process: subprocess.Popen[bytes]
    screen: int
    seen: str = ""

    def page(self) -> str:
        """Wait until it waits for the next save; return what it has written since the last time."""
        return self.until(WAITING)

    def until(self, text: str) -> str:
        deadline = time.monotonic() + PATIENCE
        while text not in self.seen:
            assert time.monotonic() < deadline, f"no {text!r} in {self.seen!r}"
            assert self._read(), f"it ended: {self.seen!r}"
        page, _, self.seen = self.seen.partition(text)
        return page

    def end(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Send a signal, as terminals do to a whole group; return the status and what was still said."""
        os.killpg(self.process.pid, number)
        while self._read():
            pass
        return self.process.wait(PATIENCE), self.seen

    def _read(self) -> bool:
        ready, _, _ = select.select([self.screen], [], [], PATIENCE)
        try:
            data = os.read(self.screen, 65536) if ready else b""
        except OSError:  # the other end is closed
            data = b""
        self.seen += data.decode()
        return bool(data)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    path = tmp_path / "work" / "warmup.py"
    path.write_text(WRONG)
    return path


@pytest.fixture
def open_terminal(course: Path, file: Path) -> Iterator[Callable[..., Terminal]]:
    """Start `grade check` on a terminal of its own."""
    opened = []

    def start(*options: str, **environment: str) -> Terminal:
        ours, theirs = pty.openpty()
        kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
        process = subprocess.Popen(
            [sys.executable, "-m", "grader", "check", str(file), *options],
            cwd=course, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env=kept | {"TERM": "xterm"} | environment,
        )  # fmt: skip
        os.close(theirs)
        opened.append(Terminal(process, ours))
        return opened[-1]

    yield start
    for terminal in opened:
        if terminal.process.poll() is None:
            os.killpg(terminal.process.pid, signal.SIGKILL)
            terminal.process.wait()
        os.close(terminal.screen)


@pytest.fixture
def terminal(open_terminal: Callable[..., Terminal]) -> Terminal:
    """Start `grade check --watch` on a terminal."""
    return open_terminal("--watch")


@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colours_are_for_terminals_that_want_them(open_terminal, environment, is_coloured):
    said = open_terminal(**environment).until("next: ")
    assert ("\x1b[31m" in said) == is_coloured
    assert ("\x1b" in said) == is_coloured


def by_rename(path: Path, text: str) -> None:
    other = path.with_name(".warmup.py.swp")
    other.write_text(text)
    other.replace(path)


def by_deleting_first(path: Path, text: str) -> None:
    path.unlink()
    time.sleep(0.1)
    path.write_text(text)


def in_pieces(path: Path, text: str) -> None:
    with path.open("w") as stream:
        for start in range(0, len(text), 40):
            stream.write(text[start : start + 40])
            stream.flush()
            time.sleep(0.002)


@pytest.mark.parametrize("save", [Path.write_text, by_rename, by_deleting_first, in_pieces])
def test_every_way_to_save_is_answered_with_what_it_changed(terminal, file, save):
    assert "1 of 2 exercises" in terminal.page()
    save(file, RIGHT)
    page = terminal.page()
    assert CLEARED in page
    assert "now passing: update_lr" in page
    assert "2 of 2 exercises" in page
    save(file, WRONG)
    assert "now failing: update_lr" in terminal.page()


def test_a_file_that_does_not_parse_is_explained_until_it_is_mended(terminal, file):
    terminal.page()
    file.write_text(BROKEN)
    page = terminal.page()
    assert "line 7" in page
    assert "now failing: centre" in page
    file.write_text(RIGHT)
    assert "now passing: update_lr, centre" in terminal.page()


def test_a_file_that_has_gone_is_waited_for(terminal, file):
    terminal.page()
    file.unlink()
    terminal.until("warmup.py is gone")
    file.write_text(RIGHT)
    assert "now passing: update_lr" in terminal.page()


def children(pid: int) -> set[int]:
    """Return the processes that have this one for a parent."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return {int(word) for word in listed.stdout.split()}


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name
)
@pytest.mark.parametrize("state", ["waiting", "grading"])
def test_the_end_is_clean_and_leaves_no_process(terminal, file, number, state):
    terminal.page()
    if state == "grading":
        file.write_text(LOOPING)
        time.sleep(0.2)
    started = children(terminal.process.pid)
    assert started
    status, said = terminal.end(number)
    assert status == 0
    assert "Traceback" not in said
    assert "Aborted" not in said
    assert not any(is_running(pid) for pid in started)


def test_in_a_pipe_pages_are_paragraphs_without_escapes(start, file):
    process = start("check", file, "--watch")
    lines = iter(process.stdout.readline, "")
    first = list(_up_to(lines, WAITING))
    file.write_text(RIGHT)
    second = list(_up_to(lines, WAITING))
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert not any("\x1b" in line for line in first + second)
    assert re.fullmatch(r"-- \d\d:\d\d:\d\d  now passing: update_lr\n", second[0])


def _up_to(lines: Iterator[str], text: str) -> Iterator[str]:
    for line in lines:
        yield line
        if text in line:
            return


def test_programs_get_one_line_of_json_for_each_save(start, file):
    process = start("check", file, "--watch", "--json")
    first = process.stdout.readline()
    file.write_text(RIGHT)
    second = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    points = [json.loads(line)["score"] for line in (first, second)]
    assert points[0] < points[1]


def test_the_process_for_the_next_save_waits_already(terminal, file):
    """So the answer comes without waiting for Python and numpy."""
    terminal.page()
    (waiting,) = children(terminal.process.pid)
    file.write_text(RIGHT)
    terminal.page()
    (next_one,) = children(terminal.process.pid)
    assert next_one != waiting


def test_a_burst_of_saves_counts_once_and_nothing_before_it(tmp_path):
    path = tmp_path / "file.py"
    path.write_text("a")

    def save() -> None:
        for text in ("", "b", "cc", "", "ddd"):
            path.write_text(text)

    later = threading.Timer(0.2, save)
    started = time.monotonic()
    later.start()
    assert next(saves(path, record(path))) == record(path)
    assert time.monotonic() - started >= 0.2
    assert path.read_text() == "ddd"
