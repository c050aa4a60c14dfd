"""Finds submissions in a folder, whatever its layout, and says what it passed over and why.

::

    <student>/<assignment>.py        one folder for each student
    <assignment>/<student>.py        one folder for each assignment
    <student>_<assignment>.py        all in one folder
    <assignment>.py                  a single file, or one student's own folder

The layouts may be mixed. Only the file system's own record of an entry is looked at: nothing is opened, links
are not followed.
"""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import SubmissionsError
from grader.intake.names import printable

#: Who handed in a single file whose name tells the assignment alone.
SOMEBODY = "you"

_KINDS = (
    (stat.S_ISLNK, "a symbolic link: links are not followed"),
    (stat.S_ISFIFO, "a named pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


@dataclass(frozen=True, slots=True)
class SubmissionFile:
    """Where one student's work for one assignment lies; not yet read.

    Parameters
    ----------
    student : str
        Printable, whatever the file system's name was (`grader.intake.names.printable`).
    assignment : str
    path : Path
        As the file system names it.
    shown : str
        The path within the submissions folder, printable.
    """

    student: str
    assignment: str
    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An entry that is no submission, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds.

    Parameters
    ----------
    submissions : tuple of SubmissionFile
        By student, then assignment; each pair once.
    passed_over : tuple of PassedOver
        By path.
    """

    submissions: tuple[SubmissionFile, ...]
    passed_over: tuple[PassedOver, ...] = ()


def find_submissions(path: Path, assignments: Collection[str], *, only: Sequence[str] = ()) -> Found:
    """Find the submissions in a folder, or the one that a file is.

    Parameters
    ----------
    path : Path
        A folder, or a single file; it may itself be a link.
    assignments : collection of str
        Names of the course's assignments.
    only : sequence of str
        Names of those asked for, by default all. Files for the others are left out without a word.

    Raises
    ------
    SubmissionsError
        There is no such folder or file, it cannot be read, or a single file's name tells no assignment.
    """
    mode = _mode(path)
    if stat.S_ISREG(mode):
        return Found((_single(path, assignments, only),))
    if not stat.S_ISDIR(mode):
        raise SubmissionsError(
            f"path={printable(str(path))!r} is neither a folder nor a file.",
            help="name the submissions folder",
        )
    search = _Search(path, assignments)
    search.run()
    wanted = frozenset(only or assignments)
    return Found(
        tuple(sorted((file for file in search.found.values() if file.assignment in wanted), key=_order)),
        tuple(sorted(search.passed_over, key=lambda entry: entry.path)),
    )


@dataclass(slots=True)
class _Search:
    """Walks the two levels that the layouts have."""

    root: Path
    assignments: Collection[str]
    found: dict[tuple[str, str], SubmissionFile] = field(default_factory=dict)
    passed_over: list[PassedOver] = field(default_factory=list)

    def run(self) -> None:
        home = self.root.resolve().name
        for entry in _entries(self.root):
            if reason := _refusal(entry, inner=False):
                self.pass_over(entry, reason)
            elif entry.is_dir(follow_symlinks=False):
                self.folder(entry)
            else:
                self.file(entry, lambda stem: _flat(stem, home, self.assignments))

    def folder(self, folder: os.DirEntry[str]) -> None:
        try:
            entries = _entries(folder)
        except OSError as error:
            self.pass_over(folder, f"the folder cannot be read: {error.strerror}")
            return
        by_assignment = folder.name in self.assignments
        for entry in entries:
            if reason := _refusal(entry, inner=True):
                self.pass_over(entry, reason)
            elif by_assignment:
                self.file(entry, lambda stem: (stem, folder.name))
            else:
                self.file(entry, lambda stem: (folder.name, stem))

    def file(self, entry: os.DirEntry[str], place: Callable[[str], tuple[str, str]]) -> None:
        student, assignment = place(entry.name[: -len(".py")])
        if assignment not in self.assignments:
            self.pass_over(entry, _unknown(assignment, self.assignments))
        elif not student:
            self.pass_over(entry, "no student's name before the assignment's")
        else:
            self.keep(SubmissionFile(printable(student), assignment, Path(entry.path), self.shown(entry)))

    def keep(self, file: SubmissionFile) -> None:
        first = self.found.setdefault((file.student, file.assignment), file)
        if first is not file:
            reason = f"{file.student} has handed in {file.assignment} already: {first.shown}"
            self.passed_over.append(PassedOver(file.shown, reason))

    def pass_over(self, entry: os.DirEntry[str], reason: str) -> None:
        self.passed_over.append(PassedOver(self.shown(entry), reason))

    def shown(self, entry: os.DirEntry[str]) -> str:
        return "/".join(printable(part) for part in Path(entry.path).relative_to(self.root).parts)


def _entries(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: os.fsencode(entry.name))


def _refusal(entry: os.DirEntry[str], *, inner: bool) -> str:
    """Why this entry can be no submission, before its name is read; "" where it may be one."""
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        return f"it cannot be looked at: {error.strerror}"
    for is_kind, reason in _KINDS:
        if is_kind(mode):
            return reason
    if entry.name.startswith("."):
        return "hidden"
    if entry.name == "__pycache__":
        return "made by Python, not by a student"
    is_python = entry.name.lower().endswith(".py")
    if stat.S_ISDIR(mode):
        return "a folder, not a file" if inner or is_python else ""
    return "" if is_python else "not a .py file"


def _flat(stem: str, home: str, assignments: Collection[str]) -> tuple[str, str]:
    """Place a file of the uppermost folder, called `home`, by its name."""
    endings = [name for name in assignments if stem.endswith(f"_{name}")]
    if endings:
        assignment = max(endings, key=len)
        return stem[: -len(assignment) - 1], assignment
    if stem in assignments:  # one student's own folder
        return home, stem
    return (stem, home) if home in assignments else ("", stem)


def _single(path: Path, assignments: Collection[str], only: Sequence[str]) -> SubmissionFile:
    stem = path.stem
    student, assignment = _flat(stem, SOMEBODY, assignments)
    if assignment not in assignments and len(only) == 1:
        student, assignment = SOMEBODY, only[0]
    if assignment not in assignments:
        raise SubmissionsError(
            f"file={printable(path.name)!r}: {_unknown(assignment, assignments)}.",
            help="say which assignment it is for with --assignment NAME; there are "
            + (", ".join(sorted(assignments)) or "none"),
        )
    return SubmissionFile(printable(student) or SOMEBODY, assignment, path.resolve(), printable(path.name))


def _unknown(name: str, assignments: Collection[str]) -> str:
    close = close_match(name, assignments)
    return f'no assignment is named "{printable(name)}"' + (f', did you mean "{close}"?' if close else "")


def close_match(name: str, known: Iterable[str]) -> str:
    """Return the known name nearest to a mistyped one or "": a student's name may stand before it."""
    known = list(known)
    parts = name.split("_")
    for start in range(len(parts)):
        matches = difflib.get_close_matches("_".join(parts[start:]).lower(), known, n=1, cutoff=0.75)
        if matches:
            return matches[0]
    return ""


def _mode(path: Path) -> int:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            os.scandir(path).close()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SubmissionsError(
            f"path={printable(str(path))!r} cannot be read: {reason}.", help="name the submissions folder"
        ) from None
    return mode


def _order(file: SubmissionFile) -> tuple[str, str]:
    return file.student, file.assignment
