import numpy as np

from grader.course.declare import Cases, exercise


@exercise(points=10)
def half(cases: Cases) -> None:
    """Halve."""
    _cases(cases)


@exercise(points=40, uses=("half",))
def quarter(cases: Cases) -> None:
    """Halve twice, without the mean."""
    _cases(cases)


@exercise(points=40, uses=("quarter",))
def eighth(cases: Cases) -> None:
    """Half a quarter, and one."""
    _cases(cases)


@exercise(points=10)
def norm(cases: Cases) -> None:
    """Take the length."""
    _cases(cases)


def _cases(cases: Cases) -> None:
    rng = np.random.default_rng(3)
    cases.public("three numbers", {"x": np.array([8.0, 16.0, 40.0])})
    cases.public("two numbers", {"x": np.array([8.0, 24.0])})
    cases.hidden("seven numbers", {"x": rng.normal(3, 2, 7)})
    cases.hidden("one number", {"x": np.array([5.0])})
