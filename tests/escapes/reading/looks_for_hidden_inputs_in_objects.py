"""Looks for hidden inputs in every frame, and in every object that the collector knows.

Must hold: hidden inputs enter the box only after all public cases are answered.
Ends: returned nothing
"""

import gc
import struct
import sys

import numpy as np


def wanted(x, y=2):
    needle, frame, found = struct.pack("<d", 123469.0 / 2), sys._getframe(), []
    heap = gc.get_objects()
    while frame:
        heap += frame.f_locals.values()
        frame = frame.f_back
    heap += [item for known in list(heap) for item in gc.get_referents(known)]
    for item in heap:
        if isinstance(item, (bytes, bytearray)) and item is not needle and needle in item:
            found.append(bytes(item))
    return found


def honest(x):
    return np.maximum(x, 0)
