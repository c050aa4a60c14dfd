"""The warm box parent: an interpreter that loads numpy once and forks a child per submission.

Nothing of the grader's memory is in it, and no submission ever passes through it: for each one the trusted
side hands over descriptors, and the child for which they are meant reads the source from them itself.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import tempfile
from typing import Any, Final, NoReturn

from grader.sandbox.inside import confine, probes
from grader.sandbox.inside.absent import know_only_these
from grader.sandbox.inside.pages import use_large_pages
from grader.sandbox.inside.rehearsal import rehearse
from grader.sandbox.inside.runner import Channel, Setup, capture_output, converse
from grader.sandbox.inside.wire import Tag, decode, encode, pack, read_message

#: Requests on the control socket. Each comes with two descriptors: the child's channel and its output.
RUN: Final = b"R"
TRY: Final = b"T"

#: How a child ended, as `os.waitpid` says it.
STATUS: Final = struct.Struct("<i")

#: Loaded beforehand, since each child would pay for it: numpy loads some lazily, students use the rest.
PRELOADED: Final = (
    "numpy", "numpy.random", "numpy.linalg", "numpy.fft", "numpy.ma", "numpy.polynomial",
    "math", "cmath", "copy", "random", "hashlib", "itertools", "functools", "operator", "collections",
    "dataclasses", "typing", "string", "re", "time", "datetime", "statistics", "fractions", "decimal",
    "warnings", "traceback", "heapq", "linecache", "tokenize", "abc", "enum", "json", "pprint",
)  # fmt: skip


def main(control: socket.socket, layers: list[str], missing: str) -> None:
    """Set up once, say so, then fork a child for each request.

    Parameters
    ----------
    control : socket
        To the trusted side.
    layers : list of str
        The layers to put up.
    missing : str
        Why there are no namespaces; "" where there are.
    """
    for name in PRELOADED:  # before the first message, for which `grade check` has yet to read a file
        __import__(name)
    fields = decode(read_message(control.recv).body)
    try:
        confinement, missing = _prepare(fields, layers, missing)
        setup = Setup(fields["assignment"])
        rehearse(setup)
        os.environ.clear()  # last, because modules may put something in it when they are loaded
        know_only_these()
    except confine.LayerError as error:
        control.sendall(pack(Tag.UNCONFINED, 0, encode((error.layer, error.reason, error.remedy))))
        return
    except Exception as error:
        control.sendall(pack(Tag.RAISED, 0, encode(f"{type(error).__name__}: {error}")))
        return
    control.sendall(pack(Tag.CONFINED, 0, encode(missing)))
    capture_output()
    use_large_pages()
    _serve(control, confinement, setup)


def _prepare(fields: dict[str, Any], layers: list[str], missing: str) -> tuple[confine.Confinement, str]:
    """Load what children need, give up rights, compile the rules; say what is missing of namespaces."""
    # the assignment's modules too: from the environment they read how many threads to use, and the limit on
    # memory is on top of what is loaded here
    for name in fields["assignment"]["preload"]:
        __import__(name)
    if "namespaces" in layers and not missing:
        with contextlib.suppress(OSError):  # some modules ask for it, and later no folder can be written to
            tempfile.gettempdir()
        missing = confine.leave_no_marks()
    if "privileges" in layers:
        confine.drop_capabilities()
    limits = {name: fields[name] for name in ("cpu_seconds", "memory_bytes")}
    return confine.Confinement(layers, **limits), missing


def _serve(control: socket.socket, confinement: confine.Confinement, setup: Setup) -> None:
    """Fork, tell the child's descriptor, wait for it, tell how it ended; again and again."""
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 1, 2)
        if not request:
            return
        child = os.fork()
        if child == 0:
            _become_child(request, control, descriptors, confinement, setup)
        for descriptor in descriptors:
            os.close(descriptor)
        handle = os.pidfd_open(child)
        socket.send_fds(control, [b"\0"], [handle])
        os.close(handle)
        _, status = os.waitpid(child, 0)
        control.sendall(STATUS.pack(status))


def _become_child(
    request: bytes,
    control: socket.socket,
    descriptors: list[int],
    confinement: confine.Confinement,
    setup: Setup,
) -> NoReturn:
    """Confine this process, then run one submission, or try the layers; never returns."""
    try:
        channel = _arrange_descriptors(control, descriptors, confinement)
        try:
            confinement.confine()
        except (confine.LayerError, OSError) as error:
            layer, reason = getattr(error, "layer", "files"), getattr(error, "reason", str(error))
            channel.send(Tag.UNCONFINED, 0, encode((layer, reason, getattr(error, "remedy", ""))))
            os._exit(1)
        if request == TRY:
            channel.send(Tag.TRIED, 0, encode(probes.try_all()))
        else:
            channel.send(Tag.CONFINED)
            converse(channel, setup)
    finally:
        os._exit(0)


def _arrange_descriptors(
    control: socket.socket, descriptors: list[int], confinement: confine.Confinement
) -> Channel:
    """Leave open: nothing to read on 0, as here; the output on 1 and 2, the channel, and Landlock's rules."""
    channel, output = descriptors
    os.dup2(output, 1)
    os.dup2(output, 2)
    ruleset = confinement.ruleset
    keep = {channel} | ({ruleset.fileno()} if ruleset is not None else set())
    for descriptor in range(3, max(*keep, output, control.fileno()) + 1):
        if descriptor not in keep:
            with contextlib.suppress(OSError):
                os.close(descriptor)
    return Channel(channel, channel)
