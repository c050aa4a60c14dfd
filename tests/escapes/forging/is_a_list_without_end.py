"""Returns a list whose members never end.

Must hold: a value has so many parts and no more.
Ends: too_large
"""

import numpy as np


class Liar(list):
    def __iter__(self):
        while True:
            yield 1


def wanted(x, y=2):
    return Liar()


def honest(x):
    return np.maximum(x, 0)
