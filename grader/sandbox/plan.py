"""An assignment as messages to the box, made once and sent for every submission."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from grader.course.model import Assignment, Case, Exercise, Limits
from grader.outcomes import Visibility
from grader.sandbox.inside.wire import Encoded, Tag, encode, pack

#: What a solution imports of the grader: that is not to be had in the box.
_DECLARATIONS: Final = """
import sys, types
for name in ("grader.course", "grader.course.declare"):
    sys.modules[name] = types.ModuleType(name)
def given(function):
    function.__given__ = True
    return function
sys.modules["grader.course.declare"].given = given
"""


#: Of public cases so many bytes are held by the box, from which every submission takes them; more is sent.
HELD_BYTES: Final = 2**23


def source_message(source: bytes, replaced: Sequence[int] = ()) -> bytes:
    """Return the message that brings a file; the exercises of these numbers are answered elsewhere."""
    salt = hashlib.sha256(b"softmark" + source).digest()
    return pack(Tag.SOURCE, 0, Encoded(encode(list(replaced)).structure, salt + source))


@dataclass(frozen=True, slots=True)
class Call:
    """One case as the box gets it: its number on the channel, its limit and the finished message."""

    number: int
    exercise: str
    case: str
    visibility: Visibility
    cpu_seconds: float
    message: bytes


@dataclass(frozen=True, slots=True)
class Plan:
    """All calls of an assignment, public ones first, and what every submission of it shares."""

    assignment: str
    limits: Limits
    setup: dict[str, Any]
    calls: tuple[Call, ...]

    @classmethod
    def of(cls, assignment: Assignment) -> Plan:
        """Make the plan of an assignment."""
        pairs = [(exercise, case) for exercise in assignment.exercises for case in exercise.cases]
        pairs.sort(key=lambda pair: pair[1].visibility == "hidden")  # stable: public before hidden
        limits = assignment.file.limits
        calls = [_call(number, exercise, case) for number, (exercise, case) in enumerate(pairs)]
        setup = _setup(assignment, limits)
        setup["assignment"]["held"] = _hold(calls)
        return cls(assignment.name, limits, setup, tuple(calls))

    @classmethod
    def of_reference(cls, assignment: Assignment) -> Plan:
        """Make the plan of the box in which the reference answers: the same limits, and no cases."""
        limits = assignment.file.limits
        setup = _setup(assignment, limits)
        setup["assignment"] |= {"stub": _DECLARATIONS}  # calls.py may load what a module loads late
        return cls(assignment.name, limits, setup, ())

    def only(self, exercise: str) -> Plan:
        """Return the plan with the calls of one exercise, under the numbers that they have."""
        return replace(self, calls=tuple(call for call in self.calls if call.exercise == exercise))

    def number(self, exercise: str) -> int:
        """Return the number of an exercise's function."""
        return int(self.setup["assignment"]["exercises"].index(exercise))

    def setup_message(self) -> bytes:
        """Return the message with which a box parent begins."""
        return pack(Tag.SETUP, 0, encode(self.setup))


def _setup(assignment: Assignment, limits: Limits) -> dict[str, Any]:
    return {
        "assignment": {
            "name": assignment.name,
            "stub": assignment.stub.decode(),
            "calls": assignment.calls.decode(),
            "exercises": [exercise.name for exercise in assignment.exercises],
            "constants": [each.name for each in assignment.exercises if each.spec.question is not None],
            "preload": list(assignment.file.modules),
            "value_bytes": limits.value_mib * 2**20,
            "held": np.zeros(0, np.uint8),
        },
        "cpu_seconds": math.ceil(limits.import_seconds + limits.submission_seconds) + 1,
        "memory_bytes": limits.memory_mib * 2**20,
    }


def _call(number: int, exercise: Exercise, case: Case) -> Call:
    head = encode((exercise.name, _positional(exercise.spec.parameters, list(case.inputs))))
    structure = head.structure[:-2] + b"," + case.encoded_inputs.structure + head.structure[-2:]
    message = pack(Tag.CASE, number, Encoded(structure, case.encoded_inputs.data))
    return Call(number, exercise.name, case.name, case.visibility, exercise.spec.cpu_seconds, message)


def _hold(calls: list[Call]) -> np.ndarray[Any, Any]:
    """Return the messages of public cases, which the box keeps, and have the calls name them only."""
    held = bytearray()
    for place, call in enumerate(calls):
        if call.visibility == "public" and len(held) + len(call.message) <= HELD_BYTES:
            held += call.message
            calls[place] = replace(call, message=pack(Tag.HELD, call.number, encode(None)))
    return np.frombuffer(held, np.uint8)


def _positional(parameters: tuple[str, ...], inputs: list[str]) -> int:
    """Count the inputs that follow the signature without a gap."""
    count = 0
    while count < min(len(parameters), len(inputs)) and parameters[count] == inputs[count]:
        count += 1
    return count
