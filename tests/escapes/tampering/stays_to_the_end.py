"""Registers functions for the end of the program that sleep and print.

Must hold: a child is killed, and not waited for.
Ends: returned
"""

import atexit
import sys
import time

import numpy as np

atexit.register(time.sleep, 60)
atexit.register(print, "at the end")
sys.exitfunc = None


def wanted(x, y=2):
    return x


def honest(x):
    return np.maximum(x, 0)
