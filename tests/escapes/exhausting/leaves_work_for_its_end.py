"""Leaves objects and generators whose end takes for ever.

Must hold: a child is killed; what it owes is never done.
Ends: returned or timed_out
"""

import numpy as np


class Slow:
    def __del__(self):
        while True:
            pass


held = [Slow()]


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
