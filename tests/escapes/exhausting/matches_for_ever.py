"""Matches a regular expression that backtracks for ever.

Must hold: the clock runs outside.
Ends: timed_out
"""

import re

import numpy as np


def wanted(x, y=2):
    re.match("(a+)+$", "a" * 50 + "b")


def honest(x):
    return np.maximum(x, 0)
