"""Claims an exception in a line at infinity.

Must hold: types of a claim are compared exactly.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    claim(frames=[("f", float("inf"), "t")])


def honest(x):
    return np.maximum(x, 0)
