"""Sends an answer a byte at a time, so that something always comes.

Must hold: the clock is not set back by bytes.
Ends: timed_out
"""

import numpy as np


def wanted(x, y=2):
    put(HEADER.pack(4, 0, 9, 900_000))
    while True:
        put(b"x")


def honest(x):
    return np.maximum(x, 0)
