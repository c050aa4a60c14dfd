"""A file of our own that goes the way of a student's once, in the box parent, before any is there.

What Python and numpy find out the first time and then remember (which instruction suits which types, which
loop of a function suits which dtypes, which attribute stands where) is then known in each child, instead of
being found out, and written to memory that until then it shares with the parent, by every one of them.
"""

from __future__ import annotations

import gc
import linecache
import sys
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from grader.sandbox.inside.runner import Setup, Submission
from grader.sandbox.inside.wire import Message, Tag, encode, pack

#: Python's own threshold for taking note of the types that it meets is below this.
TIMES: Final = 10

_NAME: Final = "rehearsal"
SOURCE: Final = b'''
import numpy as np

def forward(X, W, b):
    """What exercises in numpy are made of."""
    Z = np.dot(W, X) + b
    return np.maximum(0, Z), (Z, X, W)

def rehearsal(X, parameters, keep=0.5, labels=None):
    results, caches = {}, []
    number = len(parameters) // 2
    A = X
    for l in range(1, number + 1):
        A, cache = forward(A, parameters["W" + str(l)], parameters[f"b{l}"])
        caches.append(cache)
    exp = np.exp(A - np.max(A, axis=0, keepdims=True))
    S = exp / np.sum(exp, axis=0, keepdims=True)
    m = X.shape[1]
    cost = -np.sum(np.log(S + 1e-8)) / m
    mask = np.random.rand(*A.shape) < keep
    A = np.multiply(A, mask) / keep
    order = list(np.random.permutation(m))
    shuffled = X[:, order].reshape((X.shape[0], m))
    for l in reversed(range(number)):
        Z, X, W = caches[l]
        dZ = np.array(Z, copy=True)
        dZ[Z <= 0] = 0
        results["dW" + str(l + 1)] = 1.0 / m * np.dot(dZ, X.T)
        results["db" + str(l + 1)] = np.sum(dZ, axis=1, keepdims=True) / m
        v = np.zeros_like(W)
        v = 0.9 * v + (1 - 0.9) * np.square(W) ** 2
        results["v" + str(l + 1)] = W - 0.1 * v / (np.sqrt(v) + 1e-8)
    results["norm"] = np.linalg.norm(X) + np.mean(X) + np.var(X, axis=0).sum() + float(np.squeeze(cost))
    results["argmax"] = np.argmax(S, axis=0), np.abs(X), np.zeros((2, 1)), np.ones((1, 2)), np.tanh(X)
    assert S.shape == A.shape
    return results, cost, [shuffled, labels, None, True]
'''


def rehearse(setup: Setup, told: Callable[[Tag], object] = str) -> None:
    """Run our file as a student's, call its function several times, and forget what it returns.

    Parameters
    ----------
    setup : Setup
    told : callable
        Hears how each call went.
    """
    ours = setup.named(_NAME)
    inputs: dict[str, Any] = {
        "X": np.arange(12.0).reshape(3, 4),
        "parameters": {
            "W1": np.ones((3, 3)),
            "b1": np.zeros((3, 1)),
            "W2": np.ones((2, 3)),
            "b2": np.ones((2, 1)),
        },
        "labels": np.arange(4),
    }
    message = Message(Tag.CASE, 0, encode((_NAME, 2, inputs)))
    submission = Submission(ours, bytes(32))
    encode(submission.load(SOURCE))
    for _ in range(TIMES):
        tag, body = submission.answer(message)
        pack(tag, 0, body)
        told(tag)
    sys.modules.pop(_NAME, None)
    linecache.cache.pop(submission.file.filename, None)
    del submission
    gc.collect()  # a module and its functions refer to each other
