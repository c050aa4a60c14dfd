"""Returns a text that says that its length is negative, to have bytes to spare.

Must hold: the bytes that arrive are counted.
Ends: returned or raised or too_large
"""

import numpy as np


class Liar(str):
    __len__ = lambda self: -(10**9)


def wanted(x, y=2):
    return [Liar("x"), "y" * 10**6]


def honest(x):
    return np.maximum(x, 0)
