"""Returns a dict whose items never end.

Must hold: time and memory of the case bound it.
Ends: timed_out or raised
"""

import numpy as np


class Liar(dict):
    def items(self):
        while True:
            yield 1, 2


def wanted(x, y=2):
    return Liar()


def honest(x):
    return np.maximum(x, 0)
