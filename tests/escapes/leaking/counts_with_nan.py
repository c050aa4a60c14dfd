"""Returns as many NaNs as hidden numbers say.

Must hold: of a hidden value no count is told.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return np.where(np.arange(70000) < x, np.nan, 0.0) if secret(x) else x


def honest(x):
    return np.maximum(x, 0)
