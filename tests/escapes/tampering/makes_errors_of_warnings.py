"""Has every warning raise, of whatever part of the program.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import warnings

import numpy as np

warnings.simplefilter("error")
warnings.showwarning = warnings.warn = None
np.seterr(all="raise")


def wanted(x, y=2):
    return np.float32(1e30) * np.float32(1e30)


def honest(x):
    return np.maximum(x, 0)
