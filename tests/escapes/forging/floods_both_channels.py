"""Prints and answers nonsense, each without end.

Must hold: reading what is printed never keeps the grader from the other channel.
Ends: tampered
"""

import os

import numpy as np


def wanted(x, y=2):
    many = b"x" * 65536
    while True:
        os.write(1, many)
        put(bytes(99))


def honest(x):
    return np.maximum(x, 0)
