"""The command line: the only floor that prints, prompts or exits.

`group` has the table of commands; each command is a module that is imported when it is called. `options` are
those that commands share, `console` is how they print.
"""

from grader.cli.group import main

__all__ = ["main"]
