"""What a case is given of CPU time."""

from __future__ import annotations

import pytest

from grader.authoring.exercises import case_limit


@pytest.mark.parametrize(
    ("seconds", "least", "built", "limit"),
    [
        (0.001, 0.5, 0.0, 0.5),
        (0.006, 0.5, 0.0, 1.0),
        (0.03, 0.5, 0.0, 4.0),
        (0.03, 5.0, 0.0, 5.0),
        (0.03, 0.5, 2.0, 2.0),
        (0.03, 0.5, 8.0, 8.0),
        (0.03, 0.5, 16.0, 4.0),
        (0.03, 0.5, 1.0, 4.0),
        (0.006, 0.5, 0.5, 0.5),
        (0.001, 0.5, 4.0, 0.5),
        (0.001, 0.5, 0.25, 0.5),
    ],
    ids=[
        "the least is enough",
        "just over the least",
        "slow",
        "slow under a large least",
        "built with less",
        "built with more",
        "built with far more",
        "built with too little",
        "built with the least",
        "no longer slow",
        "built under a smaller least",
    ],
)
def test_a_limit_is_a_power_of_two_that_stays_while_it_fits(
    seconds: float, least: float, built: float, limit: float
) -> None:
    assert case_limit(seconds, least, built) == limit
