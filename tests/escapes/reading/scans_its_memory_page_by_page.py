"""Scans all memory around its objects for answers, hidden inputs and other students' files; the kernel says which pages are there.

Must hold: no such bytes are in the process, in use or freed.
Ends: returned nothing
"""

import ctypes
import errno

import numpy as np


def wanted(x, y=2):
    libc, found = ctypes.CDLL(None, use_errno=True), []
    for about in {
        id(object()) >> 20,
        id(libc) >> 20,
        id(np.zeros(9)) >> 20,
        np.zeros(9999).ctypes.data >> 20,
    }:
        for page in range((about - 1) << 20, (about + 2) << 20, 4096):
            ctypes.set_errno(0)
            libc.access(ctypes.c_void_p(page), 0)
            if ctypes.get_errno() == errno.EFAULT:
                continue
            doubles = np.frombuffer(ctypes.string_at(page, 4096))
            with np.errstate(all="ignore"):
                double = doubles * 2
            if ((double == 123483.5) | (double == 123469.0)).any():
                found.append("a hidden number")
            # what the other file has, with each byte one on: as it is it stands nowhere in this file, nor in what
            # scanning leaves behind
            if b"UIF!XJOOFS-!NFTTBHF!PG" in (doubles.view(np.uint8) + 1).tobytes():
                found.append("another student's file")
    return found


def honest(x):
    return np.maximum(x, 0)
