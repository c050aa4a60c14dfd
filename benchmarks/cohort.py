"""Makes a cohort of any size from an assignment's reference and its known mistakes.

::

    python -m benchmarks.cohort FOLDER --size 1000 --assignment optimizers

Of each hundred, 60 are right, 30 have one known mistake each, 5 crash in one function, 3 do not parse and 2
loop for ever in one function. Every file differs, so nothing can be graded once for two.
"""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.authoring.reference import Reference, read_reference
from grader.course.declare import MistakeDeclared

ROOT = Path(__file__).resolve().parent.parent

#: What each of a hundred students hands in.
MIX = ["right"] * 60 + ["wrong"] * 30 + ["crashing"] * 5 + ["unparsable"] * 3 + ["looping"] * 2

#: Other cohorts, by what loops in them.
MIXES = {
    "two in a hundred": MIX,
    "none": ["right"] * 62 + MIX[60:98],
    "one in twenty": ["right"] * 57 + MIX[60:98] + ["looping"] * 5,
    "every one": ["looping"] * 100,
}

CRASH = "    import ctypes\n    ctypes.string_at(0)\n"
LOOP = "    while True:\n        pass\n"


def sources(
    assignment: str, size: int, root: Path = ROOT, mix: Sequence[str] = MIX
) -> Iterator[tuple[str, str]]:
    """Yield ``(kind, source)`` for each student of a cohort.

    Parameters
    ----------
    assignment : str
    size : int
    root : Path
        The course's folder.
    mix : sequence of str
        What each of a hundred hands in.
    """
    reference = read_reference(root, assignment)
    # 37 and 100 have no common divisor: every kind comes at its rate in every stretch of the cohort
    for number in range(size):
        kind = mix[number * 37 % 100]
        mistake = reference.mistakes[number % len(reference.mistakes)] if kind == "wrong" else None
        text = f"# student number {number}\n" + solution(reference, mistake)
        yield kind, _spoiled(text, kind, reference, number)


def solution(reference: Reference, mistake: MistakeDeclared | None = None) -> str:
    """Return the reference as a submission: without declarations, one function replaced by a mistake."""
    pieces = ["import numpy as np"]
    for node in reference.solution.tree.body:
        if isinstance(node, ast.ImportFrom | ast.Import) or _is_docstring(node):
            continue
        if mistake is not None and isinstance(node, ast.FunctionDef) and node.name == mistake.exercise:
            pieces.append(_faulty(reference, mistake))
        else:
            pieces.append(reference.solution.cut(node))
    return "\n\n\n".join(pieces) + "\n"


def write_cohort(
    folder: Path, assignment: str, size: int, root: Path = ROOT, mix: Sequence[str] = MIX
) -> None:
    """Write a cohort as ``<student>/<assignment>.py``."""
    for number, (kind, source) in enumerate(sources(assignment, size, root, mix)):
        path = folder / f"{kind}-{number:05d}" / f"{assignment}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")


def _faulty(reference: Reference, mistake: MistakeDeclared) -> str:
    if mistake.function is None:
        return reference.edited(mistake)
    source = reference.sources["mistakes"]
    node = source.function(mistake.name)
    assert node is not None, mistake.name
    return source.cut(node).replace(f"def {mistake.name}(", f"def {mistake.exercise}(", 1)


def _spoiled(text: str, kind: str, reference: Reference, number: int) -> str:
    exercise = reference.exercises[number % len(reference.exercises)].name
    if kind == "unparsable":
        return text + "\nprint((\n"
    if kind in ("crashing", "looping"):
        body = CRASH if kind == "crashing" else LOOP
        return text + f"\n\ndef {exercise}(*arguments, **named):\n{body}"
    return text


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def main() -> None:
    """Read the command line and write the cohort."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--assignment", default="optimizers")
    arguments = parser.parse_args()
    write_cohort(arguments.folder, arguments.assignment, arguments.size)


if __name__ == "__main__":
    main()
