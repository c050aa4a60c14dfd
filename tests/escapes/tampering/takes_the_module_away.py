"""Takes its own names, and those of the stub, out of the module while cases run.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import sys

import numpy as np


class Gone(dict):
    def get(self, *_):
        raise SystemExit


def wanted(x, y=2):
    globals().clear()
    return x


def honest(x):
    return np.maximum(x, 0)
