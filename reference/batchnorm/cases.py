"""Cases of batchnorm: what is asked, on which inputs, for how many points."""

import numpy as np

from grader.course.declare import Cases, Holds, exercise

# Far from zero, at an offset c with a spread of one, rounding of x moves the answer by about c * 1e-16, and
# the mean of squares less the square of the mean by c**2 * 1e-16: no tolerance is farther than half the
# decades of c from both. The draws at 4e6 are among those with most room on either side of 1e-6.

#: Of central differences: the error of a step is about its square, that of rounding 1e-16 over the step.
STEP = 1e-4

# With eps = 4 the columns have roots 3 and 4, so that everything comes out in small whole numbers.
BY_HAND_X = np.array([[1.0, 1.0], [3.0, 1.0], [5.0, 1.0], [7.0, 9.0]])
BY_HAND_ROWS = np.array([[1.0, 3.0, 5.0, 7.0], [9.0, 1.0, 1.0, 1.0], [6.0, 6.0, 6.0, 6.0]])


def _layer(seed: int, N: int, D: int, offset: float = 0.0, spread: float = 1.0) -> dict[str, np.ndarray]:
    """Draw x of the given mean and spread with gamma and beta, none of them near what could be left out."""
    rng = np.random.default_rng(seed)
    x = offset + spread * rng.normal(size=(N, D)) + rng.uniform(-1, 1, size=D)
    gamma = rng.uniform(0.5, 2.5, size=D) * rng.choice([-1.0, 1.0], size=D)
    return {"x": x, "gamma": gamma, "beta": rng.uniform(1, 3, size=D)}


def _running(seed: int, D: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {"running_mean": rng.uniform(-2, 2, size=D), "running_var": rng.uniform(1.5, 4, size=D)}


def _upstream(seed: int, N: int, D: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-2, 3, size=(N, D))


def _moves(seed: int, along: str, shape: tuple[int, ...], count: int = 2) -> dict[str, object]:
    """Directions in which the forward pass is run a step ahead and a step behind."""
    directions = np.random.default_rng(seed).normal(size=(count, *shape))
    return {"along": along, "directions": directions, "step": STEP}


@exercise(points=25)
def batchnorm_forward(cases: Cases) -> None:
    """Normalise over the batch, and keep running statistics."""
    by_hand = {"x": BY_HAND_X, "gamma": np.array([3.0, 2.0]), "beta": np.array([10.0, 20.0])}
    running = {"running_mean": np.array([2.0, 5.0]), "running_var": np.array([1.0, 6.0])}
    cases.public(
        "four examples, two features, training",
        dict(**by_hand, bn_param=dict(mode="train", eps=4.0, momentum=0.5, **running)),
    )
    cases.public(
        "four examples, two features, test",
        dict(**by_hand, bn_param=dict(mode="test", eps=3.0, momentum=0.5, **running)),
    )
    rng = np.random.default_rng(100)
    cases.public(
        "forty examples, two features far apart",
        {
            "x": np.round(np.array([6.0, -4.0]) + np.array([3.0, 0.5]) * rng.normal(size=(40, 2)), 1),
            "gamma": np.array([1.0, 0.5]),
            "beta": np.array([0.0, 3.0]),
            "bn_param": {"mode": "train"},
        },
        weight=0.5,
    )
    cases.hidden(
        "training on defaults, nothing running yet", dict(**_layer(101, 7, 3), bn_param={"mode": "train"})
    )
    cases.hidden(
        "training on defaults, a spread near the root of eps",
        dict(**_layer(114, 5, 4, spread=0.01), bn_param={"mode": "train"}),
    )
    cases.hidden(
        "training with large eps and running statistics",
        dict(
            **_layer(102, 6, 5, spread=0.4),
            bn_param=dict(mode="train", eps=0.35, momentum=0.8, **_running(202, 5)),
        ),
    )
    cases.hidden(
        "training without running statistics, momentum 0.3",
        dict(**_layer(103, 11, 4, offset=2), bn_param={"mode": "train", "momentum": 0.3, "eps": 0.07}),
    )
    cases.hidden(
        "training on a wide batch",
        dict(**_layer(104, 3, 13), bn_param=dict(mode="train", momentum=0.65, **_running(204, 13))),
    )
    cases.hidden(
        "training on a long batch of one feature",
        dict(**_layer(105, 29, 1, offset=-4), bn_param=dict(mode="train", eps=0.2, **_running(205, 1))),
    )
    cases.hidden(
        "training on a single example",
        dict(**_layer(106, 1, 6), bn_param=dict(mode="train", eps=0.15, momentum=0.75, **_running(206, 6))),
    )
    constant = _layer(107, 9, 4)
    constant["x"][:, 2] = 5.0
    cases.hidden("training with a feature that never changes", dict(**constant, bn_param={"mode": "train"}))
    cases.hidden(
        "training on features a million away from zero",
        dict(**_layer(3024, 8, 3, offset=4e6), bn_param=dict(mode="train", **_running(208, 3))),
    )
    cases.hidden(
        "test mode with large eps",
        dict(
            **_layer(109, 5, 4, offset=1),
            bn_param=dict(mode="test", eps=0.4, momentum=0.7, **_running(209, 4)),
        ),
    )
    cases.hidden(
        "test mode on defaults", dict(**_layer(110, 4, 6), bn_param=dict(mode="test", **_running(210, 6)))
    )
    cases.hidden(
        "test mode on a single example",
        dict(**_layer(111, 1, 5), bn_param=dict(mode="test", eps=0.25, **_running(211, 5))),
    )
    cases.hidden(
        "a batch of training, then a batch of test",
        dict(
            **_layer(112, 10, 4, offset=-1),
            bn_param=dict(mode="train", momentum=0.6, eps=0.3, **_running(212, 4)),
            x_test=_layer(113, 6, 4, offset=3)["x"],
        ),
    )


def _backward_cases(cases: Cases, seed: int) -> None:
    """Cases of both backward functions: the same situations, other numbers."""
    cases.public(
        "four examples, two features",
        {
            "x": BY_HAND_X,
            "gamma": np.array([3.0, 2.0]),
            "beta": np.array([10.0, 20.0]),
            "bn_param": {"mode": "train", "eps": 4.0},
            "dout": np.array([[1.0, 0.0], [0.0, 2.0], [-2.0, 1.0], [3.0, 1.0]]),
        },
    )
    for number, (name, N, D, bn_param, how) in enumerate(
        [
            ("on defaults", 7, 3, {}, {}),
            ("large eps against a small spread", 6, 5, {"eps": 0.35}, {"spread": 0.4}),
            ("a wide batch", 3, 13, {"eps": 0.02, "momentum": 0.6}, {}),
            ("a long batch of one feature", 29, 1, {"eps": 0.2}, {"offset": -4}),
            ("a spread of five", 9, 4, {"eps": 0.5}, {"spread": 5.0}),
            ("features far from zero, with running statistics", 8, 5, _running(seed, 5), {"offset": 300}),
            ("a single example", 1, 6, {"eps": 0.15}, {}),
        ]
    ):
        layer = _layer(seed + number, N, D, **how)
        param = {"mode": "train", **bn_param}
        cases.hidden(name, dict(**layer, bn_param=param, dout=_upstream(seed + 50 + number, N, D)))


def _difference_cases(
    cases: Cases, seed: int, param: str, mode: dict[str, object], flat: str, normalises: str
) -> None:
    """Cases that hold the gradients against finite differences of the submission's own forward.

    x is spread widely, so that a forward that does not normalise gives itself away.
    """
    for number, (along, N, D, eps) in enumerate(
        [("x", 6, 4, 0.1), ("x", 4, 9, 0.3), ("gamma", 5, 3, 0.2), ("beta", 7, 4, 0.05)]
    ):
        properties = (normalises, "slope_of_own_forward", *([flat] if along == "x" else []))
        shape = (N, D) if along == "x" else (D,)
        cases.hidden(
            f"d{along} against differences of the own forward, {N} by {D}",
            {
                **_layer(seed + number, N, D, spread=4),
                param: {**mode, "eps": eps},
                "dout": _upstream(seed + 50 + number, N, D),
                **_moves(seed + 70 + number, along, shape),
            },
            judge=Holds(properties=properties),
        )


@exercise(points=25, uses=("batchnorm_forward",))
def batchnorm_backward(cases: Cases) -> None:
    """Go back through batch norm step by step."""
    _backward_cases(cases, 300)
    _difference_cases(
        cases,
        400,
        "bn_param",
        {"mode": "train"},
        "moving_a_feature_changes_nothing",
        "forward_normalises_features",
    )


@exercise(points=15, uses=("batchnorm_forward",))
def batchnorm_backward_alt(cases: Cases) -> None:
    """Go back through batch norm in one simplified expression."""
    _backward_cases(cases, 500)
    _difference_cases(
        cases,
        600,
        "bn_param",
        {"mode": "train"},
        "moving_a_feature_changes_nothing",
        "forward_normalises_features",
    )


@exercise(points=15)
def layernorm_forward(cases: Cases) -> None:
    """Normalise each example over its features."""
    cases.public(
        "three examples, four features",
        {
            "x": BY_HAND_ROWS,
            "gamma": np.array([6.0, 12.0, 3.0, 2.0]),
            "beta": np.array([10.0, 20.0, 30.0, 40.0]),
            "ln_param": {"eps": 4.0},
        },
    )
    cases.hidden("on defaults", dict(**_layer(701, 3, 7), ln_param={}))
    close = _layer(709, 3, 6)
    close["x"] = 0.01 * close["x"]
    cases.hidden("on defaults, a spread near the root of eps", dict(**close, ln_param={}))
    cases.hidden(
        "large eps against a small spread", dict(**_layer(702, 5, 6, spread=0.3), ln_param={"eps": 0.35})
    )
    cases.hidden("a single example", dict(**_layer(703, 1, 8), ln_param={"eps": 0.15}))
    cases.hidden("a long batch of few features", dict(**_layer(704, 23, 3, offset=2), ln_param={"eps": 0.04}))
    cases.hidden("one feature", dict(**_layer(705, 4, 1), ln_param={"eps": 0.5}))
    rows = _layer(706, 6, 9)
    rows["x"] = rows["x"] * np.arange(1, 7)[:, np.newaxis] + 10 * np.arange(6)[:, np.newaxis]
    cases.hidden("rows of very different size", dict(**rows, ln_param={"eps": 0.2}))
    cases.hidden("rows a million away from zero", dict(**_layer(3026, 4, 5, offset=4e6), ln_param={}))
    constant = _layer(708, 5, 4)
    constant["x"][3] = 7.0
    cases.hidden("a row that is constant", dict(**constant, ln_param={}))


@exercise(points=20, uses=("layernorm_forward",))
def layernorm_backward(cases: Cases) -> None:
    """Go back through layer norm."""
    cases.public(
        "three examples, four features",
        {
            "x": BY_HAND_ROWS,
            "gamma": np.array([6.0, 12.0, 3.0, 2.0]),
            "beta": np.array([10.0, 20.0, 30.0, 40.0]),
            "ln_param": {"eps": 4.0},
            "dout": np.array([[1.0, 0.0, -2.0, 3.0], [0.0, 1.0, 2.0, 1.0], [1.0, -1.0, 0.0, 2.0]]),
        },
    )
    for number, (name, N, D, ln_param, how) in enumerate(
        [
            ("on defaults", 3, 7, {}, {}),
            ("large eps against a small spread", 5, 6, {"eps": 0.35}, {"spread": 0.4}),
            ("a single example", 1, 8, {"eps": 0.15}, {}),
            ("a long batch of few features", 23, 3, {"eps": 0.04}, {"offset": 2}),
            ("a spread of five", 4, 9, {"eps": 0.5}, {"spread": 5.0}),
            ("rows far from zero", 8, 5, {}, {"offset": 300}),
            ("one feature", 6, 1, {"eps": 0.2}, {}),
        ]
    ):
        layer = _layer(800 + number, N, D, **how)
        cases.hidden(name, dict(**layer, ln_param=ln_param, dout=_upstream(850 + number, N, D)))
    _difference_cases(cases, 900, "ln_param", {}, "moving_a_row_changes_nothing", "forward_normalises_rows")
