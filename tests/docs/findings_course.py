"""The small assignment whose exercises the examples of docs/findings.md are for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.course.model import (
    Assignment,
    AssignmentFile,
    AtMost,
    Case,
    Equal,
    Exercise,
    ExerciseSpec,
    Holds,
    Judge,
    Limits,
    Magnitude,
    Tolerance,
)
from grader.grading import AnswerKey
from grader.judging.judge import expectations
from grader.results import Visibility
from grader.values import encode

RNG = np.random.default_rng(11)
ROWS = np.array([[1.0, 2.0, 3.0], [4.0, 6.0, 8.0]])


def mean_of_rows(X):
    return X.mean(axis=1, keepdims=True)


def loss(A, Y):
    return float(np.mean((A - Y) ** 2))


def decay(W, b, rate=0.1):
    return W * (1 - rate), b * (1 - rate)


def initialize(n_x, n_y):
    return {"W": np.full((n_y, n_x), 0.01), "b": np.zeros((n_y, 1))}


def kind_of(curvature):
    return "minimum" if curvature > 0 else "maximum"


def relative_difference(a, b):
    return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))


def mask(rows, columns):
    return np.eye(rows, columns)


def log_of(p):
    with np.errstate(divide="ignore"):
        return np.log(p)


def update(theta, gradient, learning_rate, m):
    return theta - learning_rate * gradient / m


def product(A, B):
    return A @ B


def slope(X, E, m):
    return X @ E.T / m


def both(a, b):
    return {"sum": a + b, "difference": a - b}


def batches(X, Y, size, seed):
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    return [(X[:, k : k + size], Y[:, k : k + size]) for k in range(0, X.shape[1], size)]


def draw(sizes, seed):
    np.random.seed(seed)
    pairs = zip(sizes[1:], sizes[:-1], strict=True)
    return {f"W{number}": np.random.randn(*shape) for number, shape in enumerate(pairs, start=1)}


def dropout(rows, columns, keep_prob, seed):
    np.random.seed(seed)
    return (np.random.rand(rows, columns) < keep_prob).astype(float)


def zeros_and_ones(inputs, returned):
    """Every entry of the mask is 0 or 1."""
    if np.isin(returned, (0, 1)).all():
        return None
    return "An entry is neither 0 nor 1." if returned.max() < 1 else f"{returned.max():g} is neither 0 nor 1."


def _draw(*shape: int) -> np.ndarray:
    return RNG.normal(2, 1, shape)


#: For each exercise its inputs and how it is judged: two public cases where there are two, then hidden ones.
ASKED: dict[Callable[..., Any], list[tuple[Visibility, str, dict[str, Any], Judge]]] = {
    mean_of_rows: [
        ("public", "two rows", {"X": ROWS}, Equal()),
        ("hidden", "wide", {"X": _draw(3, 5)}, Equal()),
    ],
    loss: [
        (
            "public",
            "three numbers",
            {"A": np.array([[1.0, 2.0, 4.0]]), "Y": np.array([[1.0, 0.0, 1.0]])},
            Equal(),
        ),
        ("hidden", "seven", {"A": _draw(1, 7), "Y": _draw(1, 7)}, Equal()),
    ],
    decay: [
        ("public", "by hand", {"W": ROWS, "b": np.array([[10.0], [20.0]])}, Equal()),
        ("hidden", "another rate", {"W": _draw(3, 4), "b": _draw(3, 1), "rate": 0.3}, Equal()),
    ],
    initialize: [("public", "two by three", {"n_x": 3, "n_y": 2}, Equal())],
    kind_of: [
        ("public", "a valley", {"curvature": 2.0}, Equal()),
        ("hidden", "a hill", {"curvature": -0.5}, Equal()),
    ],
    relative_difference: [
        (
            "public",
            "nearly equal",
            {"a": np.array([1.0, 2.0]), "b": np.array([1.0, 2.00001])},
            Magnitude(decades=1),
        ),
        ("public", "equal", {"a": np.array([3.0]), "b": np.array([3.0])}, AtMost(bound=1e-9)),
    ],
    mask: [("public", "two by two", {"rows": 2, "columns": 2}, Holds(properties=("zeros_and_ones",)))],
    log_of: [("public", "certain and impossible", {"p": np.array([0.0, 0.5, 1.0])}, Equal())],
    update: [
        (
            "public",
            "by hand",
            {
                "theta": np.array([[1.0, 5.0], [7.0, 2.0]]),
                "gradient": np.array([[4.0, 8.0], [2.0, 6.0]]),
                "learning_rate": 0.5,
                "m": 3,
            },
            Equal(),
        ),
        (
            "hidden",
            "wide",
            {"theta": _draw(3, 4), "gradient": _draw(3, 4), "learning_rate": 0.03, "m": 11},
            Equal(),
        ),
        (
            "hidden",
            "tall",
            {"theta": _draw(5, 2), "gradient": _draw(5, 2), "learning_rate": 0.7, "m": 6},
            Equal(),
        ),
    ],
    product: [
        (
            "public",
            "by hand",
            {
                "A": np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [2.0, 0.0, 1.0]]),
                "B": np.array([[1.0, 0.0, 4.0], [2.0, 1.0, 0.0], [0.0, 5.0, 2.0]]),
            },
            Equal(),
        ),
        ("hidden", "four", {"A": _draw(4, 4), "B": _draw(4, 4)}, Equal()),
        ("hidden", "five", {"A": _draw(5, 5), "B": _draw(5, 5)}, Equal()),
    ],
    slope: [
        (
            "public",
            "by hand",
            {"X": np.array([[1.0, 2.0, 5.0], [4.0, 3.0, 0.0]]), "E": np.array([[2.0, 6.0, 1.0]]), "m": 3},
            Equal(),
        ),
        ("hidden", "wide", {"X": _draw(3, 7), "E": _draw(2, 7), "m": 7}, Equal()),
        ("hidden", "tall", {"X": _draw(6, 5), "E": _draw(4, 5), "m": 5}, Equal()),
    ],
    batches: [
        (
            "public",
            "eight",
            {"X": np.arange(16.0).reshape(2, 8), "Y": np.arange(8.0)[None] % 3, "size": 3, "seed": 4},
            Equal(),
        ),
        ("hidden", "eleven", {"X": _draw(3, 11), "Y": _draw(1, 11), "size": 4, "seed": 7}, Equal()),
        ("hidden", "fourteen", {"X": _draw(2, 14), "Y": _draw(1, 14), "size": 5, "seed": 9}, Equal()),
    ],
    draw: [
        ("public", "three layers", {"sizes": [2, 4, 3, 1], "seed": 3}, Equal()),
        ("hidden", "four layers", {"sizes": [9, 8, 7, 6, 5], "seed": 5}, Equal()),
    ],
    dropout: [
        ("public", "mostly kept", {"rows": 3, "columns": 4, "keep_prob": 0.9, "seed": 1}, Equal()),
        ("hidden", "wide", {"rows": 9, "columns": 13, "keep_prob": 0.8, "seed": 2}, Equal()),
        ("hidden", "tall", {"rows": 17, "columns": 8, "keep_prob": 0.7, "seed": 6}, Equal()),
    ],
    both: [
        ("public", "by hand", {"a": np.array([5.0, 7.0, 4.0]), "b": np.array([3.0, 1.0, 2.0])}, Equal()),
        ("hidden", "five", {"a": _draw(5), "b": _draw(5)}, Equal()),
        ("hidden", "nine", {"a": _draw(9), "b": _draw(9)}, Equal()),
    ],
}


def assignment() -> Assignment:
    file = AssignmentFile(title="Examples", week=1, limits=Limits(submission_seconds=3))
    stub = "import numpy as np\nimport math\n"
    return Assignment("examples", file, tuple(_exercises()), stub.encode())


def key(asked: Assignment) -> AnswerKey:
    return AnswerKey(
        {exercise.name: expectations(exercise) for exercise in asked.exercises},
        {"zeros_and_ones": zeros_and_ones},
    )


def _exercises() -> Iterator[Exercise]:
    for function, cases in ASKED.items():
        parameters = function.__code__.co_varnames[: function.__code__.co_argcount]
        spec = ExerciseSpec(
            name=function.__name__,
            title=function.__name__,
            points=10,
            signature=f"{function.__name__}({', '.join(parameters)})",
            parameters=parameters,
            tolerance=Tolerance(relative=1e-7),
            cpu_seconds=0.4,
        )
        yield Exercise(spec, tuple(_case(function, *each) for each in cases))


def _case(
    function: Callable[..., Any], visibility: Visibility, name: str, inputs: dict[str, Any], judge: Judge
) -> Case:
    return Case(name, visibility, 1.0, judge, inputs, encode(function(**inputs)), encode(inputs))
