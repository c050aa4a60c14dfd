"""Raises an exception whose class says that it is one of Python's own.

Must hold: the name is looked up among Python's own.
Ends: raised
"""

import numpy as np

Liar = type("LEAK", (Exception,), {"__module__": "builtins"})


def wanted(x, y=2):
    raise Liar(str(x))


def honest(x):
    return np.maximum(x, 0)
