"""Clauses for edits of formulas: terms, factors, functions, variables, signs, constants.

A clause follows "the values are those of a computation in which"; the idea is the first step of the help.
"""

from __future__ import annotations

import ast
from typing import Final

from grader.judging.diagnosis.edits import Clause, Edited
from grader.judging.diagnosis.pieces import Pieces, function_of, makes, operation

__all__ = ["CLAUSES"]

_FORMULA: Final = "Compare the formula with your line, piece by piece: is each one there, and only once?"


def _drop_operand(edit: Edited) -> tuple[str, str]:
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
    name, about = pieces.called(dropped), pieces.about(dropped)
    stays = pieces.called(kept) or f"a value{pieces.about(kept)}"
    match before.op:
        case ast.Add() | ast.Sub() if isinstance(dropped, ast.Constant) and left_stays:
            clause = f"{stays} is used as it is where it should be shifted by a constant"
        case ast.Sub() if isinstance(dropped, ast.Constant):
            clause = f"{stays} stands itself where its difference from a constant belongs"
        case ast.Sub() if isinstance(kept, ast.Constant):
            clause = f"{name or f'a value{about}'} is not taken from a constant"
        case ast.Add() | ast.Sub():
            clause = f"{_named('term', name, about)} is missing"
        case ast.Pow():
            clause = (
                f"{stays} stands itself where a power of it belongs" if left_stays else "a power is missing"
            )
        case ast.Div() | ast.FloorDiv() | ast.Mod() if left_stays:
            clause = f"the division by {name or (f'a value{about}' if about else 'a constant')} is missing"
        case ast.Div() | ast.FloorDiv() | ast.Mod():
            clause = f"the divisor{pieces.about(kept)} stands alone, without what it divides"
        case _:
            kind = "constant factor" if isinstance(dropped, ast.Constant) else "factor"
            clause = f"{_named(kind, name, about)} is missing"
    return clause


def _named(kind: str, name: str, about: str) -> str:
    """Write "the factor `m`", "a factor, the sum of `x`," or "a factor with `x` and `m`"."""
    if name.startswith("`"):
        return f"the {kind} {name}"
    return f"a {kind}, {name}," if name else f"a {kind}{about}"


def _scope_of_call(edit: Edited) -> tuple[str, str]:
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


def _swap_function(edit: Edited) -> tuple[str, str]:
    idea = "Say in words what happens to the entries, and look up what the function that you call does."
    ours, theirs = makes(edit.before), makes(edit.after)
    about = edit.pieces.about(edit.before, " of a value with ")
    called = function_of(edit.after)
    if {function_of(edit.before), called} == {"zeros", "ones"}:
        return f"{called} stand where {function_of(edit.before)} belong", idea
    if not ours or not theirs:
        return f"`{called}` is called where another function belongs{edit.pieces.about(edit.before)}", idea
    return f"{theirs}{about} is taken where {ours} belongs", idea


def _swap_variable(edit: Edited) -> tuple[str, str]:
    idea = "Read your line aloud with what each variable means: which of them has the formula in that place?"
    right, wrong = edit.pieces.called(edit.before), edit.pieces.called(edit.after)
    if wrong and right:
        return f"{wrong} stands where {right} belongs", idea
    if wrong:
        return f"{wrong} stands where another value belongs", idea
    if right:
        return f"another value stands where {right} belongs", idea
    return f"one intermediate result stands where another belongs{edit.beside}", idea


def _change_operator(edit: Edited) -> tuple[str, str]:
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


def _change_constant(edit: Edited) -> tuple[str, str]:
    idea = "Compare every constant of the formula with those in your code: factors, powers, start values."
    if edit.edit.after in ("True", "False"):
        return f"a switch is set to {edit.edit.after} where the other is asked{edit.beside}", (
            "Look up what each argument of the functions that you call stands for."
        )
    if isinstance(edit.near, ast.Subscript) and (size := edit.pieces.called(edit.near)).startswith(
        "a size of"
    ):
        return f"the wrong one is taken of the sizes{size.removeprefix('a size')}", (
            "Which axis counts what? Write down what the first and the second size of the array stand for."
        )
    return f"{edit.edit.after} stands where another constant belongs{edit.beside}", idea


def _complement(edit: Edited) -> tuple[str, str]:
    name = edit.pieces.called(edit.before) or "the share"
    return f"1 - {name} stands where {name} belongs", (
        f"Which share is {name}: that of what is kept, or that of what is new?"
    )


def _drop_call(edit: Edited) -> tuple[str, str]:
    what, about = makes(edit.before), edit.pieces.about(edit.after, " of a value with ")
    if not what:
        return f"a function is not applied{edit.pieces.about(edit.after, ' to a value with ')}", _FORMULA
    return f"{what}{about} is not taken", _FORMULA


def _insert_epsilon(edit: Edited) -> tuple[str, str]:
    idea = "Epsilon keeps one divisor from being zero: where does the formula have it, and is it there once?"
    if isinstance(edit.before, ast.Call):
        return f"epsilon is added inside {makes(edit.before) or 'a function'}, where it does not belong", idea
    return f"epsilon is added to a divisor that has none{edit.pieces.about(edit.before, ', beside ')}", idea


def _scale_by_count(edit: Edited) -> tuple[str, str]:
    idea = "Where does the formula divide by a number of examples, and where not? Each division is done once."
    whole = edit.after
    count = edit.pieces.called(whole.right) if isinstance(whole, ast.BinOp) else ""
    verb = "divided by" if isinstance(whole, ast.BinOp) and isinstance(whole.op, ast.Div) else "multiplied by"
    what = edit.pieces.called(edit.before) or f"a value{edit.pieces.about(edit.before)}"
    return f"{what} is {verb} {count or 'a count'} once too often", idea


def _change_axis(edit: Edited) -> tuple[str, str]:
    idea = "No axis means all entries, axis=0 runs down the columns, axis=1 along the rows: which is meant?"
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


def _precedence(edit: Edited) -> tuple[str, str]:
    about = edit.pieces.about(edit.before, ", in an expression with ")
    return f"the operations are grouped otherwise, as by other parentheses{about}", (
        "What * and / join goes before + and -, and a / b * c is (a / b) * c: which parentheses are due?"
    )


def _transpose(edit: Edited) -> tuple[str, str]:
    name = edit.pieces.called(edit.after) or "a factor"
    return f"{name} is not transposed where it should be", (
        "Write the shape of each factor beside the product: equal sizes in the middle can hide a wrong order."
    )


#: The clause and the idea of each operator's edits.
CLAUSES: Final[dict[str, Clause]] = {
    "drop_operand": _drop_operand,
    "scope_of_call": _scope_of_call,
    "swap_function": _swap_function,
    "swap_variable": _swap_variable,
    "change_operator": _change_operator,
    "change_axis": _change_axis,
    "change_constant": _change_constant,
    "complement": _complement,
    "drop_call": _drop_call,
    "insert_epsilon": _insert_epsilon,
    "scale_by_count": _scale_by_count,
    "transpose": _transpose,
    "precedence": _precedence,
}
