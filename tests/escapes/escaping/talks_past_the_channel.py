"""Uses the channel as the socket that it is: for descriptors, credentials, options, peers.

Must hold: only plain reading and writing is allowed on it.
Ends: returned nothing
Weak: its channel is a pipe.
"""

import os
import socket

import numpy as np


def wanted(x, y=2):
    line = way_out()
    found = []
    for name, attempt in {
        "descriptors": lambda: socket.send_fds(_socket(line), [b"R"], [0]),
        "received": lambda: _socket(line).recvmsg(1, 99),
        "connected": lambda: _socket(line).connect("/run/docker.sock"),
        "paired": socket.socketpair,
        "shut": lambda: _socket(line).shutdown(2),
        "owner": lambda: __import__("fcntl").fcntl(line, 8, 1),
        "mode": lambda: os.set_blocking(line, False),
        "spliced": lambda: os.sendfile(1, line, 0, 9),
    }.items():
        try:
            attempt()
        except OSError:
            continue
        found.append(name)
    return found


def _socket(line):
    """Take the number for a socket, which asks the kernel nothing yet."""
    return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, os.dup(line))


def honest(x):
    return np.maximum(x, 0)
