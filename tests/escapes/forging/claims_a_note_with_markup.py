"""Says that a module is absent whose name is markup.

Must hold: a name in a note is an identifier.
Ends: tampered
Costs: the whole file
"""

import numpy as np

loaded(notes=[("absent", "<script>alert(1)</script>")])


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
