"""Sends the right structure with other amounts of data than it names.

Must hold: sizes must add up before numbers are compared.
Ends: returned then crashed
"""

import numpy as np


def wanted(x, y=2):
    honest_form = encode(np.zeros(3) if np.size(x) > 1 else 3.0)
    put(pack(Tag.RETURNED, int(np.size(x) > 1), Encoded(honest_form.structure, b"")))
    os._exit(0)


def honest(x):
    return np.maximum(x, 0)
