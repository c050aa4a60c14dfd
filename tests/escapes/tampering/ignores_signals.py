"""Ignores every signal that can be ignored, so as not to be ended.

Must hold: what ends a child cannot be ignored.
Ends: returned
"""

import signal

import numpy as np

for n in (1, 2, 10, 12, 14, 15, 17, 24, 25, 26, 27):
    signal.signal(n, signal.SIG_IGN)


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
