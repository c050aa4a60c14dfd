"""Prints without end, past every buffer.

Must hold: the grader reads what it keeps, and throws away the rest.
Ends: timed_out
"""

import os

import numpy as np


def wanted(x, y=2):
    while True:
        os.write(1, b"x" * 65536)


def honest(x):
    return np.maximum(x, 0)
