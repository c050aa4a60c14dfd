"""What is printed on a terminal and in a pipe."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from grader.cli import console, terminal
from grader.cohort.packed import PackedResult


def result(student="ana", score=50.0, graded=True, events=()) -> PackedResult:
    return PackedResult(student, "warmup", score, 100, graded, events, b"")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Zoë", "Zoë"), ("a\nb", "a\nb"), ("\x1b[31m", "�[31m"), ("a\rb", "a�b"), ("\u202ex", "�x")],
)
def test_characters_that_act_on_a_terminal_are_replaced(text, shown):
    assert console.plain(text) == shown


def test_an_ungraded_result_says_why():
    assert (
        console.line(result(graded=False, events=("the box broke",))) == "ana warmup ungraded: the box broke"
    )


def test_the_summary_leaves_ungraded_ones_out_of_the_mean(capsys):
    console.summarise([result(score=50), result(score=100), result(score=0, graded=False)])
    assert capsys.readouterr().out == "warmup: graded 2, ungraded 1, mean 75.0 %, median 75.0 %\n"


def test_a_summary_without_any_graded_one_has_no_mean(capsys):
    console.summarise([result(graded=False)])
    assert "mean -" in capsys.readouterr().out


def test_a_terminal_gets_a_table(capsys, monkeypatch):
    monkeypatch.setattr(console, "is_terminal", lambda: True)
    console.summarise([result(score=50)])
    assert "50.0 %" in capsys.readouterr().out


def test_the_bar_advances_and_does_not_read_names_as_markup(capsys, monkeypatch):
    monkeypatch.setattr(console, "is_terminal", lambda: True)
    with console.listen(2, silent=False) as on_result:
        on_result(result())
        on_result(result(student="[red]x", graded=False, events=("broke",)))
    assert "[red]x warmup ungraded: broke" in capsys.readouterr().out


def test_nothing_is_printed_where_a_program_reads(capsys):
    with console.listen(1, silent=True) as on_result:
        on_result(result())
    assert capsys.readouterr().out == ""


def test_the_bar_tells_the_rate_and_the_time_left():
    columns = [type(column) for column in terminal.Bar(3, console.line)._progress.columns]
    assert {terminal.Rate, terminal.TimeRemainingColumn} <= set(columns)
    assert terminal.Rate().render(SimpleNamespace(speed=12.34)).plain == "12.3/s"
    assert terminal.Rate().render(SimpleNamespace(speed=None)).plain == ""


def test_in_a_pipe_it_is_said_now_and_then_how_far_it_is(capsys, monkeypatch):
    clock = iter([0.0, 5.0, 10.0, 15.0, 29.0, 30.0, 100.0])
    monkeypatch.setattr(console.time, "monotonic", lambda: next(clock))
    with console.listen(6, silent=False) as on_result:
        for _ in range(6):
            on_result(result())
    shown = capsys.readouterr()
    assert shown.out == 6 * "ana warmup 50/100\n"
    assert shown.err == "2 of 6 graded, 0.2/s, 0:00:20 left\n5 of 6 graded, 0.2/s, 0:00:06 left\n"
