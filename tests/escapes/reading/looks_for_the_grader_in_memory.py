"""Looks for modules of the grader, where expected values would be.

Must hold: nothing of the grader is loaded in the box but what runs there.
Ends: returned nothing
"""

import sys

import numpy as np


def wanted(x, y=2):
    inside = ("grader.sandbox", "grader.sandbox.inside")
    return [
        name
        for name in sys.modules
        if name.startswith(("h5py", "pydantic", "grader."))
        and not name.startswith("grader.sandbox.inside")
        and name not in inside
    ]


def honest(x):
    return np.maximum(x, 0)
