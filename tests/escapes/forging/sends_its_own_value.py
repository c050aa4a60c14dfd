"""Writes an answer of its own on the channel, before the runner does.

Must hold: the first answer counts for its case; the second one is seen.
Ends: returned then tampered
"""

import numpy as np


def wanted(x, y=2):
    put(pack(Tag.RETURNED, 0, encode(7.0)))
    return x


def honest(x):
    return np.maximum(x, 0)
