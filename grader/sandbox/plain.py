"""One process of the weak box. Few imports: `grade check` starts one before it loads the rest of itself."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import IO, Final

READ_SIZE: Final = 1 << 16
MAX_PRINTED: Final = 1 << 20

#: For the thread that reads what was printed to catch up with an answer that is already here.
CATCH_UP_SECONDS: Final = 0.005

#: Windows finds its own libraries only with these.
_KEPT: Final = ("SYSTEMROOT", "PATH", "TEMP", "TMP")


class PlainChild:
    """One process, with a thread for each of its pipes since pipes cannot be polled everywhere."""

    def __init__(self) -> None:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-B", "-X", "utf8", "-m", "grader.sandbox.inside.plain"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**kept, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            start_new_session=True,
        )  # fmt: skip
        self._started = time.monotonic()
        self._outgoing: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._incoming: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._printed = bytearray()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._send, self._receive, self._listen)
        ]
        for thread in self._threads:
            thread.start()
        self._ended: str | None = None

    def queue(self, data: bytes) -> None:
        """Have these bytes sent as the child takes them."""
        self._outgoing.put(data)

    def receive(self, seconds: float) -> bytes | None:
        """Return what the child sent: b"" when nothing came in so many seconds, None when it has gone."""
        try:
            return self._incoming.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return b""

    def cpu_seconds(self) -> float:
        """Time since it started: CPU time of another process is not to be had everywhere."""
        return time.monotonic() - self._started

    def ready_seconds(self) -> float:
        """Time since it started: that it slept is not to be known everywhere."""
        return self.cpu_seconds()

    def printed(self) -> bytes:
        """Take what it printed since the last call."""
        if self._ended is None:
            time.sleep(CATCH_UP_SECONDS)
        with self._lock:
            taken = bytes(self._printed)
            self._printed.clear()
        return taken

    def end(self) -> str:
        """Kill it if it still runs, and say how it ended."""
        if self._ended is None:
            if self._process.poll() is None:
                self._kill()
            code = self._process.wait()
            self._outgoing.put(None)
            for thread in self._threads:
                thread.join(timeout=1)
            for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
                _close(stream)
            self._ended = _how(code)
        return self._ended

    def _kill(self) -> None:
        """Kill it with all that it started."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def _send(self) -> None:
        stream = self._process.stdin
        assert stream is not None
        try:
            while (data := self._outgoing.get()) is not None:
                stream.write(data)
                stream.flush()
        except (OSError, ValueError):
            return  # it has gone: `receive` finds out

    def _receive(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while data := os.read(stream.fileno(), READ_SIZE):
            self._incoming.put(data)
        self._incoming.put(None)

    def _listen(self) -> None:
        stream = self._process.stderr
        assert stream is not None
        while data := os.read(stream.fileno(), READ_SIZE):
            with self._lock:
                self._printed += data[: max(0, MAX_PRINTED - len(self._printed))]


def _close(stream: IO[bytes] | None) -> None:
    with contextlib.suppress(OSError):  # unsent bytes of a child that has gone
        if stream is not None:
            stream.close()


def _how(code: int) -> str:
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"the process ended by itself with exit status {code}"
