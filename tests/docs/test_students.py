"""The students' guide is followed in the folder that they receive."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from test_tutorial import ROOT, Reader, blocks

from grader.authoring.release import release_assignment

GUIDE = ROOT / "docs" / "students.md"


def test_whoever_follows_the_guide_sees_what_it_shows(tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(release_assignment(ROOT, "softmax"))).extractall(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "NO_COLOR": "1"}
    reader = Reader(tmp_path, {**environment, "PYTHONIOENCODING": "utf-8"})
    followed = 0
    for block in blocks(GUIDE.read_text(encoding="utf-8")):
        if block.language != "sh":  # installs
            reader.follow(block)
            followed += block.language == "console"
    assert followed >= 3


def test_every_option_that_the_guide_names_exists() -> None:
    import re

    from grader.cli.check import check

    known = {word for option in check.params for word in option.opts}
    named = set(re.findall(r"(?<![\w-])(--?[a-z]+)\b", GUIDE.read_text(encoding="utf-8")))
    assert {"--watch", "--hints", "--exercise", "-v", "--json", "--assignment"} <= named
    assert named <= known


def test_the_guide_gives_no_answer_away() -> None:
    """What it shows is wrong: as much as it shows of a function earns nothing by itself."""
    assert "keepdims" not in GUIDE.read_text(encoding="utf-8")
