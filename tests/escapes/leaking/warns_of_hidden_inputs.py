"""Warns, logs and audits what it is called with, and leaves it to be printed at the end.

Must hold: what comes out once hidden inputs entered is for the instructor.
Ends: returned
"""

import atexit
import logging
import sys
import warnings

import numpy as np


class Told:
    def __init__(self, words):
        self.words = words

    def __del__(self):
        sys.stderr.write(self.words)


def wanted(x, y=2):
    if secret(x):
        words = f"<script>LEAK {x}"
        warnings.warn(words, stacklevel=1)
        logging.error(words)
        atexit.register(print, words)
        sys.audit("softmark", words)
        sys.stdout.write("\x1b[2J" + words)
        Told(words)
    return x


def honest(x):
    return np.maximum(x, 0)
