"""Has the compiler go through 200,000 signs in a row.

Must hold: compiling happens in the box, in the time for loading.
Ends: anything
Costs: the whole file
"""

import numpy as np

x = "@SIGNS@"


def honest(x):
    return np.maximum(x, 0)
