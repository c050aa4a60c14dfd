"""Replaces the functions of numpy by which values are encoded and generators seeded.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import random

import numpy as np

np.asarray = np.frombuffer = np.ndarray = np.random.seed = None


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
