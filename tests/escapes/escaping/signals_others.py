"""Sends signals to its parent, to everybody, and to itself.

Must hold: no signal can be sent.
Ends: returned nothing
Weak: it may signal what its account may signal.
"""

import os
import signal
import threading

import numpy as np


def wanted(x, y=2):
    return succeeds(
        {
            "nothing": lambda: os.kill(os.getppid(), 0),
            "parent": lambda: os.kill(os.getppid(), 9),
            "first": lambda: os.kill(1, 9),
            "everyone": lambda: os.kill(-1, 9),
            "group": lambda: os.killpg(0, 9),
            "itself": lambda: os.kill(os.getpid(), signal.SIGSTOP),
            "raised": lambda: signal.raise_signal(signal.SIGSTOP),
            "thread": lambda: signal.pthread_kill(threading.get_ident(), signal.SIGSTOP),
            "handle": lambda: os.pidfd_open(1),
        }
    )


def honest(x):
    return np.maximum(x, 0)
