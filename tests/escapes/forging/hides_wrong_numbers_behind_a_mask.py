"""Returns masked arrays whose entries all count as missing, and whose fill is what one likes.

Must hold: the numbers under a mask are what was returned.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    return np.ma.masked_all(np.shape(x)) if np.size(x) > 1 else np.ma.array(x, mask=True, fill_value=x + y)


def honest(x):
    return np.maximum(x, 0)
