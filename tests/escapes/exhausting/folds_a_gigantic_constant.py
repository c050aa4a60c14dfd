"""Has the compiler fold constants, each larger than the last.

Must hold: compiling happens in the box, in its memory.
Ends: returned or raised or timed_out or crashed
"""

import numpy as np


def wanted(x, y=2):
    return eval("(" + ",".join(["1 << 9999999"] * 999) + ")")


def honest(x):
    return np.maximum(x, 0)
