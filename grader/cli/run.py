"""``grade run``: the command. The work is in `grader.cli.running`, which takes longer to import.

So the process that workers come from is started first, and imports what they need meanwhile.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Literal

import click

from grader.cli.asked import Grading
from grader.cli.switches import (
    assignment_option,
    check_executor,
    cores,
    course_option,
    executor_options,
    gradebook_option,
    json_option,
    no_wait_option,
    out_option,
)
from grader.cohort.server import start_server


@click.command(
    epilog="Example: grade run submissions/ --assignment optimizers --out reports/ --workers 4",
)
@click.argument("submissions", type=click.Path(path_type=Path))
@assignment_option
@out_option
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=cores,
    show_default="cores",
    help="How many submissions are graded at once; on a cluster, as many as it has workers.",
)
@executor_options
@click.option(
    "--sandbox",
    type=click.Choice(["strong", "weak"]),
    default="strong",
    show_default=True,
    help="The weak box only limits time: for submissions that you trust.",
)
@click.option("--fresh", is_flag=True, help="Run every submission again, whatever the gradebook has.")
@gradebook_option
@no_wait_option
@json_option
@course_option
def run(
    submissions: Path,
    assignments: tuple[str, ...],
    out: Path,
    workers: int,
    executor: str,
    scheduler: str | None,
    sandbox: Literal["strong", "weak"],
    fresh: bool,
    gradebook: str | None,
    no_wait: bool,
    as_json: bool,
    course: Path | None,
) -> None:
    """Grade a folder of submissions, or one file.

    SUBMISSIONS holds <student>/<assignment>.py, <assignment>/<student>.py or <student>_<assignment>.py.

    Writes index.html (the dashboard), a page for each student and one for the instructor, grades.csv and
    results.jsonl. What the gradebook has of an unchanged submission is not run again. Ctrl-C finishes what is
    in hand and writes the reports of what there is.
    """
    check_executor(executor, scheduler)
    asked = Grading(
        submissions, assignments, out, workers, scheduler, sandbox, fresh, gradebook, no_wait, as_json, course
    )
    if scheduler is None and submissions.exists():
        start_server()
    import_module("grader.cli.running").grade_folder(asked)
