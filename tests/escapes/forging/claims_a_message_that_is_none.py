"""Claims an exception whose message is an array.

Must hold: a message is text.
Ends: tampered
"""

import numpy as np


def wanted(x, y=2):
    claim(message=np.zeros(100_000))


def honest(x):
    return np.maximum(x, 0)
