"""Replaces the functions by which structures are written and read.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import json

import numpy as np

json.dumps = json.loads = lambda *_, **__: "["


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
