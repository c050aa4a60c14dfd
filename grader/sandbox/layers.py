"""Checks the layers of the strong box by trying what each forbids (Linux)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from grader.course.model import Limits
from grader.errors import GraderError, SandboxUnavailable
from grader.sandbox.inside.confine import LAYERS, REQUIRED, readable_folders
from grader.sandbox.plan import Plan
from grader.sandbox.start import ParentProcess
from grader.sandbox.strong import StrongParent

_ABOUT: Final = {
    "limits": "CPU time, memory, open files, file size",
    "files": "reading outside the interpreter's folders, writing anywhere (Landlock)",
    "calls": "sockets, fork, exec, signals and other system calls (seccomp)",
    "privileges": "gaining rights, being traced, capabilities, environment, descriptors",
    "namespaces": "other processes and networks, marks on disk (user, PID, network, IPC, mount)",
}
_REMEDIES: Final = {
    "limits": "check `ulimit -a` for limits that cannot be lowered",
    "files": "use a Linux kernel from 5.13 on with Landlock enabled, and `pip install landlockpy`",
    "calls": "install libseccomp 2.5 or later, and `pip install pyseccomp`",
    "privileges": "use a Linux kernel from 4.10 on",
    "namespaces": "allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, or "
    "kernel.apparmor_restrict_unprivileged_userns=0); without them the other layers still hold",
}

#: A plan of no calls: what trying the layers needs.
_EMPTY: Final = Plan(
    "doctor",
    Limits(),
    {
        "assignment": {
            "name": "doctor", "stub": "", "calls": "", "exercises": [], "constants": [], "preload": [],
            "value_bytes": 2**20, "held": np.zeros(0, np.uint8),
        },
        "cpu_seconds": 10,
        "memory_bytes": 2**30,
    },
    (),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LayerState:
    """One layer as it was found.

    Parameters
    ----------
    name, about : str
        What it is called and what it forbids.
    required : bool
        Whether grading refuses without it.
    holds : bool
    found : tuple of str
        What was possible, or why it could not be put up.
    tried : tuple of str
        What was tried in vain.
    remedy : str
        What to do; "" where it holds.
    """

    name: str
    about: str
    required: bool
    holds: bool
    found: tuple[str, ...]
    tried: tuple[str, ...]
    remedy: str


def open_checked(plan: Plan, private: Iterable[Path], started: ParentProcess | None = None) -> StrongParent:
    """Open a strong box and have a child try every layer before any submission enters it."""
    pair = private_folder_under(readable_folders(), private)
    if pair is not None:
        raise SandboxUnavailable(
            f"layer 'files' of the box would leave {str(pair[1])!r} readable: it lies under {pair[0]!r}",
            help="move the course, submissions and reports out of the interpreter's folders",
        )
    parent = StrongParent(plan, started=started)
    try:
        found = parent.try_layers()
        for layer in REQUIRED:
            broken = [what for what in found[layer].values() if what]
            if broken:
                raise SandboxUnavailable(
                    f"layer {layer!r} of the box does not hold: {'; '.join(broken)}", help=_REMEDIES[layer]
                )
    except BaseException:
        parent.close()
        raise
    return parent


def private_folder_under(folders: Iterable[str], private: Iterable[Path]) -> tuple[str, Path] | None:
    """Return a readable folder of the box and a private one that lies in it, if there is such a pair."""
    for folder in folders:
        for path in private:
            if path.resolve().is_relative_to(folder):
                return folder, path
    return None


def examine() -> list[LayerState]:
    """Try each layer alone, in a box that has no other; the boxes start side by side."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - no other start of a box needs it

    with ThreadPoolExecutor(len(LAYERS)) as pool:
        return list(pool.map(_examine, LAYERS))


def _examine(layer: str) -> LayerState:
    found: dict[str, str] = {}
    try:
        parent = StrongParent(_EMPTY, [layer])
        try:
            found = parent.try_layers()[layer]
            problems = tuple(what for what in found.values() if what)
            if layer == "namespaces" and parent.missing_namespaces:
                problems = (parent.missing_namespaces,)
        finally:
            parent.close()
    except GraderError as error:
        problems = (error.problem,)
    tried = tuple(name for name, what in found.items() if not what)
    remedy = _REMEDIES[layer] if problems else ""
    return LayerState(layer, _ABOUT[layer], layer in REQUIRED, not problems, problems, tried, remedy)
