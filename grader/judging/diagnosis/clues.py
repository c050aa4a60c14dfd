"""What a rule finds in one case."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Clue"]


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing found in one case.

    Parameters
    ----------
    code : str
        Last part of the finding's code.
    sentence : str
        What is wrong, in words that hold nothing that was returned; safe for hidden cases.
    shown : str
        The same with what was returned, for public cases; "" where there is no more to say.
    help : tuple of str
    """

    code: str
    sentence: str
    shown: str = ""
    help: tuple[str, ...] = ()
