"""Exits with a status that is made of what it is called with.

Must hold: a status is for the instructor.
Ends: returned
"""

import os

import numpy as np


def wanted(x, y=2):
    if secret(x):
        os._exit(int(x) % 251)
    return x


def honest(x):
    return np.maximum(x, 0)
