"""Returns an int that prints as the codec's own brackets.

Must hold: numbers are written by the codec, not by themselves.
Ends: returned
"""

import numpy as np


class Liar(int):
    __repr__ = __str__ = __format__ = lambda self, *_: "],["


def wanted(x, y=2):
    return Liar(1)


def honest(x):
    return np.maximum(x, 0)
