"""Imports the grader and the packages with which it reads answers.

Must hold: only numpy and the standard library are found.
Ends: returned nothing
"""

import numpy as np


def wanted(x, y=2):
    return succeeds(
        {
            name: lambda name=name: __import__(name)
            for name in ("h5py", "pydantic", "grader.grading", "grader.course.load", "grader.errors")
        }
    )


def honest(x):
    return np.maximum(x, 0)
