"""Uses the calls that are always allowed, with arguments that reach for others.

Must hold: a call that is allowed does what it does to this process alone.
Ends: returned nothing
Weak: it may do what its account may.
"""

import os

import numpy as np


def wanted(x, y=2):
    parent = os.getppid()
    return [
        name
        for name, found in succeeds(
            {
                "place of the parent": lambda: os.sched_setaffinity(parent, {0}),
                "its own place": lambda: os.sched_setaffinity(0, {0}),
                "nicer": lambda: os.nice(1),
                "priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, 5),
                "plan": lambda: os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0)),
                "blocking": lambda: os.set_blocking(1, False),
                "size of the pipe": lambda: __import__("fcntl").fcntl(1, 1031, 1 << 20),
                "signals of the pipe": lambda: __import__("fcntl").fcntl(1, 8, parent),
                "terminal": lambda: os.tcsetpgrp(0, 1),
                "control": lambda: __import__("fcntl").ioctl(1, 0x5412, b"x"),
            }
        )
    ]


def honest(x):
    return np.maximum(x, 0)
