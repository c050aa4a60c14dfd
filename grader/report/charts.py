"""The dashboard's charts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from markupsafe import Markup
from matplotlib.ticker import FixedLocator, FuncFormatter

from grader.report.analysis.model import CaseStatistics, ExerciseStatistics, Misconception, Scores
from grader.report.analysis.tallies import short
from grader.report.plot import TEXT, Colour, axes, figure, svg
from grader.report.text import clean

__all__ = ["distribution", "means", "misconceptions", "quality"]

#: Doubtful cases that are named in the chart; the table names all.
_NAMED: Final = 5

#: Units of the view box that a row of bars takes: a line of text, and the bar under it.
_ROW: Final = 30.0

#: Width of a chart, and of bars, which stand in a narrower column: text comes out as large in both.
_WIDTH: Final = 380.0
_BARS: Final = 300.0

#: Letters that a label over a bar has room for.
_LETTERS: Final = 44


@lru_cache(maxsize=64)
def distribution(scores: Scores) -> Markup:
    """Draw how many submissions have which share of the points."""
    drawn = figure(_WIDTH, 200)
    ax = axes(drawn, margins=(12, 14, 18, 34))
    most = max(1, *scores.bins)
    ax.bar([10 * index + 5 for index in range(len(scores.bins))], scores.bins, width=8.8, color=Colour.ACCENT)
    for index, count in enumerate(scores.bins):
        if count:
            ax.text(
                10 * index + 5, count + most / 50, f"{count:,}", ha="center", fontsize=TEXT, color=Colour.INK
            )
    ax.set(xlim=(0, 100), ylim=(0, most * 1.04), xlabel="per cent of the points")
    ax.xaxis.set_major_locator(FixedLocator(range(0, 101, 20)))
    ax.yaxis.set_visible(False)
    ax.spines["left"].set_visible(False)
    spoken = "; ".join(
        f"{count} from {10 * at} to {10 * at + 10}" for at, count in enumerate(scores.bins) if count
    )
    return svg(drawn, f"Histogram of scores, in per cent of the points: {spoken or 'nothing was graded'}.")


@lru_cache(maxsize=64)
def means(exercises: tuple[ExerciseStatistics, ...]) -> Markup:
    """Draw the mean of each exercise, in per cent of its points; the hardest first."""
    ordered = sorted(exercises, key=_mean)
    rows = [(each.name, _mean(each), f"{100 * _mean(each):.0f} %") for each in ordered]
    spoken = "; ".join(f"{name} {value}" for name, _, value in rows)
    return _bars(rows, Colour.ACCENT, f"Mean of each exercise, in per cent of its points: {spoken}.")


@lru_cache(maxsize=64)
def misconceptions(found: tuple[Misconception, ...]) -> Markup:
    """Draw how many students made each of a few mistakes."""
    most = max(each.count for each in found)
    rows = [(_label(each), each.count / most, f"{each.count:,}") for each in found]
    spoken = "; ".join(f"{short(each.code)} in {each.exercise}, {each.count}" for each in found)
    return _bars(rows, Colour.BAD, f"Students who made each mistake: {spoken}.")


@lru_cache(maxsize=64)
def quality(cases: tuple[CaseStatistics, ...]) -> Markup:
    """Draw of each case how many fail it, against how well it tells strong from weak; doubtful ones named."""
    drawn = figure(_WIDTH, 250)
    ax = axes(drawn, x="fail it, per cent", y="discrimination", margins=(44, 12, 12, 38), grid="y")
    known = [each for each in cases if each.discrimination is not None and each.failure_rate is not None]
    sound, doubtful = ([each for each in known if bool(each.doubts) is doubt] for doubt in (False, True))
    for group, colour, size, marker in ((sound, Colour.ACCENT, 14, "o"), (doubtful, Colour.BAD, 34, "D")):
        places = [_place(each) for each in group]
        across, up = [each[0] for each in places], [each[1] for each in places]
        ax.scatter(across, up, s=size, color=colour, alpha=0.75, linewidths=0, marker=marker)
    lowest = min((_place(each)[1] for each in known), default=0.0)
    ax.set(xlim=(-2, 102), ylim=(min(-0.1, lowest - 0.08), 1))
    ax.axhline(0, color=Colour.SOFT, linewidth=0.8, zorder=0)
    for each in sorted(doubtful, key=_place)[:_NAMED]:
        x, y = _place(each)
        left = x > 50
        ax.annotate(
            clean(each.case, 34),
            (x, y),
            xytext=(-7 if left else 7, 5),
            textcoords="offset points",
            ha="right" if left else "left",
            fontsize=TEXT,
            color=Colour.INK,
        )
    ax.xaxis.set_major_locator(FixedLocator(range(0, 101, 25)))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.1f}".replace("-", "\u2212")))
    named = ", ".join(f"{each.exercise}: {each.case}" for each in doubtful) or "none"
    return svg(
        drawn,
        f"{len(known)} cases, by the share of students who fail them and by their discrimination. "
        f"Those that may be wrong themselves: {named}.",
    )


def _bars(rows: Sequence[tuple[str, float, str]], colour: Colour, alt: str) -> Markup:
    """Draw horizontal bars under their labels: (label, length from 0 to 1, value)."""
    height = _ROW * len(rows) + 4
    drawn = figure(_BARS, height)
    ax = axes(drawn, margins=(1, 1, 2, 2))
    ax.set(xlim=(0, _BARS), ylim=(height - 4, 0))
    ax.set_axis_off()
    for index, (label, length, value) in enumerate(rows):
        top = _ROW * index
        ax.text(0, top + 12, clean(label, _LETTERS), fontsize=TEXT, color=Colour.INK)
        ax.text(_BARS - 2, top + 12, value, fontsize=TEXT, color=Colour.INK, ha="right")
        ax.barh(top + 20, _BARS - 2, height=6, color=Colour.WASH, zorder=1)
        ax.barh(top + 20, (_BARS - 2) * length, height=6, color=colour, zorder=2)
    return svg(drawn, alt)


def _label(found: Misconception) -> str:
    """Return a mistake's name, and its exercise where there is room."""
    both = f"{short(found.code)} · {found.exercise}"
    return both if len(both) <= _LETTERS else short(found.code)


def _mean(exercise: ExerciseStatistics) -> float:
    return exercise.mean / exercise.points


def _place(case: CaseStatistics) -> tuple[float, float]:
    return 100 * (case.failure_rate or 0.0), case.discrimination or 0.0
