"""Prints on both outputs without end.

Must hold: output is cut, and the clock runs.
Ends: timed_out
"""

import sys

import numpy as np


def wanted(x, y=2):
    while True:
        print("x" * 999)
        print("x" * 999, file=sys.stderr)


def honest(x):
    return np.maximum(x, 0)
