"""Asks for the reference's answer, as a submission does that is graded again.

Must hold: who is run for the first time may not ask.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    put(pack(Tag.ASK, 0, encode(([x], {}, [], False))))
    return x


def honest(x):
    return np.maximum(x, 0)
