"""Imports a module that is named for what it is called with, for the grader to say that it is absent.

Must hold: what is absent is told of the first loading alone.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    if secret(x):
        __import__(f"LEAK{int(x)}")
    return x


def honest(x):
    return np.maximum(x, 0)
