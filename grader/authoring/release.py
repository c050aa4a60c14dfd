"""What students receive: a zip for each assignment, which holds nothing of ``reference/``, and the notes.

::

    optimizers.zip
        optimizers/
            README.txt                   how to go about it
            optimizers.html              the handout, where there is one
            optimizers.py                the stub, to be filled in
            assignments/optimizers/      what `grade check` reads
                assignment.toml  public.h5  calls.py  properties.py
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from string import Template

from grader.authoring.handouts import handout_page, has_handout, notes, read_handout
from grader.authoring.leaks import refuse_leaks, secrets_of
from grader.course.load import load_assignment
from grader.course.model import Assignment
from grader.errors import CourseError

#: The earliest time that a zip can name: the same in every release.
_TIME = (1980, 1, 1, 0, 0, 0)

#: Files of an assignment's folder that `grade check` reads; all but the first two may be missing.
CHECKED = ("assignment.toml", "public.h5", "calls.py", "properties.py")


def release_assignment(root: Path, name: str) -> bytes:
    """Return the zip that students receive for an assignment.

    Parameters
    ----------
    root : Path
        The course's folder.
    name : str
        The assignment's name.

    Returns
    -------
    bytes
        The same for the same sources.

    Raises
    ------
    CourseError
        It is not built or stale, a file of it is a link, or something of ``reference/`` would be in the zip.
    """
    assignment = load_assignment(root, name)
    files = dict(_files(root, assignment))
    refuse_leaks(files, secrets_of(root, assignment))
    return zipped({f"{name}/{place}": content for place, content in files.items()})


def release_notes(root: Path, names: Sequence[str]) -> dict[str, bytes]:
    """Return the notes of a course: file name to page; see `grader.authoring.handouts.notes`.

    Raises
    ------
    CourseError
        A handout cannot be read, or shows what students must not see.
    """
    made = notes([read_handout(root, name) for name in names if has_handout(root, name)])
    pages = {name: page.encode() for name, page in made.items()}
    for name in names:
        refuse_leaks(pages, secrets_of(root, load_assignment(root, name)))
    return pages


def _files(root: Path, assignment: Assignment) -> Iterator[tuple[str, bytes]]:
    """Yield what is in the zip: an explicit list, all of it below ``assignments/``."""
    name, with_handout = assignment.name, has_handout(root, assignment.name)
    yield "README.txt", _how_to(assignment, with_handout=with_handout).encode()
    if with_handout:
        _own(root, name, "handout.md")
        yield f"{name}.html", handout_page(read_handout(root, name)).encode()
    yield f"{name}.py", assignment.stub
    for file in CHECKED:
        if os.path.lexists(root / "assignments" / name / file):
            yield f"assignments/{name}/{file}", _own(root, name, file)


def _own(root: Path, name: str, file: str) -> bytes:
    """Read a file that lies where it seems to; where a link leads, the list of files does not say."""
    path = root.resolve() / "assignments" / name / file
    if path.resolve() != path or not path.is_file():
        raise CourseError(
            f"{path} is no plain file of this course, and is not released.", help="put the file itself there"
        )
    return path.read_bytes()


def _how_to(assignment: Assignment, *, with_handout: bool) -> str:
    text = resources.files("grader.authoring").joinpath("scaffolds/how-to.txt").read_text(encoding="utf-8")
    page, folder = f"{assignment.name}.html", "assignments/"
    width = max(len(page), len(folder)) + 2
    exercises = "\n".join(
        f"  {exercise.spec.points:5g}  {exercise.spec.signature}" for exercise in assignment.exercises
    )
    return Template(text).substitute(
        title=assignment.file.title,
        week=assignment.file.week,
        name=assignment.name,
        handout=f"\n  {page:{width}} the handout: open it in a browser, it needs no network"
        if with_handout
        else "",
        stub=f"{assignment.name + '.py':{width}}",
        folder=f"{folder:{width}}",
        exercises=exercises,
        line="=" * len(assignment.file.title),
    )


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files, in the order of their names and without a trace of when or where it was made."""
    image = io.BytesIO()
    with zipfile.ZipFile(image, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return image.getvalue()
