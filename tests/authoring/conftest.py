"""A course of one's own, and edits of it."""

from pathlib import Path

import pytest
from authoring_edits import Edit


@pytest.fixture
def edit(own_course: Path) -> Edit:
    """Replace a piece of a file of one's own course."""

    def replace(file: str, old: str, new: str) -> None:
        path = own_course / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace
