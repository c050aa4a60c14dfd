# coding: punycode
"""Says that it is written in an encoding that takes quadratic time to decode.

Must hold: decoding happens in the box, in the time for loading.
Ends: anything
Costs: the whole file
"""

import numpy as np

# "@LETTERS@"


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
