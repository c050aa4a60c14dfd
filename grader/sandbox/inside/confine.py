"""The layers of the box: what is prepared once in the box parent, and what each child takes upon itself.

=============  ==========================================================================================
layer          what it forbids
=============  ==========================================================================================
limits         more CPU time, memory, open files, processes than allowed; files and core dumps of any size
files          reading anything but the interpreter's own folders, writing anything (Landlock)
calls          every system call that plain computing does not need: sockets, fork, exec, kill… (seccomp)
privileges     gaining rights, being traced, outliving the parent; capabilities, environment, descriptors
namespaces     seeing other processes, networks and shared memory, leaving marks on disk; used where allowed
=============  ==========================================================================================
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
import signal
import sysconfig
from collections.abc import Iterable
from typing import Any, Final

LAYERS: Final = ("limits", "files", "calls", "privileges", "namespaces")

#: The layers without which nothing is graded. What namespaces forbid, seccomp and Landlock forbid already.
REQUIRED: Final = ("limits", "files", "calls", "privileges")

ALLOWED_CALLS: Final = (
    # reading what Landlock lets through, and the two pipes
    "read", "readv", "pread64", "write", "writev", "lseek", "close", "dup", "poll",
    "ppoll", "select", "pselect6", "stat", "lstat", "fstat", "newfstatat", "statx", "access", "faccessat",
    "faccessat2", "readlink", "readlinkat", "getdents64", "getcwd",
    # memory
    "mmap", "munmap", "mprotect", "mremap", "madvise", "brk",
    # signals to itself, clocks, locks
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "futex", "set_robust_list", "rseq",
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times",
    "setitimer", "getitimer", "alarm", "restart_syscall", "sched_yield", "sched_getaffinity",
    # who am I
    "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getrusage", "getrlimit",
    "uname", "sysinfo", "getrandom",
    "exit", "exit_group",
)  # fmt: skip

#: Opening, and where each has its flags. To empty a file it is enough to be its owner and to open it for
#: reading, and Landlock held that back only from Linux 6.2 on; opening for writing it has always held back.
OPENING_CALLS: Final = (("open", 1), ("openat", 2))
ALLOWED_OPENING: Final = (
    (os.O_ACCMODE | os.O_TRUNC, os.O_RDONLY),
    (os.O_ACCMODE, os.O_WRONLY),
    (os.O_ACCMODE, os.O_RDWR),
)

#: Commands of fcntl that only concern the descriptor itself.
ALLOWED_FCNTL: Final = (0, 1, 2, 3, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC

OPEN_FILES: Final = 64

PR_SET_PDEATHSIG, PR_GET_DUMPABLE, PR_SET_DUMPABLE = 1, 3, 4
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS = 38, 39
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x08000000, 0x10000000, 0x20000000, 0x40000000
CLONE_NEWNS = 0x00020000
MOUNT_SETATTR, AT_FDCWD, AT_RECURSIVE, MOUNT_ATTR_RDONLY = 442, -100, 0x8000, 1

_libc = ctypes.CDLL(None, use_errno=True)


class LayerError(Exception):
    """A layer that could not be put up: which, why, and what to do."""

    def __init__(self, layer: str, reason: str, remedy: str = "") -> None:
        super().__init__(layer, reason, remedy)
        self.layer, self.reason, self.remedy = layer, reason, remedy


class _Program(ctypes.Structure):
    """``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    def __init__(self, code: bytes) -> None:
        self.code = ctypes.create_string_buffer(code, len(code))  # kept alive as long as the program
        super().__init__(len(code) // 8, ctypes.addressof(self.code))


class Confinement:
    """What a box parent prepares so that each child confines itself in a few system calls.

    Parameters
    ----------
    layers : iterable of str
        Which of `LAYERS` to put up; all but for a trial of single ones.
    cpu_seconds : int
        A backstop behind the trusted side's own clock.
    memory_bytes : int
        Address space on top of what the parent uses.
    """

    def __init__(self, layers: Iterable[str], *, cpu_seconds: int, memory_bytes: int) -> None:
        self.layers = frozenset(layers)
        self.limits = _limits(cpu_seconds, _address_space() + memory_bytes)
        self.ruleset = _ruleset() if "files" in self.layers else None
        self.program = _program() if "calls" in self.layers else None

    def confine(self) -> None:
        """Confine this process for good; raises `LayerError` naming the layer that failed."""
        if "privileges" in self.layers:
            _give_up_privileges()
        if "limits" in self.layers:
            self._limit()
        if self.ruleset is not None:
            self.ruleset.restrict()
            self.ruleset.close()
        if self.program is not None:
            _prctl("calls", PR_SET_NO_NEW_PRIVS, 1, 0)
            _prctl("calls", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(self.program))

    def _limit(self) -> None:
        for kind, value in self.limits:
            try:
                resource.setrlimit(kind, (value, value))
            except (OSError, ValueError) as error:  # ValueError: it is refused
                raise LayerError("limits", f"setrlimit: {error}") from error


def readable_folders() -> list[str]:
    """Return the folders that the files layer leaves readable: those from which Python imports."""
    paths = sysconfig.get_paths()
    folders = {os.path.realpath(paths[key]) for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    return sorted(folder for folder in folders if os.path.isdir(folder))


def enter_namespaces() -> str:
    """Enter user, mount, network, IPC and PID namespaces (the last for children to come).

    Returns
    -------
    str
        Why the kernel does not allow it; "" where it does.
    """
    uid, gid = os.getuid(), os.getgid()
    if _libc.unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWPID) != 0:
        return f"unshare: {os.strerror(ctypes.get_errno())}"
    try:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{uid} {uid} 1")
        _write("/proc/self/gid_map", f"{gid} {gid} 1")
    except OSError as error:
        return f"{error.filename}: {error.strerror}"
    return ""


def leave_no_marks() -> str:
    """Have nothing written from now on in the mount namespace, not even when a file was read last.

    That would tell the submissions to come whatever one wants: a bit for each file that is read.

    Returns
    -------
    str
        Why the kernel does not allow it; "" where it does.
    """
    attributes = (ctypes.c_uint64 * 4)(MOUNT_ATTR_RDONLY)
    size = ctypes.sizeof(attributes)
    if _libc.syscall(MOUNT_SETATTR, AT_FDCWD, b"/", AT_RECURSIVE, attributes, size) != 0:
        return f"mount_setattr: {os.strerror(ctypes.get_errno())}"
    return ""


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends."""
    _prctl("privileges", PR_SET_PDEATHSIG, signal.SIGKILL, 0)


def go_first() -> None:
    """Have the kernel end this process, and all that it starts, before others where memory runs out."""
    with contextlib.suppress(OSError):  # a system without the file has another way to choose
        _write("/proc/self/oom_score_adj", "1000")


def drop_capabilities() -> None:
    """Give up every capability, those within a user namespace too."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    nothing = (ctypes.c_uint32 * 6)()
    if _libc.capset(header, nothing) != 0:
        raise LayerError("privileges", f"capset: {os.strerror(ctypes.get_errno())}")


def _give_up_privileges() -> None:
    die_with_parent()
    _prctl("privileges", PR_SET_DUMPABLE, 0, 0)
    _prctl("privileges", PR_SET_NO_NEW_PRIVS, 1, 0)


def _limits(cpu_seconds: int, address_space: int) -> list[tuple[int, int]]:
    return [
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ]


def _address_space() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _ruleset() -> Any:
    try:
        from landlockpy import AccessFS, Ruleset, Scope  # noqa: PLC0415 - not to be had on every system

        ruleset = Ruleset(scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET)
        for folder in readable_folders():
            ruleset.allow_path(folder, AccessFS.READ_FILE | AccessFS.READ_DIR)
        # where programs send what nobody is to read
        ruleset.allow_path(os.devnull, AccessFS.READ_FILE | AccessFS.WRITE_FILE)
    except ImportError as error:
        raise LayerError("files", str(error), "pip install landlockpy") from error
    except Exception as error:
        raise LayerError(
            "files", str(error), "use a Linux kernel from 5.13 on with Landlock enabled"
        ) from error
    return ruleset


def _program() -> _Program:
    """Compile the filter once; children load the finished program."""
    try:
        import pyseccomp as seccomp  # noqa: PLC0415 - not to be had on every system

        rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
        rules.set_attr(seccomp.Attr.CTL_OPTIMIZE, 2)  # a tree, not a chain: loaded in half the time
        for name in (name for name in ALLOWED_CALLS if _is_known(seccomp, name)):
            rules.add_rule(seccomp.ALLOW, name)
        for name, place in OPENING_CALLS:
            for mask, flags in ALLOWED_OPENING if _is_known(seccomp, name) else ():
                rules.add_rule(seccomp.ALLOW, name, seccomp.Arg(place, seccomp.MASKED_EQ, mask, flags))
        for command in ALLOWED_FCNTL:
            rules.add_rule(seccomp.ALLOW, "fcntl", seccomp.Arg(1, seccomp.EQ, command))
        for question in (PR_GET_DUMPABLE, PR_GET_NO_NEW_PRIVS):  # asked by the trial of the layers
            rules.add_rule(seccomp.ALLOW, "prctl", seccomp.Arg(0, seccomp.EQ, question))
        with open(os.memfd_create("filter"), "w+b") as file:  # disks are not for writing any more
            rules.export_bpf(file)
            file.seek(0)
            code = file.read()
    except (ImportError, RuntimeError) as error:
        raise LayerError(
            "calls", str(error), "pip install pyseccomp; install libseccomp 2.5 or later"
        ) from error
    except OSError as error:
        raise LayerError("calls", str(error), "install libseccomp 2.5 or later") from error
    return _Program(code)


def _is_known(seccomp: Any, call: str) -> bool:
    """Say whether this architecture has the system call; some lack the old ones."""
    return bool(seccomp.resolve_syscall(seccomp.Arch.NATIVE, call) >= 0)


def _prctl(layer: str, option: int, first: int, second: int) -> None:
    if _libc.prctl(option, ctypes.c_ulong(first), ctypes.c_ulong(second), 0, 0) != 0:
        raise LayerError(layer, f"prctl({option}): {os.strerror(ctypes.get_errno())}")


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
