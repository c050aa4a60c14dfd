"""Has a timer interrupt whatever runs, the runner too.

Must hold: only the file itself suffers.
Ends: anything
Costs: the whole file
"""

import signal

import numpy as np

signal.signal(signal.SIGALRM, lambda *_: 1 / 0)
signal.setitimer(0, 0.001, 0.001)


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
