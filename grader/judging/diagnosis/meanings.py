"""What an exception means, in plain words: by its message where that may be read, else by its type alone."""

from __future__ import annotations

import re
from typing import Final

from grader.judging.diagnosis.messages import DIVISION, INDEX, MEANINGS, NAMES, Meaning

__all__ = ["BY_TYPE", "MEANINGS", "Meaning", "meaning_of"]

MAX_MESSAGE: Final = 300

#: By the nearest built-in type: Python's own names, which may be said of any case.
BY_TYPE: Final = tuple(
    Meaning(code, types, "", sentence, help_steps)
    for code, types, sentence, help_steps in (
        (
            "key_missing",
            ("KeyError",),
            "a dict is asked for a key that it does not have",
            (
                "Print the keys of the dict, and see how yours is made: which number does it end with?",
                "Where a function of your own returns the dict, compare its keys with those read here.",
            ),
        ),
        ("index_out_of_bounds", ("IndexError",), "an index is beyond what it indexes", INDEX),
        ("division_by_zero", ("ZeroDivisionError",), "a number is divided by zero", DIVISION),
        ("variable_not_set", ("UnboundLocalError",), "a variable is read before it is set", NAMES),
        ("name_not_defined", ("NameError",), "a name is used that is not defined", NAMES),
        (
            "attribute_missing",
            ("AttributeError",),
            "a value is asked for an attribute that it does not have",
            ("What does that variable hold at that point, and what should it hold?",),
        ),
        (
            "module_not_available",
            ("ModuleNotFoundError", "ImportError"),
            "a module is imported that is not available where the file is graded",
            ("The exercise needs no more than what the handed-out file imports.",),
        ),
        (
            "endless_recursion",
            ("RecursionError",),
            "a function calls itself without end",
            ("Under which condition does it stop calling itself, and is that condition ever met?",),
        ),
        (
            "out_of_memory",
            ("MemoryError",),
            "more memory is asked for than there is",
            ("Which array is larger than the formula asks for? Write its shape beside the line.",),
        ),
        (
            "exits",
            ("SystemExit", "KeyboardInterrupt", "GeneratorExit"),
            "the function ends the program instead of returning",
            ("Leave out exit() and quit(): a function ends with return.",),
        ),
        (
            "no_files",
            (
                "FileNotFoundError",
                "PermissionError",
                "OSError",
                "TimeoutError",
                "ConnectionError",
                "EOFError",
            ),
            "a file, the keyboard or the network is used, none of which is there when the file is graded",
            ("All that the function needs is in its arguments.",),
        ),
        (
            "number_too_large",
            ("OverflowError", "FloatingPointError"),
            "a number becomes too large",
            ("Which term grows without bound, and how can the formula be written without it?",),
        ),
        (
            "assertion",
            ("AssertionError",),
            "an assert statement in the file does not hold",
            ("Print what the assertion compares: it is right about something.",),
        ),
        (
            "type_error",
            ("TypeError",),
            "an operation or a call meets a value of a type that it does not take",
            ("What does each variable of that line hold: a number, an array, a list, None?",),
        ),
        (
            "value_error",
            ("ValueError",),
            "an operation meets a value or a shape that it does not take",
            ("Write the shape of each array beside the line: do they fit the product, sum or assignment?",),
        ),
        (
            "not_implemented",
            ("NotImplementedError",),
            "a part is not written yet",
            ("Find the line that raises NotImplementedError.",),
        ),
    )
)


def meaning_of(nearest: str, message: str | None) -> tuple[Meaning, tuple[str, ...]] | None:
    """Look an exception up.

    Parameters
    ----------
    nearest : str
        Its nearest built-in type.
    message : str or None
        None where the message may not be used.

    Returns
    -------
    tuple of (Meaning, groups of its pattern), or None
    """
    # The message is anybody's text: a long one could keep a pattern busy for hours.
    text = (message or "")[:MAX_MESSAGE]
    for meaning in MEANINGS if message is not None else ():
        match = re.search(meaning.pattern, text) if nearest in meaning.types else None
        if match:
            return meaning, tuple(group or "" for group in match.groups())
    return next(((meaning, ()) for meaning in BY_TYPE if nearest in meaning.types), None)
