"""Raises an exception whose message and class name are long.

Must hold: both are cut in the box, and again outside.
Ends: raised or timed_out or crashed
"""

import numpy as np


def wanted(x, y=2):
    raise type("E" * 10**6, (Exception,), {})("m" * 10**8)


def honest(x):
    return np.maximum(x, 0)
