"""Returns an array of objects that run code when they are copied or unpickled.

Must hold: objects do not cross, nor does anything pickled.
Ends: returned
"""

import os

import numpy as np


class Liar:
    def __reduce__(self):
        return os._exit, (1,)

    __deepcopy__ = __copy__ = __float__ = lambda self, *_: os._exit(1)


def wanted(x, y=2):
    array = np.empty(2, object)
    array[:] = [Liar(), Liar()]
    return array


def honest(x):
    return np.maximum(x, 0)
