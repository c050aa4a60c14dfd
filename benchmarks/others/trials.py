"""What becomes of the other cases where one function crashes or never ends, and who can read the answers.

Each trial is a right submission with something added at its end; it is really handed to each tool.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.others.tool import Desk, Passed, Tool

#: The function that goes wrong; it has cases before and after it.
SPOILED = "exponentially_weighted_average"

_TAKE = """

def _take(*arguments, **named):
    import sys

    frame = sys._getframe(1)
    while frame is not None:
        for names in (frame.f_locals, frame.f_globals):
            if "expected" in names:
                return names["expected"]
        frame = frame.f_back
    raise LookupError("nobody who called has it")


"""

SEGFAULT = "    import ctypes\n    ctypes.string_at(0)\n"
LOOP = "    while True:\n        pass\n"
STUBBORN = """\
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
"""


@dataclass(frozen=True)
class Trial:
    """A submission that is no ordinary one.

    Parameters
    ----------
    name : str
    source : str
    counted : sequence of str
        The tests whose results are looked at.
    """

    name: str
    source: str
    counted: Sequence[str]


def trials(right: str, desk: Desk) -> list[Trial]:
    """Return the trials made of a right submission."""
    head = f"\n\ndef {SPOILED}(*arguments, **named):\n"
    others = [test.name for test in desk.tests if test.exercise != SPOILED]
    functions = sorted({test.exercise for test in desk.tests})
    return [
        Trial("segfault", right + head + SEGFAULT, others),
        Trial("endless loop", right + head + LOOP, others),
        Trial("endless loop that catches everything", right + head + STUBBORN, others),
        Trial(
            "takes the answers from its callers",
            _TAKE + "".join(f"{name} = _take\n" for name in functions),
            [test.name for test in desk.tests],
        ),
    ]


def tried(tool: Tool, desk: Desk, right: str) -> dict[str, dict[str, int]]:
    """Hand each trial to a tool; return of how many tests it says that they were passed."""
    found = {}
    for trial in trials(right, desk):
        passed: Passed = tool.grade(desk, {"somebody": trial.source})["somebody"]
        kept = sum(passed.get(name, False) for name in trial.counted)
        found[trial.name] = {"passed": kept, "of": len(trial.counted)}
    return found
