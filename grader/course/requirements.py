"""Modules that an assignment needs and that not every installation has.

Where one is missing, the assignment is skipped as a whole: its submissions are ungraded, which is no zero,
and its committed vectors are left as they are.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass

from grader.course.model import AssignmentFile
from grader.errors import CourseError

__all__ = ["Lacking", "lacking", "refuse_lacking"]


@dataclass(frozen=True, slots=True)
class Lacking:
    """What an assignment cannot do without and this installation has not.

    Parameters
    ----------
    modules : tuple of str
        Top-level names, in the order of ``assignment.toml``; at least one.
    help : str
        How to install them.
    """

    modules: tuple[str, ...]
    help: str

    @property
    def reason(self) -> str:
        """As a clause: "torch is not installed"."""
        return f"{' and '.join(self.modules)} {'is' if len(self.modules) == 1 else 'are'} not installed"


def lacking(file: AssignmentFile) -> Lacking | None:
    """Return what an assignment needs and is not installed; None where everything is.

    Nothing is imported: a module counts as installed where Python finds it.

    Parameters
    ----------
    file : AssignmentFile
        Its ``requires`` say how each is installed; for a module of ``preload`` alone it is its own name.
    """
    remedies: dict[str, str] = {}
    for module in file.modules:
        package = module.partition(".")[0]
        if not _is_installed(package):
            remedies.setdefault(package, file.requires.get(module, f"pip install {package}"))
    return Lacking(tuple(remedies), "; ".join(dict.fromkeys(remedies.values()))) if remedies else None


def refuse_lacking(name: str, file: AssignmentFile) -> None:
    """Refuse to run an assignment whose modules are not all installed.

    Raises
    ------
    CourseError
        Names them, and how to install them.
    """
    found = lacking(file)
    if found is not None:
        raise CourseError(f"{name} cannot be run here: {found.reason}.", help=found.help)


def _is_installed(package: str) -> bool:
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):  # a module in memory without a spec
        return False
    # a plain folder of that name, where Python happens to stand, is no package
    return spec is not None and spec.origin is not None
