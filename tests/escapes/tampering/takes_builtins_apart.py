"""Replaces built-in functions.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import numpy as np

for name in ("len", "type", "list"):
    setattr(builtins, name, None)


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
