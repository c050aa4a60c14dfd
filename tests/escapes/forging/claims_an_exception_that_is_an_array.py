"""Claims an exception that is no description of one.

Must hold: the fields are compared by name.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    put(pack(Tag.RAISED, 0, encode(np.zeros(3))))


def honest(x):
    return np.maximum(x, 0)
