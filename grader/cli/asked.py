"""What ``grade check`` was asked for, and how it may print."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments of ``grade check``; its help says what they mean."""

    file: Path
    assignment: str | None
    sandbox: Literal["strong", "weak"]
    course: Path | None
    exercises: tuple[str, ...]
    hints: int
    verbose: bool
    as_json: bool
    watch: bool


def colour() -> bool | None:
    """Whether to colour: None leaves it to whether somebody is looking (https://no-color.org)."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None
