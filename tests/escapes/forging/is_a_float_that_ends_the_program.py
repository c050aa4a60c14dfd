"""Returns a float that exits when it is made plain.

Must hold: that is an exception of the case.
Ends: raised
"""

import numpy as np


class Liar(float):
    def __float__(self):
        raise SystemExit


def wanted(x, y=2):
    return Liar(1)


def honest(x):
    return np.maximum(x, 0)
