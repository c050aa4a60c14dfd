from __future__ import annotations

import pytest

from grader.report.words import points, sign, within
from grader.results import Verdict


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("relu: the function is not written yet.", "The function is not written yet."),
        ("relu, 3 of 4 cases: zero is negative.", "Zero is negative."),
        ('relu, case "one unit": it is None.', 'Case "one unit": it is None.'),
        ("relu raises ValueError.", "relu raises ValueError."),
        ("relu_backward: no.", "relu_backward: no."),
        ("Line 3: no.", "Line 3: no."),
    ],
)
def test_under_its_exercise_a_message_does_not_name_it_again(message: str, shown: str) -> None:
    assert within("relu", message) == shown


@pytest.mark.parametrize(
    ("number", "text"), [(4.0, "4"), (4.5, "4.5"), (4.25, "4.25"), (0.0, "0"), (100.0, "100")]
)
def test_points_have_no_needless_decimals(number: float, text: str) -> None:
    assert points(number) == text


def test_every_verdict_has_a_mark_and_a_word_of_its_own() -> None:
    signs = [sign(verdict) for verdict in Verdict]
    assert len({each.mark for each in signs}) == len({each.word for each in signs}) == len(Verdict)
    assert sign(Verdict.ERRORED, partly=True).word == "partly right, raised an error"
