"""Returns the right value times what is hidden.

Must hold: a relation that is said of hidden cases names no number but those that stand in the docstring.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return (x + y) * (x if secret(x) else 2)


def honest(x):
    return np.maximum(x, 0)
