"""Ends the process while the file is loaded, with the status of success.

Must hold: every case is lost, and nothing of it passes.
Ends: crashed
Costs: the whole file
"""

import os

import numpy as np

os._exit(0)


def honest(x):
    return np.maximum(x, 0)
