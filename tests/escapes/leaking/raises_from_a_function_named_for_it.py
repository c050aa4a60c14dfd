"""Raises from a function and a line that are made of what it is called with.

Must hold: frames of hidden exceptions are for the instructor.
Ends: returned
"""

import linecache

import numpy as np


def wanted(x, y=2):
    if secret(x):
        text = f"def LEAK_{int(x)}():\n    raise ValueError('LEAK {x}')\nLEAK_{int(x)}()"
        linecache.cache["small.py"] = (len(text), None, text.splitlines(True), "small.py")
        exec(compile(text, wanted.__code__.co_filename, "exec"), {})
    return x


def honest(x):
    return np.maximum(x, 0)
