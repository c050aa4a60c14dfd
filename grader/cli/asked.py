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


@dataclass(frozen=True, slots=True)
class Grading:
    """A call of ``grade run``; as its options say, which have these names."""

    submissions: Path
    assignments: tuple[str, ...]
    out: Path
    workers: int
    scheduler: str | None
    sandbox: Literal["strong", "weak"]
    fresh: bool
    gradebook: str | None
    no_wait: bool
    as_json: bool
    course: Path | None
