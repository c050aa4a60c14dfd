"""What the hyperparameters assignment accepts, what it refuses, and whether its reference is right."""

import math
import runpy

import numpy as np
import pytest
from in_process import (
    ROOT,
    all_mistakes,
    assignment,
    failing,
    judged_as_returned,
    properties,
    reference,
    solution,
    verdicts,
)

from grader.course.model import Submission
from grader.grading import grade
from grader.results import Verdict
from grader.sandbox.box import open_box
from grader.values import decode

HYPERPARAMETERS = "hyperparameters"

# As notebooks write it: the global generator, loops, inverse matrices, one candidate at a time, prints.
NOTEBOOK = """
import numpy as np
import math
import itertools

def sample_learning_rate(low, high, size, seed):
    np.random.seed(seed)
    rates = []
    for i in range(size):
        r = np.random.rand() * (np.log10(high) - np.log10(low)) + np.log10(low)
        rates.append(np.power(10, r))
    return rates

def sample_momentum(low, high, size, seed):
    np.random.seed(seed)
    a, b = np.log(1 - low), np.log(1 - high)
    r = np.random.uniform(a, b, size=size)
    beta = 1 - np.exp(r)
    return beta

def grid_search(objective, grid):
    best_score = -np.inf
    best_setting = None
    history = []
    keys = list(grid.keys())
    for values in itertools.product(*[grid[k] for k in keys]):
        setting = dict(zip(keys, values))
        score = objective(setting)
        print(setting, score)
        history.append((setting, score))
        if score > best_score:
            best_score = score
            best_setting = setting
    return best_setting, best_score, history

def draw(low, high, scale):
    if scale == "log":
        return 10 ** np.random.uniform(np.log10(low), np.log10(high))
    return np.random.uniform(low, high)

def random_search(objective, space, n_trials, seed):
    np.random.seed(seed)
    history = []
    for t in range(n_trials):
        setting = {k: draw(*space[k]) for k in space}
        history.append([setting, objective(setting)])
    scores = [s for _, s in history]
    best = int(np.argmax(scores))
    return history[best][0], scores[best], history

def coarse_to_fine(objective, space, n_trials, n_rounds, shrink, seed):
    np.random.seed(seed)
    best_setting, best_score = None, -math.inf
    history = []
    window = dict(space)
    widths = {}
    for k, (low, high, scale) in space.items():
        widths[k] = math.log10(high / low) if scale == "log" else high - low
    for r in range(n_rounds):
        if r > 0:
            for k, (low, high, scale) in space.items():
                widths[k] = widths[k] * shrink
                c = best_setting[k]
                if scale == "log":
                    half = 10 ** (widths[k] / 2)
                    window[k] = (max(low, c / half), min(high, c * half), scale)
                else:
                    window[k] = (max(low, c - widths[k] / 2), min(high, c + widths[k] / 2), scale)
        for t in range(n_trials):
            setting = {k: draw(*window[k]) for k in window}
            score = objective(setting)
            history.append((setting, score))
            if score > best_score:
                best_setting, best_score = setting, score
    return best_setting, best_score, history

def gp_posterior(X, y, X_new, length_scale, signal_variance, noise_variance):
    n = X.shape[0]
    K = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            K[i, j] = signal_variance * np.exp(-np.sum((X[i] - X[j]) ** 2) / (2 * length_scale ** 2))
    K_inv = np.linalg.inv(K + noise_variance * np.identity(n))
    mean, variance = [], []
    for x in X_new:
        k = signal_variance * np.exp(-np.linalg.norm(X - x, axis=1) ** 2 / 2 / length_scale ** 2)
        mean.append(np.dot(k, np.dot(K_inv, y)))
        variance.append(signal_variance - np.dot(k, np.dot(K_inv, k)))
    return np.array(mean), np.array(variance)

def expected_improvement(mean, variance, best, xi=0.01):
    result = np.zeros(len(mean))
    for i in range(len(mean)):
        imp = mean[i] - best - xi
        s = math.sqrt(max(variance[i], 0))
        if s > 0:
            z = imp / s
            cdf = 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))
            pdf = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
            result[i] = imp * cdf + s * pdf
        else:
            result[i] = max(imp, 0)
    return result

def bayesian_search(objective, candidates, n_init, n_iter, seed):
    np.random.seed(seed)
    order = np.random.permutation(candidates.shape[0])
    history = []
    for i in order[:n_init]:
        history.append((i, objective(candidates[i])))
    for step in range(n_iter):
        X = np.array([candidates[i] for i, s in history])
        y = np.array([s for i, s in history])
        mean, variance = gp_posterior(X, y, candidates, 1.0, 1.0, 0.001)
        ei = expected_improvement(mean, variance, np.max(y))
        tried = [i for i, s in history]
        best_ei, chosen = -1, None
        for i in range(len(candidates)):
            if i not in tried and ei[i] > best_ei:
                best_ei, chosen = ei[i], i
        history.append((chosen, objective(candidates[chosen])))
    best_index, best_score = history[0]
    for i, s in history:
        if s > best_score:
            best_index, best_score = i, s
    return best_index, best_score, history
"""

# Python's generator, recursion, one search built on another, eigenvectors, predictions of what is left only.
UNUSUAL = """
import random
import numpy as np
from math import erf, log, exp, pi

def sample_learning_rate(low, high, size, seed):
    rng = random.Random(seed)
    return np.array([low * (high / low) ** rng.random() for _ in range(size)], dtype=np.float64)

def sample_momentum(low, high, size, seed):
    return 1 - sample_learning_rate(1 - high, 1 - low, size, seed)

def combinations(grid):
    if not grid:
        yield {}
        return
    name, *rest = grid
    for value in grid[name]:
        for others in combinations({key: grid[key] for key in rest}):
            yield {**others, name: value}

def search(objective, settings):
    history = tuple([setting, np.float64(objective(dict(setting)))] for setting in settings)
    top = max(score for _, score in history)
    best = next(setting for setting, score in history if score == top)
    return [best, top, history]

def grid_search(objective, grid):
    return search(objective, combinations(grid))

def random_search(objective, space, n_trials, seed):
    rates = np.random.Generator(np.random.PCG64(seed)).random((len(space), n_trials)).T
    def place(u, low, high, scale):
        return exp(log(low) + u * log(high / low)) if scale == "log" else (1 - u) * low + u * high
    return search(objective, [{k: place(u, *space[k]) for k, u in zip(space, row)} for row in rates])

def coarse_to_fine(objective, space, n_trials, n_rounds, shrink, seed):
    best, score, history = random_search(objective, space, n_trials, seed)
    history = list(history)
    for r in range(1, n_rounds):
        window = {}
        for name, (low, high, scale) in space.items():
            if scale == "log":
                reach = (high / low) ** (shrink ** r / 2)
                ends = np.clip([best[name] / reach, best[name] * reach], low, high)
            else:
                reach = (high - low) * shrink ** r * 0.5
                ends = np.clip(best[name] + np.array([-reach, reach]), low, high)
            window[name] = (*ends, scale)
        found, its_score, more = random_search(objective, window, n_trials, seed + r)
        history.extend(more)
        if its_score > score:
            best, score = found, its_score
    return best, score, history

def kernel(A, B, l, v):
    squares = (A**2).sum(1)[:, None] + (B**2).sum(1) - 2 * A @ B.T
    return v * np.exp(-0.5 * squares.clip(0) / l**2)

def gp_posterior(X, y, X_new, length_scale, signal_variance, noise_variance):
    K = kernel(X, X, length_scale, signal_variance)
    K[np.diag_indices_from(K)] += noise_variance
    values, vectors = np.linalg.eigh(K)
    along = kernel(X_new, X, length_scale, signal_variance) @ vectors
    mean = along @ (vectors.T @ y / values)
    return mean, signal_variance - (along**2 / values).sum(axis=1)

def expected_improvement(mean, variance, best, xi=0.01):
    gain, sigma = mean - (best + xi), variance.clip(0) ** 0.5
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.nan_to_num(gain / sigma, nan=0.0)
    cdf = np.vectorize(lambda t: 0.5 + 0.5 * erf(t * 2**-0.5))(z)
    pdf = np.exp(-(z**2) / 2) * (2 * pi) ** -0.5
    return gain * cdf + sigma * pdf

def bayesian_search(objective, candidates, n_init, n_iter, seed):
    np.random.seed(seed)
    start = np.random.permutation(len(candidates))[:n_init]
    scores = {int(i): objective(candidates[i]) for i in start}
    for _ in range(n_iter):
        open_ones = sorted(set(range(len(candidates))) - set(scores))
        done = list(scores)
        y = np.array(list(scores.values()))
        prediction = gp_posterior(candidates[done], y, candidates[open_ones], 1, 1, 1e-3)
        gains = expected_improvement(*prediction, y.max())
        chosen = max(zip(open_ones, gains), key=lambda pair: pair[1])[0]
        scores[chosen] = objective(candidates[chosen])
    best = max(scores, key=scores.get)
    return best, scores[best], np.array(list(scores.items()))
"""

RATES = {
    "uniform exponents of e": (
        "np.random.seed(seed); r = np.exp(np.random.uniform(np.log(low), np.log(high), size))"
    ),
    "powers of two": "r = 2 ** np.random.default_rng(seed).uniform(np.log2(low), np.log2(high), size)",
    "from above": "r = high * (low / high) ** np.random.RandomState(seed).rand(size)",
    "a seed for each": (
        "r = [low * (high / low) ** np.random.RandomState(seed + i).rand() for i in range(size)]"
    ),
    "single precision": (
        "r = np.clip(low * (high / low) ** np.random.default_rng(seed).random(size, np.float32), low, high)"
    ),
}

RATE_CHEATS = {
    "spread evenly": "r = np.random.default_rng(seed).uniform(low, high, size)",
    "a constant": "r = np.full(size, (low * high) ** 0.5)",
    "a constant for each seed": "r = np.full(size, low * (high / low) ** np.random.RandomState(seed).rand())",
    "laid out": "r = np.geomspace(low, high, size)",
    "laid out and shuffled": "r = np.random.RandomState(seed).permutation(np.geomspace(low, high, size))",
    "laid out and moved": (
        "u = (np.arange(size) + np.random.RandomState(seed).rand()) / size; r = low * (high / low) ** u"
    ),
    "chosen from a few": "r = np.random.RandomState(seed).choice(np.geomspace(low, high, 9), size)",
    "whole exponents": "r = 10.0 ** np.random.RandomState(seed).randint(-6, 1, size)",
    "in order": "r = np.sort(low * (high / low) ** np.random.RandomState(seed).rand(size))",
    "a normal exponent": (
        "u = np.clip(np.random.RandomState(seed).randn(size) / 6 + 0.5, 0, 1); r = low * (high / low) ** u"
    ),
    "only the upper half": (
        "u = np.random.RandomState(seed).uniform(0.5, 1, size); r = low * (high / low) ** u"
    ),
    "a power of uniform": "r = low + (high - low) * np.random.RandomState(seed).rand(size) ** 4",
    "the base of the natural logarithm": (
        "r = np.exp(np.random.RandomState(seed).uniform(np.log10(low), np.log10(high), size))"
    ),
    "no seed": "r = low * (high / low) ** np.random.rand(size)",
    "one seed": "r = low * (high / low) ** np.random.RandomState(3).rand(size)",
    "one of two seeds": "r = low * (high / low) ** np.random.RandomState(seed % 2).rand(size)",
}

SEARCH_CHEATS = {
    "scores are not asked for": "scores = [1.0 - i for i in range(n_trials)]",
    "scores of the first alone": "scores = [objective(settings[0])] * n_trials",
    "settings on a grid": (
        "steps = [i % 5 / 4 for i in range(n_trials)]; "
        "settings = [{k: s[0] + (s[1] - s[0]) * u for k, s in space.items()} for u in steps]"
    ),
    "the same setting": "settings = settings[:1] * n_trials",
    "without the seed": (
        "settings = [{k: place(np.random.rand(), *space[k]) for k in space} for _ in range(n_trials)]"
    ),
    "best of many": (
        "settings = sorted(({k: place(rng.rand(), *space[k]) for k in space} for _ in range(40 * n_trials)), "
        "key=objective)[-n_trials:]"
    ),
    "linear on every scale": (
        "even = {k: (*s[:2], 'linear') for k, s in space.items()}; "
        "settings = [{k: place(rng.rand(), *even[k]) for k in space} for _ in range(n_trials)]"
    ),
    "one draw for all names": (
        "draws = rng.rand(n_trials); settings = [{k: place(u, *space[k]) for k in space} for u in draws]"
    ),
}


def rates(draw):
    return f"""
import numpy as np
def sample_learning_rate(low, high, size, seed):
    {draw}
    return r
"""


def search(cheat):
    return f"""
import numpy as np
def place(u, low, high, scale):
    return low * (high / low) ** u if scale == "log" else low + (high - low) * u

def random_search(objective, space, n_trials, seed):
    rng = np.random.RandomState(seed)
    settings = [{{k: place(rng.rand(), *space[k]) for k in space}} for _ in range(n_trials)]
    scores = None
    {cheat}
    if scores is None:
        scores = [objective(setting) for setting in settings]
    best = int(np.argmax(scores))
    return settings[best], scores[best], list(zip(settings, scores))
"""


def share(source, exercise):
    """Return which share of an exercise's points a submission earns."""
    wanted = assignment(HYPERPARAMETERS).exercise(exercise)
    found = verdicts(HYPERPARAMETERS, source, exercise)
    passed = sum(case.weight for case in wanted.cases if found[case.name] is Verdict.PASSED)
    return passed / sum(case.weight for case in wanted.cases)


def notes(exercise, mistake):
    """Return what the properties say of a known mistake's results, over all cases judged by properties."""
    wanted = assignment(HYPERPARAMETERS).exercise(exercise)
    (known,) = [each for each in wanted.mistakes if each.name == mistake]
    found = set()
    for case in wanted.cases:
        if case.judge.kind == "holds" and known.returns[case.name] is not None:
            returned = decode(known.returns[case.name])
            checks = (properties(HYPERPARAMETERS)[name] for name in case.judge.properties)
            said = (check(case.inputs, returned) for check in checks)
            found.add(next((note for note in said if note), None))
    return found - {None}


def test_the_points_add_up_to_a_hundred():
    assert assignment(HYPERPARAMETERS).max_score == 100


def test_the_reference_passes_every_case():
    assert failing(HYPERPARAMETERS, solution(HYPERPARAMETERS)) == {}


def test_the_untouched_stub_earns_nothing_and_counts_as_not_attempted():
    stub = assignment(HYPERPARAMETERS).stub.decode()
    for exercise in assignment(HYPERPARAMETERS).exercises:
        assert set(verdicts(HYPERPARAMETERS, stub, exercise.name).values()) == {Verdict.NOT_ATTEMPTED}


@pytest.mark.parametrize("source", [NOTEBOOK, UNUSUAL], ids=["notebook", "unusual"])
def test_another_right_formulation_passes_every_case(source):
    assert failing(HYPERPARAMETERS, source) == {}


def test_right_formulations_get_all_points_in_the_box_too():
    wanted = assignment(HYPERPARAMETERS)
    with open_box(wanted) as box:
        for source in (NOTEBOOK, UNUSUAL):
            graded = grade(Submission("somebody", HYPERPARAMETERS, source.encode()), wanted, box)
            assert graded.result.score == 100


def test_an_objective_of_the_students_own_does_not_stand_in_for_the_given_one():
    mine = "\ndef make_objective(kind, peak):\n    return lambda setting: 0.0\n"
    assert failing(HYPERPARAMETERS, NOTEBOOK + mine) == {}


@pytest.mark.parametrize("draw", RATES.values(), ids=RATES)
def test_rates_may_be_drawn_with_any_generator(draw):
    assert set(verdicts(HYPERPARAMETERS, rates(draw), "sample_learning_rate").values()) == {Verdict.PASSED}


@pytest.mark.parametrize("shift", range(1, 13))
def test_right_draws_are_blamed_for_no_seed(shift):
    source = solution(HYPERPARAMETERS).replace("default_rng(seed)", f"default_rng(seed + {shift} * 10**6)")
    for exercise in ("sample_learning_rate", "sample_momentum", "random_search", "coarse_to_fine"):
        assert set(verdicts(HYPERPARAMETERS, source, exercise).values()) == {Verdict.PASSED}


@pytest.mark.parametrize("draw", RATE_CHEATS.values(), ids=RATE_CHEATS)
def test_rates_that_are_not_what_was_asked_earn_little(draw):
    assert share(rates(draw), "sample_learning_rate") < 0.2


@pytest.mark.parametrize("cheat", SEARCH_CHEATS.values(), ids=SEARCH_CHEATS)
def test_searches_that_are_not_at_random_earn_little(cheat):
    assert share(search("pass"), "random_search") == 1
    assert share(search(cheat), "random_search") < 0.3


def test_betas_drawn_as_rates_are_earn_little():
    source = rates(next(iter(RATES.values()))).replace("sample_learning_rate", "sample_momentum")
    assert share(source, "sample_momentum") < 0.15


@pytest.mark.parametrize(
    ("exercise", "mistake", "words"),
    [
        ("sample_learning_rate", "rates_linear", "evenly over the rates themselves"),
        ("sample_learning_rate", "rates_of_e", "drawn for powers of 10 and used for powers of e"),
        ("sample_learning_rate", "rates_of_ten", "drawn for powers of e and used for powers of 10"),
        ("sample_learning_rate", "rates_whole_exponents", "Only few different values"),
        ("sample_learning_rate", "rates_all_the_same", "are the same"),
        ("sample_learning_rate", "rates_seed_unused", "same seed give different"),
        ("sample_learning_rate", "rates_seed_fixed", "different seeds give the same"),
        ("sample_momentum", "betas_linear", "evenly over beta itself"),
        ("sample_momentum", "betas_distance_returned", "1 - beta is returned"),
        ("sample_momentum", "betas_in_order", "order of size"),
        ("random_search", "random_linear", "not their logarithms"),
        ("random_search", "random_all_logarithmic", "the logarithms are spread evenly"),
        ("random_search", "random_lowest", "lowest score"),
        ("random_search", "random_last_of_equal", "another than the first"),
        ("random_search", "random_on_a_line", "only a line is searched"),
        ("random_search", "random_shuffled_grid", "laid out evenly"),
        ("random_search", "random_sorted", "sorted by score"),
        ("coarse_to_fine", "fine_never_closes", "no window closes in"),
        ("coarse_to_fine", "fine_around_the_last", "best of the round before"),
        ("coarse_to_fine", "fine_around_the_middle", "middle of the space"),
        ("coarse_to_fine", "fine_twice_as_wide", "twice as wide"),
        ("coarse_to_fine", "fine_half_as_wide", "half as wide"),
        ("coarse_to_fine", "fine_shrinks_once", "shrink once"),
        ("coarse_to_fine", "fine_shrinks_late", "one round too late"),
        ("coarse_to_fine", "fine_moved_inside", "moved into the space"),
        ("coarse_to_fine", "fine_not_cut_off", "outside of its range"),
        ("coarse_to_fine", "fine_same_draws", "repeats the draws"),
    ],
)
def test_properties_say_what_is_wrong(exercise, mistake, words):
    assert any(words in note for note in notes(exercise, mistake))


@pytest.mark.parametrize(("exercise", "mistake"), all_mistakes(HYPERPARAMETERS))
def test_every_known_mistake_fails_some_case(exercise, mistake):
    found = judged_as_returned(HYPERPARAMETERS, assignment(HYPERPARAMETERS).exercise(exercise), mistake)
    assert set(found.values()) != {Verdict.PASSED}


def test_objectives_of_the_box_are_those_that_students_are_given():
    ours = runpy.run_path(str(ROOT / "assignments" / HYPERPARAMETERS / "calls.py"))["make_objective"]
    theirs = reference(HYPERPARAMETERS).module().make_objective
    for kind in ("hill", "log hill", "stairs", "waves"):
        for setting in ({"a": 0.7, "b": 3.0, "c": "x"}, {"a": 2.5, "b": 0.1, "c": "y"}):
            peak = {"a": 1.5, "b": 2.0, "c": "x"}
            assert ours(kind, peak)(setting) == theirs(kind, peak)(setting)
        assert ours(kind, [1.5, 2.0])([0.4, 7.0]) == theirs(kind, [1.5, 2.0])(np.array([0.4, 7.0]))


def test_a_gaussian_process_without_noise_goes_through_what_it_knows():
    X = np.array([[0.0, 1.0], [2.0, -1.0], [1.5, 3.0]])
    y = np.array([1.0, -2.0, 0.5])
    mean, variance = reference(HYPERPARAMETERS).module().gp_posterior(X, y, X, 1.3, 2.0, 0.0)
    np.testing.assert_allclose(mean, y, atol=1e-9)
    np.testing.assert_allclose(variance, 0, atol=1e-9)


def test_predictions_are_those_of_a_sample_from_the_joint_law():
    rng = np.random.default_rng(5)
    points = rng.normal(size=(4, 1))
    squares = (points - points.T) ** 2
    joint = 1.7 * np.exp(-squares / (2 * 0.9**2)) + 0.3 * np.diag([1.0, 1.0, 1.0, 0.0])
    samples = rng.multivariate_normal(np.zeros(4), joint, 200_000)
    weights, *_ = np.linalg.lstsq(samples[:, :3], samples[:, 3], rcond=None)
    rest = samples[:, 3] - samples[:, :3] @ weights
    y = np.array([0.8, -0.3, 1.9])
    mean, variance = (
        reference(HYPERPARAMETERS).module().gp_posterior(points[:3], y, points[3:], 0.9, 1.7, 0.3)
    )
    np.testing.assert_allclose(mean, weights @ y, atol=0.02)
    np.testing.assert_allclose(variance, rest.var(), atol=0.02)


def test_expected_improvement_is_the_mean_of_what_is_gained():
    draws = np.random.default_rng(6).normal(0.4, math.sqrt(1.7), 400_000)
    gained = np.maximum(draws - 0.9 - 0.2, 0).mean()
    module = reference(HYPERPARAMETERS).module()
    found = module.expected_improvement(np.array([0.4]), np.array([1.7]), 0.9, 0.2)
    np.testing.assert_allclose(found, gained, atol=0.005)


def test_no_choice_of_a_bayesian_search_hangs_on_rounding():
    module = reference(HYPERPARAMETERS).module()
    for case in assignment(HYPERPARAMETERS).exercise("bayesian_search").cases:
        inputs = dict(case.inputs)
        if inputs.pop("count", False):
            continue
        objective = module.make_objective(**inputs.pop("objective"))
        candidates, n_init = inputs["candidates"], inputs["n_init"]
        _, _, history = module.bayesian_search(objective, **inputs)
        for count in range(n_init, len(history)):
            tried, scores = (list(part) for part in zip(*history[:count], strict=True))
            prediction = module.gp_posterior(candidates[tried], np.array(scores), candidates, 1.0, 1.0, 0.001)
            improvement = module.expected_improvement(*prediction, max(scores))
            improvement[tried] = -1
            best, second = np.sort(improvement)[:-3:-1]
            assert best - max(second, 0) > 1e-3 * best, case.name
            assert best > 1e-5 or count == len(candidates) - 1, case.name


def test_public_cases_are_worth_little():
    for exercise in assignment(HYPERPARAMETERS).exercises:
        assert len(exercise.cases) >= 6
        public = sum(case.weight for case in exercise.cases if case.visibility == "public")
        assert public <= 0.3 * sum(case.weight for case in exercise.cases)


def test_every_hint_is_one_sentence_with_steps_of_help():
    for exercise in assignment(HYPERPARAMETERS).exercises:
        assert len(exercise.mistakes) >= 3
        for mistake in exercise.mistakes:
            assert mistake.message.endswith(".")
            assert ". " not in mistake.message
            assert len(mistake.help) >= 2
