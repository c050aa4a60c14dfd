"""Ends the process in a hidden case, then fails at loading with what the clock tells.

Must hold: only the first loading is told.
Ends: returned
"""

import os

import numpy as np

if os.getpid() < 0:
    raise SystemExit("LEAK")


def wanted(x, y=2):
    if secret(x):
        raise SystemExit(f"LEAK {x}")
    return x


def honest(x):
    return np.maximum(x, 0)
