"""The smallest cases of searching for hyperparameters, worked by hand."""

import math

import numpy as np

from grader.course.worked import bracketed, listed, said

CASE = {
    "sample_learning_rate": "from 0.01 to 0.01, by hand",
    "sample_momentum": "from 0.9 to 0.9, by hand",
    "grid_search": "two by two, by hand",
    "random_search": "a space of one point, by hand",
    "coarse_to_fine": "a space of one point, by hand",
    "gp_posterior": "one point, at it and far away, by hand",
    "expected_improvement": "as good as the best on average",
    "bayesian_search": "one is drawn and one is found",
}


def sample_learning_rate(low, high, size, seed):
    ends = np.log10([low, high])
    yield f"On the scale of powers of ten, both ends of the range are log₁₀ {said(low)}.", ends
    draws = np.random.default_rng(seed).uniform(*ends, size)
    yield f"Draw {size} exponents evenly between the ends. Here the ends meet, and chance has no say.", draws
    yield f"Ten to the power of each is a rate: 10 to the power {said(draws[0])} = {said(low)}.", 10**draws


def sample_momentum(low, high, size, seed):
    yield f"What is spread evenly is how far beta is from 1: 1 − {said(low)} at both ends.", 1 - low
    ends = np.log10([1 - high, 1 - low])
    yield f"On the scale of powers of ten that is log₁₀ {said(1 - low)}, twice.", ends
    draws = np.random.default_rng(seed).uniform(*ends, size)
    yield f"Draw {size} exponents evenly between them. Here the ends meet, and chance has no say.", draws
    yield (
        f"Ten to the power of each is a distance from 1: 1 − {said(10 ** draws[0])} = {said(low)}.",
        1 - 10**draws,
    )


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
    setting, score = yield from _only_point(objective, space)
    history = [(setting, score)] * n_trials
    yield f"So each of the {n_trials} trials is the same here: a setting and its score.", history
    yield "All scores are equal, and of equal ones the first that was tried is the best.", score
    return setting, score, history


def coarse_to_fine(objective, space, n_trials, n_rounds, shrink, seed):
    setting, score = yield from _only_point(objective, space)
    yield (
        f"The first round has {n_trials} trials in the whole space; all are this one.",
        [(setting, score)] * n_trials,
    )
    low, high, _ = space["units"]
    width = shrink * (high - low)
    yield (
        f"The next window of `units` is {said(shrink)} · ({said(high)} − {said(low)}) wide, around the best "
        f"so far, {said(setting['units'])}. Its ends meet.",
        (setting["units"] - width / 2, setting["units"] + width / 2),
    )
    history = [(setting, score)] * (n_trials * n_rounds)
    yield f"Its {n_trials} trials follow in the history. Of equal scores the first is the best.", history
    return setting, score, history


def _only_point(objective, space):
    """Say how a trial comes about in a space of one point; return it with its score."""
    (rate, _, _), (units, _, _) = space["rate"], space["units"]
    exponent = math.log10(rate)
    yield (
        f"`rate` has the scale log: an exponent is drawn, from log₁₀ {said(rate)} to log₁₀ {said(rate)}.",
        exponent,
    )
    setting = {"rate": 10**exponent, "units": units}
    yield (
        f"Ten to that power is the rate. `units` is linear: drawn from {said(units)} to {said(units)}.",
        setting,
    )
    peak = objective["peak"]["units"]
    score = float(1 - (units - peak) ** 2)
    yield (
        f"The score of this setting: 1 − ({said(units)} − {said(peak)})². `rate` does not matter to it.",
        score,
    )
    return setting, score


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
