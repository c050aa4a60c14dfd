"""What every kind of box promises against every attack of the gallery; `gallery` says how its files are read.

Whatever a file tries: it earns what its honest part earns, nobody else is affected, nothing is left running
or written, and nothing of hidden cases reaches its student's page.
"""

from __future__ import annotations

import typing

import pytest

from grader.report.pages import submission_page
from grader.results import Graded, Kind
from grader.sandbox import box
from grader.values import decode
from tests.escapes.conftest import HIDDEN, Guard, Y
from tests.escapes.gallery import CATEGORIES, GALLERY, KINDS, Escape

HONEST_POINTS = 50


@pytest.mark.parametrize("escape", GALLERY, ids=lambda each: each.name)
def test_an_attack_gains_nothing_and_harms_nobody(guard: Guard, escape: Escape):
    escape.skip_where_not_promised(guard.kind)
    graded = guard.grade(escape.source)
    scores = {each.name: each.score for each in graded.result.exercises}
    assert graded.result.graded
    assert scores["wanted"] == 0
    if not escape.costs_everything:
        assert scores["honest"] == HONEST_POINTS
    ends = [graded.run.outcomes["wanted", case].kind.value for case in ("defaults", "arrays")]
    if guard.kind == "weak" and "timed_out" in ends:
        return  # its clock goes on while others have the processor
    assert escape.ended_well(ends), ends
    if escape.ends == "returned nothing":
        assert decode(graded.run.outcomes["wanted", "defaults"].value) == []
    assert_only_forgers_are_told(escape, graded)
    assert_nothing_hidden_is_shown(guard, graded)


def assert_only_forgers_are_told(escape: Escape, graded: Graded) -> None:
    """Hold that forging is noticed, once, and nothing else is taken for it."""
    kinds = {outcome.kind for outcome in graded.run.outcomes.values()}
    assert (Kind.TAMPERED in kinds) == any(event.startswith("tampering") for event in graded.run.events)
    assert len(graded.run.events) <= 1
    if escape.path.parent.name == "forging":
        assert graded.run.load.notes == ()


def assert_nothing_hidden_is_shown(guard: Guard, graded: Graded) -> None:
    """Hold that the student's page has neither hidden numbers nor what was said of them, nor live markup."""
    page = submission_page(graded, guard.assignment, "student")
    numbers = [f"{number:.0f}"[:4] for x in HIDDEN for number in (x, x + Y)]
    for marker in ("<script>LEAK", "<img src", "\x1b", "\u202e", *numbers):
        assert marker not in page, marker


def test_every_kind_of_box_is_held_to_it():
    """Who adds a kind of box adds it to the gallery's."""
    assert {kind.partition(" ")[0] for kind in KINDS} == set(typing.get_args(box.Kind))


def test_every_category_has_attacks():
    assert len(GALLERY) >= 100
    assert {escape.path.parent.name for escape in GALLERY} == set(CATEGORIES)
