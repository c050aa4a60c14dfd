"""Every system call by its number: what is not on the list of those allowed is refused.

On x86_64 there are three ways into the kernel, with three tables of calls: that of the machine, x32 (a bit in
the number) and that of 32-bit programs (another instruction). Of the first each call is refused with EPERM; a
process that tries one of the others is ended, so that each of these tries has a child of its own.
"""

from __future__ import annotations

import errno
import json
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from grader.course.model import Submission
from grader.sandbox.box import open_box
from grader.sandbox.plan import source_message
from grader.values import decode
from tests.escapes.conftest import assignment, without_namespaces

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the strong box needs Linux")

if sys.platform.startswith("linux"):
    import pyseccomp

    from grader.sandbox.inside import confine
    from grader.sandbox.strong import StrongParent

#: Numbers are tried from 0; the kernel's tables end before 500.
LAST = 1023
LAST_X32, LAST_I386 = 600, 500
X32 = 0x40000000

x86_64 = pytest.mark.skipif(platform.machine() != "x86_64", reason="other machines have no second table")

TRY_ALL = """
import ctypes, errno, json
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
def wanted(x, y=2):
    found = []
    for number in {numbers}:
        ctypes.set_errno(0)
        result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6)
        if (result, ctypes.get_errno()) != (-1, errno.EPERM):
            found.append(number)
    return json.dumps(found)
"""

X32_CALL = """
import ctypes
ctypes.CDLL(None).syscall(ctypes.c_long({number}), *[ctypes.c_long(-1)] * 6)
"""

#: mov eax, NUMBER; mov ebx and ecx, -1; int 0x80; ret
I386_CALL = """
import ctypes, mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(b"\\xb8" + ({number}).to_bytes(4, "little") + bytes.fromhex("53bbffffffffb9ffffffffcd805bc3"))
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
"""


def allowed() -> set[int]:
    """Return the numbers of calls of which some use is allowed."""
    names = [*confine.ALLOWED_CALLS, *(name for name, _ in confine.OPENING_CALLS)]
    numbers = {pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) for name in names}
    # uretprobe and uprobe: filters never see them, and a process that calls them dies
    return numbers | ({335, 336} if platform.machine() == "x86_64" else set())


@dataclass(slots=True)
class Tried:
    """A box parent of which children are asked for directly: a conversation would give up after a few."""

    parent: StrongParent

    def ends(self, source: str) -> str:
        """Run a file in a child and return how the child ended; "it lived" where the file was run."""
        child = self.parent.spawn()
        try:
            child.queue(source_message(source.encode()))
            received = b""
            while b"raised" not in received and (data := child.receive(5.0)) is not None:
                received += data
            return "it lived" if b"raised" in received else child.end()
        finally:
            child.end()


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    """Children of a box without namespaces, where the filter stands alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grader.sandbox.layers.StrongParent", without_namespaces)
        with open_box(assignment(tmp_path_factory.mktemp("watched"))) as box:
            yield Tried(box._parent)


def test_every_call_that_is_not_allowed_is_refused(tmp_path, record_property):
    numbers = sorted(set(range(LAST + 1)) - allowed())
    numbers += [
        number + (1 << 32) for number in numbers
    ]  # the kernel looks at 32 bits, and so does the filter
    with open_box(assignment(tmp_path, patience=5)) as box:
        run = box.run(Submission("someone", "small", TRY_ALL.format(numbers=numbers).encode()))
    record_property("tried", len(numbers))
    assert json.loads(decode(run.outcomes["wanted", "defaults"].value)) == []


@x86_64
def test_no_call_of_x32_is_let_through(tried: Tried, record_property):
    lived = [n for n in range(LAST_X32 + 1) if "SIGSYS" not in tried.ends(X32_CALL.format(number=X32 + n))]
    record_property("tried", LAST_X32 + 1)
    assert lived == []


@x86_64
def test_no_call_of_32_bit_programs_is_let_through(tried: Tried, record_property):
    lived = [n for n in range(LAST_I386 + 1) if "SIGSYS" not in tried.ends(I386_CALL.format(number=n))]
    record_property("tried", LAST_I386 + 1)
    assert lived == []


def test_a_child_that_calls_nothing_forbidden_lives(tried: Tried):
    assert tried.ends("import os\nos.getpid()\n") == "it lived"


def test_calls_that_are_allowed_are_few():
    """Who adds one says in `confine` what for, and here how many there are."""
    assert len(allowed()) <= 80
    assert errno.EPERM == 1
