"""Returns an object that computes for ever when it is asked for its class.

Must hold: the clock of the case runs while a value is encoded.
Ends: timed_out
"""

import numpy as np


class Liar:
    @property
    def __class__(self):
        while True:
            pass


def wanted(x, y=2):
    return Liar()


def honest(x):
    return np.maximum(x, 0)
