"""Maps memory in as many pieces as the kernel will keep for it.

Must hold: address space and time are limited, whatever it is cut into.
Ends: raised or timed_out or crashed
"""

import mmap

import numpy as np


def wanted(x, y=2):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 4096, prot=1 + len(kept) % 2 * 2))


def honest(x):
    return np.maximum(x, 0)
