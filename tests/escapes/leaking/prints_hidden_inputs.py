"""Prints what it is called with, on every way to its output.

Must hold: what is printed once hidden inputs entered is for the instructor.
Ends: returned
"""

import os
import sys
import warnings

import numpy as np


def wanted(x, y=2):
    if secret(x):
        print("LEAK", x, flush=True)
        print("LEAK", x, file=sys.stderr)
        sys.__stdout__.write(f"LEAK {x}")
        os.write(1, f"LEAK {x}".encode())
        os.write(2, f"LEAK {x}".encode())
        warnings.warn(f"LEAK {x}", stacklevel=1)
    return x


def honest(x):
    return np.maximum(x, 0)
