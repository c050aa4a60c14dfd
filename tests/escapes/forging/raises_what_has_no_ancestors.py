"""Raises an exception of which no ancestor is an ordinary exception.

Must hold: the nearest built-in class is found in any case.
Ends: raised
"""

import numpy as np


class Meta(type):
    def mro(cls):
        return [cls, BaseException, object]


class Liar(BaseException, metaclass=Meta):
    pass


def wanted(x, y=2):
    raise Liar


def honest(x):
    return np.maximum(x, 0)
