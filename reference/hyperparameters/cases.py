"""Cases of the hyperparameters assignment.

Objectives are named by what `make_objective` takes. Where a search draws at random, the space of the cases by
hand is a single point, so that chance has no part in it.
"""

import numpy as np

from grader.course.declare import Cases, Holds, exercise

#: Weight of what students see beforehand.
KNOWN = 0.5

SAMPLED = (
    "draws_lie_between_low_and_high",
    "same_seed_same_draws",
    "seed_decides_what_is_drawn",
    "draws_are_independent",
)
RATES = Holds(properties=(*SAMPLED, "orders_of_magnitude_are_equally_likely"))
BETAS = Holds(properties=(*SAMPLED, "distances_from_one_are_log_uniform"))

SEARCHED = (
    "trials_lie_in_the_space",
    "scores_are_the_objectives",
    "best_is_the_first_of_the_highest",
    "same_seed_same_trials",
    "seed_decides_what_is_tried",
    "trials_are_independent",
    "values_follow_their_scale",
    "names_are_drawn_apart",
)
RANDOM = Holds(properties=SEARCHED)
CLOSING_IN = Holds(
    properties=(
        *SEARCHED,
        "windows_close_in_on_the_best",
        "windows_are_filled_evenly",
        "each_round_draws_anew",
    )
)


def hill(**peak):
    return dict(kind="hill", peak=peak)


def log_hill(**peak):
    return dict(kind="log hill", peak=peak)


def stairs(**peak):
    return dict(kind="stairs", peak=peak)


def bounds(low, high, size, seed):
    return dict(low=low, high=high, size=size, seed=seed)


@exercise(points=8)
def sample_learning_rate(cases: Cases) -> None:
    """Learning rates, evenly over orders of magnitude."""
    cases.public("from 0.01 to 0.01, by hand", bounds(0.01, 0.01, 3, 4), weight=0.3)
    cases.public("three from 0.01 to 1", bounds(0.01, 1.0, 3, 1), judge=RATES, weight=0.3)
    cases.public("from 0.0001 to 1", bounds(1e-4, 1.0, 40, 0), judge=RATES, weight=KNOWN)
    cases.hidden("five orders of magnitude", bounds(1e-6, 0.1, 37, 5), judge=RATES, weight=2)
    cases.hidden("three orders and a bit", bounds(2e-4, 0.7, 83, 7), judge=RATES, weight=2)
    cases.hidden("rates above one", bounds(3.0, 4e4, 57, 11), judge=RATES)
    cases.hidden("many draws", bounds(5e-3, 0.9, 150, 13), judge=RATES, weight=1.5)
    cases.hidden("a single draw", bounds(4e-5, 0.3, 1, 17), judge=RATES, weight=0.5)


@exercise(points=9)
def sample_momentum(cases: Cases) -> None:
    """Values of beta, evenly over what they average."""
    cases.public("from 0.9 to 0.9, by hand", bounds(0.9, 0.9, 3, 4), weight=0.3)
    cases.public("three from 0.9 to 0.99", bounds(0.9, 0.99, 3, 1), judge=BETAS, weight=0.3)
    cases.public("from 0.9 to 0.999", bounds(0.9, 0.999, 40, 0), judge=BETAS, weight=KNOWN)
    cases.hidden("four orders of magnitude", bounds(0.8, 0.99998, 37, 5), judge=BETAS, weight=2)
    cases.hidden("three orders and a bit", bounds(0.6, 0.9996, 83, 7), judge=BETAS, weight=2)
    cases.hidden("from no momentum on", bounds(0.0, 0.998, 57, 11), judge=BETAS)
    cases.hidden("many draws", bounds(0.5, 0.995, 150, 13), judge=BETAS, weight=1.5)
    cases.hidden("a single draw", bounds(0.7, 0.997, 1, 17), judge=BETAS, weight=0.5)


@exercise(points=14)
def grid_search(cases: Cases) -> None:
    """Every combination of the values given."""

    def inputs(objective, **grid):
        return dict(objective=objective, grid=grid)

    cases.public("two by two, by hand", inputs(hill(a=2, b=3), a=[1, 2], b=[3, 5]), weight=KNOWN)
    cases.public("two of equal score", inputs(hill(a=2), a=[1, 3, 5]), weight=KNOWN)
    cases.hidden(
        "learning rates and sizes of layers",
        inputs(log_hill(rate=0.02, units=55), rate=[0.3, 0.001, 0.04, 0.7], units=[8, 70, 20]),
    )
    cases.hidden("one name", inputs(hill(momentum=0.87), momentum=[0.5, 0.99, 0.9, 0.8]))
    cases.hidden(
        "three names of different lengths",
        inputs(hill(a=0.4, b=-1.2, c=2.2), a=[0.9, 0.1], b=[-2.5, -0.7, 0.6, 1.4], c=[3.1, 1.7, 0.2]),
    )
    cases.hidden(
        "words among the values",
        inputs(
            log_hill(activation="tanh", rate=0.1),
            activation=["relu", "tanh", "linear"],
            rate=[0.5, 0.08, 2.0, 0.003, 0.9],
        ),
    )
    cases.hidden(
        "all scores are negative", inputs(hill(a=9.0, b=-7.5), a=[1.2, 2.7, 0.3], b=[4.1, 0.4, 1.6, 3.3])
    )
    cases.hidden("many ties", inputs(stairs(a=1.1, b=0.3), a=[2.7, 0.8, 1.3, 1.05], b=[1.9, 0.2, 0.45, 0.35]))
    cases.hidden(
        "a name that does not matter", inputs(hill(b=2.4), a=[5.0, 6.0, 7.0], b=[1.1, 2.2]), weight=0.5
    )
    cases.hidden("a grid of one point", inputs(hill(a=0.7, b=0.2), a=[3.3], b=[1.9]), weight=0.5)
    cases.hidden(
        "four names",
        inputs(
            hill(a=1.6, b=0.3, c=2.9, d=0.8), a=[0.1, 1.9], b=[0.5, 1.2, 2.1], c=[3.0, 4.4], d=[0.9, -0.6]
        ),
    )
    cases.hidden(
        "each combination is tried once",
        inputs(hill(a=1.6, b=0.3), a=[0.1, 1.9, 2.8, 4.4, 1.5], b=[0.5, 1.2, 2.1]) | dict(count=True),
        weight=0.5,
    )


#: A space of one point; with 1 on the logarithmic scale, where no way of writing it has to round.
POINT = dict(rate=(1.0, 1.0, "log"), units=(4.0, 4.0, "linear"))

#: A space of which a few trials can be followed by hand.
ROOM = dict(rate=(0.01, 1.0, "log"), units=(0.0, 8.0, "linear"))


@exercise(points=14)
def random_search(cases: Cases) -> None:
    """Settings drawn at random."""
    rate, momentum = (1e-4, 1.0, "log"), (0.0, 1.0, "linear")
    cases.public(
        "a space of one point, by hand",
        dict(objective=hill(units=6), space=POINT, n_trials=3, seed=6),
        weight=KNOWN,
    )
    cases.public(
        "two trials of a rate and a number of units",
        dict(objective=hill(units=6), space=ROOM, n_trials=2, seed=6),
        weight=KNOWN,
        judge=RANDOM,
    )
    cases.public(
        "a rate and a momentum",
        dict(objective=log_hill(rate=0.01), space=dict(rate=rate, momentum=momentum), n_trials=14, seed=0),
        weight=KNOWN,
        judge=RANDOM,
    )

    def hidden(name, objective, n_trials, seed, *, weight=1.0, **space):
        inputs = dict(objective=objective, space=space, n_trials=n_trials, seed=seed)
        cases.hidden(name, inputs, judge=RANDOM, weight=weight)

    hidden(
        "two scales",
        hill(a=0.3, b=0.9),
        23,
        5,
        weight=2,
        a=(2e-5, 0.8, "log"),
        b=(-1.5, 2.5, "linear"),
    )
    hidden(
        "three names",
        log_hill(a=3.0, b=0.02, c=40.0),
        24,
        7,
        weight=2,
        a=(0.5, 7.0, "linear"),
        b=(1e-6, 0.3, "log"),
        c=(3.0, 9e3, "log"),
    )
    hidden("many ties", stairs(a=0.2, b=0.6), 27, 9, a=(0.05, 1.4, "linear"), b=(3e-3, 8.0, "log"))
    hidden(
        "all scores are negative", hill(a=9.0, b=-6.0), 22, 11, a=(1e-3, 2.0, "log"), b=(0.0, 3.0, "linear")
    )
    hidden("one name", hill(a=0.4), 31, 13, a=(6e-4, 5.0, "log"))
    hidden(
        "a single trial", hill(a=0.7, b=0.2), 1, 15, weight=0.5, a=(1e-3, 6.0, "log"), b=(0.1, 4.0, "linear")
    )
    cases.hidden(
        "the objective is called once per trial",
        dict(objective=hill(a=0.4), space=dict(a=(6e-4, 5.0, "log")), n_trials=19, seed=17, count=True),
        weight=0.5,
    )


@exercise(points=16, uses=("random_search",))
def coarse_to_fine(cases: Cases) -> None:
    """Random search in a window that closes in on the best."""
    cases.public(
        "a space of one point, by hand",
        dict(objective=hill(units=6), space=POINT, n_trials=2, n_rounds=2, shrink=0.5, seed=6),
        weight=KNOWN,
    )
    cases.public(
        "two rounds of two trials",
        dict(objective=hill(units=6), space=ROOM, n_trials=2, n_rounds=2, shrink=0.5, seed=6),
        weight=KNOWN,
        judge=CLOSING_IN,
    )
    cases.public(
        "a rate and a momentum",
        dict(
            objective=log_hill(rate=0.01, momentum=0.5),
            space=dict(rate=(1e-4, 1.0, "log"), momentum=(0.1, 1.0, "linear")),
            n_trials=7,
            n_rounds=3,
            shrink=0.5,
            seed=0,
        ),
        weight=KNOWN,
        judge=CLOSING_IN,
    )

    def hidden(name, objective, numbers, seed, *, weight=1.0, **space):
        n_trials, n_rounds, shrink = numbers
        inputs = dict(objective=objective, space=space, n_trials=n_trials, n_rounds=n_rounds)
        cases.hidden(name, inputs | dict(shrink=shrink, seed=seed), judge=CLOSING_IN, weight=weight)

    hidden(
        "two scales, four rounds",
        hill(a=0.3, b=0.9),
        (10, 4, 0.45),
        5,
        weight=2,
        a=(2e-4, 0.8, "log"),
        b=(-1.5, 2.5, "linear"),
    )
    hidden(
        "the peak is in a corner",
        log_hill(a=6.8, b=2e-5, c=9.0),
        (11, 3, 0.4),
        7,
        weight=2,
        a=(0.5, 7.0, "linear"),
        b=(1e-5, 0.3, "log"),
        c=(3.0, 9e3, "log"),
    )
    hidden(
        "few trials and many rounds",
        dict(kind="waves", peak=dict(a=1.7, b=0.8)),
        (4, 9, 0.8),
        9,
        weight=2,
        a=(0.0, 5.0, "linear"),
        b=(0.02, 6.0, "log"),
    )
    hidden(
        "many ties", stairs(a=0.2, b=0.6), (12, 3, 0.55), 11, a=(0.05, 1.4, "linear"), b=(3e-3, 8.0, "log")
    )
    hidden("all scores are negative", hill(a=9.0), (9, 5, 0.6), 13, a=(1e-3, 2.0, "log"))
    hidden(
        "windows shrink fast",
        log_hill(a=0.03, b=0.4),
        (13, 3, 0.1),
        15,
        a=(1e-4, 3.0, "log"),
        b=(0.05, 4.0, "linear"),
    )
    hidden("one name", hill(a=2.2), (14, 4, 0.35), 17, a=(-3.0, 6.0, "linear"))
    cases.hidden(
        "the objective is called once per trial",
        dict(objective=hill(a=0.4), space=dict(a=(6e-4, 5.0, "log")))
        | dict(n_trials=7, n_rounds=4, shrink=0.3, seed=19, count=True),
        weight=0.5,
    )


@exercise(points=15)
def gp_posterior(cases: Cases) -> None:
    """Predict scores with a Gaussian process."""

    def inputs(X, y, X_new, *numbers):
        names = ("length_scale", "signal_variance", "noise_variance")
        return dict(X=X, y=y, X_new=X_new) | dict(zip(names, numbers, strict=True))

    def drawn(seed, n, d, k, *numbers, spread=1.5):
        rng = np.random.default_rng(seed)
        return inputs(
            spread * rng.normal(size=(n, d)),
            rng.normal(0.8, 2, n),
            spread * rng.normal(size=(k, d)),
            *numbers,
        )

    cases.public(
        "one point, at it and far away, by hand",
        inputs(np.array([[0.0]]), np.array([3.0]), np.array([[0.0], [100.0]]), 2.0, 2.0, 1.0),
        weight=KNOWN,
    )
    cases.public(
        "two points far apart",
        inputs(
            np.array([[0.0, 0.0], [300.0, 400.0]]),
            np.array([4.0, -8.0]),
            np.array([[0.0, 0.0], [300.0, 400.0], [300.0, 0.0]]),
            5.0,
            3.0,
            1.0,
        ),
        weight=KNOWN,
    )
    tried = np.array([[0.5], [1.5], [3.0], [4.5], [5.5]])
    scores = np.array([0.2, 1.4, 0.6, -0.8, -0.3])
    cases.public(
        "five points on a line",
        inputs(tried, scores, np.linspace(0, 8, 33)[:, None], 1.0, 1.0, 0.1),
        weight=KNOWN,
    )
    cases.hidden("one dimension", drawn(31, 5, 1, 7, 0.8, 1.7, 0.3))
    cases.hidden("three dimensions", drawn(32, 6, 3, 4, 2.3, 0.6, 0.15))
    cases.hidden("a single new point", drawn(33, 4, 2, 1, 1.6, 2.9, 0.7))
    cases.hidden("more points than new ones", drawn(34, 11, 2, 5, 1.3, 4.2, 0.45), weight=1.5)
    cases.hidden("more new points than tried ones", drawn(35, 3, 4, 9, 2.7, 1.4, 0.25), weight=1.5)
    cases.hidden("scores without noise", drawn(36, 4, 2, 6, 0.9, 2.2, 0.0))
    cases.hidden("loud noise", drawn(37, 8, 2, 3, 1.9, 0.35, 5.5))
    twice = drawn(38, 3, 2, 4, 1.1, 1.9, 0.55)
    twice["X"], twice["y"] = twice["X"][[0, 1, 2, 1, 0]], np.array([1.3, -0.4, 2.2, 0.9, 1.8])
    cases.hidden("points tried twice", twice)
    again = drawn(39, 5, 3, 2, 1.45, 2.6, 0.4)
    again["X_new"] = again["X"][[3, 0]]
    cases.hidden("new points that were tried", again)


@exercise(points=10)
def expected_improvement(cases: Cases) -> None:
    """How much each candidate is expected to beat the best."""

    def inputs(mean, variance, best, *xi):
        return dict(mean=np.array(mean), variance=np.array(variance), best=best) | dict(
            zip(("xi",), xi, strict=False)
        )

    cases.public(
        "nothing is left to chance, by hand", inputs([2.0, 6.0, 4.0], [0.0, 0.0, 0.0], 3.0, 1.0), weight=KNOWN
    )
    cases.public("as good as the best on average", inputs([1.0, 1.0], [1.0, 4.0], 1.0, 0.0), weight=KNOWN)
    line = np.linspace(0, 8, 33)
    cases.public(
        "thirty-three candidates on a line",
        inputs(np.round(np.cos(line), 2), np.round(0.02 + 0.1 * (line - 2) ** 2, 2), 0.9, 0.05),
        weight=KNOWN,
    )
    cases.hidden(
        "better and worse", inputs([0.3, 1.9, -0.6, 1.1], [0.7, 0.2, 2.4, 1.5], 0.8, 0.25), weight=1.5
    )
    cases.hidden("xi left out", inputs([0.41, 0.52, 0.47], [0.013, 0.004, 0.02], 0.5), weight=1.5)
    cases.hidden("no xi", inputs([-1.2, 0.4, 2.3, 0.9, 1.6], [0.5, 3.1, 0.09, 1.3, 0.8], 1.3, 0.0))
    cases.hidden(
        "some without variance",
        inputs([0.9, 2.1, 1.4, 0.2, 3.0, 1.1], [0.0, 0.0, 0.6, 1.7, 0.3, 0.0], 1.2, 0.35),
        weight=1.5,
    )
    cases.hidden(
        "for certain just what is asked for",
        inputs([1.5, 0.5, 2.75, 1.1, 1.5], [0.0, 0.36, 0.0, 1.9, 0.81], 1.25, 0.25),
    )
    cases.hidden("a negative best", inputs([-3.1, -2.2, -4.0], [0.9, 0.35, 2.8], -2.6, 0.15))
    cases.hidden("one candidate", inputs([0.77], [0.38], 0.6, 0.07))
    cases.hidden(
        "large numbers", inputs([310.0, 250.0, 420.0, 333.0], [900.0, 4e4, 2500.0, 60.0], 345.0, 12.0)
    )


def grid(*axes):
    return np.array(np.meshgrid(*axes, indexing="ij"), dtype=float).reshape(len(axes), -1).T


@exercise(points=14, uses=("gp_posterior", "expected_improvement"))
def bayesian_search(cases: Cases) -> None:
    """Try the candidate from which most improvement is expected."""

    def inputs(kind, peak, candidates, *numbers):
        names = ("n_init", "n_iter", "seed")
        objective = dict(kind=kind, peak=peak)
        return dict(objective=objective, candidates=candidates) | dict(zip(names, numbers, strict=True))

    cases.public(
        "three far candidates, all of them drawn",
        inputs("hill", [1.0], np.array([[0.0], [1.0], [3.0]]), 3, 0, 2),
        weight=KNOWN,
    )
    cases.public(
        "one is drawn and one is found",
        inputs("hill", [2.0], np.array([[0.0], [1.0], [5.0]]), 1, 1, 4),
        weight=KNOWN,
    )
    drawn = np.round(np.random.default_rng(51).uniform(-3, 3, (17, 2)), 2)
    # Seeds for which the choices of wrong searches differ, and right ones are no matter of rounding.
    line, steps = np.linspace(-2.1, 3.7, 13)[:, None], np.linspace(-1.9, 2.3, 15)[:, None]
    few = np.array([[-2.0], [2.5], [0.2], [1.1], [-0.9]])
    lattice = grid([0.1, 0.9, 2.2], [0.0, 1.3, 2.1, 3.4])
    cases.hidden("a hill on a line", inputs("hill", [1.3], line, 2, 4, 57), weight=1.5)
    cases.hidden("rings in a plane", inputs("waves", [0.4, -0.9], drawn, 3, 5, 138), weight=1.5)
    cases.hidden("a lattice", inputs("waves", [0.7, 1.2], lattice, 4, 3, 335))
    cases.hidden("all scores are negative", inputs("waves", [-2.4, 2.3], 0.6 * drawn[:12], 2, 5, 17))
    near = np.linspace(-1.1, 1.6, 19).round(2)[:, None]
    cases.hidden("candidates close to each other", inputs("hill", [0.3], near, 4, 4, 100))
    cases.hidden("every candidate is tried", inputs("hill", [0.3], few, 2, 3, 17))
    cases.hidden("drawn only", inputs("waves", [0.1, 0.2], drawn, 6, 0, 15), weight=0.5)
    cases.hidden("several of one score", inputs("stairs", [0.25], steps, 3, 4, 368), weight=1.5)
    cases.hidden(
        "the objective is called once per candidate",
        inputs("waves", [0.4, -0.9], drawn, 3, 4, 23) | dict(count=True),
        weight=0.5,
    )
