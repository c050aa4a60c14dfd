"""Claims an exception whose frames are a large array, to be looked at row by row.

Must hold: what is no short list is looked at no closer.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    claim(frames=np.zeros((200_000, 3), "u1"))


def honest(x):
    return np.maximum(x, 0)
