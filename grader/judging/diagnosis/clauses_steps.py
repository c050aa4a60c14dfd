"""Clauses for edits of steps: statements, loops, branches, parameters, indices, keys, order.

As `grader.judging.diagnosis.clauses_formulas`.
"""

from __future__ import annotations

import ast
from typing import Final

from grader.judging.diagnosis.edits import Clause, Edited
from grader.judging.diagnosis.pieces import enumeration, function_of, parsed

__all__ = ["CLAUSES"]


def _delete_statement(edit: Edited) -> tuple[str, str]:
    idea = "Go through the steps one by one: is each of them carried out, and is its result kept?"
    statement, pieces = edit.before, edit.pieces
    place = pieces.place(edit.edit.target)
    if isinstance(statement, ast.AugAssign):
        return f"a step that changes {place or 'a running value'} is left out", idea
    if isinstance(statement, ast.Break | ast.Continue | ast.Raise):
        return "a loop goes on where it should stop", idea
    if place:
        return f"the step that computes {place} is left out", idea
    return f"a step is left out{pieces.about(statement, ', one with ')}", idea


def _move_statement(edit: Edited) -> tuple[str, str]:
    idea = "In which order do the steps follow each other, and does one use what another has changed already?"
    first, _, second = edit.edit.before.partition("\n")
    inside = edit.edit.after.startswith("move_statement: into")
    names = edit.pieces.about(parsed(second if inside else first), ", one with ")
    if inside and second.startswith("return"):
        return "the loop ends in its first round, with what is returned", (
            "Which lines belong to the loop? What is indented under it is done in every round."
        )
    if inside:
        return f"a step that belongs behind a loop is done in every round{names}", idea
    return f"two steps are done in the wrong order{names}", idea


def _freeze_parameter(edit: Edited) -> tuple[str, str]:
    name = edit.pieces.called(edit.before) or "a parameter"
    return f"{name} is {edit.edit.after} whatever is passed", (
        f"What counts is the {name} that is passed, not the value that it usually has."
    )


def _drop_index(edit: Edited) -> tuple[str, str]:
    name = edit.pieces.called(edit.after) or "an array"
    return f"the whole of {name} is used where a part of it, or another arrangement, belongs", (
        f"Which rows and columns of {name} does this step need, and in which order?"
    )


def _freeze_option(edit: Edited) -> tuple[str, str]:
    call = edit.before
    name = edit.pieces.called(call.args[0]) if isinstance(call, ast.Call) else ""
    if isinstance(call, ast.Call) and isinstance(call.args[0], ast.Constant):
        name = edit.pieces.words.get(str(call.args[0].value), "")
    name = name or "an option"
    return f"{name} has its default whatever is passed", (
        f"What counts is the {name} that is passed; the default is for calls without one."
    )


def _leave_loop(edit: Edited) -> tuple[str, str]:
    idea = "Which lines belong to the loop? What is indented under it is done in every round."
    step, _, __ = edit.edit.before.partition("\n")
    names = edit.pieces.about(parsed(step), ", one with ")
    when = "behind" if "last" in edit.edit.after else "before"
    return f"a step of a loop is done once, {when} it{names}", idea


def _swap_key(edit: Edited) -> tuple[str, str]:
    idea = "Compare each key with the value that is stored or read under it."
    before, after = edit.before, edit.after
    if isinstance(before, ast.Dict) and isinstance(after, ast.Dict):
        pairs = zip(before.keys, after.keys, strict=True)
        moved = [edit.pieces.words.get(_text(one), "") for one, two in pairs if _text(one) != _text(two)]
        named = enumeration([name for name in moved if name]) or "two keys"
        return f"the values of {named} are stored under each other's keys", idea
    key = _text(after.slice) if isinstance(after, ast.Subscript) else ""
    wrong = f"`{key}`" if key.isidentifier() else edit.pieces.called(after)
    right = edit.pieces.called(before)
    return f"{wrong or 'another entry'} is read where {right or 'one'} belongs", idea


def _text(key: ast.expr | None) -> str:
    return str(key.value) if isinstance(key, ast.Constant) else ast.unparse(key) if key is not None else ""


def _change_update(edit: Edited) -> tuple[str, str]:
    idea = "What does each round do with the value of the round before: add to it, subtract, or replace it?"
    place = edit.pieces.place(edit.edit.target) or "a running value"
    if isinstance(edit.after, ast.Assign):
        return f"{place} is overwritten where it should be changed by an amount", idea
    grows = isinstance(edit.after, ast.AugAssign) and isinstance(edit.after.op, ast.Add)
    done, due = ("added to", "taken from") if grows else ("taken from", "added to")
    return f"a value is {done} {place} where it should be {due} it", idea


def _change_comparison(edit: Edited) -> tuple[str, str]:
    idea = "Try values just below, just above and exactly at the limit: which of them are meant?"
    before, after, about = edit.before, edit.after, edit.pieces.about(edit.before, ", between values with ")
    if isinstance(before, ast.BoolOp):
        return f"two conditions are joined the other way, by `and` or by `or`{about}", (
            "Must both conditions hold, or is one of them enough?"
        )
    kinds = {type(node.ops[0]) for node in (before, after) if isinstance(node, ast.Compare)}
    if kinds in ({ast.Lt, ast.LtE}, {ast.Gt, ast.GtE}):
        return f"equal values are counted on the other side of a comparison{about}", idea
    return f"a comparison is made the other way round{about}", idea


def _fix_branch(edit: Edited) -> tuple[str, str]:
    idea = "For which inputs is that branch meant? Follow one of them, and one of the others, by hand."
    head, _, __ = edit.edit.before.partition("\n")
    condition = parsed(head)
    about = edit.pieces.about(condition, " of a condition on ")
    when = "whatever comes in" if edit.edit.after.endswith("always") else "not even where it is meant"
    verb = "is taken" if edit.edit.after.endswith("always") else "is never taken"
    return f"the branch{about} {verb}, {when}", idea


def _fix_condition(edit: Edited) -> tuple[str, str]:
    test = edit.before.test if isinstance(edit.before, ast.IfExp) else None
    about = edit.pieces.listed(test)
    whatever = f"{about} is" if about else "comes in"
    return f"one of two ways is always taken, whatever {whatever}", (
        "For which inputs is each way meant? Follow one input of either kind by hand."
    )


def _off_by_one(edit: Edited) -> tuple[str, str]:
    before = edit.before
    about = edit.pieces.about(before)
    if function_of(before) == "range":
        return f"a loop begins or ends one round too early or too late{about}", (
            "Write down the first and the last value that the loop's variable has: are both the ones meant?"
        )
    if isinstance(before, ast.BinOp) and isinstance(before.op, ast.Pow):
        return f"the exponent of a power{about} is off by one", (
            "From which number on does the exponent count, 0 or 1, and is it counted up already?"
        )
    return f"an index or number is off by one{about or edit.beside}", (
        "Which number has the first one, 0 or 1? Write the index beside what it stands for."
    )


def _change_slice(edit: Edited) -> tuple[str, str]:
    idea = "A slice a:b holds a and leaves out b: write down the first and the last index that you want."
    return f"a slice{edit.pieces.about(edit.before)} begins or ends in the wrong place", idea


def _swap_items(edit: Edited) -> tuple[str, str]:
    idea = "Compare the order with that in the docstring, or with the one that the called function asks for."
    if isinstance(edit.before, ast.Call):
        return f"two arguments of a call change places{edit.pieces.about(edit.before, ', among ')}", idea
    ours, theirs = (getattr(node, "elts", []) for node in (edit.before, edit.after))
    moved = [edit.pieces.called(a) for a, b in zip(ours, theirs, strict=False) if ast.dump(a) != ast.dump(b)]
    named = enumeration(moved) if moved and all(moved) else "two items"
    return f"{named} stand in each other's place", idea


#: The clause and the idea of each operator's edits.
CLAUSES: Final[dict[str, Clause]] = {
    "delete_statement": _delete_statement,
    "move_statement": _move_statement,
    "freeze_parameter": _freeze_parameter,
    "drop_index": _drop_index,
    "freeze_option": _freeze_option,
    "leave_loop": _leave_loop,
    "swap_key": _swap_key,
    "change_update": _change_update,
    "change_comparison": _change_comparison,
    "fix_branch": _fix_branch,
    "fix_condition": _fix_condition,
    "off_by_one": _off_by_one,
    "change_slice": _change_slice,
    "swap_items": _swap_items,
}
