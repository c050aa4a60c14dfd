"""A real scheduler and real workers: processes of this machine, each in a network of its own if asked."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

START_SECONDS = 120


class Cluster:
    """A scheduler and its workers; everything ends with the cluster."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.workers, self._networks = folder, [], []
        folder.mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.scheduler = self._start(
            "scheduler", "--port", str(self.port), "--no-dashboard", name="scheduler"
        )
        wait_until(self._listens)

    def add(self, *options: str, network: int | None = None, folder: Path | None = None) -> subprocess.Popen:
        """Start a worker and wait until it has joined."""
        name = f"worker{len(self.workers)}"
        options = ("--nthreads", "1", *(() if "--nanny" in options else ("--no-nanny",)), *options)
        place = folder or self.folder / name
        place.mkdir(parents=True, exist_ok=True)
        within, address = self._network(network) if network is not None else ([], "127.0.0.1")
        worker = self._start(
            "worker", f"tcp://{address}:{self.port}", "--local-directory", str(place), "--no-dashboard",
            *options, name=name, within=within,
        )  # fmt: skip
        self.workers.append(worker)
        wait_until(lambda: "Registered to" in (self.folder / f"{name}.log").read_text())
        return worker

    def left(self) -> list[Path]:
        """Return what remains of copies of the course."""
        return list(self.folder.rglob("softmark-*"))

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
        for name in self._networks:
            subprocess.run(["ip", "netns", "del", name], check=False)

    def _start(self, what: str, *options: str, name: str, within: tuple[str, ...] = ()) -> subprocess.Popen:
        environment = dict(os.environ, PYTHONPATH=str(Path(__file__).parent))
        with (self.folder / f"{name}.log").open("w") as log:
            return subprocess.Popen(
                [*within, sys.executable, "-m", "dask", what, *options],
                stdout=log, stderr=log, env=environment, stdin=subprocess.DEVNULL,
            )  # fmt: skip

    def _listens(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def _network(self, number: int) -> tuple[list[str], str]:
        """Make a network with one cable to this one; return how to enter it, and our end's address."""
        name, here, there = (
            f"softmark{self.port}-{number}",
            f"sm{self.port}{number}a",
            f"sm{self.port}{number}b",
        )
        ours, theirs = f"10.213.{number}.1", f"10.213.{number}.2"
        ip("netns", "add", name)
        self._networks.append(name)
        ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name)
        ip("addr", "add", f"{ours}/24", "dev", here)
        ip("link", "set", here, "up")
        within = ["ip", "netns", "exec", name]
        for words in (("addr", "add", f"{theirs}/24", "dev", there), ("link", "set", there, "up")):
            ip("-n", name, *words)
        ip("-n", name, "link", "set", "lo", "up")
        return within, ours


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


def why_no_networks() -> str:
    """Return why there can be no networks of their own here; "" where there can."""
    if shutil.which("ip") is None:
        return "no `ip`: install iproute2"
    try:
        ip("netns", "add", f"softmark-trial{os.getpid()}")
        ip("link", "add", "smtrial0", "type", "veth", "peer", "name", "smtrial1")
        ip("link", "del", "smtrial0")
    except subprocess.CalledProcessError as error:
        return f"no network namespaces: {error.stderr.strip()}"
    finally:
        subprocess.run(
            ["ip", "netns", "del", f"softmark-trial{os.getpid()}"], check=False, capture_output=True
        )
    return ""


@contextlib.contextmanager
def running(folder: Path, workers: int) -> Iterator[Cluster]:
    cluster = Cluster(folder)
    try:
        for _ in range(workers):
            cluster.add()
        yield cluster
    finally:
        cluster.close()


def wait_until(holds, seconds: float = START_SECONDS) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)
