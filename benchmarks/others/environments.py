"""Throw-away virtual environments, one for each tool, filled by pip from the index that it is set up for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path


@dataclass(frozen=True)
class Environment:
    """One tool's own Python.

    Parameters
    ----------
    folder : Path
    """

    folder: Path

    @property
    def python(self) -> str:
        """The interpreter."""
        return str(self.folder / "bin" / "python")

    def command(self, name: str) -> str:
        """Return a command that was installed here."""
        return str(self.folder / "bin" / name)

    def variables(self, home: Path) -> dict[str, str]:
        """Return environment variables under which nothing is read from or written to the user's home.

        The number of threads is one, as in softmark's box.
        """
        return {
            "PATH": f"{self.folder / 'bin'}:{os.environ.get('PATH', '')}",
            "HOME": str(home),
            "TMPDIR": str(home),
            "LANG": "C.UTF-8",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
        }

    def versions(self, packages: Sequence[str]) -> dict[str, str]:
        """Return which versions of these packages are installed, numpy's and Python's too."""
        said = subprocess.run(
            [self.python, "-m", "pip", "list", "--format", "json"], check=True, capture_output=True
        )
        wanted = {*packages, "numpy"}
        found = {each["name"]: each["version"] for each in json.loads(said.stdout) if each["name"] in wanted}
        return {**dict(sorted(found.items())), "python": ".".join(map(str, sys.version_info[:3]))}


def made(folder: Path, packages: Sequence[str]) -> Environment:
    """Return the environment in a folder with these packages installed; made where it is not there."""
    environment = Environment(folder)
    mark = folder / "installed"
    wanted = [*packages, f"numpy=={version('numpy')}"]
    if not mark.exists() or mark.read_text(encoding="utf-8").split() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pip = [environment.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        installing = subprocess.run([*pip, *wanted], check=False, capture_output=True, text=True)
        if installing.returncode:
            raise RuntimeError(f"pip cannot install {' '.join(wanted)}:\n{installing.stderr}")
        mark.write_text("\n".join(wanted), encoding="utf-8")
    return environment
