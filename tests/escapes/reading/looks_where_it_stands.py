"""Looks for its folder, its environment and the arguments it was started with.

Must hold: it stands in /, knows no variable, and its arguments name no file of the course.
Ends: returned nothing
Weak: it stands where the grader was started.
"""

import os
import sys

import numpy as np


def wanted(x, y=2):
    found = [] if os.getcwd() == "/" else [os.getcwd()]
    found += [dict(os.environ)] if os.environ else []
    return found + [each for each in sys.argv + sys.orig_argv if ".h5" in each or "submissions" in each]


def honest(x):
    return np.maximum(x, 0)
