"""The messages of Python's and numpy's exceptions, and what each means in plain words.

Messages may repeat what hidden inputs hold: they are read for public cases only. The first pattern that
fits is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["DIVISION", "INDEX", "MEANINGS", "NAMES", "Meaning"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One exception and what it tells.

    Parameters
    ----------
    code : str
        Last part of the finding's code.
    types : tuple of str
        Nearest built-in types that it may have.
    pattern : str
        Regular expression that is searched in the message.
    sentence : str
        What happens, to follow the exercise's name.
    help : tuple of str
        The idea.
    """

    code: str
    types: tuple[str, ...]
    pattern: str
    sentence: str
    help: tuple[str, ...] = ()


_PRODUCT = (
    "In a matrix product A·B the columns of A are as many as the rows of B.",
    "Write both shapes beside the line: a factor may have to be transposed, or the two change places.",
)
_BROADCAST = (
    "Arrays combine entry by entry where their shapes, read from the right, are equal or 1.",
    "Write the shape of each array beside the line, and see which one has another shape than intended.",
)
_ARGUMENTS = (
    "Compare the call with the line that defines the function: number, order and names of the arguments.",
)
_NONE = (
    "A function without a return statement gives None; so do methods that work in place, as list.sort.",
    "Find where the value comes from, and what that function returns.",
)
INDEX = (
    "Indices run from 0: the last of n entries has the index n - 1.",
    "Compare the range of the loop with the size of what it indexes.",
)
DIVISION = ("Which value can be 0 there? An empty sum, a count or a step number that begins at 0?",)
NAMES = (
    "A name exists only after a line that was run has set it, and only inside the function that sets it.",
    "Compare the spelling, upper and lower case included, with the place where it is set.",
)
_VALUE = ("ValueError",)
_TYPE = ("TypeError",)

MEANINGS: Final = (
    Meaning(
        "shapes_do_not_align",
        _VALUE,
        r"shapes (\(.*?\)) and (\(.*?\)) not aligned",
        "the shapes {0} and {1} do not fit a matrix product",
        _PRODUCT,
    ),
    Meaning(
        "shapes_do_not_align",
        _VALUE,
        r"matmul: .*\(size (\d+) is different from (\d+)\)",
        "the inner sizes of a matrix product are {1} and {0}, not equal",
        _PRODUCT,
    ),
    Meaning(
        "assignment_does_not_fit",
        _VALUE,
        r"could not broadcast input array from shape (\(.*?\)) into shape (\(.*?\))",
        "an array of shape {0} is assigned to a place of shape {1}",
        _BROADCAST,
    ),
    Meaning(
        "shapes_do_not_broadcast",
        _VALUE,
        r"could not be broadcast together with (?:remapped )?shapes (.*\))",
        "arrays of the shapes {0} cannot be combined entry by entry",
        _BROADCAST,
    ),
    Meaning(
        "shapes_do_not_broadcast",
        _VALUE,
        r"non-broadcastable output operand with shape (\(.*?\)) doesn't match the broadcast shape (\(.*?\))",
        "an array of shape {0} is changed in place by a result of shape {1}",
        _BROADCAST,
    ),
    Meaning(
        "array_as_condition",
        _VALUE,
        r"truth value of an array",
        "a whole array is used as a condition",
        (
            "A comparison of arrays gives one answer per entry, and `if` wants a single one.",
            "Select entries with a mask or np.where, or ask with np.all or np.any.",
        ),
    ),
    Meaning(
        "cannot_reshape",
        _VALUE,
        r"cannot reshape array of size (\d+) into shape (\(.*\))",
        "an array of {0} entries cannot take the shape {1}",
        ("The sizes of the new shape, multiplied, give the number of entries that are there.",),
    ),
    Meaning(
        "unpacking",
        _VALUE,
        r"(?:too many|not enough) values to unpack \(expected (?:at least )?(\d+)(?:, got (\d+))?\)",
        "{0} names are to be filled from a value that has another number of items",
        ("Compare the names on the left with what the right side returns: how many items, in which order?",),
    ),
    Meaning(
        "concatenation",
        _VALUE,
        r"all the input array",
        "arrays whose shapes do not match are joined",
        ("Arrays that are joined have equal shapes but for the axis along which they are joined.",),
    ),
    Meaning(
        "axis_out_of_bounds",
        ("ValueError", "IndexError"),
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        "axis {0} is used of an array that has {1} dimensions",
        ("The axes of an array count from 0; one of shape (n,) has axis 0 only.",),
    ),
    Meaning(
        "singular_matrix",
        _VALUE,
        r"Singular matrix|not positive definite",
        "a matrix is singular, or not positive definite, where it may not be",
        ("Is something missing from its diagonal, or is one row a copy of another?",),
    ),
    Meaning(
        "math_domain",
        _VALUE,
        r"math domain error|expected a (?:nonnegative|positive) input",
        "a logarithm or root is taken of a number that has none",
        ("Print the number just before: why is it negative or 0?",),
    ),
    Meaning(
        "none_used",
        ("TypeError", "AttributeError"),
        r"'?NoneType'?",
        "None is used where a value is needed",
        _NONE,
    ),
    Meaning(
        "wrong_arguments",
        _TYPE,
        r"(\w+)\(\) (?:takes|missing|got)\b",
        "{0} is called with arguments that do not fit it",
        _ARGUMENTS,
    ),
    Meaning(
        "not_callable",
        _TYPE,
        r"'(\w+)' object is not callable",
        "a value of type {0} is called like a function",
        ("Is an operator missing before a parenthesis, or does a variable bear the name of a function?",),
    ),
    Meaning(
        "array_for_number",
        _TYPE,
        r"arrays can be converted|can only be converted|only integer scalar arrays|only \w+-?\w* arrays can",
        "an array is used where a single number is needed",
        (
            "Functions of `math`, range() and sizes take numbers; those of numpy take arrays.",
            "Which shape should the value have there: is a sum over an axis missing?",
        ),
    ),
    Meaning(
        "float_for_int",
        _TYPE,
        r"'(?:numpy\.)?(float\w*)' object cannot be interpreted as an integer|integers.*must",
        "a float is used where a whole number is needed",
        ("Division with / gives a float; // gives a whole number.",),
    ),
    Meaning(
        "list_as_dict",
        _TYPE,
        r"(list|tuple) indices must be integers",
        "a {0} is indexed as if it were a dict",
        ("What does that variable hold: the dict, or a list or tuple with the dict in it?",),
    ),
    Meaning(
        "not_subscriptable",
        _TYPE,
        r"'([\w.]+)' object is not subscriptable|invalid index to scalar",
        "a single value is indexed as if it had parts",
        ("What does that variable hold at that point, and what should it hold?",),
    ),
    Meaning(
        "not_iterable",
        _TYPE,
        r"cannot unpack non-iterable|object is not iterable",
        "a single value is used as if it were a sequence",
        ("What does that variable hold, or that function return: one value, or several?",),
    ),
    Meaning(
        "operands",
        _TYPE,
        r"unsupported operand type\(s\) for ([^:]+): '([\w.]+)' and '([\w.]+)'",
        "the operator {0} is applied to a {1} and a {2}",
        ("Lists and dicts do no arithmetic: convert with np.array, or go through their items.",),
    ),
    Meaning(
        "list_arithmetic",
        _TYPE,
        r"can't multiply sequence|can only concatenate",
        "arithmetic is done with a list or string",
        ("Lists do no arithmetic: convert them with np.array first.",),
    ),
    Meaning(
        "too_many_indices",
        ("IndexError",),
        r"too many indices for array: array is (\d+)-dimensional, but (\d+) were indexed",
        "an array of {0} dimensions is given {1} indices",
        ("Which shape does the array have, and which one does the formula ask for?",),
    ),
    Meaning(
        "index_out_of_bounds",
        ("IndexError",),
        r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)",
        "the index {0} is beyond the {2} entries along axis {1}",
        INDEX,
    ),
    Meaning(
        "name_not_defined",
        ("NameError",),
        r"name '(\w+)' is not defined",
        "the name {0} is not defined",
        NAMES,
    ),
    Meaning(
        "variable_not_set",
        ("UnboundLocalError",),
        r"local variable '(\w+)'",
        "the variable {0} is read before it is set",
        (
            "A variable that a function sets anywhere belongs to that function everywhere in it.",
            "Which branch or loop was not run, so that the line that sets it was skipped?",
        ),
    ),
    Meaning(
        "module_lacks",
        ("AttributeError",),
        r"module '([\w.]+)' has no attribute '(\w+)'",
        "the module {0} has no {1}",
        ("Look the function up: is its name spelled so, and does it live in that module in this version?",),
    ),
    Meaning(
        "attribute_missing",
        ("AttributeError",),
        r"'([\w.]+)' object has no attribute '(\w+)'",
        "a value of type {0} has no attribute {1}",
        ("What does that variable hold at that point, and what should it hold?",),
    ),
    Meaning(
        "module_not_available",
        ("ModuleNotFoundError",),
        r"No module named '([\w.]+)'",
        "the module {0} is not available where the file is graded",
        ("The exercise needs no more than what the handed-out file imports.",),
    ),
)
