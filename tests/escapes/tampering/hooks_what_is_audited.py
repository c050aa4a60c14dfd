"""Leaves an audit hook, which cannot be taken away, that ends the program.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import os
import sys

import numpy as np

sys.addaudithook(lambda *_: os._exit(0))


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
