"""Judge what no single number can: magnitudes, bounds, and properties that an assignment defines.

A property sees what was returned only after its structure, keys and shapes were found to be the reference's
and its numbers real, and finite where the reference's are; it sees it in the reference's form (a nested
list where an array is expected is an array by then). So a property that raises is at fault itself, and
grading says so loudly: the submission is ungraded. With ``shapes=False`` there is no such promise: a
property that raises then means that the value has no form that it can read, which counts against the
submission.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from grader.course.model import AtMost, Case, Holds, Magnitude
from grader.errors import CourseError, PropertyError
from grader.judging.align import Aligned
from grader.judging.compare import UNREADABLE, Expectation, aligned_by_form
from grader.results import Mismatch
from grader.values import Encoded, Value, WireError, decode, describe

__all__ = ["Property", "judge_at_most", "judge_holds", "judge_magnitude", "load_properties", "sentence_of"]

#: Called with a case's inputs and the value returned; returns None, or one sentence: what does not hold.
Property = Callable[[dict[str, Value], Value], str | None]


def load_properties(path: Path | None) -> dict[str, Property]:
    """Run an assignment's ``properties.py`` and return its public callables.

    Parameters
    ----------
    path : Path or None
        None where the assignment has none.

    Raises
    ------
    CourseError
        The file cannot be read or run.
    """
    if path is None:
        return {}
    namespace: dict[str, object] = {"__name__": f"properties_of_{path.parent.name}", "__file__": str(path)}
    try:
        # Not imported: an import would leave a __pycache__ beside what students receive.
        exec(compile(path.read_bytes(), str(path), "exec"), namespace)
    except Exception as error:
        raise CourseError(
            f"{path} cannot be run: {type(error).__name__}: {error}",
            help="Run it with Python and mend what it says.",
        ) from error
    return {
        name: thing
        for name, thing in namespace.items()
        if callable(thing) and not isinstance(thing, type) and not name.startswith("_")
    }


def judge_magnitude(
    judge: Magnitude, case: Case, expectation: Expectation, returned: Encoded
) -> Mismatch | None:
    """Compare decimal logarithms, entry by entry.

    Raises
    ------
    CourseError
        The expected number is not positive, so that it has no magnitude.
    """
    aligned = aligned_by_form(expectation, returned)
    if isinstance(aligned, Mismatch):
        return aligned
    for leaf in aligned.leaves:
        if not (leaf.expected > 0).all():
            raise CourseError(
                f"case {case.name!r} is judged by its magnitude but expects {leaf.expected}",
                help="Judge it with AtMost, or choose inputs whose answer is positive.",
            )
        with np.errstate(all="ignore"):
            decades = np.abs(np.log10(leaf.returned.real) - np.log10(leaf.expected))
        if not (decades <= judge.decades).all():
            return Mismatch("magnitude", leaf.path, _few(leaf.expected), _few(leaf.returned))
    return None


def judge_at_most(judge: AtMost, expectation: Expectation, returned: Encoded) -> Mismatch | None:
    """Ask that every number be from 0 to the bound."""
    aligned = aligned_by_form(expectation, returned)
    if isinstance(aligned, Mismatch):
        return aligned
    for leaf in aligned.leaves:
        if not ((leaf.returned.real >= 0) & (leaf.returned.real <= judge.bound)).all():
            return Mismatch("bound", leaf.path, f"{judge.bound:g}", _few(leaf.returned))
    return None


def judge_holds(
    judge: Holds, case: Case, expectation: Expectation, returned: Encoded, properties: Mapping[str, Property]
) -> Mismatch | None:
    """Ask each property in turn; the first that does not hold is the mismatch.

    Raises
    ------
    CourseError
        A property does not exist, raises on a value of the expected form, or returns neither None nor a
        sentence.
    """
    value = _value_to_judge(judge, expectation, returned)
    if isinstance(value, Mismatch):
        return value
    for name in judge.properties:
        if name not in properties:
            raise CourseError(
                f"case {case.name!r} asks for the property {name!r}, which properties.py does not define",
                help=f"Define it, or name one of {', '.join(sorted(properties)) or 'those you define'}.",
            )
        note = _ask(properties[name], name, judge, case, value.value)
        if note is not None:
            return Mismatch(
                "property", "", sentence_of(properties[name], name), describe(value.value), note=note
            )
    return None


def sentence_of(check: Property, name: str) -> str:
    """Say in the author's words what a property asks: its docstring's first line, else its name."""
    lines = (check.__doc__ or "").strip().splitlines()
    return lines[0].rstrip(".") if lines else name.replace("_", " ")


def _value_to_judge(judge: Holds, expectation: Expectation, returned: Encoded) -> Aligned | Mismatch:
    """Return what the properties are asked about, in the field `value`."""
    if judge.shapes:
        return aligned_by_form(expectation, returned)
    try:
        return Aligned(value=decode(returned))
    except WireError:
        return Mismatch("type", "", describe(expectation.value), UNREADABLE)


def _ask(check: Property, name: str, judge: Holds, case: Case, value: Value) -> str | None:
    # A property that changes its arguments must not change the next submission's case.
    inputs = copy.deepcopy(case.inputs)
    try:
        with np.errstate(all="ignore"):
            note = check(inputs, copy.deepcopy(value))
    except Exception as error:
        if not judge.shapes:
            return "The value returned has no form that can be judged."
        # without its message, which may be of the student's making
        raise PropertyError(
            f"{_file_of(check)}: property {name!r} raises {type(error).__name__} on case {case.name!r}",
            help="A property must judge every value of the expected structure and shapes.",
        ) from error
    if note is not None and not isinstance(note, str):
        raise CourseError(
            f"{_file_of(check)}: property {name!r} returns {note!r} on case {case.name!r}",
            help="Return None where the property holds, else one sentence that says what does not.",
        )
    return note


def _file_of(check: Property) -> str:
    code = getattr(check, "__code__", None)
    return str(code.co_filename) if code else "properties.py"


def _few(array: object) -> str:
    """Write up to three numbers."""
    numbers = np.asarray(array).ravel()
    return ", ".join(f"{number:.3g}" for number in numbers[:3]) + (", …" if numbers.size > 3 else "")
