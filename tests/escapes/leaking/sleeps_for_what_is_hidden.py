"""Sleeps for as long as hidden inputs say.

Must hold: times of hidden cases are for the instructor.
Ends: returned
"""

import time

import numpy as np


def wanted(x, y=2):
    if secret(x):
        time.sleep(x % 10 / 100)
    return x


def honest(x):
    return np.maximum(x, 0)
