"""What ``grade check`` was asked for."""

from __future__ import annotations

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
