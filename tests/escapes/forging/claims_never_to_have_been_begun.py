"""Claims in hidden cases that the function is missing.

Must hold: who is not there earns nothing.
Ends: raised
"""

import numpy as np


def wanted(x, y=2):
    if x > 60000:
        put(pack(Tag.MISSING, 5, encode(None)))
    raise ValueError


def honest(x):
    return np.maximum(x, 0)
