"""Reads the answers from a path that it has guessed, by every way of opening a file.

Must hold: a path outside the interpreter's folders cannot be opened, whoever asks.
Ends: returned nothing
Weak: it reads what its account may read.
"""

import ctypes
import mmap
import os

import numpy as np


def wanted(x, y=2):
    path = f"{WATCHED}/hidden.h5"
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    return succeeds(
        {
            "open": lambda: open(path).read(),
            "descriptor": lambda: os.read(os.open(path, os.O_RDONLY), 99),
            "from a folder": lambda: os.open("hidden.h5", os.O_RDONLY, dir_fd=os.open(WATCHED, os.O_RDONLY)),
            "mapped": lambda: mmap.mmap(os.open(path, os.O_RDWR), 0),
            "numpy": lambda: np.fromfile(path),
            "mapped by numpy": lambda: np.memmap(path),
            "C": lambda: libc.fopen(path.encode(), b"r") or _fails(),
            "as a module": lambda: (
                __import__("importlib.machinery").machinery.SourceFileLoader("m", path).get_data(path)
            ),
            "dots": lambda: open(os.path.dirname(np.__file__) + "/../../../../../.." * 3 + path).read(),
            "link": lambda: os.link(path, WATCHED + "/again"),
            "handle": lambda: os.readlink(path),
        }
    )


def _fails():
    raise OSError


def honest(x):
    return np.maximum(x, 0)
