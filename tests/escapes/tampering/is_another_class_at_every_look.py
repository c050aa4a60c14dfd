"""Puts callable objects, generators and coroutines in the place of functions.

Must hold: what is called is the file's affair, what comes back is judged.
Ends: returned
"""

import numpy as np


class Answer:
    def __call__(self, *_, **__):
        return (each for each in (3.0, 5.0))

    def __get__(self, *_):
        return self

    def __eq__(self, other):
        return True

    __hash__ = None


wanted = Answer()


def honest(x):
    return np.maximum(x, 0)
