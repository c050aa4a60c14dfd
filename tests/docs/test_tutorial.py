"""The tutorial is followed step by step: files are written, commands run, outputs compared.

That takes a while: each command is a process of its own, as it is for whoever reads the tutorial.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"


@dataclass(frozen=True)
class Block:
    """A code block: its language, the file it belongs to ("" for none), whether it is added to that file."""

    language: str
    file: str
    is_addition: bool
    text: str


def blocks(markdown: str) -> Iterator[Block]:
    for token in MarkdownIt().parse(markdown):
        if token.type == "fence":
            language, file, added = (*token.info.split(), "", "", "")[:3]
            yield Block(language, file, added == "+", token.content)


def commands(console: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with the output that it shows."""
    for piece in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _, output = piece.partition("\n")
        yield command, output


def agrees(shown: str, promised: str) -> bool:
    """Say whether an output is what was promised, where … stands for anything."""
    pattern = ".*".join(re.escape(part) for part in promised.strip().split("…"))
    return re.fullmatch(pattern, shown.strip(), flags=re.DOTALL) is not None


@dataclass
class Reader:
    """Somebody who does what the tutorial says, in a folder of their own."""

    folder: Path
    environment: dict[str, str]

    def follow(self, block: Block) -> None:
        if block.file:
            path = self.folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a" if block.is_addition else "w", encoding="utf-8") as file:
                file.write(block.text)
        elif block.language == "console":
            for command, promised in commands(block.text):
                self.run(command, promised)

    def run(self, command: str, promised: str) -> None:
        if command.startswith("cd "):
            self.folder /= command.removeprefix("cd ")
            return
        done = subprocess.run(
            command.replace("grade ", f"{sys.executable} -m grader ", 1).split(),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert agrees(done.stdout, promised), f"$ {command}\n{done.stdout}\nwhere is promised:\n{promised}"
        assert (done.returncode == 0) == ("error:" not in promised), command


def test_whoever_follows_the_tutorial_sees_what_it_shows(tmp_path: Path) -> None:
    reader = Reader(tmp_path, {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "110", "NO_COLOR": "1"})
    for block in blocks(TUTORIAL.read_text(encoding="utf-8")):
        reader.follow(block)
    assert (tmp_path / "mycourse" / "release" / "images.zip").is_file()
    page = (tmp_path / "mycourse" / "reports" / "students" / "ada" / "images.html").read_text()
    assert "The kernel is turned upside down before it is used." in page


@pytest.mark.parametrize(
    ("shown", "promised", "agree"),
    [
        ("a 1 b\n", "a … b", True),
        ("a\nb\nc", "a\n…\nc", True),
        ("a 1 c", "a … b", False),
        ("ab", "a.", False),
        ("a b", "a", False),
    ],
)
def test_an_output_agrees_where_only_what_is_left_open_differs(
    shown: str, promised: str, agree: bool
) -> None:
    assert agrees(shown, promised) == agree


def test_the_tutorial_has_an_exercise_the_course_lacks() -> None:
    assert not any("conv2d" in path.read_text() for path in (ROOT / "assignments").glob("*/*.py"))
