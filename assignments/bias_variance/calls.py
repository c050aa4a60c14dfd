"""How the exercises of `bias_variance` are called where one plain call would not show enough.

Every call gets arrays of its own, so it does no harm to shuffle them in place.
"""

#: How many seeds are tried beside the case's own, and how far apart: code may well count up from the seed it
#: is given, and these should not meet.
OTHER_SEEDS = 6
STEP = 1009


def train_dev_test_split(student, X, Y, dev_fraction, test_fraction, seed):
    """Call with the seed, the same seed again and other seeds; once where nothing is left to chance."""
    split = student.train_dev_test_split
    if X.shape[1] == 1:
        return split(X, Y, dev_fraction, test_fraction, seed)

    def call(seed):
        return split(X.copy(), Y.copy(), dev_fraction, test_fraction, seed)

    return {
        "result": call(seed),
        "same seed again": call(seed),
        "other seeds": [call(seed + STEP * count) for count in range(1, OTHER_SEEDS + 1)],
    }


def next_step(student, high_bias=None, high_variance=None, situations=None):
    """Ask about one situation, or about several in turn."""
    if situations is None:
        return student.next_step(high_bias, high_variance)
    return [student.next_step(bias, variance) for bias, variance in situations]
