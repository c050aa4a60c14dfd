"""Says that a layer failed, so that the grader may think the fault its own.

Must hold: nothing that is said after the source entered can be the grader's fault.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    put(pack(Tag.UNCONFINED, 0, encode(("a", "b", "c"))))


def honest(x):
    return np.maximum(x, 0)
