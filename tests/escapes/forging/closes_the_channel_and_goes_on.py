"""Closes the channel and computes for ever, with nobody to end it.

Must hold: a closed channel is the end of the child.
Ends: crashed
"""

import os

import numpy as np


def wanted(x, y=2):
    os.close(way_out())
    while True:
        pass


def honest(x):
    return np.maximum(x, 0)
