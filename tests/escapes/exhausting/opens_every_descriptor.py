"""Duplicates a descriptor as often as it can.

Must hold: descriptors are limited.
Ends: raised
"""

import os

import numpy as np


def wanted(x, y=2):
    while True:
        os.dup(0)


def honest(x):
    return np.maximum(x, 0)
