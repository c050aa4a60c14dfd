"""Raises one of Python's own exceptions, chosen by what it is called with, with words of its own.

Must hold: of a hidden exception the name of its class is all that is told, and no number.
Ends: returned
"""

import numpy as np

KINDS = (ValueError, KeyError, IndexError, OSError, ZeroDivisionError, RecursionError, BufferError)


def wanted(x, y=2):
    if secret(x):
        raise KINDS[int(x) % 7](f"LEAK {x} <script>LEAK")
    return x


def honest(x):
    return np.maximum(x, 0)
