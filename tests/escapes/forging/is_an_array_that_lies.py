"""Returns an array that lies about its shape, size and contents.

Must hold: the codec takes the bytes of a plain copy, and the claim is judged as it arrives.
Ends: returned
"""

import numpy as np


class Liar(np.ndarray):
    nbytes = property(lambda self: 1)
    shape = property(lambda self: (10**9,))
    tobytes = lambda self, *_: b"x"
    astype = __array__ = lambda self, *_, **__: self
    __eq__ = lambda self, other: True


def wanted(x, y=2):
    return np.zeros(3).view(Liar)


def honest(x):
    return np.maximum(x, 0)
