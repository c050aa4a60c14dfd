"""Raises what it is called with: as message, class, arguments, cause and note.

Must hold: of a hidden exception the student's page says its nearest built-in class.
Ends: returned
"""

import numpy as np


def wanted(x, y=2):
    if secret(x):
        error = type(f"LEAK{x}", (ValueError,), {"LEAK": x})(f"LEAK {x}", x)
        error.add_note(f"LEAK {x}")
        raise error from KeyError(f"LEAK {x}")
    return x


def honest(x):
    return np.maximum(x, 0)
