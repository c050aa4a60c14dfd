"""Sends an array in the place of notes.

Must hold: what is no short list is looked at no closer.
Ends: tampered
Costs: the whole file
"""

import numpy as np

loaded(notes=np.zeros(10**6, "u1"))


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
