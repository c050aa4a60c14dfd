"""Raises its own limits and lowers its parent's.

Must hold: limits cannot be changed, of nobody.
Ends: returned nothing
Weak: it has no limits but of time.
"""

import os
import resource

import numpy as np


def wanted(x, y=2):
    return succeeds(
        {
            "memory": lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)),
            "time": lambda: resource.setrlimit(resource.RLIMIT_CPU, (-1, -1)),
            "files": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1)),
            "lower": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3)),
            "parents": lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU, (0, 0)),
            "affinity": lambda: os.sched_setaffinity(os.getppid(), [0]),
            "scheduler": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
        }
    )


def honest(x):
    return np.maximum(x, 0)
