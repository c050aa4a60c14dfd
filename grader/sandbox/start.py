"""Starts the process of the strong box. Few imports: `grade check` does it before it loads the rest."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterable
from typing import Final

#: For a process whose line is closed to end.
END_SECONDS: Final = 1.0

#: As ``-I``, but for the environment, which is ours: the hash seed must be the same in every run.
_FLAGS: Final = ("-s", "-P", "-B", "-X", "utf8")
_ENVIRONMENT: Final = {
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONMALLOC": "malloc",  # all of the memory in one piece: `inside.pages` puts it on large pages
    "PATH": "/usr/bin:/bin",  # ctypes looks for libseccomp with the system's tools
}


class ParentProcess:
    """A process that loads what children need, and then waits to be told for which assignment.

    Parameters
    ----------
    layers : iterable of str
        The layers to put up.
    """

    def __init__(self, layers: Iterable[str]) -> None:
        self.layers = tuple(layers)
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, *_FLAGS, "-m", "grader.sandbox.inside.parent",
                 str(theirs.fileno()), ",".join(self.layers)],
                env=_ENVIRONMENT, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()],
                start_new_session=True,
            )  # fmt: skip

    def end(self) -> None:
        """End the process, and with it everything in its PID namespace."""
        self.control.close()  # it ends by itself when there is nobody to serve
        if self.process.poll() is None and not self._ends():
            self.process.kill()
        self.process.wait()

    def _ends(self) -> bool:
        """Say whether it ends within `END_SECONDS`; by its handle, this side hears of it at once."""
        handle = os.pidfd_open(self.process.pid)
        try:
            ended = select.poll()
            ended.register(handle, select.POLLIN)
            return bool(ended.poll(1000 * END_SECONDS))
        finally:
            os.close(handle)
