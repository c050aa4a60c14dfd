"""Cases of softmax: what is asked, on which inputs, for how many points."""

from typing import Any

import numpy as np

from grader.course.declare import Cases, Holds, Tolerance, exercise

#: Of central differences: the error of a step is about its square, that of rounding 1e-16 over the step.
STEP = 1e-4

#: Wide enough for a harmless 1e-8 or less inside a logarithm; the nearest mistake is decades away.
LOSS = Tolerance(relative=1e-6)

RIGHT_SHARES = ("columns_sum_to_one", "unmoved_by_a_shift", "larger_scores_larger_shares")


def _scores(seed: int, *shape: int, scale: float = 2.0) -> np.ndarray:
    return scale * np.random.default_rng(seed).normal(size=shape)


def _labels(seed: int, count: int, C: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, C, size=count)


def _one_hot(labels: np.ndarray, C: int) -> np.ndarray:
    return np.eye(C)[labels].T


@exercise(points=20)
def softmax(cases: Cases) -> None:
    """Turn scores into probabilities, however large the scores are."""
    # Logarithms of whole numbers: the columns of the answer are sixths, quarters and thirds.
    powers = np.array([[1.0, 1.0, 4.0], [2.0, 1.0, 4.0], [3.0, 2.0, 4.0]])
    cases.public("probabilities in sixths, quarters and thirds", {"z": np.log(powers)})
    scores = np.array([[1.5], [0.5], [-0.5]])
    shifts = np.linspace(-1200, 1200, 13)
    cases.public("the same three scores, shifted further and further", {"z": scores + shifts}, weight=0.5)
    cases.public(
        "the same three scores, divided by more and more",
        {"z": np.round(scores / np.logspace(-1, 1, 11), 4)},
        weight=0.5,
    )
    cases.hidden("five classes, seven examples", {"z": _scores(11, 5, 7)})
    cases.hidden("four classes, four examples", {"z": _scores(12, 4, 4)})
    cases.hidden("a single example", {"z": _scores(13, 6, 1)})
    cases.hidden("two classes", {"z": _scores(14, 2, 9)})
    cases.hidden("a single class", {"z": _scores(15, 1, 5)}, weight=0.5)
    cases.hidden("scores in the thousands", {"z": 3000 + _scores(16, 4, 6)})
    cases.hidden("scores thousands below zero", {"z": _scores(17, 6, 3) - 4000})
    far_apart = np.linspace(-5000, 5000, 8)
    cases.hidden("columns thousands apart", {"z": _scores(18, 3, 8) + far_apart})
    thousands = _scores(19, 5, 4, scale=2000)
    examples = np.arange(4)
    # A rival close behind the best class: the answer is no mere row of zeros and ones.
    thousands[(thousands.argmax(axis=0) + 2) % 5, examples] = thousands.max(axis=0) - [0.3, 1.1, 0.7, 2.0]
    cases.hidden("classes thousands apart", {"z": thousands})
    cases.hidden(
        "shares add up, follow the scores and ignore a shift",
        {"z": _scores(20, 4, 5), "shift": np.linspace(-7, 8, 5)},
        judge=Holds(properties=RIGHT_SHARES),
    )
    cases.hidden(
        "a shift by thousands changes nothing",
        {"z": _scores(21, 3, 6), "shift": np.linspace(-2500, 3500, 6)},
        judge=Holds(properties=RIGHT_SHARES),
    )


@exercise(points=10)
def one_hot(cases: Cases) -> None:
    """Write labels as one-hot columns."""
    cases.public("four labels of three classes", {"labels": np.array([1, 2, 0, 2]), "C": 3})
    cases.hidden("more examples than classes", {"labels": np.array([3, 0, 2, 1, 3, 3, 0, 2, 1]), "C": 4})
    cases.hidden("more classes than examples", {"labels": np.array([5, 2, 7]), "C": 9})
    cases.hidden("the last classes never occur", {"labels": np.array([1, 0, 2, 1, 0]), "C": 7})
    cases.hidden("as many examples as classes", {"labels": np.array([2, 4, 0, 0, 1]), "C": 5})
    cases.hidden("a single example", {"labels": np.array([3]), "C": 6})
    cases.hidden("all of one class", {"labels": np.array([2, 2, 2, 2]), "C": 3})


@exercise(points=15, tolerance=LOSS)
def cross_entropy(cases: Cases) -> None:
    """Average the surprise about the true classes."""
    by_hand = np.array([[0.5, 0.25], [0.25, 0.5], [0.25, 0.25]])
    cases.public("two examples, three classes", {"A": by_hand, "Y": _one_hot(np.array([0, 2]), 3)})

    def shares(seed: int, C: int, m: int, labels: np.ndarray) -> dict[str, Any]:
        # Every true class has a share well above a small number that is added inside the logarithm.
        A = np.random.default_rng(seed).uniform(0.1, 1.0, size=(C, m))
        return {"A": A / A.sum(axis=0), "Y": _one_hot(labels, C)}

    cases.hidden("five classes, seven examples", shares(31, 5, 7, _labels(32, 7, 5)))
    cases.hidden("more classes than examples", shares(33, 8, 3, np.array([6, 1, 4])))
    cases.hidden("a single example", shares(34, 4, 1, np.array([2])))
    cases.hidden("many examples of two classes", shares(35, 2, 19, _labels(36, 19, 2)))
    cases.hidden("a true class that never changes", shares(37, 6, 5, np.full(5, 3)))
    ruled_out = shares(38, 4, 6, np.array([0, 3, 1, 2, 2, 0]))
    ruled_out["A"][3, 0] = ruled_out["A"][0, 1] = ruled_out["A"][1, 4] = 0.0
    ruled_out["A"] /= ruled_out["A"].sum(axis=0)
    cases.hidden("wrong classes of probability exactly zero", ruled_out)
    certain = _one_hot(np.array([2, 0, 1, 2, 0]), 3)
    certain[:, 1] = [0.5, 0.3, 0.2]
    certain[:, 4] = [0.4, 0.0, 0.6]
    cases.hidden(
        "some examples certain and right", {"A": certain, "Y": _one_hot(np.array([2, 0, 1, 2, 0]), 3)}
    )


@exercise(points=20, uses=("softmax", "one_hot", "cross_entropy"), tolerance=LOSS)
def softmax_loss(cases: Cases) -> None:
    """Find the loss of scores and its gradient."""
    powers = np.array([[1.0, 2.0, 1.0], [3.0, 3.0, 2.0]])
    cases.public("two examples, three classes", {"x": np.log(powers), "y": np.array([1, 2])})
    cases.hidden("seven examples, five classes", {"x": _scores(41, 7, 5, scale=1.0), "y": _labels(42, 7, 5)})
    cases.hidden(
        "as many examples as classes", {"x": _scores(43, 4, 4, scale=1.0), "y": np.array([3, 0, 3, 1])}
    )
    cases.hidden("a single example", {"x": _scores(44, 1, 6, scale=1.0), "y": np.array([4])})
    cases.hidden(
        "many examples of two classes", {"x": _scores(45, 17, 2, scale=1.0), "y": _labels(46, 17, 2)}
    )
    cases.hidden(
        "more classes than examples", {"x": _scores(47, 3, 11, scale=1.0), "y": np.array([10, 0, 6])}
    )
    above = 5000 + _scores(48, 6, 3, scale=1.0)
    cases.hidden("scores in the thousands", {"x": above, "y": _labels(49, 6, 3)})
    apart = _scores(50, 8, 4, scale=1.0) + np.linspace(-4000, 4000, 8)[:, np.newaxis]
    cases.hidden("rows thousands apart", {"x": apart, "y": _labels(51, 8, 4)})
    below = _scores(52, 5, 4, scale=2000)
    cases.hidden(
        "true classes thousands below the best", {"x": below, "y": np.argsort(below, axis=1)[:, 1].copy()}
    )
    for seed, (N, C) in ((53, (6, 4)), (56, (3, 8))):
        cases.hidden(
            f"dx against differences of the own loss, {N} by {C}",
            {
                "x": _scores(seed, N, C, scale=1.0),
                "y": _labels(seed + 1, N, C),
                "directions": _scores(seed + 2, 2, N, C, scale=1.0),
                "step": STEP,
            },
            judge=Holds(properties=("slope_of_own_loss", "moving_a_row_changes_nothing")),
        )


def _linear_cases(cases: Cases, seed: int) -> None:
    """Cases of both linear classifiers: the same situations, other numbers."""

    def linear(at: int, N: int, D: int, C: int, reg: float, scale: float = 0.5) -> dict[str, Any]:
        return {
            "W": _scores(at, D, C, scale=scale),
            "X": _scores(at + 1, N, D, scale=1.0),
            "y": _labels(at + 2, N, C),
            "reg": reg,
        }

    # Scores that are logarithms of whole numbers, as the rows of X pick out the rows of W.
    by_hand = {
        "W": np.log(np.array([[1.0, 2.0, 1.0], [3.0, 3.0, 2.0]])),
        "X": np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 0.0]]),
        "y": np.array([1, 2, 0, 2]),
    }
    cases.public("four examples, two features, three classes", {**by_hand, "reg": 0.0})
    cases.public("the same, regularised", {**by_hand, "reg": 0.5})
    cases.hidden("not regularised", linear(seed + 10, 7, 4, 5, 0.0))
    cases.hidden("regularised", linear(seed + 20, 6, 5, 4, 0.35))
    cases.hidden("strongly regularised, few examples", linear(seed + 30, 3, 8, 6, 2.4))
    cases.hidden("as many examples, features and classes", linear(seed + 40, 4, 4, 4, 0.15))
    cases.hidden("a single example", linear(seed + 50, 1, 6, 3, 0.7))
    cases.hidden("a single feature", linear(seed + 60, 9, 1, 5, 0.05))
    cases.hidden("two classes, many examples", linear(seed + 70, 23, 3, 2, 1.3))
    high = linear(seed + 80, 8, 3, 5, 0.0)
    high["W"] = high["W"] + np.array([[3000.0], [0.0], [-1000.0]])
    cases.hidden("scores in the thousands", high)
    below = linear(seed + 90, 5, 6, 4, 1e-4, scale=600)
    below["y"] = np.argsort(below["X"] @ below["W"], axis=1)[:, 1].copy()
    cases.hidden("true classes thousands below the best", below)
    for at, (N, D, C), reg in ((seed + 100, (6, 3, 4), 0.6), (seed + 110, (9, 5, 3), 0.0)):
        cases.hidden(
            f"dW against differences of the own loss, reg = {reg}",
            {
                **linear(at, N, D, C, reg),
                "directions": _scores(at + 3, 2, D, C, scale=1.0),
                "step": STEP,
            },
            judge=Holds(properties=("slope_of_own_loss",)),
        )


@exercise(points=15, uses=("softmax",), tolerance=LOSS)
def softmax_loss_naive(cases: Cases) -> None:
    """Find the loss of a linear classifier and its gradient with loops."""
    _linear_cases(cases, 1000)


@exercise(points=20, uses=("softmax", "one_hot", "cross_entropy", "softmax_loss"), tolerance=LOSS)
def softmax_loss_vectorized(cases: Cases) -> None:
    """Find the loss of a linear classifier and its gradient with whole arrays."""
    _linear_cases(cases, 2000)
