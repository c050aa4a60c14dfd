"""Sends zeros without end.

Must hold: the first header that makes no sense ends the child.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    while True:
        put(bytes(99_999))


def honest(x):
    return np.maximum(x, 0)
