"""results.jsonl without what passes: the same cohort gives the same lines, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["TIMES", "timeless", "timeless_lines"]

#: Fields of results that hold times, wherever they stand. All others are the same in every run.
TIMES = frozenset({"seconds"})


def timeless(value: Any) -> Any:
    """Return a value read from JSON without the fields that hold times."""
    if isinstance(value, dict):
        return {key: timeless(each) for key, each in value.items() if key not in TIMES}
    if isinstance(value, list):
        return [timeless(each) for each in value]
    return value


def timeless_lines(path: Path) -> list[str]:
    """Return the lines of a results.jsonl without times."""
    with path.open(encoding="utf-8") as file:
        return [json.dumps(timeless(json.loads(line))) for line in file]
