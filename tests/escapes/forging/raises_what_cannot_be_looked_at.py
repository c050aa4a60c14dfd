"""Raises an exception that exits or loops when it is looked at.

Must hold: describing an exception is part of the case.
Ends: crashed or timed_out or raised
"""

import sys

import numpy as np


class Liar(Exception):
    __traceback__ = property(lambda self: sys.exit())

    def __str__(self):
        while True:
            pass


def wanted(x, y=2):
    raise Liar


def honest(x):
    return np.maximum(x, 0)
