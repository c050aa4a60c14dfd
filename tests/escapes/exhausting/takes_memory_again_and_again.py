"""Takes memory until there is none, and goes on.

Must hold: time is limited, too.
Ends: timed_out
"""

import numpy as np


def wanted(x, y=2):
    held = []
    while True:
        try:
            held += [bytes(10**7)]
        except MemoryError:
            pass


def honest(x):
    return np.maximum(x, 0)
