"""Raises groups, notes, causes and suppressed contexts made of what it is called with.

Must hold: of a hidden exception the student's page says its nearest built-in class.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    if secret(x):
        error = ExceptionGroup(f"<script>LEAK {x}", [ValueError(str(x)), KeyError(x)])
        error.add_note(f"{x}")
        raise error from type(f"E{int(x)}", (Exception,), {})(x)
    return x


def honest(x):
    return np.maximum(x, 0)
