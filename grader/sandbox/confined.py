"""The trusted side's hold on one child of the strong box, and on the parent that forks them (Linux)."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import socket
import struct
import time
from collections.abc import Sequence
from typing import Final

from grader.errors import BoxFailure

READ_SIZE: Final = 1 << 16
MAX_READS: Final = 32
_STATUS: Final = struct.Struct("<i")

#: What is printed beyond this is read and thrown away.
MAX_PRINTED: Final = 1 << 20

#: For a child whose channel is closed to be gone; one that lives on has closed it itself.
GONE_SECONDS: Final = 1.0

#: Of the flags in /proc: the kernel closes a process's descriptors only after it has set this one.
PF_EXITING: Final = 0x4

#: How a child ended that closed its channel and lived on.
CLOSED: Final = "it closed the channel on which it answers"

#: How a child ended that this side killed.
KILLED: Final = "killed by SIGKILL"


class Control:
    """What is asked of a box parent and what it answers, one after the other.

    To a request for a child it answers with a handle to the child, and when that has ended, with how. Where
    nobody wants to know how, that answer is left unread until it is in the way: ending a process takes time
    that this side has better uses for.

    Parameters
    ----------
    line : socket
    """

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._unread = False

    def ask(self, request: bytes, descriptors: Sequence[int]) -> None:
        """Ask for a child that holds these descriptors."""
        try:
            socket.send_fds(self._line, [request], descriptors)
        except OSError as error:
            raise _silent(error) from error

    def handle(self) -> int:
        """Return a handle to the child that was asked for."""
        if self._unread:
            self.status()
        try:
            _, handles, _, _ = socket.recv_fds(self._line, 1, 1)
        except OSError as error:
            raise _silent(error) from error
        if not handles:
            raise BoxFailure("the box parent ended", help="run `grade doctor`")
        return handles[0]

    def leave_status(self) -> None:
        """Leave unread how the child will have ended."""
        self._unread = True

    def status(self) -> int:
        """Return how the child ended; BoxFailure when the parent has gone with it."""
        self._unread = False
        data = b""
        try:
            while len(data) < _STATUS.size:
                piece = self._line.recv(_STATUS.size - len(data))
                if not piece:
                    raise BoxFailure("the box parent ended with its child", help="run `grade doctor`")
                data += piece
        except OSError as error:
            raise _silent(error) from error
        return int(_STATUS.unpack(data)[0])

    def close(self) -> None:
        """Hang up: the parent ends by itself when there is nobody to serve."""
        self._line.close()


class Asked:
    """A child that was asked for: this side's ends of its channel and of its output."""

    def __init__(self, control: Control, request: bytes) -> None:
        self.channel, theirs = socket.socketpair()
        self.output, their_output = os.pipe()
        try:
            control.ask(request, [theirs.fileno(), their_output])
        except BaseException:
            self.close()
            raise
        finally:
            theirs.close()
            os.close(their_output)

    def close(self) -> None:
        """Close both: the child, which waits for its file, ends."""
        self.channel.close()
        os.close(self.output)


class StrongChild:
    """One confined child: a socket, a pipe with what it prints, and a handle to kill it."""

    def __init__(self, asked: Asked, handle: int, control: Control, cpu_limit: float) -> None:
        self._channel, self._output, self._handle, self._control = (
            asked.channel, asked.output, handle, control,
        )  # fmt: skip
        self._cpu_limit, self._hung_up = cpu_limit, False
        self._channel.setblocking(False)
        os.set_blocking(self._output, False)
        pid = _pid(handle)
        # The kernel's name for another process's CPU clock. One that is gone has none, and by the number that
        # its handle then tells this would be our own.
        self._clock = (~pid << 3) | 2 if pid > 0 else None
        self._pid, self._schedule = pid, f"/proc/{pid}/schedstat"
        self._unsent = memoryview(b"")
        self._printed = bytearray()
        self._ended: str | None = None
        self._cpu = 0.0
        self._poll = select.poll()
        self._poll.register(self._channel, select.POLLIN)
        self._poll.register(self._output, select.POLLIN)
        self._listening = True

    def queue(self, data: bytes) -> None:
        """Have these bytes sent as the child takes them."""
        self._unsent = memoryview(bytes(self._unsent) + data)
        self._send()

    def receive(self, seconds: float) -> bytes | None:
        """Return what the child sent: b"" when nothing came in so many seconds, None when it has gone."""
        deadline = time.monotonic() + seconds
        while True:
            for descriptor, event in self._poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
                if descriptor == self._output:
                    self._drain()
                elif event & (select.POLLIN | select.POLLHUP | select.POLLERR):
                    return self._read()
                else:
                    self._send()
            if time.monotonic() >= deadline:
                return b""

    def cpu_seconds(self) -> float:
        """CPU time it has used."""
        if self._clock is not None:
            with contextlib.suppress(OSError):  # it has ended: the last reading stands
                self._cpu = time.clock_gettime(self._clock)
        return self._cpu

    def ready_seconds(self) -> float:
        """CPU time and time spent waiting for a processor; all that passes, where that is not told."""
        try:
            schedule = os.open(self._schedule, os.O_RDONLY)
            try:
                ran, waited, _ = os.read(schedule, 128).split()
            finally:
                os.close(schedule)
        except (OSError, ValueError):
            return time.monotonic()
        return (int(ran) + int(waited)) / 1e9

    def printed(self) -> bytes:
        """Take what it printed since the last call."""
        self._drain()
        taken = bytes(self._printed)
        self._printed.clear()
        return taken

    def end(self) -> str:
        """Kill it if it still runs, and say how it ended.

        Raises
        ------
        BoxFailure
            It was killed, and neither by this side nor by a limit: the machine took its memory, or somebody
            killed it. That is no fault of the submission's.
        """
        if self._ended is None:
            self._ended = KILLED
            self.cpu_seconds()
            by_itself = self._hung_up and self._gone()
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            try:
                if self._hung_up:
                    self._ended = self._how(by_itself)
                else:
                    self._control.leave_status()
            finally:
                self._drain()
                self._close()
        return self._ended

    def _how(self, by_itself: bool) -> str:
        status = self._control.status()
        if by_itself and _killed(status) and self._cpu < self._cpu_limit - 1:
            raise BoxFailure(
                "the process was killed from outside", help="see that the machine has memory to spare"
            )
        return CLOSED if _killed(status) and not by_itself else _how(status)

    def _close(self) -> None:
        self._listening = False
        self._channel.close()
        os.close(self._output)
        os.close(self._handle)

    def _gone(self) -> bool:
        """Say whether it has ended, without this side's doing."""
        if not _is_ending(self._pid):
            return False
        ended = select.poll()
        ended.register(self._handle, select.POLLIN)
        return bool(ended.poll(1000 * GONE_SECONDS))

    def _read(self) -> bytes | None:
        try:
            data = self._channel.recv(READ_SIZE)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        self._hung_up = not data
        return data or None

    def _send(self) -> None:
        try:
            while self._unsent:
                self._unsent = self._unsent[self._channel.send(self._unsent) :]
        except BlockingIOError:
            pass
        except OSError:  # it has gone: `receive` finds out
            self._unsent = memoryview(b"")
        self._poll.modify(self._channel, select.POLLIN | (select.POLLOUT if self._unsent else 0))

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):  # for now there is no more
            for _ in range(MAX_READS):  # a child that never stops printing must not hold this side up
                if not self._listening:
                    return
                data = os.read(self._output, READ_SIZE)
                self._printed += data[: max(0, MAX_PRINTED - len(self._printed))]
                if not data:
                    self._poll.unregister(self._output)
                    self._listening = False


def _is_ending(pid: int) -> bool:
    """Say whether the kernel is at work on ending a process, or has ended it; True where that is not told."""
    try:
        status = os.open(f"/proc/{pid}/stat", os.O_RDONLY)
        try:
            flags = os.read(status, 1024).rpartition(b")")[2].split()[6]
        finally:
            os.close(status)
        return bool(int(flags) & PF_EXITING)
    except (OSError, ValueError, IndexError):
        return True


def _killed(status: int) -> bool:
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _how(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"killed by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"the process ended by itself with exit status {os.WEXITSTATUS(status)}"


def _pid(handle: int) -> int:
    """Return the process's number as this side of the namespaces sees it."""
    info = os.open(f"/proc/self/fdinfo/{handle}", os.O_RDONLY)
    try:
        match = re.search(rb"^Pid:\s*(-?\d+)", os.read(info, 4096), re.MULTILINE)
    finally:
        os.close(info)
    return int(match[1]) if match else 0


def _silent(error: OSError) -> BoxFailure:
    return BoxFailure(f"the box parent does not answer: {error}", help="run `grade doctor`")
