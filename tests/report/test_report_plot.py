"""Figures as inline SVG: the page's colours and type, and nothing that its policy would refuse."""

from __future__ import annotations

import re
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.lines import Line2D
from test_report_style import BASE

from grader.report import drawing
from grader.report.plot import Colour, Powers, axes, figure, svg


def a_figure(shift: float = 0.0, alt: str = "a line"):
    drawn = figure()
    ax = axes(drawn, x="step", y="loss & more", grid="y")
    ax.plot([0, 1, 2], [0, 1 / 3 + shift, 2], color=Colour.YOURS, marker="o")
    ax.bar([0, 1], [1, 2], color=Colour.MUTE)
    return svg(drawn, alt)


def test_nothing_in_it_would_be_refused_by_a_page() -> None:
    made = a_figure()
    assert not re.search(r"style|<script|xmlns|http|<image|font-family", made)


def test_every_colour_is_a_property_of_the_style_sheet() -> None:
    made = a_figure()
    used = set(re.findall(r"var\((--[\w-]+)\)", made))
    assert "--yours" in used
    assert not re.search(r"#[0-9a-f]{6}\b", made)


@pytest.mark.parametrize("colour", list(Colour))
def test_every_stand_in_has_its_property(colour: Colour) -> None:
    drawn = figure()
    drawn.add_artist(Line2D([0, 1], [0, 1], color=colour))
    (name,) = re.findall(r'stroke="var\((--[\w-]+)\)"', svg(drawn, ""))
    assert f"{name}: #" in BASE.read_text()


def test_text_is_text_and_escaped() -> None:
    made = a_figure()
    assert ">loss &amp; more</text>" in made
    assert ">step</text>" in made


def test_the_alternative_is_said_and_escaped() -> None:
    assert 'role="img" aria-label="1 &lt; &#34;2&#34;"' in a_figure(alt='1 < "2"')


def test_names_of_one_picture_are_not_those_of_another() -> None:
    first, second = (set(re.findall(r' id="(\w+)"', a_figure(shift))) for shift in (0.0, 0.5))
    assert first and second and not first & second


def test_each_name_is_there_once_and_used() -> None:
    made = a_figure()
    names = re.findall(r' id="(\w+)"', made)
    assert len(names) == len(set(names))
    assert set(re.findall(r"#(p\w+)", made)) == set(names)


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert a_figure() == a_figure()


def test_numbers_have_one_decimal_and_the_whole_is_well_formed() -> None:
    made = a_figure()
    ElementTree.fromstring(made)
    assert not re.search(r"\d\.\d\d", made)


def test_ticks_of_a_logarithmic_axis_are_powers() -> None:
    assert [Powers()(value) for value in (1e-7, 1.0, 3e4)] == ["10⁻⁷", "10⁰", "3 · 10⁴"]


def test_matplotlib_is_loaded_only_where_something_is_drawn() -> None:
    code = "import sys, grader.report.write, grader.cli; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


# what pictures are drawn with


@pytest.mark.parametrize(
    ("returned", "seen"),
    [
        (None, (-0.06, 1.06)),
        ([0.5, 0.2], (-0.06, 1.06)),
        ([0.0, 1e50], (-0.096, 1.696)),
        ([-1e50, 1.0], (-0.696, 1.096)),
        ([0.0, 1e308], (-0.06, 1.06)),
        ([-np.inf, np.nan, 1.5], (-0.09, 1.59)),
        ([], (-0.06, 1.06)),
    ],
    ids=["nothing", "inside", "far above", "far below", "at the end of all floats", "no numbers", "empty"],
)
def test_an_axis_shows_the_reference_and_what_is_near(returned: object, seen: tuple[float, float]) -> None:
    assert drawing.window([0, 1], returned, room=0.6) == pytest.approx(seen)


def test_a_reference_that_is_level_still_has_room() -> None:
    low, high = drawing.window([3, 3], None)
    assert low < 3 < high


@pytest.mark.parametrize(
    ("returned", "index"),
    [([0, 1, 2], None), ([0, 1, 2.009], None), ([0, 1.1, 2], 1), ([np.nan, 1, 2], 0), ([0, 1, np.inf], 2)],
)
def test_the_first_difference_is_one_that_can_be_seen(returned: list[float], index: int | None) -> None:
    assert drawing.first_difference([0, 1, 2], returned) == index


def test_a_path_ends_where_it_leaves_the_picture() -> None:
    drawn = figure()
    ax = axes(drawn)
    ax.set(xlim=(0, 1), ylim=(0, 1))
    points = np.array([[0.1, 0.1], [0.5, 0.5], [1e300, 0.5], [0.2, 0.2]])
    assert drawing.track(ax, points) == 2
    assert len(ax.lines[0].get_xdata()) == 3
    assert np.max(ax.lines[0].get_xdata()) < 10


def test_a_path_that_becomes_no_number_ends_there() -> None:
    drawn = figure()
    ax = axes(drawn)
    assert drawing.track(ax, np.array([[0.1, 0.1], [np.nan, 0.5]])) == 1


def test_a_logarithmic_axis_leaves_out_what_it_has_no_place_for() -> None:
    drawn = figure()
    ax = axes(drawn)
    drawing.logarithmic(ax.yaxis, -3, 2)
    drawing.yours(ax, [0, 1, 2, 3], [0.1, 0.0, -5, np.inf])
    assert np.isnan(ax.lines[0].get_ydata()).tolist() == [False, True, True, False]
    assert "10⁻²" in svg(drawn, "")


def test_points_that_cannot_be_seen_are_counted() -> None:
    drawn = figure()
    ax = axes(drawn)
    ax.set(xlim=(0, 3), ylim=(0, 1))
    drawing.compare(ax, [0, 1, 2], [0.1, 0.2, 0.3], [0.1, np.nan, 7])
    assert "2 of 3 outside" in svg(drawn, "")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (2.2e-16, "0"),
        (-0.12345, "−0.123"),
        (40, "40"),
        (-4567.0, "−4567"),
        (1060.4, "1060"),
        (1e300, "10³⁰⁰"),
        (3.44e-8, "3.4 · 10⁻⁸"),
        (-3.44e-8, "−3.4 · 10⁻⁸"),
        (np.nan, "nan"),
    ],
)
def test_numbers_in_sentences_are_short(number: float, said: str) -> None:
    assert drawing.say(number) == said
