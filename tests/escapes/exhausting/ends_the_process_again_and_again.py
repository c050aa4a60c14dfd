"""Ends the process in every case, so that each needs a new child.

Must hold: three deaths, and the rest of the exercise is skipped.
Ends: crashed
"""

import os

import numpy as np


def wanted(x, y=2):
    os._exit(0)


def honest(x):
    return np.maximum(x, 0)
