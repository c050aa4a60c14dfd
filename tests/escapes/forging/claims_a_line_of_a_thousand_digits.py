"""Claims an exception in a line of a thousand digits.

Must hold: lines have an upper bound.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    claim(frames=[("f", 10**1000, "t")])


def honest(x):
    return np.maximum(x, 0)
