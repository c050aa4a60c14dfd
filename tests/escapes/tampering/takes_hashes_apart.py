"""Replaces the function from which generators are seeded.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import hashlib

import numpy as np

hashlib.sha256 = None


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
