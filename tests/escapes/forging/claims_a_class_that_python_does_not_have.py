"""Claims an exception whose nearest built-in class is a sentence of its own.

Must hold: only names of Python's own classes pass.
Ends: raised
"""

import numpy as np


def wanted(x, y=2):
    if x > 60000:
        claim(nearest=f"LEAK{x}", type_name=f"LEAK{x}")
    raise ValueError


def honest(x):
    return np.maximum(x, 0)
