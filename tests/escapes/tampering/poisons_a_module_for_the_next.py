"""Leaves changed modules, environment and type caches for the submission that comes next.

Must hold: the next child knows nothing of this one.
Ends: returned
Costs: the whole file
"""

import builtins
import os
import sys

import numpy as np

os.environ["PYTHONSTARTUP"] = "/tmp/softmark-attack.py"
np.add.__doc__
np.maximum = np.add = lambda *_: 7.0
sys.modules["math"] = None
builtins.float = int


def wanted(x, y=2):
    return 7.0


def honest(x):
    return x if x > 0 else 0.0
