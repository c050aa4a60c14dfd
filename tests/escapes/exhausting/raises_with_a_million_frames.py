"""Raises with a traceback that was made by hand, of more frames than there ever were.

Must hold: the clock of the case runs while an exception is described.
Ends: timed_out or raised or crashed
"""

import sys
import types

import numpy as np


def wanted(x, y=2):
    trace, frame = None, sys._getframe()
    for _ in range(10**6):
        trace = types.TracebackType(trace, frame, 0, 1)
    raise ValueError("deep").with_traceback(trace)


def honest(x):
    return np.maximum(x, 0)
