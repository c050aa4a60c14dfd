"""A box parent, or the bare floor, whose stages are timed; started by `benchmarks.breakdown`.

::

    CELLS=FILE python -m benchmarks.hooked CONTROL LAYERS      as grader.sandbox.inside.parent
    CELLS=FILE python -m benchmarks.hooked JOB                 as benchmarks.bare
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from pathlib import Path

from benchmarks import bare
from benchmarks.stages import BARE, BOX, Cells, Stopwatch, install
from grader.sandbox.inside import parent


def main() -> None:
    """Wrap, and be what the arguments say."""
    stopwatch = Stopwatch(Cells(Path(os.environ["CELLS"])), "the rest of the box")
    stopwatch.forking()
    if len(sys.argv) == 2:
        install(stopwatch, BARE)
        bare.main()
        return
    install(stopwatch, BOX)
    with contextlib.suppress(ConnectionError, EOFError):
        parent.main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2].split(","))


if __name__ == "__main__":
    main()
