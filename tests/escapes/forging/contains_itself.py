"""Returns a list and a dict that contain themselves.

Must hold: what is nested deeper than 32 is cut, and parts are counted.
Ends: too_large or timed_out
"""

import numpy as np


def wanted(x, y=2):
    knot, tie = [], {}
    knot += [knot, tie]
    tie["knot"] = tie["tie"] = knot
    return tie


def honest(x):
    return np.maximum(x, 0)
