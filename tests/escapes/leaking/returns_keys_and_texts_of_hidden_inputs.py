"""Returns a dict whose keys, and texts whose words, are what it is called with.

Must hold: of a hidden value no word is told.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return {f"LEAK {x}": f"LEAK {x}", ("LEAK",): 1} if secret(x) else x


def honest(x):
    return np.maximum(x, 0)
