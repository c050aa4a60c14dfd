"""Has every clock of Python stand still, then computes for ever.

Must hold: the clock runs outside.
Ends: timed_out
"""

import time

import numpy as np

for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time", "clock_gettime"):
    setattr(time, name, lambda *_: 0)
time.sleep = lambda _: None


def wanted(x, y=2):
    while True:
        pass


def honest(x):
    return np.maximum(x, 0)
