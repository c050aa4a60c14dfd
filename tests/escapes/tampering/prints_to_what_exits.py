"""Prints to an object that ends the program when it is flushed.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import sys

import numpy as np


class Out:
    def flush(self):
        raise SystemExit


sys.stdout = Out()


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
