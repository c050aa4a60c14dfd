"""Has a timer write pieces of answers between those of the runner.

Must hold: what makes no sense ends the child, and costs its file alone.
Ends: anything
Costs: the whole file
"""

import os
import signal

import numpy as np

LINE = []


def write(*_):
    if LINE:
        os.write(LINE[0], b"\4")


signal.signal(signal.SIGALRM, write)
signal.setitimer(signal.ITIMER_REAL, 0.002, 0.0005)


def wanted(x, y=2):
    LINE[:] = [way_out()]
    return np.arange(50_000.0)


def honest(x):
    return np.maximum(x, 0)
