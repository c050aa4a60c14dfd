"""Returns an object whose end answers the next case, before that was asked.

Must hold: what it writes is what it returns, and a second answer is seen.
Ends: returned or tampered then returned or tampered
"""

import numpy as np


class Last:
    def __del__(self):
        put(pack(Tag.RETURNED, 1, encode(np.arange(3.0))))


def wanted(x, y=2):
    return Last() if np.size(x) == 1 else x


def honest(x):
    return np.maximum(x, 0)
