"""Says again that every layer holds.

Must hold: that is said once, before the source enters.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    put(pack(Tag.CONFINED, 0, encode("")))


def honest(x):
    return np.maximum(x, 0)
