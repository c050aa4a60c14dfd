"""Which forms of an answer are accepted, what is said of the others, and what is never said."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from judging_examples import ended

from grader.course.model import Answered, Case, Equal, Exercise, ExerciseSpec, Mistake, Question, Tolerance
from grader.judging.answers import read_answer
from grader.judging.diagnosis import diagnose
from grader.judging.judge import judge_exercise
from grader.judging.score import score_exercise
from grader.results import Finding, Kind, Mismatch, Outcome, Verdict
from grader.values import Encoded, Opaque, encode

ONE = Question(text="Which?", choices=("w", "x", "y", "z"), reread="the first chapter")
SEVERAL = Question(text="Which ones?", choices=("v", "w", "x", "y", "z"), several=True)
NUMBER = Question(text="How many?", within=0.01)

ACCEPTED = {
    "a letter": (ONE, "b", {"b"}),
    "an upper-case letter": (ONE, "B", {"b"}),
    "spaces around it": (ONE, " b\n", {"b"}),
    "a bracket behind it": (ONE, "b)", {"b"}),
    "a set of one": (ONE, {"b"}, {"b"}),
    "a list of one": (ONE, ["B "], {"b"}),
    "a set": (SEVERAL, {"a", "d"}, {"a", "d"}),
    "a list": (SEVERAL, ["d", "a", "a"], {"a", "d"}),
    "a tuple of upper case": (SEVERAL, ("A", " D"), {"a", "d"}),
    "a text with commas": (SEVERAL, "a, d", {"a", "d"}),
    "a text with spaces": (SEVERAL, "A D", {"a", "d"}),
    "a text without": (SEVERAL, "ad", {"a", "d"}),
    "words between": (SEVERAL, "a and d", {"a", "d"}),
    "a set written as text": (SEVERAL, "{'a', 'd'}", {"a", "d"}),
    "one of several": (SEVERAL, "c", {"c"}),
    "a float": (NUMBER, 0.25, 0.25),
    "an int": (NUMBER, 3, 3.0),
    "an array without axes": (NUMBER, np.array(0.5, np.float32), 0.5),
    "a large int": (NUMBER, 2**100, float(2**100)),
    "nothing": (ONE, None, None),
    "an empty text": (ONE, " ", None),
    "an empty set": (SEVERAL, set(), None),
    "an empty list": (NUMBER, [], None),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_form_that_is_accepted(name: str) -> None:
    question, value, meant = ACCEPTED[name]
    assert read_answer(question, value) == meant
    assert type(read_answer(question, value)) is type(meant)


REFUSED = {
    "another letter": (ONE, "e", "a text that names no such letter"),
    "a sign": (ONE, "?", "a text that names no such letter"),
    "a word": (ONE, "network", "a text of other letters"),
    "two letters where one is asked for": (ONE, "a, b", "2 letters"),
    "a letter too many": (SEVERAL, "a, f", "a text of other letters"),
    "a long text": (SEVERAL, "a " * 100, "a long text"),
    "a long list": (SEVERAL, ["a"] * 101, "a value of type list"),
    "a number for a letter": (ONE, 2, "a value of type int"),
    "a dict": (ONE, {"a": True}, "a value of type dict"),
    "numbers in a set": (SEVERAL, {1, 2}, "a value of type set with more in it than letters"),
    "a list in a list": (SEVERAL, [["a"]], "a value of type list with more in it than letters"),
    "a function": (ONE, Opaque("function"), "a value of type function"),
    "a truth": (NUMBER, True, "a value of type bool"),
    "a truth in an array": (NUMBER, np.array(True), "a value of type bool"),
    "a number as text": (NUMBER, "0.25", "a text"),
    "a list of a number": (NUMBER, [0.25], "a value of type list"),
    "an array": (NUMBER, np.array([0.25]), "a value of type ndarray"),
    "a complex number": (NUMBER, 1j, "a value of type complex"),
    "NaN": (NUMBER, math.nan, "NaN"),
    "an infinity": (NUMBER, -math.inf, "an infinite number"),
    "an int beyond floats": (NUMBER, 10**400, "a number beyond all floats"),
    "an object": (NUMBER, Opaque("Answer"), "a value of type Answer"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_form_that_cannot_be_graded(name: str) -> None:
    question, value, said = REFUSED[name]
    assert read_answer(question, value) == Mismatch("form", "", question.asks, said)


def asked(question: Question, right: Any, *mistakes: tuple[str, Any]) -> Exercise:
    """Return a question as the build makes it; each mistake has its name for a message."""
    spec = ExerciseSpec(
        name="Q7",
        title="?",
        points=10,
        signature="Q7",
        parameters=(),
        tolerance=Tolerance(relative=1e-9, absolute=question.within),
        cpu_seconds=0.5,
        question=question,
    )
    form = Case("form", "public", 0.0, Answered(), {}, encode(None), encode({}))
    hidden = Case("right", "hidden", 1.0, Equal(), {}, encode(right), encode({}))
    known = (
        Mistake(name, f"About {name}.", (), {"form": encode(value), "right": encode(value)})
        for name, value in mistakes
    )
    return Exercise(spec, (form, hidden), tuple(known))


PICK = asked(ONE, {"b"}, *((f"chose_{letter}", {letter}) for letter in "acd"))
#: The order of its mistakes is not that of the letters.
PRIMES = asked(SEVERAL, {"a", "d"}, *((f"chose_{letter}", {letter}) for letter in "ecb"))
QUARTER = asked(NUMBER, 0.75, ("number_2", 12.0), ("number_3", 0.25))


def marked(exercise: Exercise, *outcomes: Outcome) -> tuple[Verdict, float, tuple[Finding, ...]]:
    """Judge, explain and score what came back in both cases."""
    pairs = zip(("form", "right"), outcomes * (2 // len(outcomes)), strict=True)
    judged = judge_exercise(exercise, {("Q7", name): outcome for name, outcome in pairs}, {})
    result = score_exercise(exercise, judged, diagnose(exercise, judged))
    return result.verdict, result.score, result.findings


def answered(value: Any) -> Outcome:
    if isinstance(value, Opaque):
        return Outcome(Kind.RETURNED, value=Encoded(json.dumps(["x", value.type_name]).encode(), b""))
    return Outcome(Kind.RETURNED, value=encode(value))


@pytest.mark.parametrize(
    ("exercise", "value"),
    [(PICK, " B"), (PRIMES, "d, a"), (PRIMES, ("A", "D")), (QUARTER, 0.76), (QUARTER, 0.74)],
    ids=["one", "several as text", "several as tuple", "upper edge", "lower edge"],
)
def test_a_right_answer_gets_all_points_whatever_its_form(exercise: Exercise, value: Any) -> None:
    assert marked(exercise, answered(value)) == (Verdict.PASSED, 10, ())


@pytest.mark.parametrize("value", [None, "", set()], ids=["None", "empty text", "empty set"])
def test_what_is_left_open_is_not_attempted(value: Any) -> None:
    verdict, score, (found,) = marked(PRIMES, answered(value))
    assert (verdict, score, found.code) == (Verdict.NOT_ATTEMPTED, 0, "attempted.unanswered")
    assert found.message == "Q7: the question is not answered yet."
    assert found.help == ("Write letters from a to e in place of `None` after `Q7 =`.",)


def test_a_name_that_is_missing_is_not_attempted_either() -> None:
    verdict, _, (found,) = marked(PICK, ended(Kind.MISSING))
    assert (verdict, found.code) == (Verdict.NOT_ATTEMPTED, "attempted.unanswered")


@pytest.mark.parametrize(
    ("exercise", "value", "code"),
    [(PICK, letter, f"chose_{letter}") for letter in "acd"]
    + [(PRIMES, {"a", letter}, f"chose_{letter}") for letter in "bce"]
    + [(QUARTER, 12, "number_2"), (QUARTER, 0.255, "number_3")],
)
def test_each_wrong_choice_gets_its_own_explanation(exercise: Exercise, value: Any, code: str) -> None:
    verdict, score, (found,) = marked(exercise, answered(value))
    assert (verdict, score, found.code) == (Verdict.FAILED, 0, f"known.{code}")
    assert f"bout {code}." in found.message


def test_where_to_reread_is_a_hint_that_stands_alone() -> None:
    assert marked(PICK, answered("a"))[2][0].help == ("Reread the first chapter.",)
    assert marked(QUARTER, answered(12))[2][0].help == ()


def test_of_several_wrong_choices_one_is_explained_and_it_is_not_the_first_letter() -> None:
    (found,) = marked(PRIMES, answered({"b", "c", "d"}))[2]
    assert found.message == "Q7: on c: About chose_c."


def test_an_answer_that_names_every_choice_learns_nothing() -> None:
    (found,) = marked(PRIMES, answered("abcde"))[2]
    (less,) = marked(PRIMES, answered("a"))[2]
    assert found == less
    assert found.message == "Q7: what is chosen is not exactly what fits."


def test_a_part_of_the_answer_gets_no_points() -> None:
    assert marked(PRIMES, answered("a"))[:2] == (Verdict.FAILED, 0)


def test_of_another_number_it_is_not_said_on_which_side_it_lies() -> None:
    (low,), (high,) = marked(QUARTER, answered(0.7))[2], marked(QUARTER, answered(1e9))[2]
    assert low == high
    assert low.message == "Q7: the number is not the one asked for."


@pytest.mark.parametrize(
    ("exercise", "value"),
    [(PICK, Opaque("function")), (PICK, {"b": 1}), (PRIMES, Opaque("Thing")), (QUARTER, math.nan)],
    ids=["function", "dict", "object", "NaN"],
)
def test_a_broken_form_is_told_and_earns_nothing(exercise: Exercise, value: Any) -> None:
    verdict, score, (found,) = marked(exercise, answered(value))
    assert (verdict, score, found.code) == (Verdict.FAILED, 0, "answer.form")
    assert found.message.startswith("Q7: asked for is ")
    assert set(found.cases) == {"form", "right"}


def test_the_text_of_a_hidden_case_is_not_repeated() -> None:
    (found,) = marked(PICK, answered("a"), answered(Opaque("SECRET")))[2]
    assert "SECRET" not in found.model_dump_json()


def test_bytes_that_are_no_value_are_tampering() -> None:
    assert marked(PICK, Outcome(Kind.RETURNED, value=Encoded(b"{", b"")))[0] is Verdict.CRASHED


def test_the_form_alone_is_worth_nothing() -> None:
    spec, (form, _) = PICK.spec, PICK.cases
    assert marked_alone(Exercise(spec, (form,))) == (Verdict.PASSED, 0)


def marked_alone(exercise: Exercise) -> tuple[Verdict, float]:
    """Mark what ``grade check`` has of a question."""
    judged = judge_exercise(exercise, {("Q7", "form"): answered("a")}, {})
    result = score_exercise(exercise, judged)
    return result.verdict, result.score
