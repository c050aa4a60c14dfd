"""Returns a list of one long text and many short ones: as an array, each takes as much room as the longest.

Must hold: no array is made of texts.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return ["x" * 120_000, *[""] * 15_000]


def honest(x):
    return np.maximum(x, 0)
