"""How the exercises of `hyperparameters` are called.

A case names its objective by what `make_objective` takes: {"kind": ..., "peak": ...}. The one made here is
the given one again, so that a file that has its own of this name is called with the right one. Searches with
chance in them are called several times, so that their chance can be judged; what they return is kept as
tables: a row per trial (its values in the order of the space, then its score), and a last one for the best.
"""

import copy
import math

import numpy as np

#: How many seeds are tried beside the case's own, and how far apart: code may well give each draw or round a
#: seed of its own that it counts up from the one it is given, and these should not meet.
OTHER_SEEDS = 6
STEP = 1009


def make_objective(kind, peak):
    """Make the objective that `make_objective` of the handed-out file makes."""

    def distance(value, best):
        if isinstance(best, str):
            return 0.0 if value == best else 1.0
        return math.log10(value) - math.log10(best) if kind == "log hill" else float(value) - best

    def objective(setting):
        places = peak if isinstance(peak, dict) else range(len(peak))
        total = sum(distance(setting[place], peak[place]) ** 2 for place in places)
        if kind == "waves":
            return math.cos(3 * math.sqrt(total)) - math.sqrt(total) / 2
        return math.floor(2 * (1 - total)) / 2 if kind == "stairs" else 1 - total

    objective.made_by = ("make_objective", {"kind": kind, "peak": peak})
    return objective


def sample_learning_rate(student, low, high, size, seed):
    """Call with the seed, the same seed again and other seeds; once where nothing is left to chance."""
    return _draws(student.sample_learning_rate, low, high, size, seed)


def sample_momentum(student, low, high, size, seed):
    """Call with the seed, the same seed again and other seeds; once where nothing is left to chance."""
    return _draws(student.sample_momentum, low, high, size, seed)


def _draws(sample, low, high, size, seed):
    if low == high:
        return sample(low, high, size, seed)
    return {
        "result": sample(low, high, size, seed),
        "same seed again": sample(low, high, size, seed),
        "other seeds": [sample(low, high, size, seed + STEP * count) for count in range(1, OTHER_SEEDS + 1)],
    }


def grid_search(student, objective, grid, count=False):
    """Search, or count how often the objective is called."""
    return _counted(lambda called: student.grid_search(called, copy.deepcopy(grid)), objective, count)


def random_search(student, objective, space, n_trials, seed, count=False):
    """Search with several seeds, or once where the space is one point, or count the calls."""

    def search(called, seed):
        return student.random_search(called, copy.deepcopy(space), n_trials, seed)

    return _searches(search, objective, space, seed, count)


def coarse_to_fine(student, objective, space, n_trials, n_rounds, shrink, seed, count=False):
    """Search with several seeds, or once where the space is one point, or count the calls."""

    def search(called, seed):
        return student.coarse_to_fine(called, copy.deepcopy(space), n_trials, n_rounds, shrink, seed)

    return _searches(search, objective, space, seed, count)


def bayesian_search(student, objective, candidates, n_init, n_iter, seed, count=False):
    """Search, or count how often the objective is called."""

    def search(called):
        return student.bayesian_search(called, candidates.copy(), n_init, n_iter, seed)

    return _counted(search, objective, count)


def _searches(search, objective, space, seed, count):
    if count or all(low == high for low, high, _ in space.values()):
        return _counted(lambda called: search(called, seed), objective, count)
    called = make_objective(**objective)
    return {
        "result": _table(search(called, seed), space),
        "same seed again": _table(search(called, seed), space),
        "other seeds": [
            _table(search(called, seed + STEP * number), space) for number in range(1, OTHER_SEEDS + 1)
        ],
    }


def _counted(search, objective, count):
    called, calls = make_objective(**objective), []

    def counting(setting):
        calls.append(1)
        return called(setting)

    result = search(counting)
    return len(calls) if count else result


def _table(result, names):
    """Return a search's trials and its best as rows; the result itself where it has another form."""
    try:
        best_setting, best_score, history = result
        rows = [[setting[name] for name in names] + [score] for setting, score in history]
        return np.array([*rows, [best_setting[name] for name in names] + [best_score]], dtype=float)
    except (TypeError, ValueError, KeyError, IndexError):
        return result
