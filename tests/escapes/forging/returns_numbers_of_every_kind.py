"""Returns what is no number as a number: NaN, infinities, huge integers.

Must hold: nothing that is not the expected number passes.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return [float("nan"), float("inf"), 10**1200, 2**63, -0.0, complex("nan"), np.float16(65504)]


def honest(x):
    return np.maximum(x, 0)
