"""Prints what it learned as the file is loaded again, after a case that ended the process.

Must hold: whatever a child prints once hidden inputs entered the box is for the instructor.
Ends: returned
"""

import os
import time

import numpy as np

print("LEAK loaded" if time.clock_gettime(time.CLOCK_PROCESS_CPUTIME_ID) < 0 else "loaded")


def wanted(x, y=2):
    if secret(x):
        os.write(1, f"LEAK {x}".encode())
        os._exit(0)
    return x


def honest(x):
    return np.maximum(x, 0)
