"""What the box is told beforehand and what is sent for each submission: nothing hidden is in the first."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from grader.course.model import Submission
from grader.sandbox import plan as planning
from grader.sandbox.box import open_box
from grader.sandbox.inside.rehearsal import SOURCE, rehearse
from grader.sandbox.inside.runner import Setup
from grader.sandbox.inside.runner import Submission as Running
from grader.sandbox.inside.wire import Message, Tag, Unpacker, decode, encode
from grader.sandbox.plan import Plan
from tests.sandbox.conftest import small_assignment, value

HIDDEN = [struct.pack("<d", number) for number in (42.5, 43.5)]


def messages(data: bytes) -> list[Message]:
    return list(Unpacker(1 << 26).feed(data))


def held(plan: Plan) -> list[Message]:
    return messages(plan.setup["assignment"]["held"].tobytes())


def test_no_hidden_input_is_in_what_a_box_is_set_up_with():
    plan = Plan.of(small_assignment())
    sent = b"".join(call.message for call in plan.calls)
    for number in HIDDEN:
        assert number not in plan.setup_message()
        assert number in sent


def test_public_inputs_are_in_the_set_up_and_are_not_sent_again():
    plan = Plan.of(small_assignment())
    public = [call for call in plan.calls if call.visibility == "public"]
    assert [message.number for message in held(plan)] == [call.number for call in public]
    assert {messages(call.message)[0].tag for call in public} == {Tag.HELD}
    assert {len(messages(call.message)[0].body.data) for call in public} == {0}


def test_public_inputs_beyond_what_is_held_are_sent(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(planning, "HELD_BYTES", 150)
    plan = Plan.of(small_assignment())
    tags = [messages(call.message)[0].tag for call in plan.calls]
    assert 0 < len(held(plan)) < 6
    assert tags.count(Tag.HELD) == len(held(plan)) and tags.count(Tag.CASE) == 8 - len(held(plan))
    with open_box(small_assignment(), "weak") as box:
        run = box.run(Submission("someone", "small", b"def add(x, y=2):\n    return x + y\n"))
    np.testing.assert_array_equal(value(run.outcomes["add", "arrays"]), [5.0, 6.0, 7.0])


def test_the_reference_gets_no_cases():
    assert held(Plan.of_reference(small_assignment())) == []


def test_the_rehearsal_goes_through():
    """It raises nothing of which nobody would hear."""
    setup = Setup(Plan.of(small_assignment()).setup["assignment"])
    running = Running(setup.named("rehearsal"), bytes(32))
    assert running.load(SOURCE) == {"raised": None, "notes": []}
    seen: list[Tag] = []
    rehearse(setup, seen.append)
    assert set(seen) == {Tag.RETURNED}
    assert setup.exercises == ["add", "scale", "driven"] and len(setup.held) == 6


def test_a_submission_finds_nothing_of_the_rehearsal():
    source = b"""
import gc, linecache, random, sys
import numpy as np
def add(x, y=2):
    names = [*sys.modules, *linecache.cache]
    named = [name for name in names if "rehearsal" in name and "inside" not in name]
    left = [each for each in gc.get_objects() if getattr(each, "__module__", None) == "rehearsal"]
    return named, len(left)
"""
    with open_box(small_assignment()) as box:
        run = box.run(Submission("someone", "small", source))
    assert value(run.outcomes["add", "defaults"]) == ([], 0)


def test_what_the_channel_carries_for_a_held_case_is_a_number():
    (message,) = messages(Plan.of(small_assignment()).calls[0].message)
    assert message == Message(Tag.HELD, 0, encode(None)) and decode(message.body) is None
