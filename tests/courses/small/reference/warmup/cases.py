import numpy as np

from grader.course.declare import Cases, Holds, exercise


@exercise(points=40)
def update_lr(cases: Cases) -> None:
    """Decay the learning rate with the number of epochs."""
    cases.hidden("far along", {"learning_rate0": 0.3, "epoch_num": 977, "decay_rate": 0.07})
    cases.public("three epochs", {"learning_rate0": 0.5, "epoch_num": 3, "decay_rate": 2.0})
    cases.hidden("default decay", {"learning_rate0": 0.7, "epoch_num": 11}, weight=2)


@exercise(points=60, uses=("update_lr",))
def centre(cases: Cases) -> None:
    """Centre the inputs."""
    rng = np.random.default_rng(5)
    cases.public("two rows", {"X": np.array([[1.0, 3.0], [2.0, 6.0]])})
    cases.hidden("wide", {"X": rng.normal(2, 3, (2, 7))})
    cases.hidden("any", {"X": rng.normal(2, 3, (3, 5))}, judge=Holds(properties=("has_mean_zero",)))
