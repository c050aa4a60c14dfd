"""Returns the right value plus, and times, what is hidden, for the diagnosis to say by how much it is off.

Must hold: a relation that is said of hidden cases names no number but those that stand in the docstring.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return x + y + (x if secret(x) else 1)


def honest(x):
    return np.maximum(x, 0)
