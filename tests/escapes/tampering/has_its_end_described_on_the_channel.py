"""Has Python describe a crash on the channel, and crashes.

Must hold: what the runner does not write is forged.
Ends: tampered or crashed
"""

import ctypes
import faulthandler

import numpy as np


def wanted(x, y=2):
    faulthandler.enable(file=way_out())
    ctypes.string_at(0)


def honest(x):
    return np.maximum(x, 0)
