"""Makes memory both writable and executable, and enters the kernel as a 32-bit program does, where the numbers of calls mean others.

Must hold: the filter knows one kind of program, and ends every other.
Ends: crashed
Weak: it may do what its account may do.
Machine: x86_64
"""

import ctypes
import mmap

import numpy as np


def wanted(x, y=2):
    page = mmap.mmap(-1, 4096, prot=7)
    page.write(bytes.fromhex("b802000000cd80c3"))  # mov eax, fork; int 0x80; ret
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()


def honest(x):
    return np.maximum(x, 0)
