"""``grade release``."""

from __future__ import annotations

from pathlib import Path

import click

from grader.authoring.files import replace_file
from grader.authoring.handouts import has_handout
from grader.authoring.release import release_assignment, release_notes
from grader.cli.options import choose_assignments, course_option, locate_course


@click.command(epilog="Example: grade release optimizers --out week2/; grade release --notes")
@click.argument("assignments", nargs=-1, metavar="[ASSIGNMENT]...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("release"),
    show_default=True,
    help="Where it is written.",
)
@click.option(
    "--notes", "with_notes", is_flag=True, help="Also write the handouts as notes, with a contents page."
)
@course_option
def release(assignments: tuple[str, ...], out: Path, with_notes: bool, course: Path | None) -> None:
    """Write what students receive: a zip for each assignment, without anything of reference/.

    A zip has the stub, the handout as a page, the public cases and a how-to; `grade check` works in it.
    Nothing is written where something that students must not see would be in it, or where a build is stale.
    """
    root = locate_course(course)
    names = choose_assignments(root, assignments)
    files = {f"{name}.zip": release_assignment(root, name) for name in names}
    if with_notes:
        files.update((f"notes/{page}", text) for page, text in release_notes(root, names).items())
    for name, content in files.items():
        replace_file(out / name, content)
    for name in names:
        size = f"{len(files[f'{name}.zip']) / 1000:.0f} kB"
        lacking = "" if has_handout(root, name) else ", without a handout"
        click.echo(f"{name}: {out / name}.zip, {size}{lacking}")
    if with_notes:
        click.echo(f"notes: {out / 'notes' / 'index.html'}")
