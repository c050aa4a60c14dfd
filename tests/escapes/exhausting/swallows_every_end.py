"""Loops for ever, and catches whatever might end it.

Must hold: what ends a child cannot be caught.
Ends: timed_out
"""

import numpy as np


def wanted(x, y=2):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def honest(x):
    return np.maximum(x, 0)
