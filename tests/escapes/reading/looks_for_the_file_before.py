"""Looks for the text of the submission that was run before it: in modules, caches and objects.

Must hold: a source goes straight to its own child, and each child is forked afresh.
Ends: returned nothing
"""

import gc
import linecache
import sys

import numpy as np


def wanted(x, y=2):
    needle = "RENNIW EHT"[::-1]
    heap = gc.get_objects() + [linecache.cache, dict(sys.modules)]
    heap += [item for known in list(heap) for item in gc.get_referents(known)]
    texts = (item for item in heap if isinstance(item, (str, bytes)) and len(item) > 40)
    return [
        1
        for text in texts
        if (needle + ", MESSAGE" if isinstance(text, str) else b", MESSAGE") in text
        and b"heap" not in str(text).encode()
    ]


def honest(x):
    return np.maximum(x, 0)
