"""What any right `train_dev_test_split` and `next_step` have in common.

The properties of a split look at the results of the eight calls that `calls.py` makes. Where they weigh
chances they object only to what would happen to right code with a probability below `ALARM`. A submission
meets fewer than a hundred such tests, so right code is wrongly blamed less than once in 1e9 submissions.
"""

import math

import numpy as np

ALARM = 1e-12

SETS = ("training", "dev", "test")

# --- train_dev_test_split ---------------------------------------------------------------------------------


def every_example_in_one_set(inputs, returned):
    """Every example is in exactly one of the three sets."""
    for split in _splits(returned):
        found = _positions(inputs["X"], np.hstack([X for X, _ in split]))
        if np.any(found < 0):
            return "A column of the sets is none of the given examples."
        if len(set(found.tolist())) != inputs["X"].shape[1]:
            return "Some examples are in the sets more than once, others in none of them."
    return None


def labels_stay_with_examples(inputs, returned):
    """Each example keeps its own label."""
    for split in _splits(returned):
        X, Y = (np.hstack(arrays) for arrays in zip(*split, strict=True))
        if not np.allclose(np.asarray(inputs["Y"], float)[:, _positions(inputs["X"], X)], Y.astype(float)):
            return "An example has the label of another one: examples and labels are moved differently."
    return None


def same_seed_same_sets(inputs, returned):
    """Two calls with one seed put the same examples in each set."""
    one, other = (_members_of(inputs["X"], returned[key]) for key in ("result", "same seed again"))
    return None if np.array_equal(one, other) else "Two calls with the same seed give different sets."


def seed_decides_who_is_where(inputs, returned):
    """Different seeds put different examples in the sets."""
    members = _members(inputs, returned)
    calls, m = members.shape
    if np.all(members == members[0]) and float(_number_of_splits(members[0])) ** (1 - calls) < ALARM:
        if np.sum(members[0] != np.roll(members[0], 1)) <= len(SETS):
            return "The sets are cut from the examples in the given order: nothing is shuffled."
        return "The same examples are in each set whatever the seed."
    distinct = len({row.tobytes() for row in members})
    # So many calls fall into that few groups in less than distinct**calls ways.
    if distinct**calls * float(_number_of_splits(members[0])) ** (distinct - calls) < ALARM:
        return "Calls with different seeds give the same sets."
    for place, name in enumerate(SETS):
        is_in = members == place
        if np.all(is_in == is_in[0]) and float(math.comb(m, int(is_in[0].sum()))) ** (1 - calls) < ALARM:
            return f"The same examples are in the {name} set whatever the seed."
    return None


def sets_are_no_blocks(inputs, returned):
    """The sets are not blocks of neighbouring columns."""
    members = _members(inputs, returned)
    calls, m = members.shape
    # Blocks in a circle: m places for the first to begin at, two orders of the others.
    by_chance = (2.0 * m / _number_of_splits(members[0])) ** calls
    changes = np.sum(members != np.roll(members, 1, axis=1), axis=1)
    if np.all(changes <= len(SETS)) and by_chance < ALARM:
        return "Each set is a block of neighbouring columns, so sorted data stay sorted."
    return None


def all_examples_have_the_same_chance(inputs, returned):
    """The first and the last examples are in each set as often as the others."""
    members = _members(inputs, returned)
    m = members.shape[1]
    for place, name in enumerate(SETS):
        drawn = int(np.sum(members == place))
        if not drawn:
            continue
        for begin, end, which in ((0, m // 2, "first"), (m - m // 2, m, "last")):
            share = np.sum(members[:, begin:end] == place) / drawn
            # Hoeffding's inequality, which holds for draws without replacement too.
            if 2 * math.exp(-2 * drawn * (share - (end - begin) / m) ** 2) < ALARM:
                often = "too often" if share > (end - begin) / m else "too seldom"
                return f"The {which} half of the examples is in the {name} set {often}."
    return None


def _splits(returned):
    return [returned["result"], returned["same seed again"], *returned["other seeds"]]


def _positions(given, X):
    """Return where each column of X is among the given ones; -1 where it is not."""
    distance = np.abs(given[:, None, :] - X[:, :, None])
    same = np.all(distance <= 1e-5 * (1 + np.abs(X[:, :, None])), axis=0)
    return np.where(same.any(axis=1), same.argmax(axis=1), -1)


def _members(inputs, returned):
    """Return for each seed and example the set that it is in, as (seeds, m): 0 training, 1 dev, 2 test."""
    splits = [returned["result"], *returned["other seeds"]]
    return np.array([_members_of(inputs["X"], split) for split in splits])


def _members_of(given, split):
    members = np.zeros(given.shape[1], dtype=int)
    places = np.repeat(np.arange(len(SETS)), [X.shape[1] for X, _ in split])
    members[_positions(given, np.hstack([X for X, _ in split]))] = places
    return members


def _number_of_splits(members):
    """Return in how many ways the examples could have been dealt out to sets of these sizes."""
    sizes = [int(np.sum(members == place)) for place in range(len(SETS))]
    return math.factorial(sum(sizes)) // math.prod(math.factorial(size) for size in sizes)


# --- next_step --------------------------------------------------------------------------------------------

FOR_BIAS = ("bigger network", "train longer")
FOR_VARIANCE = ("more data", "regularization")
NAMES = (*FOR_BIAS, *FOR_VARIANCE, "done")


def remedy_suits_the_situation(inputs, returned):
    """The remedy is one of those that the rule allows."""
    if "situations" not in inputs:
        return _objection(inputs["high_bias"], inputs["high_variance"], returned)
    notes = [_objection(*pair, remedy) for pair, remedy in zip(inputs["situations"], returned, strict=True)]
    return next((note for note in notes if note), None)


def _objection(high_bias, high_variance, remedy):
    name = " ".join(remedy.lower().replace("_", " ").replace("-", " ").split())
    name = name.replace("regularisation", "regularization")
    if name not in NAMES:
        return "What is returned is none of the five names."
    if high_bias and high_variance:
        return None if name in FOR_BIAS else "Where both are high, the remedy is not one for bias."
    if high_bias:
        return None if name in FOR_BIAS else "Where only the bias is high, the remedy is not one for bias."
    if high_variance:
        return (
            None if name in FOR_VARIANCE else "Where only the variance is high, the remedy is not one for it."
        )
    return None if name == "done" else "Where neither is high, there is still a remedy."
