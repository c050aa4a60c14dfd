"""Opens folders as mere handles, which Landlock does not forbid, and reads from there.

Must hold: a handle lists nothing and opens nothing.
Ends: returned nothing
Weak: it reads what its account may read.
"""

import os

import numpy as np


def wanted(x, y=2):
    found = []
    for top in ("/", "/etc", WATCHED):
        try:
            handle = os.open(top, os.O_PATH)
        except OSError:
            continue
        found += succeeds(
            {
                "listed": lambda: os.listdir(handle),
                "passwd": lambda: os.open("etc/passwd", os.O_RDONLY, dir_fd=handle),
                "hidden": lambda: os.open("hidden.h5", os.O_RDONLY, dir_fd=handle),
                "again": lambda: os.open(f"/proc/self/fd/{handle}", os.O_RDONLY),
                "entered": lambda: os.fchdir(handle),
                "read": lambda: os.read(handle, 9),
            }
        )
    return found


def honest(x):
    return np.maximum(x, 0)
