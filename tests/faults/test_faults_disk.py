"""The disk is full, or may not be written: one sentence, a remedy, and nothing that was kept is lost."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts are Linux's")

Mounted = Callable[[str], CompletedProcess[str]]
WEAK = "--sandbox weak --workers 1"


def kept(place: Path) -> int:
    connection = sqlite3.connect(place)
    try:
        return int(connection.execute("SELECT count(*) FROM results").fetchone()[0])
    finally:
        connection.close()


def statuses(done: CompletedProcess[str]) -> list[str]:
    return [line for line in done.stdout.splitlines() if line.startswith("exit ")]


def test_reports_that_do_not_fit_on_the_disk(mounted: Mounted, submissions: Path, tmp_path: Path) -> None:
    out = tmp_path / "small"
    out.mkdir()
    done = mounted(
        f"mount -t tmpfs -o size=48k none {out}\n"
        f"grade run {submissions} --out {out} {WEAK}\n"
        f"find {out} -name '.*.tmp'\n"
        f"mount -o remount,size=64m {out}\n"
        f"grade run {submissions} --out {out} {WEAK}\n"
        f"tail -c 300 {out}/index.html; wc -l < {out}/results.jsonl"
    )
    assert statuses(done) == ["exit 2", "exit 0"], done
    assert "cannot be written: No space left on device." in done.stderr
    assert "help: make room on the disk" in done.stderr
    assert "Traceback" not in done.stderr
    assert ".tmp" not in done.stdout
    assert done.stdout.rstrip().endswith("</html>2")


def test_a_gradebook_that_does_not_fit_on_the_disk(
    mounted: Mounted, slow_submissions: Path, tmp_path: Path
) -> None:
    out, disk = tmp_path / "reports", tmp_path / "small"
    disk.mkdir()
    book = disk / "gradebook.sqlite"
    run = f"grade run {slow_submissions} --out {out} --gradebook {book} {WEAK}"
    done = mounted(
        f"mount -t tmpfs -o size=200k none {disk}\n"
        f"{run}\n"
        f"mount -o remount,size=64m {disk}\n"
        f"{run}\n"
        f"cp {book} {tmp_path}/copy; cp {book}-wal {tmp_path}/copy-wal"
    )
    assert statuses(done) == ["exit 2", "exit 0"], done
    assert f"gradebook='{book}' cannot be written: database or disk is full." in done.stderr
    assert "help: make room on the disk; what was kept so far stays" in done.stderr
    assert "Traceback" not in done.stderr
    first, second = done.stdout.split("exit 2")
    reported = {line.split()[0] for line in first.splitlines() if line.endswith("/100")}
    assert 0 < len(reported) < 10
    assert not reported & {line.split()[0] for line in second.splitlines() if line.endswith("/100")}
    assert kept(tmp_path / "copy") == 10


def test_a_gradebook_that_cannot_even_be_made(mounted: Mounted, submissions: Path, tmp_path: Path) -> None:
    disk = tmp_path / "small"
    disk.mkdir()
    done = mounted(
        f"mount -t tmpfs -o size=16k none {disk}\n"
        f"grade run {submissions} --out {tmp_path}/reports --gradebook {disk}/gradebook.sqlite {WEAK}"
    )
    assert statuses(done) == ["exit 2"], done
    assert "cannot be opened: d" in done.stderr  # "disk I/O error", or "database or disk is full"
    assert "room" in done.stderr.split("help: ")[1]


def test_a_folder_of_reports_that_may_not_be_written(
    mounted: Mounted, submissions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "reports"
    out.mkdir()
    done = mounted(
        f"mount --bind {out} {out}; mount -o remount,bind,ro {out}\n"
        f"grade run {submissions} --out {out} {WEAK}\n"
        f"umount {out}\n"
        f"grade run {submissions} --out {out} {WEAK}\n"
    )
    assert statuses(done) == ["exit 2", "exit 0"], done
    assert "cannot be written: Read-only file system." in done.stderr
    assert "or name another one with --out" in done.stderr
    assert (out / "index.html").is_file()


@pytest.mark.parametrize(
    "words", ["run SUBMISSIONS --out OUT", "history ana", "comment ana well", "report --out OUT"]
)
def test_a_gradebook_that_may_not_be_written(
    mounted: Mounted, submissions: Path, tmp_path: Path, words: str
) -> None:
    book = Path(os.environ["GRADE_GRADEBOOK"])
    words = words.replace("SUBMISSIONS", f"{submissions} {WEAK}").replace("OUT", f"{tmp_path}/reports")
    done = mounted(
        f"grade run {submissions} --out {tmp_path}/reports {WEAK}\n"
        f"mount --bind {book.parent} {book.parent}; mount -o remount,bind,ro {book.parent}\n"
        f"grade {words}\n"
    )
    assert statuses(done) == ["exit 0", "exit 2"], done
    assert f"gradebook='{book}' cannot be " in done.stderr
    assert (
        "help: see that the file and its folder can be written; --gradebook names another one" in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert kept(book) == 2
