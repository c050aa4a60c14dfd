"""Reads the answers through every library that opens files by itself.

Must hold: the kernel asks which file, not who opens it.
Ends: returned nothing
Weak: it may read what its account may.
"""

import configparser
import ctypes
import fileinput
import importlib.machinery
import linecache
import runpy
import tokenize
import zipimport

import numpy as np


def asked(found):
    if not found:
        raise OSError("nothing")
    return found


def wanted(x, y=2):
    path = WATCHED + "/hidden.h5"
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    libc.opendir.restype = ctypes.c_void_p
    return [
        name
        for name, found in succeeds(
            {
                "numpy": lambda: np.fromfile(path, np.uint8),
                "load": lambda: np.load(path, allow_pickle=True),
                "text": lambda: np.genfromtxt(path),
                "lines": lambda: asked(linecache.getlines(path)),
                "loader": lambda: importlib.machinery.SourceFileLoader("x", path).get_data(path),
                "run": lambda: runpy.run_path(path),
                "zip": lambda: zipimport.zipimporter(path),
                "tokens": lambda: tokenize.open(path).read(),
                "settings": lambda: asked(configparser.ConfigParser().read(path)),
                "input": lambda: list(fileinput.input(path)),
                "libc": lambda: asked(libc.fopen(path.encode(), b"r")),
                "folder": lambda: asked(libc.opendir(WATCHED.encode())),
            }
        )
    ]


def honest(x):
    return np.maximum(x, 0)
