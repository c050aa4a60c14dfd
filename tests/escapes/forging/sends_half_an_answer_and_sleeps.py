"""Sends half an answer, then sleeps, for the grader to wait.

Must hold: the clock of the case goes on until an answer is whole.
Ends: timed_out
"""

import time

import numpy as np


def wanted(x, y=2):
    put(HEADER.pack(4, 0, 9, 9))
    time.sleep(60)


def honest(x):
    return np.maximum(x, 0)
