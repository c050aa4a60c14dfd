"""Writes, links, renames, removes, and makes files of every kind.

Must hold: nothing can be written but what the two pipes carry away.
Ends: returned nothing
Weak: it may write what its account may write.
"""

import os

import numpy as np


def wanted(x, y=2):
    numpy = np.__file__
    return succeeds(
        {
            "file": lambda: open("/tmp/softmark-attack", "w"),
            "watched": lambda: open(WATCHED + "/attack", "w"),
            "over": lambda: open(WATCHED + "/hidden.h5", "r+b"),
            "append": lambda: open(WATCHED + "/hidden.h5", "ab"),
            "beside": lambda: open(os.path.dirname(numpy) + "/attack.py", "w"),
            "over numpy": lambda: open(numpy, "r+b"),
            "folder": lambda: os.mkdir("/tmp/softmark-attack"),
            "link": lambda: os.symlink("/", "/tmp/softmark-attack"),
            "hard link": lambda: os.link(numpy, "/tmp/softmark-attack"),
            "shared": lambda: open("/dev/shm/softmark-attack", "w"),
            "remove": lambda: os.unlink(WATCHED + "/hidden.h5"),
            "rename": lambda: os.rename(WATCHED + "/hidden.h5", WATCHED + "/other"),
            "mode": lambda: os.chmod(numpy, 0),
            "time": lambda: os.utime(WATCHED + "/hidden.h5"),
            "truncate": lambda: os.truncate(WATCHED + "/hidden.h5", 0),
            "attribute": lambda: os.setxattr(WATCHED + "/hidden.h5", "user.x", b"x"),
            "nameless": lambda: os.open("/tmp", os.O_TMPFILE | os.O_RDWR),
            "memory": lambda: os.memfd_create("x"),
            "pipe": lambda: os.mkfifo("/tmp/softmark-attack"),
            "device": lambda: os.mknod("/tmp/softmark-attack"),
        }
    )


def honest(x):
    return np.maximum(x, 0)
