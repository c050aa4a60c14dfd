"""Takes memory until there is none.

Must hold: address space is limited, the grader's is another.
Ends: raised or timed_out or crashed
"""

import numpy as np


def wanted(x, y=2):
    held = []
    while True:
        held.append(np.ones(10**6))


def honest(x):
    return np.maximum(x, 0)
