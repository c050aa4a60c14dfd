"""Uses almost all its time in every case.

Must hold: the seconds of a submission are bounded, too.
Ends: returned
"""

import time

import numpy as np


def wanted(x, y=2):
    time.sleep(0.05)
    return x


def honest(x):
    return np.maximum(x, 0)
