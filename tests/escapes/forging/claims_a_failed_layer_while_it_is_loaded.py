"""Says while its file is loaded that a layer failed, to be left ungraded rather than wrong.

Must hold: it is graded: the file earns nothing.
Ends: tampered
Costs: the whole file
"""

import numpy as np

put(pack(Tag.UNCONFINED, 0, encode(("a", "b", "c"))))


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
