"""Tries what each layer forbids, from inside: a layer is believed only when the attempt fails.

Each probe returns "" when it was held back, or one sentence that says what was possible.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import resource
import socket
from collections.abc import Callable
from typing import Final

from grader.sandbox.inside import confine

_libc = ctypes.CDLL(None, use_errno=True)


def try_all() -> dict[str, dict[str, str]]:
    """Return for each layer what each of its probes found."""
    return {layer: {name: _attempt(probe) for name, probe in PROBES[layer].items()} for layer in PROBES}


def _attempt(probe: Callable[[], str]) -> str:
    try:
        return probe()
    except (OSError, MemoryError, ValueError):
        return ""


def _reads(path: str) -> Callable[[], str]:
    def probe() -> str:
        if os.path.isdir(path):
            os.listdir(path)
        else:
            with open(path, "rb") as file:
                file.read(1)
        return f"{path} can be read"

    return probe


def _writes() -> str:
    with open(f"/tmp/softmark-probe-{os.getpid()}", "wb") as file:
        os.unlink(file.name)
    return "a file can be made in /tmp"


def _grows_a_file() -> str:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    return "" if limits == (0, 0) else f"files may grow to {limits[0]} bytes"


def _takes_memory() -> str:
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY:
        return "memory is not limited"
    mmap.mmap(-1, soft).close()
    return f"{soft} bytes can be mapped at once"


def _burns_time() -> str:
    return "CPU time is not limited" if resource.getrlimit(resource.RLIMIT_CPU)[0] < 0 else ""


def _opens_many() -> str:
    opened: list[int] = []
    try:
        while len(opened) <= confine.OPEN_FILES:
            opened.append(os.dup(0))
    finally:
        for descriptor in opened:
            os.close(descriptor)
    return f"{len(opened)} descriptors can be opened"


def _makes_a_socket() -> str:
    socket.socket(socket.AF_UNIX).close()
    return "a socket can be made"


def _forks() -> str:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "a process can be forked"


def _executes() -> str:
    try:
        os.execv("/nonexistent", ["/nonexistent"])
    except OSError as error:
        # held back before the kernel even looked for the file
        return "" if error.errno in (errno.EPERM, errno.EACCES) else "a program can be executed"


def _empties_a_file() -> str:
    try:
        os.open("/nonexistent", os.O_RDONLY | os.O_TRUNC)
    except OSError as error:
        if error.errno == errno.EPERM:
            return ""
    return "a file that is opened for reading can be emptied"


def _signals() -> str:
    os.kill(os.getpid(), 0)
    return "a signal can be sent"


def _may_gain_rights() -> str:
    return "" if _libc.prctl(confine.PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 else "rights can be gained"


def _may_be_traced() -> str:
    return "" if _libc.prctl(confine.PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 else "another process can trace it"


def _has_capabilities() -> str:
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)()
    if _libc.capget(header, data) != 0:
        return ""
    return "it holds capabilities" if any(data) else ""


def _has_environment() -> str:
    return "it sees environment variables" if os.environ else ""


def _has_descriptors() -> str:
    count = 0
    for descriptor in range(3, 256):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        count += 1
    # the channel
    return "" if count <= 1 else f"{count} descriptors were left open"


def _sees_processes() -> str:
    return "" if os.getppid() == 1 else "it runs among the processes of the machine"


def _reaches_loopback() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("127.0.0.1", 9))
    return "the loopback network can be reached"


def _leaves_marks() -> str:
    folder = os.statvfs(os.path.dirname(os.__file__))
    return "" if folder.f_flag & (os.ST_RDONLY | os.ST_NOATIME) else "when a file is read is noted on disk"


#: The privileges and limits probes only ask when the calls layer lets them; asking in vain counts as held.
PROBES: Final[dict[str, dict[str, Callable[[], str]]]] = {
    "limits": {
        "grow a file": _grows_a_file,
        "map all memory": _takes_memory,
        "compute for ever": _burns_time,
        "open many files": _opens_many,
    },
    "files": {
        "read /etc/passwd": _reads("/etc/passwd"),
        "read /proc/self/status": _reads("/proc/self/status"),
        "list /": _reads("/"),
        "list the home folder": _reads(os.path.expanduser("~")),
        "write a file": _writes,
    },
    "calls": {
        "make a socket": _makes_a_socket,
        "fork": _forks,
        "execute a program": _executes,
        "send a signal": _signals,
        "empty a file": _empties_a_file,
    },
    "privileges": {
        "gain rights": _may_gain_rights,
        "be traced": _may_be_traced,
        "use capabilities": _has_capabilities,
        "read the environment": _has_environment,
        "use inherited descriptors": _has_descriptors,
    },
    "namespaces": {
        "see other processes": _sees_processes,
        "reach the network": _reaches_loopback,
        "leave marks by reading": _leaves_marks,
    },
}
