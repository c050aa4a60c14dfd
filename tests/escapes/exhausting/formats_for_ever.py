"""Formats numbers with more digits and wider fields than fit anywhere.

Must hold: memory and time of a case bound every call.
Ends: raised or timed_out or crashed
"""

import numpy as np


def wanted(x, y=2):
    return f"{'x':>{10**10}}" if np.size(x) == 1 else "%.*f" % (2**31 - 1, 1 / 3)


def honest(x):
    return np.maximum(x, 0)
