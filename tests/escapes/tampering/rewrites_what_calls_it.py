"""Changes the instructor's own calls and the stub's helpers, for itself and for the next.

Must hold: each child is forked afresh from a parent that no submission enters.
Ends: anything
Costs: the whole file
"""

import gc

import numpy as np

for each in gc.get_objects():
    if callable(each) and getattr(each, "__module__", "") == "calls":
        each.__code__ = (lambda *_, **__: True).__code__


def wanted(x, y=2):
    return True


def honest(x):
    return np.maximum(x, 0)
