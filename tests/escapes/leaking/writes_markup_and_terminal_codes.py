"""Prints, raises and returns markup and what terminals obey.

Must hold: everything of a student's is text.
Ends: returned
"""

import numpy as np

print("<script>LEAK()</script>\x1b]0;title\x07\x1b[2J\u202e")


class Liar(Exception):
    pass


def wanted(x, y=2):
    if np.size(y) == 1 and y != 2:
        raise Liar("<img src=x onerror=LEAK()>\x1b[31m\x9b31m\u202e")
    return "<script>LEAK()</script>\x1b[2J"


def honest(x):
    return np.maximum(x, 0)
