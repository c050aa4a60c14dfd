"""Says that its file was run while it still runs, so that what follows is no longer loading.

Must hold: the second message of the kind is seen.
Ends: tampered
Costs: the whole file
"""

import numpy as np

loaded()


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
