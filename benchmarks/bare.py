"""The bare floor: a lean process that forks per submission, and nothing around it.

``python -m benchmarks.bare JOB`` reads a pickle that `benchmarks.floor` wrote, gets ready, prints "ready",
waits for a line on standard input, runs the job and prints how many cases were equal to the expected values.

This process loads numpy and the code that runs in the box, as a box parent does; anything more would make
every fork dearer, and the floor look higher than it is.
"""

from __future__ import annotations

import os
import pickle
import sys
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from grader.sandbox.inside import runner
from grader.sandbox.inside.warm import PRELOADED
from grader.sandbox.inside.wire import Message, Tag, Unpacker, decode


@dataclass
class Job:
    """What the floor runs.

    Parameters
    ----------
    setup : dict
        As a box parent gets it.
    cases : list of bytes
        The messages of `grader.sandbox.plan.Call`, by number.
    expected : list of (bytes, ndarray, ndarray)
        Structure, flat vector of the expected value and how far each entry may be off, by number.
    sources : list of bytes
    """

    setup: dict[str, Any]
    cases: list[bytes]
    expected: list[tuple[bytes, Any, Any]]
    sources: list[bytes]


def run(job: Job) -> int:
    """Run every submission; return how many cases were right."""
    setup = runner.Setup(job.setup)
    messages = [message for case in job.cases for message in Unpacker(1 << 30).feed(case)]
    for message in messages:
        decode(message.body)  # what decoding loads is loaded
    print("ready", flush=True)
    sys.stdin.readline()
    return sum(_submission(setup, messages, job, source) for source in job.sources)


def _submission(setup: runner.Setup, messages: list[Message], job: Job, source: bytes) -> int:
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _child(setup, messages, source, theirs)
    os.close(theirs)
    unpacker, equal = Unpacker(1 << 30), 0
    with os.fdopen(ours, "rb", buffering=0) as pipe:
        while data := pipe.read(1 << 16):
            equal += sum(_equal(message, job) for message in unpacker.feed(data))
    os.waitpid(child, 0)
    return equal


def _child(setup: runner.Setup, messages: list[Message], source: bytes, pipe: int) -> NoReturn:
    """Compile, call and send; no limits, no layers, no care for what goes wrong."""
    try:
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 1)
        os.dup2(null, 2)
        module = types.ModuleType("submission")
        exec(setup.stub, module.__dict__)
        exec(compile(source, "submission.py", "exec"), module.__dict__)
        submission = runner.Submission(setup, b"")
        submission.file.module = module
        channel = runner.Channel(0, pipe)
        for message in messages:
            tag, body = submission.answer(message)
            channel.send(tag, message.number, body)
    finally:
        os._exit(0)


def _equal(message: Message, job: Job) -> bool:
    if message.tag != Tag.RETURNED:
        return False
    structure, expected, allowed = job.expected[message.number]
    if message.body.structure != structure or len(message.body.data) != expected.nbytes:
        return False
    return bool((np.abs(np.frombuffer(message.body.data) - expected) <= allowed).all())


def main() -> None:
    """Load the job and run it."""
    for name in PRELOADED:
        __import__(name)
    job: Job = pickle.loads(Path(sys.argv[1]).read_bytes())
    print(run(job))


if __name__ == "__main__":
    main()
