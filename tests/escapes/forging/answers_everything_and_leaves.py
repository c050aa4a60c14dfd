"""Answers every case while it is loaded, and ends before anything was asked.

Must hold: what it wrote is what it returned, and is judged.
Ends: returned then returned
Costs: the whole file
"""

import os

import numpy as np

loaded()
for n in range(8):
    put(pack(Tag.RETURNED, n, encode(7.0)))
os._exit(0)


def honest(x):
    return np.maximum(x, 0)
