"""What any right sampling or random search has in common, whichever generator it draws from.

Each property looks at the results of the eight calls that `calls.py` makes. Where it weighs chances it
objects only to what would happen to right code with a probability below `ALARM`. A submission meets fewer
than a thousand such tests, so right code is wrongly blamed less than once in 1e9 submissions.
"""

import math
import runpy
from itertools import combinations
from pathlib import Path

import numpy as np

ALARM = 1e-12
ROUNDING = 1e-7

#: The objectives as the box makes them: what a score should be is computed here again.
_make_objective = runpy.run_path(str(Path(__file__).with_name("calls.py")))["make_objective"]

# --- sampling ---------------------------------------------------------------------------------------------


def draws_lie_between_low_and_high(inputs, returned):
    """Every draw is from low to high."""
    draws, low, high = _draws(returned), inputs["low"], inputs["high"]
    margin = ROUNDING * (high - low)
    if np.all((draws >= low - margin) & (draws <= high + margin)):
        return None
    if low > 0 and _within(np.log(np.maximum(draws, 1e-300)), np.log10(low), np.log10(high)):
        return "The exponents are drawn for powers of 10 and used for powers of e."
    if low > 0 and _within(np.log10(np.maximum(draws, 1e-300)), np.log(low), np.log(high)):
        return "The exponents are drawn for powers of e and used for powers of 10."
    if _within(1 - draws, low, high):
        return "1 - beta is returned in the place of beta."
    if np.all(draws < 0):
        return "The exponents are returned instead of the powers."
    return "A draw is smaller than low or larger than high."


def same_seed_same_draws(inputs, returned):
    """Two calls with one seed return the same."""
    if np.array_equal(returned["result"], returned["same seed again"]):
        return None
    return "Two calls with the same seed give different draws."


def seed_decides_what_is_drawn(inputs, returned):
    """Different seeds give different draws."""
    draws = np.sort(_draws(returned), axis=1)
    if any(np.array_equal(one, other) for one, other in combinations(draws, 2)):
        return "Calls with different seeds give the same draws, perhaps in another order."
    return None


def draws_are_independent(inputs, returned):
    """The draws of one call differ, in no order and without a pattern."""
    draws, low, high = _draws(returned), inputs["low"], inputs["high"]
    shares = [(draws - low) / (high - low)]
    if high < 1:
        shares.append(np.log((1 - draws) / (1 - low)) / np.log((1 - high) / (1 - low)))
    if low > 0:
        shares.append(np.log(draws / low) / np.log(high / low))
    return _pattern(draws, *shares)


def orders_of_magnitude_are_equally_likely(inputs, returned):
    """The logarithm of the draws is uniform."""
    draws, low, high = _draws(returned), inputs["low"], inputs["high"]
    if _is_uniform(np.log(draws / low) / np.log(high / low)):
        return None
    if _is_uniform((draws - low) / (high - low)):
        return "The draws are spread evenly over the rates themselves instead of their logarithms."
    return "The logarithms of the draws are not spread evenly from low to high."


def distances_from_one_are_log_uniform(inputs, returned):
    """The logarithm of 1 - beta is uniform."""
    draws, low, high = _draws(returned), inputs["low"], inputs["high"]
    if _is_uniform(np.log((1 - draws) / (1 - low)) / np.log((1 - high) / (1 - low))):
        return None
    if _is_uniform((draws - low) / (high - low)):
        return "The draws are spread evenly over beta itself instead of the logarithm of 1 - beta."
    if low > 0 and _is_uniform(np.log(draws / low) / np.log(high / low)):
        return "The draws are spread evenly over the logarithm of beta instead of that of 1 - beta."
    return "The logarithms of 1 - beta are not spread evenly between those of the bounds."


def _draws(returned):
    """Return the draws of each seed, as (seeds, size)."""
    return np.array([returned["result"], *returned["other seeds"]])


def _within(values, low, high):
    return bool(np.all((values >= low - ROUNDING) & (values <= high + ROUNDING)))


# --- searches with chance in them -------------------------------------------------------------------------


def trials_lie_in_the_space(inputs, returned):
    """Every value tried is in the space."""
    for column, (name, bounds) in enumerate(inputs["space"].items()):
        for table in _tables(returned):
            u = _share(table[:-1, column], bounds)
            if not np.all((u >= -ROUNDING) & (u <= 1 + ROUNDING)):
                return f"A value of {name} is tried that lies outside of its range."
    return None


def scores_are_the_objectives(inputs, returned):
    """Each score is that of its own setting."""
    objective = _make_objective(**inputs["objective"])
    for table in _tables(returned):
        expected = [objective(dict(zip(inputs["space"], row, strict=False))) for row in table[:-1]]
        if not np.allclose(table[:-1, -1], expected, rtol=1e-6, atol=1e-9):
            return "A score in the history is not that of the setting beside it."
    return None


def best_is_the_first_of_the_highest(inputs, returned):
    """What is returned as best is the trial of the highest score, the first of equal ones."""
    for table in _tables(returned):
        trials, best = table[:-1], table[-1]
        if np.array_equal(best, trials[np.argmax(trials[:, -1])]):
            continue
        if np.array_equal(best, trials[np.argmin(trials[:, -1])]):
            return "The setting of the lowest score is returned as the best."
        if best[-1] == np.max(trials[:, -1]):
            return "Of several settings with the highest score another than the first is returned."
        return "What is returned as best is not the trial with the highest score."
    return None


def same_seed_same_trials(inputs, returned):
    """Two calls with one seed make the same trials."""
    if np.array_equal(returned["result"], returned["same seed again"]):
        return None
    return "Two calls with the same seed make different trials."


def seed_decides_what_is_tried(inputs, returned):
    """Different seeds make different trials."""
    if any(np.array_equal(one, other) for one, other in combinations(_tables(returned), 2)):
        return "Searches with different seeds make the same trials."
    return None


def trials_are_independent(inputs, returned):
    """The trials differ, in no order and without a pattern."""
    tables = _tables(returned)[:, : inputs["n_trials"]]
    for column, bounds in enumerate(inputs["space"].values()):
        note = _pattern(tables[:, :, column], _share(tables[:, :, column], bounds))
        if note:
            return note
    if _is_ordered(tables[:, :, -1]):
        return "The history is sorted by score instead of being in the order of the trials."
    return None


def values_follow_their_scale(inputs, returned):
    """Values are uniform, or their logarithms are where the scale is "log"."""
    tables = _tables(returned)[:, : inputs["n_trials"]]
    for column, (low, high, scale) in enumerate(inputs["space"].values()):
        values = tables[:, :, column]
        if _is_uniform(_share(values, (low, high, scale))):
            continue
        if scale == "log" and _is_uniform(_share(values, (low, high, "linear"))):
            return 'Where the scale is "log", the values themselves are spread evenly, not their logarithms.'
        if scale == "linear" and low > 0 and _is_uniform(_share(values, (low, high, "log"))):
            return 'Where the scale is "linear", the logarithms are spread evenly, not the values.'
        return f'Where the scale is "{scale}", the values are not spread evenly over the range on that scale.'
    return None


def names_are_drawn_apart(inputs, returned):
    """The values of different names have nothing to do with each other."""
    tables = _tables(returned)[:, : inputs["n_trials"]]
    shares = [_share(tables[:, :, column], bounds) for column, bounds in enumerate(inputs["space"].values())]
    for one, other in combinations(shares, 2):
        if np.allclose(one, other, atol=1e-6) or np.allclose(one, 1 - other, atol=1e-6):
            return "One draw decides about the values of several names, so that only a line is searched."
        count = int(np.sum((one < 0.5) & (other < 0.5)))
        if not _plausible(count, one.size, 0.25):
            return "The values of two names depend on each other."
    return None


# --- coarse_to_fine ---------------------------------------------------------------------------------------

_OTHER_WINDOWS = (
    ({"whole": True}, "Later rounds draw from the whole space: no window closes in."),
    ({"centre": "last"}, "A window closes in on the best of the round before, not on the best so far."),
    ({"centre": "space"}, "The windows lie in the middle of the space, not around the best so far."),
    ({"factor": 2.0}, "The windows are twice as wide as they should be."),
    ({"power": 1}, "The windows shrink once and keep their width in later rounds."),
    ({"late": True}, "The windows shrink one round too late."),
    ({"moved": True}, "A window at the edge is moved into the space instead of being cut off."),
)


def windows_close_in_on_the_best(inputs, returned):
    """The trials of each round lie in the window around the best setting so far."""
    if _all_inside(_later_shares(inputs, returned)):
        return None
    explanations = [
        explanation
        for change, explanation in _OTHER_WINDOWS
        if _all_inside(shares := _later_shares(inputs, returned, **change)) and _all_even(shares)
    ]
    # Where few trials fit several stories, none is told.
    if len(explanations) == 1:
        return explanations[0]
    return "A trial lies outside of the window around the best setting so far."


def windows_are_filled_evenly(inputs, returned):
    """The trials of the later rounds are spread evenly over their windows."""
    if _all_even(_later_shares(inputs, returned)):
        return None
    if _all_even(_later_shares(inputs, returned, factor=0.5)):
        return "The windows are half as wide as they should be."
    return "The trials of later rounds are not spread evenly over their windows."


def each_round_draws_anew(inputs, returned):
    """No round repeats the draws of the one before."""
    shares = _later_shares(inputs, returned)
    if np.any(np.all(np.abs(np.diff(shares, axis=1)) < 1e-6, axis=(2, 3))):
        return "Every round repeats the draws of the round before, in a smaller window."
    begin = _tables(returned)[:, : inputs["n_trials"]]
    columns = [_share(begin[:, :, i], bounds) for i, bounds in enumerate(inputs["space"].values())]
    if np.any(np.all(np.abs(np.stack(columns, axis=-1) - shares[:, 0]) < 1e-6, axis=(1, 2))):
        return "Every round repeats the draws of the round before, in a smaller window."
    return None


def _all_inside(shares):
    return bool(np.all((shares >= -1e-6) & (shares <= 1 + 1e-6)))


def _all_even(shares):
    return all(_is_uniform(shares[..., column]) for column in range(shares.shape[-1]))


def _later_shares(inputs, returned, **change):
    """Return where the trials of later rounds lie in their windows, as (seeds, rounds, trials, names).

    With a `change` the windows are those of a search that makes them otherwise.
    """
    return np.array([_shares_of_windows(inputs, table, **change) for table in _tables(returned)])


def _shares_of_windows(inputs, table, centre="so far", factor=1.0, power=None, late=False, **ends):
    n = inputs["n_trials"]
    trials = table[:-1].reshape(inputs["n_rounds"], n, -1)
    shares = np.zeros((len(trials) - 1, n, len(inputs["space"])))
    for r in range(1, len(trials)):
        before = trials[r - 1] if centre == "last" else trials[:r].reshape(r * n, -1)
        best = before[np.argmax(before[:, -1])]
        width = factor * inputs["shrink"] ** (power or r - late)
        for column, bounds in enumerate(inputs["space"].values()):
            middle = 0.5 if centre == "space" else _share(best[column], bounds)
            a, b = _window(middle, width, **ends)
            shares[r - 1, :, column] = (_share(trials[r, :, column], bounds) - a) / (b - a)
    return shares


def _window(middle, width, whole=False, moved=False):
    """Return where a window begins and ends, as shares of the space."""
    if whole:
        return 0.0, 1.0
    if moved:
        begin = min(max(middle - width / 2, 0.0), 1 - width)
        return begin, begin + width
    return max(middle - width / 2, 0.0), min(middle + width / 2, 1.0)


# --- common -----------------------------------------------------------------------------------------------


def _tables(returned):
    """Return each seed's table, as (seeds, rows, columns); the last row of each is the best."""
    return np.array([returned["result"], *returned["other seeds"]])


def _share(values, bounds):
    """Return which share of the range lies below each value, on its scale."""
    low, high, scale = bounds
    on = _logarithm if scale == "log" else _same
    return (on(values) - on(low)) / (on(high) - on(low))


def _logarithm(values):
    return np.log(np.maximum(values, 1e-300))


def _same(values):
    return values


def _pattern(values, *shares):
    """Say what is odd about rows of draws that should be independent; `shares` are they from 0 to 1."""
    calls, size = values.shape
    if size == 1:
        return None
    kinds = [len(set(row.tolist())) for row in values]
    if all(kind == 1 for kind in kinds):
        return "All the draws of a call are the same."
    if all(kind <= 0.75 * size for kind in kinds):
        return "Only few different values are drawn, again and again."
    if _is_ordered(values):
        return "The draws come in order of size."
    one_each = math.exp(calls * (math.lgamma(size + 1) - size * math.log(size)))
    if one_each < ALARM and any(_is_laid_out(each) for each in shares):
        return "The draws are laid out evenly instead of being left to chance."
    return None


def _is_laid_out(shares):
    """Say whether each n-th of the range has just one of a row's n draws, in every row."""
    size = shares.shape[1]
    cells = np.clip(np.floor(shares * size), 0, size - 1)
    return bool(np.all(np.sort(cells, axis=1) == np.arange(size)))


def _is_ordered(values):
    """Say whether every row rises or falls throughout, which is no chance."""
    calls, size = values.shape
    steps = np.diff(values, axis=1)
    by_chance = math.exp(-calls * math.lgamma(size + 1))
    return by_chance < ALARM and bool(np.all(steps >= 0) or np.all(steps <= 0)) and bool(np.any(steps))


def _is_uniform(shares):
    """Say whether independent draws are consistent with the uniform law from 0 to 1.

    Three tests: the quarters, and the half in the middle, have as many draws as is plausible. All n draws lie
    below x with the probability x^n. And by the inequality of Dvoretzky, Kiefer and Wolfowitz with Massart's
    constant, the empirical distribution function is off by more than t with at most 2 exp(-2 n t^2).
    """
    draws = np.sort(np.clip(np.ravel(shares), -1.0, 2.0))
    quarters = np.bincount(np.clip(np.floor(4 * draws), 0, 3).astype(int), minlength=4)
    if not all(_plausible(int(count), draws.size, 0.25) for count in quarters):
        return False
    if not _plausible(int(quarters[1] + quarters[2]), draws.size, 0.5):
        return False
    largest, smallest = max(float(draws[-1]), 0.0), min(float(draws[0]), 1.0)
    if max(largest, 1 - smallest) <= 1 and min(largest, 1 - smallest) ** draws.size < ALARM:
        return False
    steps = np.arange(draws.size + 1) / draws.size
    t = float(np.max(np.maximum(steps[1:] - draws, draws - steps[:-1])))
    return 2 * math.exp(-2 * draws.size * t**2) >= ALARM


def _plausible(count, total, p):
    """Say whether right code comes this far below or above the expected number once in 1 / ALARM."""
    k = np.arange(total + 1)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, total + 1)))])
    log_ways = log_factorial[-1] - log_factorial - log_factorial[::-1]
    chances = np.exp(log_ways + k * np.log(p) + (total - k) * np.log1p(-p))
    return min(chances[: count + 1].sum(), chances[count:].sum()) >= ALARM
