"""Has the compiler go through nested brackets.

Must hold: compiling happens in the box, in the time for loading.
Ends: anything
"""

import numpy as np


def wanted(x, y=2):
    return eval("(" * 90 + "0" + ")" * 90) + eval("[" * 5000 + "]" * 5000)


def honest(x):
    return np.maximum(x, 0)
