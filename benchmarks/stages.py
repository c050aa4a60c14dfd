"""Processor time by stage, taken from outside: functions of the grader are wrapped where they run.

Time is exclusive: what one stage calls of another is the other's, so that all stages add up to all that was
computed. The clock is the process's own, so that other work on the machine counts for nothing.
"""

from __future__ import annotations

import builtins
import functools
import importlib
import mmap
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

__all__ = ["BARE", "BOX", "STAGES", "TRUSTED", "Cells", "Stopwatch", "find", "install"]

STAGES: Final = (
    "fork and end", "confinement", "compile", "load", "calls", "codec", "messages",
    "the rest of the box", "compare", "diagnosis", "score", "gradebook", "page", "the rest",
)  # fmt: skip

#: What is wrapped in the box: "module:name" to stage.
BOX: Final = {
    "grader.sandbox.inside.confine:Confinement.confine": "confinement",
    "grader.sandbox.inside.loading:compile": "compile",
    "grader.sandbox.inside.loading:StudentFile.run": "load",
    "grader.sandbox.inside.runner:Submission.answer": "calls",
    "grader.sandbox.inside.runner:decode": "codec",
    "grader.sandbox.inside.runner:encode": "codec",
    "grader.sandbox.inside.runner:Channel.send": "messages",
}

#: What is wrapped in the process of the bare floor.
BARE: Final = {
    "benchmarks.bare:compile": "compile",
    "benchmarks.bare:exec": "load",
    "benchmarks.bare:_equal": "compare",
    "grader.sandbox.inside.runner:Submission.answer": "calls",
    "grader.sandbox.inside.runner:decode": "codec",
    "grader.sandbox.inside.runner:encode": "codec",
    "grader.sandbox.inside.runner:Channel.send": "messages",
}

#: What is wrapped on the trusted side.
TRUSTED: Final = {
    "grader.sandbox.box:Box.run": "the rest of the box",
    "grader.sandbox.box:Box.run_again": "the rest of the box",
    "grader.sandbox.talk:Talk._feed": "codec",
    "grader.grading:AnswerKey.judge": "compare",
    "grader.grading:_findings": "diagnosis",
    "grader.grading:mark": "score",
    "grader.cohort.worker:pack_run": "gradebook",
    "grader.cohort.packed:PackedResult.of": "gradebook",
    "grader.cohort.ledger:Ledger.keep": "gradebook",
    "grader.cohort.worker:write_submission": "page",
}

#: Where the children of one parent note their time at the end of their last stage, by process number.
_CHILDREN: Final = 256

Function = TypeVar("Function", bound=Callable[..., Any])


class Cells:
    """Seconds by stage, in memory that a process shares with what it forks, and with who opens its file.

    Parameters
    ----------
    path : Path
        Made where it does not exist.
    """

    def __init__(self, path: Path) -> None:
        size = 8 * (len(STAGES) + _CHILDREN)
        with path.open("a+b") as file:
            file.truncate(size)
            self._memory = mmap.mmap(file.fileno(), size)
        self._numbers = memoryview(self._memory).cast("d")

    def add(self, stage: str, seconds: float) -> None:
        """Add to a stage."""
        self._numbers[STAGES.index(stage)] += seconds

    def note(self, process: int, seconds: float) -> None:
        """Note how much a child has computed so far."""
        self._numbers[len(STAGES) + process % _CHILDREN] = seconds

    def noted(self, process: int) -> float:
        """Return what was noted last for a child, and forget it."""
        place = len(STAGES) + process % _CHILDREN
        seconds, self._numbers[place] = self._numbers[place], 0.0
        return seconds

    def clear(self) -> None:
        """Begin anew."""
        for place in range(len(STAGES)):
            self._numbers[place] = 0.0

    def read(self) -> dict[str, float]:
        """Return the seconds of each stage."""
        return dict(zip(STAGES, self._numbers, strict=False))


class Stopwatch:
    """Gives a process's time to the stage that it is in.

    Parameters
    ----------
    cells : Cells
    base : str
        The stage of what is in none.
    """

    def __init__(self, cells: Cells, base: str) -> None:
        self._cells = cells
        self._stack = [base]
        self._since = time.process_time()
        self._child = False
        os.register_at_fork(after_in_child=self._begin_child)

    def wrap(self, function: Function, stage: str) -> Function:
        """Return the function, timed as this stage."""

        @functools.wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            self._pass()
            self._stack.append(stage)
            try:
                return function(*arguments, **named)
            finally:
                self._pass()
                self._stack.pop()
                if self._child:
                    self._stack[0] = "the rest of the box"
                    self._cells.note(os.getpid(), self._since)

        return timed  # type: ignore[return-value]

    def forking(self) -> None:
        """Time forks of this process, and its children before their first stage and at their end."""
        fork = os.fork

        def timed_fork() -> int:
            self._pass()
            child = fork()
            if child:
                self._give("fork and end")
            return child

        def timed_wait(process: int, options: int) -> tuple[int, int]:
            child, status, used = os.wait4(process, options)
            self._cells.add("fork and end", used.ru_utime + used.ru_stime - self._cells.noted(child))
            return child, status

        os.fork, os.waitpid = timed_fork, timed_wait

    def stop(self) -> None:
        """Give the time that is left."""
        self._pass()

    def _pass(self) -> None:
        self._give(self._stack[-1])

    def _give(self, stage: str) -> None:
        now = time.process_time()
        self._cells.add(stage, now - self._since)
        self._since = now

    def _begin_child(self) -> None:
        self._stack, self._since, self._child = ["fork and end"], 0.0, True


def find(place: str) -> tuple[Any, str]:
    """Return what holds the name of a hook, and that name; AttributeError where the grader has changed."""
    module_name, _, path = place.partition(":")
    holder = importlib.import_module(module_name)
    *outer, name = path.split(".")
    for part in outer:
        holder = getattr(holder, part)
    if not hasattr(holder, name) and not hasattr(builtins, name):
        raise AttributeError(f"nothing to be timed: {place}")
    return holder, name


def install(stopwatch: Stopwatch, hooks: Mapping[str, str]) -> None:
    """Wrap what the hooks name; a built-in function is wrapped for the module that calls it."""
    for place, stage in hooks.items():
        holder, name = find(place)
        if isinstance(vars(holder).get(name), classmethod):
            timed: Any = classmethod(stopwatch.wrap(vars(holder)[name].__func__, stage))
        else:
            timed = stopwatch.wrap(getattr(holder, name, None) or getattr(builtins, name), stage)
        setattr(holder, name, timed)
