"""One sentence for each kind of edit: what the values returned are those of, without the line that is right.

A clause follows "the values are those of a computation in which".
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from grader.course.model import MutantEdit
from grader.judging.diagnosis.pieces import Pieces, enumeration, function_of, makes, operation, parsed

__all__ = ["CLAUSES", "Said", "say"]


@dataclass(frozen=True, slots=True)
class Said:
    """An edit in words.

    Parameters
    ----------
    clause : str
        What is other than asked: "`beta2` stands where `beta1` belongs".
    place : str
        Where: ", in the part that computes `dW2`"; "" where students have no name for it.
    help : tuple of str
        The idea, then where to look.
    """

    clause: str
    place: str
    help: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    """An edit with its pieces parsed."""

    edit: MutantEdit
    before: ast.AST | None
    after: ast.AST | None
    pieces: Pieces

    @property
    def near(self) -> ast.AST | None:
        """What is around the piece."""
        return parsed(self.edit.near) if self.edit.near else None


def say(edit: MutantEdit, words: Mapping[str, str]) -> Said:
    """Say an edit in words.

    Parameters
    ----------
    edit : MutantEdit
    words : mapping of str to str
        How a sentence writes the names that students know.
    """
    pieces = Pieces(words)
    whole = _Edit(edit, parsed(edit.before), parsed(edit.after), pieces)
    clause, idea = CLAUSES[edit.operator](whole)
    place = pieces.place(edit.target)
    said = f", in the part that computes {place}" if place and place not in clause else ""
    said += _SCOPES[edit.scope] if edit.operator not in _WHOLE else ""
    return Said(clause, said, (idea, _where(whole, place)))


_SCOPES: Final = {"one": "", "equal": ", wherever it occurs", "siblings": ", and in the same way elsewhere"}

#: Operators that concern the whole function anyway.
_WHOLE: Final = frozenset({"freeze_parameter", "freeze_option"})


def _where(edit: _Edit, place: str) -> str:
    """Say where to look; what the edit is about, and what is around it."""
    names = edit.pieces.names(edit.before) + edit.pieces.names(edit.near)
    around = [name for name in dict.fromkeys(names) if name != place][:3]
    if place:
        beside = f", at {enumeration(around)}" if around else ""
        return f"Look at the lines that compute {place}{beside}."
    if around:
        return f"Look at the lines with {enumeration(around)}."
    return "Put the formula of the docstring beside your lines, and go through them step by step."


_FORMULA: Final = "Compare the formula with your line, piece by piece: is each one there, and only once?"


def _drop_operand(edit: _Edit) -> tuple[str, str]:
    before, pieces = edit.before, edit.pieces
    if isinstance(before, ast.UnaryOp):
        sign = "a minus sign" if isinstance(before.op, ast.USub) else "a `not`"
        return f"{sign} is missing{pieces.about(before, ' before ')}", (
            "Which sign has each term of the formula, and which one has it in your code?"
        )
    if not isinstance(before, ast.BinOp):
        return f"one of several conditions is left out{pieces.about(before)}", (
            "Write down in words when the branch is to be taken: is each part of that asked for?"
        )
    left_stays = ast.unparse(before.left) == edit.edit.after
    dropped, kept = (before.right, before.left) if left_stays else (before.left, before.right)
    return _dropped(before, dropped, kept, left_stays, pieces), _FORMULA


def _dropped(before: ast.BinOp, dropped: ast.expr, kept: ast.expr, left_stays: bool, pieces: Pieces) -> str:
    name = pieces.called(dropped)
    if isinstance(before.op, ast.Sub) and isinstance(dropped, ast.Constant):
        stays = pieces.called(kept) or f"a value{pieces.about(kept)}"
        return f"{stays} stands itself where its difference from a constant belongs"
    if isinstance(before.op, ast.Add | ast.Sub):
        return f"the term {name} is missing" if name else f"a term{pieces.about(dropped)} is missing"
    if isinstance(before.op, ast.Pow):
        what = pieces.called(kept) or f"a value{pieces.about(kept)}"
        return f"{what} stands itself where a power of it belongs" if left_stays else "a power is missing"
    if isinstance(before.op, ast.Div | ast.FloorDiv | ast.Mod) and left_stays:
        by = name or (f"a value{pieces.about(dropped)}" if pieces.names(dropped) else "a constant")
        return f"the division by {by} is missing"
    if isinstance(before.op, ast.Div | ast.FloorDiv | ast.Mod):
        return f"the divisor{pieces.about(kept)} stands alone, without what it divides"
    kind = "constant factor" if isinstance(dropped, ast.Constant) else "factor"
    return f"the factor {name} is missing" if name else f"a {kind}{pieces.about(dropped)} is missing"


def _scope_of_call(edit: _Edit) -> tuple[str, str]:
    idea = "How far does each root, power, sum or logarithm reach? Its parentheses say what is inside."
    before, after = edit.before, edit.after
    wider = _reach(after) > _reach(before)
    call = (after if wider else before) if makes(after if wider else before) else None
    what = (makes(call) if call is not None else "") or "a function"
    about = edit.pieces.about(before, " of an expression with ")
    if wider:
        return f"{what} covers more than it should{about}", idea
    return f"{what} covers less than it should{about}", idea


def _reach(node: ast.AST | None) -> int:
    """Say how much an outermost call or power has in it."""
    if isinstance(node, ast.Call):
        return len(ast.unparse(node))
    return len(ast.unparse(node.left)) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) else 0


def _delete_statement(edit: _Edit) -> tuple[str, str]:
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


def _swap_function(edit: _Edit) -> tuple[str, str]:
    idea = "Say in words what happens to the entries, and look up what the function that you call does."
    ours, theirs = makes(edit.before), makes(edit.after)
    about = edit.pieces.about(edit.before, " of a value with ")
    if {function_of(edit.before), function_of(edit.after)} == {"zeros", "ones"}:
        return f"{function_of(edit.after)} stand where {function_of(edit.before)} belong", idea
    if not ours or not theirs:
        return f"`{function_of(edit.after)}`{about} is taken where another function belongs", idea
    return f"{theirs}{about} is taken where {ours} belongs", idea


def _swap_variable(edit: _Edit) -> tuple[str, str]:
    idea = "Read your line aloud with what each variable means: which of them has the formula in that place?"
    right, wrong = edit.pieces.called(edit.before), edit.pieces.called(edit.after)
    if wrong and right:
        return f"{wrong} stands where {right} belongs", idea
    if wrong:
        return f"{wrong} stands where another value belongs", idea
    if right:
        return f"another value stands where {right} belongs", idea
    return f"one intermediate result stands where another belongs{_beside(edit)}", idea


def _beside(edit: _Edit) -> str:
    return edit.pieces.about(edit.near, ", beside ")


def _change_operator(edit: _Edit) -> tuple[str, str]:
    idea = "Compare each sign and operation with the formula: which one stands between these values?"
    before, after, pieces = edit.before, edit.after, edit.pieces
    if not isinstance(before, ast.BinOp) or not isinstance(after, ast.BinOp):
        return f"another operation is carried out{pieces.about(before)}", idea
    about = pieces.about(before, ", between values with ")
    if type(before.op) is type(after.op):
        return f"a {operation(before.op)} is carried out the wrong way round{about}", idea
    ours, theirs = operation(before.op), operation(after.op)
    if isinstance(before.op, ast.MatMult):
        ours, theirs = "matrix product", "product entry by entry"
    return f"{_a(theirs)} stands where {_a(ours)} belongs{about}", idea


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _move_statement(edit: _Edit) -> tuple[str, str]:
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


def _freeze_parameter(edit: _Edit) -> tuple[str, str]:
    name = edit.pieces.called(edit.before) or "a parameter"
    return f"{name} is {edit.edit.after} whatever is passed", (
        f"What counts is the {name} that is passed, not the value that it usually has."
    )


def _change_axis(edit: _Edit) -> tuple[str, str]:
    idea = "axis=0 runs down the columns, axis=1 along the rows, no axis over all entries: which is meant?"
    what = (makes(edit.before) or "a reduction") + edit.pieces.about(edit.before, " of a value with ")
    if not isinstance(edit.before, ast.Call) or not isinstance(edit.after, ast.Call):
        return f"{what} is taken along another axis", idea
    ours, theirs = _keywords(edit.before), _keywords(edit.after)
    if "keepdims" in ours and "keepdims" not in theirs:
        return f"{what} does not keep the axis along which it is taken", (
            "A reduction drops its axis, and a shape (n,) is then broadcast as a row: what does keepdims do?"
        )
    if "axis" in ours and "axis" not in theirs:
        return f"{what} is taken over all entries at once", idea
    return f"{what} is taken along the other axis", idea


def _keywords(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


def _change_constant(edit: _Edit) -> tuple[str, str]:
    idea = "Compare every constant of the formula with those in your code: factors, powers, start values."
    if edit.edit.after in ("True", "False"):
        return f"a switch is set to {edit.edit.after} where the other is asked{_beside(edit)}", (
            "Look up what each argument of the functions that you call stands for."
        )
    return f"{edit.edit.after} stands where another constant belongs{_beside(edit)}", idea


def _complement(edit: _Edit) -> tuple[str, str]:
    name = edit.pieces.called(edit.before) or "the share"
    return f"1 - {name} stands where {name} belongs", (
        f"Which share is {name}: that of what is kept, or that of what is new?"
    )


def _drop_call(edit: _Edit) -> tuple[str, str]:
    what, about = makes(edit.before), edit.pieces.about(edit.after, " of a value with ")
    if not what:
        return f"a function is not applied{edit.pieces.about(edit.after, ' to a value with ')}", _FORMULA
    return f"{what}{about} is not taken", _FORMULA


def _drop_index(edit: _Edit) -> tuple[str, str]:
    name = edit.pieces.called(edit.after) or "an array"
    return f"the whole of {name} is used where a part of it, or another arrangement, belongs", (
        f"Which rows and columns of {name} does this step need, and in which order?"
    )


def _freeze_option(edit: _Edit) -> tuple[str, str]:
    call = edit.before
    name = edit.pieces.called(call.args[0]) if isinstance(call, ast.Call) else ""
    if isinstance(call, ast.Call) and isinstance(call.args[0], ast.Constant):
        name = edit.pieces.words.get(str(call.args[0].value), "")
    name = name or "an option"
    return f"{name} has its default whatever is passed", (
        f"What counts is the {name} that is passed; the default is for calls without one."
    )


def _insert_epsilon(edit: _Edit) -> tuple[str, str]:
    idea = "Epsilon keeps one divisor from being zero: where does the formula have it, and is it there once?"
    if isinstance(edit.before, ast.Call):
        return f"epsilon is added inside {makes(edit.before) or 'a function'}, where it does not belong", idea
    return f"epsilon is added to a divisor that has none{edit.pieces.about(edit.before, ', beside ')}", idea


def _leave_loop(edit: _Edit) -> tuple[str, str]:
    idea = "Which lines belong to the loop? What is indented under it is done in every round."
    step, _, __ = edit.edit.before.partition("\n")
    names = edit.pieces.about(parsed(step), ", one with ")
    when = "behind" if "last" in edit.edit.after else "before"
    return f"a step of a loop is done once, {when} it{names}", idea


def _swap_key(edit: _Edit) -> tuple[str, str]:
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


def _scale_by_count(edit: _Edit) -> tuple[str, str]:
    idea = "Where does the formula divide by a number of examples, and where not? Each division is done once."
    whole = edit.after
    count = edit.pieces.called(whole.right) if isinstance(whole, ast.BinOp) else ""
    verb = "divided by" if isinstance(whole, ast.BinOp) and isinstance(whole.op, ast.Div) else "multiplied by"
    what = edit.pieces.called(edit.before) or f"a value{edit.pieces.about(edit.before)}"
    return f"{what} is {verb} {count or 'a count'} once too often", idea


def _change_update(edit: _Edit) -> tuple[str, str]:
    idea = "What does each round do with the value of the round before: add to it, subtract, or replace it?"
    place = edit.pieces.place(edit.edit.target) or "a running value"
    if isinstance(edit.after, ast.Assign):
        return f"{place} is overwritten where it should be changed by an amount", idea
    grows = isinstance(edit.after, ast.AugAssign) and isinstance(edit.after.op, ast.Add)
    done, due = ("added to", "taken from") if grows else ("taken from", "added to")
    return f"a value is {done} {place} where it should be {due} it", idea


def _change_comparison(edit: _Edit) -> tuple[str, str]:
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


def _fix_branch(edit: _Edit) -> tuple[str, str]:
    idea = "For which inputs is that branch meant? Follow one of them, and one of the others, by hand."
    head, _, __ = edit.edit.before.partition("\n")
    condition = parsed(head)
    about = edit.pieces.about(condition, " of a condition on ")
    when = "whatever comes in" if edit.edit.after.endswith("always") else "not even where it is meant"
    verb = "is taken" if edit.edit.after.endswith("always") else "is never taken"
    return f"the branch{about} {verb}, {when}", idea


def _fix_condition(edit: _Edit) -> tuple[str, str]:
    test = edit.before.test if isinstance(edit.before, ast.IfExp) else None
    about = edit.pieces.listed(test)
    whatever = f"{about} is" if about else "comes in"
    return f"one of two ways is always taken, whatever {whatever}", (
        "For which inputs is each way meant? Follow one input of either kind by hand."
    )


def _off_by_one(edit: _Edit) -> tuple[str, str]:
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
    return f"an index or number is off by one{about or _beside(edit)}", (
        "Which number has the first one, 0 or 1? Write the index beside what it stands for."
    )


def _transpose(edit: _Edit) -> tuple[str, str]:
    name = edit.pieces.called(edit.after) or "a factor"
    return f"{name} is not transposed where it should be", (
        "Write the shape of each factor beside the product: equal sizes in the middle can hide a wrong order."
    )


def _change_slice(edit: _Edit) -> tuple[str, str]:
    idea = "A slice a:b holds a and leaves out b: write down the first and the last index that you want."
    return f"a slice{edit.pieces.about(edit.before)} begins or ends in the wrong place", idea


def _swap_items(edit: _Edit) -> tuple[str, str]:
    idea = "Compare the order with that in the docstring, or with the one that the called function asks for."
    if isinstance(edit.before, ast.Call):
        return f"two arguments of a call change places{edit.pieces.about(edit.before, ', among ')}", idea
    ours, theirs = (getattr(node, "elts", []) for node in (edit.before, edit.after))
    moved = [edit.pieces.called(a) for a, b in zip(ours, theirs, strict=False) if ast.dump(a) != ast.dump(b)]
    named = enumeration(moved) if moved and all(moved) else "two items"
    return f"{named} stand in each other's place", idea


def _precedence(edit: _Edit) -> tuple[str, str]:
    about = edit.pieces.about(edit.before, ", in an expression with ")
    return f"the operations are grouped otherwise, as by other parentheses{about}", (
        "* and / go before + and -, and a / b * c is (a / b) * c: set the parentheses that the formula has."
    )


#: The clause and the idea of each operator's edits.
CLAUSES: Final[dict[str, Callable[[_Edit], tuple[str, str]]]] = {
    "drop_operand": _drop_operand,
    "scope_of_call": _scope_of_call,
    "delete_statement": _delete_statement,
    "swap_function": _swap_function,
    "swap_variable": _swap_variable,
    "change_operator": _change_operator,
    "move_statement": _move_statement,
    "freeze_parameter": _freeze_parameter,
    "change_axis": _change_axis,
    "change_constant": _change_constant,
    "complement": _complement,
    "drop_call": _drop_call,
    "drop_index": _drop_index,
    "freeze_option": _freeze_option,
    "insert_epsilon": _insert_epsilon,
    "leave_loop": _leave_loop,
    "swap_key": _swap_key,
    "scale_by_count": _scale_by_count,
    "change_update": _change_update,
    "change_comparison": _change_comparison,
    "fix_branch": _fix_branch,
    "fix_condition": _fix_condition,
    "off_by_one": _off_by_one,
    "transpose": _transpose,
    "change_slice": _change_slice,
    "swap_items": _swap_items,
    "precedence": _precedence,
}
