"""Returns text that no file can hold.

Must hold: halves of characters become question marks.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return "\ud800<b>\x1b[31m\u202e"


def honest(x):
    return np.maximum(x, 0)
