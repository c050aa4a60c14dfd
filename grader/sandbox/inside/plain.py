"""The box of systems without the layers: one submission in a plain process, time limits alone around it.

Started as ``python -m grader.sandbox.inside.plain``; the conversation is on standard input and output, what
the student's code prints goes to standard error.
"""

from __future__ import annotations

import contextlib
import os

from grader.sandbox.inside.absent import know_only_these
from grader.sandbox.inside.runner import Channel, Setup, capture_output, converse
from grader.sandbox.inside.wire import Tag, decode, read_message


def main() -> None:
    """Take the set-up, then serve one submission."""
    _go_first()
    receive, send = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    fields = decode(read_message(lambda size: os.read(receive, size)).body)
    setup = Setup(fields["assignment"])  # its modules read how many threads to use from the environment
    os.environ.clear()
    know_only_these()
    channel = Channel(receive, send)
    channel.send(Tag.CONFINED)
    capture_output()
    converse(channel, setup)


def _go_first() -> None:
    """Where memory runs out, have Linux end this process before the grader's."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("1000")


if __name__ == "__main__":
    main()
    os._exit(0)
