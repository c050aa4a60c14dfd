"""Returns an object whose class is named for what it is called with.

Must hold: names of types in hidden cases are for the instructor.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return type(f"LEAK{x}", (), {})() if secret(x) else x


def honest(x):
    return np.maximum(x, 0)
