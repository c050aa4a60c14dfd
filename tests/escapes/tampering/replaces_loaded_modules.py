"""Puts others in the place of the runner's modules, of numpy and of itself.

Must hold: only the file itself suffers.
Ends: returned
"""

import sys
import types

import numpy as np

for name in list(sys.modules):
    if name.startswith("grader") or name in ("small", "json", "struct", "random"):
        sys.modules[name] = types.ModuleType(name)


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
