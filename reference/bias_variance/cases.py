"""Cases of the bias_variance assignment.

The columns of a split can be told apart, and so can their labels; fractions of m are either exact in binary
or far from a whole number, so that rounding decides nothing.
"""

import numpy as np

from grader.course.declare import Cases, Holds, exercise

#: Weight of what students see beforehand.
KNOWN = 0.5

DEALT = Holds(
    properties=(
        "every_example_in_one_set",
        "labels_stay_with_examples",
        "same_seed_same_sets",
        "seed_decides_who_is_where",
        "sets_are_no_blocks",
        "all_examples_have_the_same_chance",
    )
)
SUITS = Holds(properties=("remedy_suits_the_situation",))


def examples(seed, n_x, m, labels=float):
    """Return columns that are all different, sorted by their first entry, and labels."""
    rng = np.random.default_rng(seed)
    X = np.round(rng.normal(size=(n_x, m)), 3)
    X[0] = np.arange(m) + 0.5
    Y = np.arange(m).reshape(1, m) if labels is int else rng.integers(0, 2, (1, m))
    return dict(X=X, Y=Y.astype(labels))


@exercise(points=34)
def train_dev_test_split(cases: Cases) -> None:
    """Deal examples out to three sets."""
    counted = dict(X=np.array([[1.0, 2, 3, 4, 5, 6, 7, 8], [9, 8, 7, 6, 5, 4, 3, 2]]))
    counted["Y"] = np.array([[10.0, 20, 30, 40, 50, 60, 70, 80]])
    cases.public(
        "eight examples",
        counted | dict(dev_fraction=0.25, test_fraction=0.125, seed=3),
        judge=DEALT,
        weight=KNOWN,
    )
    cases.public(
        "a single example",
        dict(X=np.array([[5.0], [7.0]]), Y=np.array([[1.0]]), dev_fraction=0.25, test_fraction=0.25, seed=1),
        weight=KNOWN,
    )

    def hidden(name, size, dev_fraction, test_fraction, seed, *, weight=1.0):
        inputs = examples(*size) | dict(dev_fraction=dev_fraction, test_fraction=test_fraction, seed=seed)
        cases.hidden(name, inputs, judge=DEALT, weight=weight)

    hidden("equal parts for dev and test", (11, 2, 36), 0.25, 0.25, 5, weight=2)
    hidden("sizes that have to be rounded down", (12, 1, 37), 0.2, 0.26, 7, weight=2)
    hidden("both sizes just below a whole number", (13, 2, 33), 0.3, 0.15, 9)
    hidden("no test set", (14, 1, 28), 0.25, 0.0, 11, weight=1.5)
    hidden("no dev set", (15, 3, 24), 0.0, 0.25, 13)
    hidden("too few examples for a dev set", (16, 2, 7), 0.1, 0.35, 15)
    hidden("almost all for training", (17, 1, 59), 0.05, 0.12, 17)
    hidden("whole numbers as labels", (18, 1, 31, int), 0.25, 0.4, 19)
    hidden("true and false as labels", (19, 3, 26, bool), 0.35, 0.2, 21)


def features(seed, n_x, m, m_test, constant=()):
    """Return features of their own means and spreads, in training and test sets that differ in both."""
    rng = np.random.default_rng(seed)
    centre, spread = rng.uniform(-9, 9, (n_x, 1)), rng.uniform(0.7, 6, (n_x, 1))
    X_train = centre + spread * rng.normal(size=(n_x, m))
    X_test = centre + 1.3 + 1.9 * spread * rng.normal(size=(n_x, m_test))
    for row, value in constant:
        X_train[row] = value  # a whole number, so that its mean is exact
    return dict(X_train=X_train, X_test=X_test)


@exercise(points=30)
def normalize_inputs(cases: Cases) -> None:
    """Normalise with the training set's mean and standard deviation."""
    cases.public(
        "two features, by hand",
        dict(
            X_train=np.array([[1.0, 3.0], [2.0, 8.0]]), X_test=np.array([[4.0, 2.0, 0.0], [5.0, 11.0, 2.0]])
        ),
        weight=KNOWN,
    )
    cases.public(
        "a constant feature, by hand",
        dict(X_train=np.array([[4.0, 4.0, 4.0], [1.0, 2.0, 3.0]]), X_test=np.array([[4.0, 9.0], [2.0, 2.0]])),
        weight=KNOWN,
    )
    rng = np.random.default_rng(20)
    slanted = np.array([[40.0], [3.0]]) + np.array([[12.0, 0.0], [-0.4, 0.5]]) @ rng.normal(size=(2, 36))
    moved = np.array([[48.0], [3.4]]) + np.array([[9.0, 0.0], [-0.3, 0.4]]) @ rng.normal(size=(2, 12))
    cases.public(
        "areas and rooms of houses",
        dict(X_train=np.round(slanted, 1), X_test=np.round(moved, 1)),
        weight=KNOWN,
    )
    cases.hidden("three features", features(21, 3, 7, 5), weight=1.5)
    cases.hidden("many examples", features(22, 4, 31, 9), weight=1.5)
    cases.hidden("as many features as examples", features(23, 6, 6, 8))
    cases.hidden("as many examples for training as for testing", features(24, 5, 9, 9))
    cases.hidden("a single test example", features(25, 4, 11, 1))
    cases.hidden("one feature", features(26, 1, 8, 3))
    cases.hidden("a constant feature among others", features(27, 4, 10, 6, [(2, 3.0)]))
    cases.hidden("two constant features, one of them zero", features(28, 5, 12, 7, [(0, 0.0), (3, -6.0)]))
    cases.hidden("a single training example", features(29, 3, 1, 4, [(0, 2.0), (1, -5.0), (2, 7.0)]))


@exercise(points=24)
def diagnose(cases: Cases) -> None:
    """High bias and high variance, from the errors."""

    # No one of the four answers has more than a third of the weight.
    def inputs(train_error, dev_error, *optional):
        names = ("bayes_error", "tolerance")[: len(optional)]
        errors = dict(train_error=train_error, dev_error=dev_error)
        return errors | dict(zip(names, optional, strict=True))

    cases.public("one error in a hundred, thirteen on the dev set", inputs(0.01, 0.13), weight=KNOWN)
    cases.public("eighteen in a hundred on both sets, or nearly", inputs(0.18, 0.19), weight=KNOWN)
    cases.public("eighteen in a hundred, as people err too", inputs(0.18, 0.19, 0.17), weight=KNOWN)
    cases.hidden("both are high", inputs(0.17, 0.33, 0.08))
    cases.hidden("both are high by little", inputs(0.081, 0.134, 0.037, 0.04))
    cases.hidden("both are high by a strict standard", inputs(0.012, 0.019, 0.004, 0.005))
    cases.hidden("bias alone, against a low best error", inputs(0.094, 0.107, 0.021))
    cases.hidden("bias alone, by a strict standard", inputs(0.019, 0.0205, 0.011, 0.003))
    cases.hidden("bias alone, and lower on the dev set", inputs(0.26, 0.11, 0.03, 0.05))
    cases.hidden("variance alone, above a high best error", inputs(0.31, 0.42, 0.30))
    cases.hidden("variance alone, by a strict standard", inputs(0.013, 0.0217, 0.009, 0.006))
    cases.hidden("variance alone, and below the best error", inputs(0.05, 0.21, 0.13, 0.06))
    cases.hidden("neither, above a high best error", inputs(0.44, 0.453, 0.43))
    cases.hidden("neither, by a generous standard", inputs(0.12, 0.21, 0.05, 0.1))
    cases.hidden("bias alone, with nothing but the errors given", inputs(0.057, 0.066))
    cases.hidden("neither, with nothing but the errors given", inputs(0.013, 0.018))
    cases.hidden("gaps as large as the tolerance", inputs(7.0, 10.0, 4.0, 3.0))
    cases.hidden("errors in percent", inputs(9.0, 10.0, 2.0, 3.0))


@exercise(points=12)
def next_step(cases: Cases) -> None:
    """What to try next."""

    def inputs(high_bias, high_variance):
        return dict(high_bias=high_bias, high_variance=high_variance)

    yes, no = True, False
    cases.public("high bias", inputs(yes, no), judge=SUITS, weight=KNOWN)
    cases.public("high variance", inputs(no, yes), judge=SUITS, weight=KNOWN)
    cases.hidden("both are high", inputs(yes, yes), judge=SUITS, weight=KNOWN)
    cases.hidden("neither is high", inputs(no, no), judge=SUITS, weight=KNOWN)
    all_four = dict(situations=[(yes, yes), (no, yes), (yes, no), (no, no)])
    cases.hidden("all four situations", all_four, judge=SUITS, weight=3)
    cases.hidden(
        "a project from its beginning to its end",
        dict(situations=[(yes, no), (yes, yes), (no, yes), (no, yes), (no, no), (yes, no)]),
        judge=SUITS,
        weight=2,
    )
