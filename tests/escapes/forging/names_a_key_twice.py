"""Returns a dict with the same key twice, of which each reader might take another.

Must hold: the trusted side refuses such a dict.
Ends: returned
"""

import numpy as np


class Liar(str):
    __hash__ = lambda self: id(self)
    __eq__ = lambda self, other: False


def wanted(x, y=2):
    return {Liar("a"): 1, Liar("a"): 2}


def honest(x):
    return np.maximum(x, 0)
