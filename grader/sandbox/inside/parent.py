"""The box parent's first moments, before anything heavy is loaded: namespaces, then `warm`.

Started as ``python -m grader.sandbox.inside.parent CONTROL LAYERS``: the descriptor of a Unix socket, and the
names of the layers to put up, separated by commas.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys

from grader.sandbox.inside import confine


def main(control: socket.socket, layers: list[str]) -> None:
    """Enter the namespaces, then serve until the trusted side goes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.chdir("/")  # where the grader was started is nobody's business
    confine.die_with_parent()
    confine.go_first()
    missing = confine.enter_namespaces() if "namespaces" in layers else ""
    if "namespaces" in layers and not missing:
        _stand_by(control)
    from grader.sandbox.inside import warm  # noqa: PLC0415 - the process that stands by stays small

    warm.main(control, layers, missing)


def _stand_by(control: socket.socket) -> None:
    """Fork the process that goes on inside the new PID namespace; this one only waits for it."""
    inner = os.fork()
    if inner == 0:
        confine.die_with_parent()
        return
    control.close()
    _, status = os.waitpid(inner, 0)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


if __name__ == "__main__":
    with contextlib.suppress(ConnectionError, EOFError):
        main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2].split(","))
    os._exit(0)  # whoever closes the box waits for this: taking numpy apart piece by piece is of no use
