"""Has the garbage collector end the program.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import gc
import os

import numpy as np

gc.set_threshold(1)
gc.callbacks.append(lambda *_: os._exit(1))


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
