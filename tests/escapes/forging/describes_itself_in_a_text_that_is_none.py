"""Raises an exception whose message is a text that is cut into something else.

Must hold: a message is text, whatever the box says of it.
Ends: tampered
"""

import numpy as np


class Text(str):
    def __getitem__(self, place):
        return np.arange(5)


class Odd(Exception):
    def __str__(self):
        return Text("words")


def wanted(x, y=2):
    raise Odd


def honest(x):
    return np.maximum(x, 0)
