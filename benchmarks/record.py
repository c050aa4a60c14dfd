"""What every benchmark writes: its figures, when they were taken and on what kind of machine.

The machine is described, never named: no host, no user, no path.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import statistics
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

__all__ = ["RESULTS", "json_option", "machine", "record", "spread"]

#: Where committed figures lie.
RESULTS = Path(__file__).parent / "results"


def spread(values: Sequence[float], digits: int = 2) -> dict[str, float]:
    """Return the median, the smallest and the largest of several measurements, and how many there were."""
    return {
        "median": round(statistics.median(values), digits),
        "least": round(min(values), digits),
        "most": round(max(values), digits),
        "of": len(values),
    }


def machine() -> dict[str, Any]:
    """Describe this machine: what it has, and what runs on it."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.release().split('-')[0]} {platform.machine()}",
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "load_before": round(os.getloadavg()[0], 1),
    }


def json_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--json FILE``."""
    parser.add_argument("--json", type=Path, help="write the figures to this file")


def record(name: str, figures: dict[str, Any], path: Path | None, described: dict[str, Any]) -> None:
    """Print a benchmark's figures as JSON, and write them to a file where one is named.

    Parameters
    ----------
    name : str
    figures : dict
    path : Path or None
    described : dict
        What `machine` returned before the measuring began.
    """
    date = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    text = json.dumps({"benchmark": name, "date": date, "machine": described, **figures}, indent=2) + "\n"
    sys.stdout.write(text)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _first(file: str, field: str) -> str:
    """Return the value of a field's first line in a file of the kernel; "" where there is none."""
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(field)), "")
