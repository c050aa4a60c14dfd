"""The smallest cases of searching for hyperparameters, worked by hand."""

import math

import numpy as np

from grader.course.worked import bracketed, listed, said

CASE = {
    "sample_learning_rate": "three from 0.01 to 1",
    "sample_momentum": "three from 0.9 to 0.99",
    "grid_search": "two by two, by hand",
    "random_search": "two trials of a rate and a number of units",
    "coarse_to_fine": "two rounds of two trials",
    "gp_posterior": "one point, at it and far away, by hand",
    "expected_improvement": "as good as the best on average",
    "bayesian_search": "one is drawn and one is found",
}


def sample_learning_rate(low, high, size, seed):
    def draws(seed):
        return np.random.default_rng(seed).uniform(math.log10(low), math.log10(high), size)

    ends = np.log10([low, high])
    yield (
        f"On the scale of powers of ten the range goes from log₁₀ {said(low)} to log₁₀ {said(high)}.",
        ends,
    )
    yield (
        f"Draw {size} exponents evenly between these, with a generator seeded by {seed}. Yours may differ.",
        draws(seed),
    )
    below = said(10 ** ((ends[0] + ends[1]) / 2))
    yield (
        f"Ten to the power of each is a rate; the first: 10 to the power {said(draws(seed)[0])}. "
        f"Half of them, on average, are below {below}.",
        10 ** draws(seed),
    )
    return _several(lambda seed: 10 ** draws(seed), seed)


def sample_momentum(low, high, size, seed):
    ends = np.log10([1 - low, 1 - high])

    def draws(seed):
        return np.random.default_rng(seed).uniform(ends[1], ends[0], size)

    yield (
        f"How far beta is from 1 is what counts: from 1 − {said(low)} to 1 − {said(high)}.",
        np.array([1 - low, 1 - high]),
    )
    yield f"On the scale of powers of ten: log₁₀ {said(1 - low)} and log₁₀ {said(1 - high)}.", ends
    yield (
        f"Draw {size} exponents evenly between these, with a generator seeded by {seed}. Yours may differ.",
        draws(seed),
    )
    yield (
        f"1 less ten to the power of each is a beta; the first: 1 − 10 to the power {said(draws(seed)[0])}.",
        1 - 10 ** draws(seed),
    )
    return _several(lambda seed: 1 - 10 ** draws(seed), seed)


def _several(call, seed):
    """Return what is judged: the case's seed, the same again, and other ones."""
    others = [call(seed + 1009 * count) for count in range(1, 7)]
    return {"result": call(seed), "same seed again": call(seed), "other seeds": others}


def grid_search(objective, grid):
    peak, (first, second) = objective["peak"], grid
    settings = [{first: a, second: b} for a in grid[first] for b in grid[second]]
    yield (
        f"Every combination. {first} is the outer loop, {second} the inner one: it changes faster.",
        settings,
    )
    scores = [float(1 - sum((setting[name] - peak[name]) ** 2 for name in peak)) for setting in settings]
    a, b = settings[1].values()
    worked = (
        f"1 − ({said(a)} − {said(peak[first])})² − ({said(b)} − {said(peak[second])})² = {said(scores[1])}"
    )
    yield f"The objective is called once for each. The second, for example: {worked}.", scores
    best = int(np.argmax(scores))
    yield f"Higher is better: the best of {listed(map(said, scores))} is {said(scores[best])}.", scores[best]
    yield f"It belongs to number {best}, counted from 0. A score below 0 is a score, too.", settings[best]
    return settings[best], scores[best], list(zip(settings, scores))


def random_search(objective, space, n_trials, seed):
    peak, windows = objective["peak"]["units"], _ends(space)
    yield (
        "Each name has a range on its own scale. `rate` is log: it is its exponent that is drawn.",
        windows,
    )
    draws = _draw(windows, n_trials, np.random.default_rng(seed))
    yield (
        f"A row for each of the {n_trials} trials: an exponent and `units`, from one generator seeded with "
        f"{seed}. Yours may be others.",
        draws,
    )
    settings = _settings(draws)
    yield (
        f"Ten to the power of an exponent is a rate; the first: 10 to the power {said(draws[0, 0])}.",
        settings,
    )
    scores = _scores(draws, peak)
    worked = listed(f"1 − ({said(units)} − {said(peak)})²" for units in draws[:, 1])
    yield f"Score each setting: {worked}. `rate` does not matter to this objective.", scores
    best = int(np.argmax(scores))
    yield (
        f"Higher is better, also below 0: number {best}, counted from 0, is best with {said(scores[best])}.",
        settings[best],
    )

    def search(seed):
        return _table(_draw(windows, n_trials, np.random.default_rng(seed)), peak)

    return _several(search, seed)


def coarse_to_fine(objective, space, n_trials, n_rounds, shrink, seed):
    peak, whole = objective["peak"]["units"], _ends(space)
    rng = np.random.default_rng(seed)
    first = _draw(whole, n_trials, rng)
    yield (
        f"Round 0 is a random search in the whole space. A row for each of its {n_trials} trials: "
        "the exponent of `rate`, and `units`.",
        first,
    )
    scores, best = _scores(first, peak), int(np.argmax(_scores(first, peak)))
    worked = listed(f"1 − ({said(units)} − {said(peak)})²" for units in first[:, 1])
    yield f"Their scores are {worked}. Number {best} is the best so far.", scores
    widths = shrink * (whole[:, 1] - whole[:, 0])
    sizes = listed(f"{said(shrink)} · ({said(high)} − {bracketed(low)})" for low, high in whole)
    yield f"The windows of round 1 are {said(shrink)} times as wide as the space: {sizes}.", widths
    windows = _window(whole, first[best], shrink)
    low, high = first[best, 1] - widths[1] / 2, first[best, 1] + widths[1] / 2
    yield (
        f"They lie around that best. `units`: {said(low)} to {said(high)}, cut off at the space's ends, "
        f"{said(whole[1, 0])} and {said(whole[1, 1])}.",
        windows,
    )
    second = _draw(windows, n_trials, rng)
    yield f"Draw {n_trials} trials in these windows, from the same generator.", second
    everything = np.concatenate([first, second])
    scores = _scores(everything, peak)
    yield f"All scores, in order. The best of both rounds is {said(scores.max())}.", scores

    def search(seed):
        rng = np.random.default_rng(seed)
        first = _draw(whole, n_trials, rng)
        best = first[np.argmax(_scores(first, peak))]
        return _table(np.concatenate([first, _draw(_window(whole, best, shrink), n_trials, rng)]), peak)

    return _several(search, seed)


def _ends(space):
    """Return the ends of each name's range on its scale."""
    (low, high, _), (fewest, most, _) = space["rate"], space["units"]
    return np.array([[math.log10(low), math.log10(high)], [fewest, most]])


def _window(whole, best, shrink):
    half = shrink * (whole[:, 1] - whole[:, 0]) / 2
    return np.stack([np.maximum(whole[:, 0], best - half), np.minimum(whole[:, 1], best + half)], axis=1)


def _draw(windows, count, rng):
    """Draw trials, a row each, on the scale of each name."""
    return np.array([[rng.uniform(low, high) for low, high in windows] for _ in range(count)])


def _settings(draws):
    return [{"rate": float(10**exponent), "units": float(units)} for exponent, units in draws]


def _scores(draws, peak):
    return 1 - (draws[:, 1] - peak) ** 2


def _table(draws, peak):
    """Return the trials with their scores, and the best once more, as they are judged."""
    rows = np.column_stack([10 ** draws[:, 0], draws[:, 1], _scores(draws, peak)])
    return np.vstack([rows, rows[np.argmax(rows[:, -1])]])


def gp_posterior(X, y, X_new, length_scale, signal_variance, noise_variance):
    K = signal_variance + noise_variance
    yield (
        f"One point was tried. Its covariance with itself is {said(signal_variance)}; what was measured has "
        f"the noise on top: {said(signal_variance)} + {said(noise_variance)}.",
        np.array([[K]]),
    )
    squares = ((X_new - X[0]) ** 2).sum(axis=1)
    k_new = signal_variance * np.exp(-squares / (2 * length_scale**2))
    yield (
        f"Squared distances of the new points from it: {listed(f'{bracketed(x)}²' for x in X_new[:, 0])}.",
        squares,
    )
    yield (
        f"Covariances with it: {said(signal_variance)} at distance 0; {said(signal_variance)} times e to the "
        f"power −{said(squares[1])} / (2 · {said(length_scale)}²), as good as 0, far away.",
        k_new[:, None],
    )
    mean = k_new * y[0] / K
    firsts = listed(f"{said(k)} · {said(y[0])} / {said(K)}" for k in k_new)
    yield f"The means: covariance times score over {said(K)}: {firsts}.", mean
    variance = signal_variance - k_new**2 / K
    firsts = listed(f"{said(signal_variance)} − {said(k)}² / {said(K)}" for k in k_new)
    yield f"What is known is taken away from the variance: {firsts}. Far away nothing is known.", variance
    return mean, variance


def expected_improvement(mean, variance, best, xi=0.01):
    gain = mean - best - xi
    gains = listed(f"{said(mu)} − {said(best)} − {said(xi)}" for mu in mean)
    yield f"How much better than the best each is on average: {gains}.", gain
    sigma = np.sqrt(variance)
    z = gain / sigma
    roots = listed(f"{said(g)} / √{said(v)}" for g, v in zip(gain, variance))
    yield f"Measured in standard deviations, the roots of the variances, that is z: {roots}.", z
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    yield "The density phi at 0 is 1 / √(2π).", density
    below = np.array([(1 + math.erf(value / math.sqrt(2))) / 2 for value in z])
    yield "The distribution function Phi at 0: one half lies below.", below
    sums = listed(
        f"{said(g)} · {said(b)} + {said(s)} · {said(d)}" for g, b, s, d in zip(gain, below, sigma, density)
    )
    yield (
        f"Gain times Phi, plus sigma times phi: {sums}. What varies more promises more.",
        (gain * below + sigma * density),
    )


def bayesian_search(objective, candidates, n_init, n_iter, seed):
    places, peak = candidates[:, 0], objective["peak"][0]
    order = np.random.RandomState(seed).permutation(len(candidates))
    yield f"With the seed {seed}, the one permutation of the {len(candidates)} candidates is this.", order
    first = int(order[0])
    score = float(1 - (places[first] - peak) ** 2)
    yield (
        f"Candidate {first} is tried first. It lies at {said(places[first])}, and the peak at {said(peak)}: "
        f"1 − ({said(places[first])} − {said(peak)})².",
        (first, score),
    )
    K = 1 + 0.001
    near = np.exp(-((places - places[first]) ** 2) / 2)
    mean, variance = near * score / K, 1 - near**2 / K
    yield (
        "`gp_posterior` from this one trial: nothing is expected anywhere, and the variance grows with the "
        "distance from it.",
        {"mean": mean, "variance": variance},
    )
    sigma, gain = np.sqrt(variance), mean - score - 0.01
    z = gain / sigma
    below = np.array([(1 + math.erf(value / math.sqrt(2))) / 2 for value in z])
    improvement = gain * below + sigma * np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    yield f"`expected_improvement` over the best score so far, {said(score)}, with xi = 0.01.", improvement
    untried = [i for i in range(len(places)) if i != first]
    second = max(untried, key=lambda i: improvement[i])
    other = float(1 - (places[second] - peak) ** 2)
    yield (
        f"Of those not tried yet, {listed(map(str, untried))}, number {second} promises most. It scores "
        f"1 − ({said(places[second])} − {said(peak)})².",
        (second, other),
    )
    best, highest = max([(first, score), (second, other)], key=lambda trial: trial[1])
    yield f"The best of {listed(map(said, (score, other)))} is that of candidate {best}.", (best, highest)
    return best, highest, [(first, score), (second, other)]
