"""Makes the mutants of an exercise, runs them, and packs what a diagnosis needs of them."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from grader.authoring.mutants.edit import MOST, Variant, variants
from grader.authoring.mutants.glossary import glossary
from grader.authoring.mutants.names import Names, Observed, observing
from grader.authoring.mutants.pool import in_processes
from grader.authoring.mutants.probes import probes
from grader.authoring.mutants.trial import Fate, Trial, Trials
from grader.authoring.reference import Reference
from grader.course.declare import ExerciseDeclared
from grader.course.model import Exercise, Mutant
from grader.course.mutants import MutantCounts, pack_mutants, read_head
from grader.course.signatures import Signature
from grader.judging.properties import Property

__all__ = ["Mutation", "made", "mutate", "mutated", "packed", "packed_mutants"]

#: Changes of the operators or of what is stored make all mutants anew.
VERSION: Final = 5

#: Most variants of another function that an exercise calls: its own exercise has the rest.
MOST_OF_OTHERS: Final = 60


@dataclass(frozen=True, slots=True)
class Mutation:
    """The mutants of an exercise, run.

    Parameters
    ----------
    exercise : str
    own, others : tuple of (Variant, Trial)
        Edits of the exercise's own function and its private helpers, and of the functions of other exercises
        that it calls; likely ones first. Its cases have to catch the own ones.
    expected : dict of str to Signature
        Of what the reference returns.
    """

    exercise: str
    own: tuple[tuple[Variant, Trial], ...]
    others: tuple[tuple[Variant, Trial], ...]
    expected: dict[str, Signature]

    def counts(self) -> MutantCounts:
        """Count the fates of its own mutants."""
        fates = [trial.fate for _, trial in self.own]
        return MutantCounts(
            made=len(fates),
            equivalent=fates.count(Fate.EQUIVALENT),
            caught=fates.count(Fate.CAUGHT),
            surviving=fates.count(Fate.SURVIVING),
        )


def packed_mutants(
    reference: Reference,
    declared: ExerciseDeclared,
    exercise: Exercise,
    properties: Mapping[str, Property],
    before: bytes = b"",
) -> bytes:
    """Return the block of mutants of an exercise, the one of the last build where nothing changed.

    Parameters
    ----------
    reference, declared, exercise, properties
        As in `mutate`.
    before : bytes
        The block of the last build.
    """
    if not reference.is_function(exercise.name):
        return b""
    digest = _digest(reference, exercise)
    if before and read_head(before)[0] == digest:
        return before
    return packed(reference, exercise, mutate(reference, declared, exercise, properties))


def packed(reference: Reference, exercise: Exercise, mutation: Mutation) -> bytes:
    """Return the block of mutants that were run; b"" for a question."""
    if not reference.is_function(exercise.name):
        return b""
    return pack_mutants(
        mutation.expected,
        mutated(mutation),
        made_from=_digest(reference, exercise),
        counts=mutation.counts(),
        words=_words(reference, exercise),
    )


def _words(reference: Reference, exercise: Exercise) -> dict[str, str]:
    """Return how a sentence writes the names that students know."""
    solution = [node for node in reference.solution.tree.body if isinstance(node, ast.FunctionDef)]
    asked = {other.name for other in reference.exercises}
    public = [node for node in solution if node.name in asked or node.decorator_list]
    return glossary(_functions(reference, exercise.name), exercise, public)


def mutate(
    reference: Reference,
    declared: ExerciseDeclared,
    exercise: Exercise,
    properties: Mapping[str, Property],
) -> Mutation:
    """Make the mutants of an exercise and run them on its cases, on all cores.

    Parameters
    ----------
    reference : Reference
    declared : ExerciseDeclared
    exercise : Exercise
        With its cases and tolerance.
    properties : mapping of str to callable
        Of ``properties.py``.
    """
    if not reference.is_function(exercise.name):
        return Mutation(exercise.name, (), (), {})
    every = made(reference, exercise)
    own = {function.name for function in _functions(reference, exercise.name)} - _foreign(reference, exercise)
    trials = Trials(reference, exercise, properties, probes(reference, declared, exercise), own)
    run = in_processes(lambda number: trials.run(every[number]), len(every), _cores())
    tried = [(variant, trial or trials.dead()) for variant, trial in zip(every, run, strict=True)]
    return Mutation(
        exercise.name,
        tuple(pair for pair in tried if pair[0].edit.function in own),
        tuple(pair for pair in tried if pair[0].edit.function not in own),
        trials.expected,
    )


def made(reference: Reference, exercise: Exercise) -> list[Variant]:
    """Return the variants of an exercise's functions, likely ones first; none is run.

    Parameters
    ----------
    reference : Reference
    exercise : Exercise
        With its cases.
    """
    return [variant for variant in _variants(reference, exercise) if _is_python(variant)]


def _is_python(variant: Variant) -> bool:
    try:
        compile(variant.source, "<mutant>", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def mutated(mutation: Mutation) -> list[Mutant]:
    """Return what is worth storing: what returned something wrong, those that return the same as one."""
    groups: dict[tuple[object, ...], tuple[Trial, list[Variant]]] = {}
    for variant, trial in (*mutation.own, *mutation.others):
        if trial.fate is Fate.CAUGHT and any(trial.signatures.values()):
            key = tuple(_key(signature) for signature in trial.signatures.values())
            groups.setdefault(key, (trial, []))[1].append(variant)
    right = tuple(_key(signature) for signature in mutation.expected.values())
    return [
        Mutant(tuple(variant.edit for variant in same), trial.signatures)
        for key, (trial, same) in groups.items()
        if key != right
    ]


def _key(signature: Signature | None) -> object:
    return None if signature is None else (signature.form, signature.numbers.tobytes())


def _variants(reference: Reference, exercise: Exercise) -> list[Variant]:
    functions = _functions(reference, exercise.name)
    observed = {function.name: Observed() for function in functions}
    with observing(observed, str(reference.solution.path)):
        for case in exercise.cases:
            reference.call(exercise.name, case.name, case.encoded_inputs)
    found = []
    for function in functions:
        most = MOST_OF_OTHERS if function.name in _foreign(reference, exercise) else MOST
        found += variants(function, Names.of(function, observed[function.name]), most)
    return found


def _foreign(reference: Reference, exercise: Exercise) -> set[str]:
    """Return the functions that other exercises ask for."""
    return {other.name for other in reference.exercises} - {exercise.name}


def _functions(reference: Reference, exercise: str) -> list[ast.FunctionDef]:
    """Return the exercise's function and those of the solution that it calls, itself or through calls.py.

    Helpers that students are given are not theirs to get wrong.
    """
    solution = {
        node.name: node
        for node in reference.solution.tree.body
        if isinstance(node, ast.FunctionDef) and not node.decorator_list
    }
    pending, found = [exercise, *_called_on_student(reference, exercise)], dict[str, ast.FunctionDef]()
    while pending:
        name = pending.pop(0)
        if name in solution and name not in found:
            found[name] = solution[name]
            pending += [node.id for node in ast.walk(solution[name]) if isinstance(node, ast.Name)]
    return list(found.values())


def _called_on_student(reference: Reference, exercise: str) -> list[str]:
    """Return what ``calls.py`` takes from the student's module for an exercise."""
    custom = reference.calls.get(exercise)
    return [] if custom is None else list(custom.__code__.co_names)


def _digest(reference: Reference, exercise: Exercise) -> str:
    """Return a digest of all that the mutants of an exercise depend on."""
    functions = [ast.unparse(function) for function in _functions(reference, exercise.name)]
    parts = [str(VERSION), np.__version__, sys.version, *functions, exercise.spec.tolerance.model_dump_json()]
    parts.append(_source_of_calls(reference, exercise.name))
    for case in exercise.cases:
        parts += [case.name, case.judge.model_dump_json()]
        parts += [repr(part) for part in (*case.encoded_inputs, *case.expected)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _source_of_calls(reference: Reference, exercise: str) -> str:
    custom = reference.calls.get(exercise)
    return "" if custom is None else Path(custom.__code__.co_filename).read_text(encoding="utf-8")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
