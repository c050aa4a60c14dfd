"""Closes its output, and the descriptors that every program has.

Must hold: printing is not needed to answer.
Ends: returned
"""

import os
import sys

import numpy as np

sys.stdout.close()
sys.stderr = None
os.close(0)
os.close(1)
os.close(2)


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
