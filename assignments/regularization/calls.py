"""How the exercises with chance in them are called: several times, so that their chance can be judged.

Every call gets images of its own, so it does no harm to change them in place.
"""

import numpy as np

#: How many seeds are tried beside the case's own, and how far apart: code may well give each image a seed
#: of its own that it counts up from the one it is given, and these should not meet.
OTHER_SEEDS = 12
STEP = 1009


def random_flip(student, images, p, seed):
    """Call with the seed, the same seed again and other seeds; once where nothing is left to chance."""
    if p in (0, 1):
        return student.random_flip(images, p, seed)
    return _calls(lambda seed: student.random_flip(images.copy(), p, seed), seed)


def random_crop(student, images, size, seed):
    """Call with the seed, the same seed again and other seeds; once where nothing is left to chance."""
    if size == images.shape[1:3]:
        return student.random_crop(images, size, seed)
    return _calls(lambda seed: student.random_crop(images.copy(), size, seed), seed)


def _calls(call, seed):
    return {
        "result": call(seed),
        "same seed again": call(seed),
        "other seeds": _stacked([call(seed + STEP * count) for count in range(1, OTHER_SEEDS + 1)]),
    }


def _stacked(results):
    """Return the results as one array; where one differs from the others in shape, that one alone."""
    try:
        arrays = [np.asarray(result) for result in results]
    except ValueError:
        return results
    odd = [array for array in arrays if array.shape != arrays[0].shape]
    return odd[0] if odd else np.array(arrays)
