"""Raises NotImplementedError made of what it is called with.

Must hold: of the exception one bit is told: that the case is not attempted.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    if secret(x):
        raise NotImplementedError(f"LEAK {x}")
    return x


def honest(x):
    return np.maximum(x, 0)
