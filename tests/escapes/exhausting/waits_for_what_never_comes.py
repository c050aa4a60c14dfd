"""Waits on its channel for more, as the runner does.

Must hold: waiting counts as time.
Ends: timed_out or tampered or raised
"""

import os
import select

import numpy as np


def wanted(x, y=2):
    while True:
        select.select([way_out()], [], [])
        os.read(way_out(), 1 << 20)


def honest(x):
    return np.maximum(x, 0)
