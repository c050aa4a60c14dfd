"""Claims an exception of a hundred frames.

Must hold: the runner sends eight at most, and the grader takes sixteen.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    claim(frames=[("f", 1, "t")] * 100)


def honest(x):
    return np.maximum(x, 0)
