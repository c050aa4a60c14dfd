"""What a ``quiz.py`` comes to: exercises, mistakes, a stub; and that nothing public tells an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.build import build_assignment, check_assignment
from grader.authoring.quiz import FORM, RIGHT
from grader.course.load import load_assignment, stale
from grader.errors import CourseError
from grader.values import decode, encode

QUIZ = "reference/check_up/quiz.py"
STUB = "assignments/check_up/check_up.py"
PUBLIC = "assignments/check_up/public.h5"


def edit(root: Path, old: str, new: str) -> None:
    path = root / QUIZ
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {QUIZ}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_question_is_an_exercise_whose_answer_is_compared_in_a_hidden_case(quiz_course: Path) -> None:
    one, several, number = load_assignment(quiz_course, "check_up").exercises
    assert [(case.name, case.visibility, case.weight) for case in one.cases] == [
        (FORM, "public", 0.0),
        (RIGHT, "hidden", 1.0),
    ]
    assert [decode(each.cases[1].expected) for each in (one, several, number)] == [{"b"}, {"a", "d"}, 0.75]
    assert (one.spec.signature, one.spec.parameters) == ("Q1", ())
    assert (one.spec.points, several.spec.points) == (30, 40)


def test_the_title_is_the_beginning_of_the_question(own_quiz: Path) -> None:
    edit(own_quiz, "Which planet is", "Of all the planets " + 9 * "that go round the sun, " + "which is")
    build_assignment(own_quiz, "check_up")
    first, second, _ = load_assignment(own_quiz, "check_up").exercises
    assert first.spec.title.startswith("Of all the planets that go round")
    assert len(first.spec.title) <= 90
    assert second.spec.title == "Which of these are prime?"


def test_each_wrong_option_is_a_mistake_of_its_own(quiz_course: Path) -> None:
    one, several, number = load_assignment(quiz_course, "check_up").exercises
    assert {(each.name, each.message) for each in one.mistakes} == {
        ("chose_a", "It is the largest of the rocky ones only."),
        ("chose_c", "Its rings are wide, and what they surround is smaller than it looks."),
    }
    assert {each.name: each.returns[RIGHT] for each in several.mistakes} == {
        f"chose_{letter}": encode({letter}) for letter in "bce"
    }
    assert [decode(each.returns[RIGHT]) for each in number.mistakes] == [12.0, 0.25]


def test_the_order_in_which_wrong_choices_are_explained_follows_from_what_nobody_knows(
    own_quiz: Path,
) -> None:
    orders = set()
    for words in ("", " at all", " by far", " in truth", " here", " as such"):
        edit(own_quiz, "Odd is not enough.", f"Odd is not enough{words}.")
        build_assignment(own_quiz, "check_up")
        mistakes = load_assignment(own_quiz, "check_up").exercise("Q2").mistakes
        orders.add(tuple(mistake.name for mistake in mistakes))
        edit(own_quiz, f"Odd is not enough{words}.", "Odd is not enough.")
    assert len(orders) > 1


def test_the_stub_shows_each_question_with_its_choices(quiz_course: Path, golden) -> None:
    golden("quiz_stub.py.txt", (quiz_course / STUB).read_text(encoding="utf-8"))


def test_nothing_public_depends_on_which_answer_is_right(own_quiz: Path) -> None:
    before = [(own_quiz / file).read_bytes() for file in (STUB, PUBLIC)]
    edit(own_quiz, 'wrong("Earth", "It is the largest of the rocky ones only.")', 'right("Earth")')
    edit(own_quiz, 'right("Jupiter")', 'wrong("Jupiter", "Size is not weight.")')
    edit(own_quiz, 'wrong("nine", "Odd is not enough.")', 'right("nine")')
    edit(own_quiz, 'right("five")', 'wrong("five", "Count.")')
    edit(own_quiz, "right(0.75)", 'wrong(0.5, "No.")')
    edit(own_quiz, 'wrong(12, "This is four times as much.")', "right(12)")
    build_assignment(own_quiz, "check_up")
    assert [(own_quiz / file).read_bytes() for file in (STUB, PUBLIC)] == before
    assert decode(load_assignment(own_quiz, "check_up").exercise("Q3").cases[1].expected) == 12.0


def test_students_have_only_the_case_that_looks_at_the_form(quiz_course: Path) -> None:
    for exercise in load_assignment(quiz_course, "check_up", public_only=True).exercises:
        assert [(case.name, decode(case.expected)) for case in exercise.cases] == [(FORM, None)]
        assert not exercise.mistakes


def test_a_build_is_reproduced_and_a_changed_quiz_makes_it_stale(own_quiz: Path) -> None:
    check_assignment(own_quiz, "check_up")
    edit(own_quiz, "It has too few divisors.", "It has one divisor too few.")
    assert stale(own_quiz, "check_up") == [QUIZ]


def test_a_quiz_stands_alone(own_quiz: Path) -> None:
    (own_quiz / "reference/check_up/cases.py").write_text("")
    with pytest.raises(CourseError, match=r"quiz\.py stands beside cases\.py"):
        build_assignment(own_quiz, "check_up")


#: What is edited: old, new; then the problem, and the remedy as it begins.
REFUSALS = {
    "no right choice": (
        'right("Jupiter")',
        'wrong("Jupiter", "No.")',
        "Q1: 0 of its options are right.",
        "mark one",
    ),
    "two right choices where one is asked for": (
        'wrong("Earth", "It is the largest of the rocky ones only.")',
        'right("Earth")',
        "Q1: 2 of its options are right.",
        "mark one",
    ),
    "only right choices": (
        "Q1 = choose_one(",
        'Q0 = choose_all("?", right("x"), right("y"), points=1)\nQ1 = choose_one(',
        "Q0: 2 of its 2 choices are right.",
        "have right ones and wrong ones",
    ),
    "a single choice": (
        "Q1 = choose_one(",
        'Q0 = choose_one("?", right("x"), points=1)\nQ1 = choose_one(',
        "Q0: it has 1 choices.",
        "give it two to eight",
    ),
    "a wrong choice without a word on it": (
        '"Odd is not enough."',
        '" "',
        "Q2: a wrong option has no explanation.",
        "say what idea",
    ),
    "two equal choices": ('"nine"', '"one"', "Q2: two of its options are the same.", "give each a value"),
    "an explanation that names a letter": (
        "Odd is not enough.",
        "Answer d is odd as well.",
        "Q2: the explanation of 'nine' names a letter.",
        "say what is wrong with the idea",
    ),
    "an explanation that names the right choice": (
        "It is the largest of the rocky ones only.",
        "But jupiter is larger.",
        "Q1: the explanation of 'Earth' has the right answer in it.",
        "say what is wrong with the idea",
    ),
    "an explanation that names the right number": (
        "This is four times as much.",
        "It is 0.75.",
        "Q3: the explanation of 12 has the right answer in it.",
        "say what is wrong with the idea",
    ),
    "wrong numbers that cannot be told apart": (
        "wrong(12,",
        "wrong(0.26,",
        "Q3: 0.26 and 0.25 are both within 0.01.",
        "make within= smaller",
    ),
    "a text for a number": ("right(0.75)", 'right("0.75")', "Q3: '0.75' is no number.", "write it without"),
    "a number for a choice": ('right("two")', "right(2)", "Q2: a choice is no text.", "write it in quotes"),
    "no text": ('"What is a quarter of 3?"', '""', "Q3: text: String should have at least 1", "change text"),
    "points": ("points=40", "points=41", "the exercises' points add up to 101.", "make them add up"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_question_that_cannot_be_graded_fairly_is_refused(own_quiz: Path, name: str) -> None:
    old, new, problem, remedy = REFUSALS[name]
    edit(own_quiz, old, new)
    before = (own_quiz / "reference/check_up/hidden.h5").read_bytes()
    with pytest.raises(CourseError) as caught:
        build_assignment(own_quiz, "check_up")
    assert problem in str(caught.value)
    assert str(caught.value.help).startswith(remedy)
    assert (own_quiz / "reference/check_up/hidden.h5").read_bytes() == before
