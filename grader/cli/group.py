"""The group ``grade`` and the table of its commands.

What `grade --help` needs is all here, so that it starts fast: a command's module, with all that it imports,
is loaded when the command is called.
"""

from __future__ import annotations

import contextlib
import difflib
import gc
import io
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from grader import __version__
from grader.cli.plain import plain
from grader.errors import GraderError

#: Each command's summary; the module of its name in this package has the function of its name.
COMMANDS = {
    "run": "Grade a folder of submissions, or one file.",
    "report": "Write the reports of all that the gradebook has, without running anything.",
    "rescore": "Judge the kept outputs of all submissions again, as the assignments are now.",
    "override": "Give STUDENT other POINTS for EXERCISE than the grader's.",
    "comment": "Say TEXT to STUDENT, on the page of the submission.",
    "history": "Show all that the gradebook knows of STUDENT; restore an earlier result.",
    "check": "Check your own FILE against the public cases.",
    "init": "Begin a course in a new or empty FOLDER.",
    "new": "Begin an assignment with one exercise that works.",
    "build": "Build stubs and vectors from reference/, for all assignments or those named.",
    "audit": "Prove that the tests tell right from wrong, for all assignments or those named.",
    "release": "Write what students receive: a zip for each assignment, without anything of reference/.",
    "doctor": "Show the layers of the box, each tested by trying what it forbids.",
    "schema": "Print the JSON schema of results.jsonl.",
}

_EXAMPLES = """\b
Examples:
  grade submissions/                    grade everything, write reports/
  grade run submissions/ --workers 4    the same, with four workers
  grade check optimizers.py             a student's own check
"""


class Refusal(click.ClickException):
    """A `GraderError`, shown as one sentence and a remedy; the exit status is 2."""

    exit_code = 2

    def __init__(self, error: GraderError) -> None:
        super().__init__(error.problem)
        self.error = error

    def show(self, file: Any = None) -> None:
        """Print it on the error stream."""
        click.echo(plain(f"error: {self.error.problem}"), file=file, err=True)
        if self.error.help:
            click.echo(plain(f"help: {self.error.help}"), file=file, err=True)


class LazyGroup(click.Group):
    """Loads a command when it is called, and takes what is no command for the folder that `run` grades."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names, in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import a command."""
        if name not in COMMANDS:
            return None
        command = getattr(import_module(f"grader.cli.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `run` before a first word that is no command."""
        if args and args[0] not in COMMANDS and args[0] not in ("--help", "-h", "--version"):
            self._refuse_typo(ctx, args[0])
            args = ["run", *args]
        return super().parse_args(ctx, args)

    def _refuse_typo(self, ctx: click.Context, word: str) -> None:
        close = difflib.get_close_matches(word, COMMANDS, n=1)
        if close and not Path(word).exists():
            ctx.fail(f"no command and no folder is named {word!r}, did you mean {close[0]!r}?")

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the operator can mend becomes a message."""
        try:
            return super().invoke(ctx)
        except GraderError as error:
            raise Refusal(error) from None
        finally:
            gc.freeze()  # ending Python would look through all modules for garbage, three times


@click.group(cls=LazyGroup, epilog=_EXAMPLES, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(__version__, prog_name="grade", message="%(prog)s (softmark) %(version)s")
def main() -> None:
    """Grade numpy assignments in a sealed box, and say why a number is wrong.

    `grade SUBMISSIONS` is short for `grade run SUBMISSIONS`.

    Exit status: 0 everything was graded, whatever the grades; 1 something could not be; 2 wrong call, or a
    broken course, submissions folder or box.
    """
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal's encoding lacks is no reason to stop.
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError):
                stream.reconfigure(errors="backslashreplace")
