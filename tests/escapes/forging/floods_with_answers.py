"""Sends answers to its case without end.

Must hold: the first counts, the second ends the child.
Ends: returned then tampered
"""

import numpy as np


def wanted(x, y=2):
    many = pack(Tag.RETURNED, 0, encode(7.0)) * 999
    while True:
        put(many)


def honest(x):
    return np.maximum(x, 0)
