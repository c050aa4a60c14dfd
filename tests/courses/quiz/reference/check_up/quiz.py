"""A question of each kind."""

from grader.course.quiz import choose_all, choose_one, number, right, wrong

Q1 = choose_one(
    "Which planet is the largest?",
    wrong("Earth", "It is the largest of the rocky ones only."),
    right("Jupiter"),
    wrong("Saturn", "Its rings are wide, and what they surround is smaller than it looks."),
    points=30,
    reread="the chapter on planets",
)

Q2 = choose_all(
    """
    Which of these are prime?

    Think of divisors, as in

        n = p * q

    and not of oddness.
    """,
    right("two"),
    wrong("nine", "Odd is not enough."),
    wrong("one", "It has too few divisors."),
    right("five"),
    wrong("four", "Half of it divides it."),
    points=40,
)

Q3 = number(
    "What is a quarter of 3?",
    right(0.75),
    wrong(12, "This is four times as much."),
    wrong(0.25, "This is a quarter of something else."),
    within=0.01,
    points=30,
    reread="the chapter on fractions",
)
