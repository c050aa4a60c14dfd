"""``grade audit``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from grader.authoring.audit import audit_assignment
from grader.authoring.audit_model import AssignmentAudit, ExerciseAudit
from grader.cli.console import is_terminal
from grader.cli.group import Refusal
from grader.cli.options import choose_assignments, course_option, json_option, locate_course
from grader.course.load import load_file
from grader.course.requirements import lacking
from grader.errors import GraderError

_COLUMNS = (
    "exercises",
    "cases",
    "mistakes",
    "mutants",
    "equivalent",
    "caught",
    "surviving",
    "margin",
    "seconds",
)


@click.command(epilog="Example: grade audit optimizers")
@click.argument("assignments", nargs=-1, metavar="[ASSIGNMENT]...")
@click.option(
    "--sandbox",
    type=click.Choice(["strong", "weak"]),
    default="strong",
    show_default=True,
    help="The box in which reference, stub and mistakes are graded.",
)
@click.option("--verbose", is_flag=True, help="Show each exercise, and notes.")
@json_option
@course_option
def audit(
    assignments: tuple[str, ...], sandbox: str, verbose: bool, as_json: bool, course: Path | None
) -> None:
    """Prove that the tests tell right from wrong, for all assignments or those named.

    The reference and other right formulations must earn everything and the stub nothing; every known mistake
    and every faulty variant of the reference must fail a hidden case; tolerances must lie clear of both; and
    no result may depend on how it was come by.

    Exit status: 0 they can, 1 they cannot everywhere, 2 there is nothing to audit.
    """
    root = locate_course(course)
    audits: list[AssignmentAudit] = []
    refused = False
    for name in choose_assignments(root, assignments):
        found = lacking(load_file(root, name))
        if found is not None and name not in assignments:
            click.echo(f"{name}: passed over: {found.reason}; help: {found.help}", err=True)
            continue
        try:
            audits.append(audit_assignment(root, name, sandbox=sandbox))
        except GraderError as error:
            Refusal(error).show()
            refused = True
    if as_json:
        for each in audits:
            click.echo(each.model_dump_json())
    elif audits:
        _show_table(audits)
        for each in audits:
            _show(each, verbose)
    if refused or not all(each.passed for each in audits):
        raise click.exceptions.Exit(2 if refused else 1)


def _show_table(audits: Sequence[AssignmentAudit]) -> None:
    rows = [(each.assignment, *_cells(each)) for each in audits]
    if not is_terminal():
        for name, *cells in rows:
            pairs = zip(_COLUMNS, cells, strict=True)
            click.echo(f"{name}: {', '.join(f'{column} {cell}' for column, cell in pairs)}")
        return
    table = Table("assignment", box=None, header_style="bold")
    for column in _COLUMNS:
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _cells(audit: AssignmentAudit) -> tuple[str, ...]:
    counts, exercises = audit.counts, audit.exercises
    numbers = (
        len(exercises),
        sum(each.cases for each in exercises),
        sum(each.mistakes for each in exercises),
        counts.made,
        counts.equivalent,
        counts.caught,
        counts.surviving,
    )
    margin = min((each.margin for each in exercises), default=0.0)
    return (*map(str, numbers), f"{margin:.1f}", f"{audit.seconds:.0f}")


def _show(audit: AssignmentAudit, verbose: bool) -> None:
    """Print what is wrong with an assignment; with `verbose` also its exercises and notes."""
    if verbose:
        click.echo(f"\n{audit.assignment}:")
        for row in audit.exercises:
            click.echo(f"  {_row(row)}")
    for complaint in sorted(audit.complaints, key=lambda each: not each.fails):
        if complaint.fails or verbose or complaint.kind == "survivor":
            where = f"{audit.assignment} {complaint.exercise}".strip()
            click.echo(f"{'error' if complaint.fails else 'note'}: {where}: {complaint.message}")
            if complaint.help and complaint.fails:
                click.echo(f"  help: {complaint.help}")
    notes = [each for each in audit.complaints if not each.fails and each.kind != "survivor"]
    if notes and not verbose:
        click.echo(f"{audit.assignment}: {len(notes)} notes; show them with --verbose")


def _row(row: ExerciseAudit) -> str:
    nearest = "-" if row.nearest is None else f"{row.nearest:.0e} ({_short(row.nearest_is)})"
    return (
        f"{row.name}: tolerance {row.tolerance:.0e}, noise {row.noise:.0e}, nearest {nearest}, "
        f"margin {row.margin:.1f} decades; reference {row.seconds * 1e3:.1f} ms, limit {row.limit:g} s; "
        f"{row.mutants.made} mutants, {row.mutants.equivalent} equivalent, {row.mutants.surviving} surviving"
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
