"""Opens sockets of every family and type.

Must hold: no socket can be made.
Ends: returned nothing
Weak: it may do what its account may do.
"""

import contextlib
import socket

import numpy as np


def wanted(x, y=2):
    found = []
    for family in range(46):
        for kind in (1, 2, 3, 5, 0o2000001):
            with contextlib.suppress(OSError):
                socket.socket(family, kind)
                found.append(family)
    return found


def honest(x):
    return np.maximum(x, 0)
