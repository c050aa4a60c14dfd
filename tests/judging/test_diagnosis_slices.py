"""What is said of batches, by the columns that they hold."""

import numpy as np
import pytest
from judging_examples import case, exercise, returned

from grader.course.model import Holds
from grader.judging.diagnosis import diagnose
from grader.judging.judge import judge_exercise

ORDERS = ([4, 1, 6, 0, 3, 5, 2], [2, 0, 4, 1, 3, 7, 6, 5])
SIZE = 3


def inputs(order):
    count = len(order)
    return {
        "X": np.arange(2.0 * count).reshape(2, count),
        "Y": np.arange(float(count))[None] * 10,
        "size": SIZE,
    }


def pairs(order, batches):
    given = inputs(order)
    return [(given["X"][:, batch], given["Y"][:, batch]) for batch in batches]


def cut(order, size=SIZE):
    return [order[start : start + size] for start in range(0, len(order), size)]


def code_of(change):
    cases = [case(pairs(o, cut(o)), f"case {len(o)}", inputs=inputs(o)) for o in ORDERS]
    one = exercise(*cases)
    outcomes = {("solve", each.name): returned(change(o)) for each, o in zip(cases, ORDERS, strict=True)}
    return [finding.code for finding in diagnose(one, judge_exercise(one, outcomes, {}))]


def with_labels(order, batches, labels):
    given = inputs(order)
    return [(given["X"][:, x], given["Y"][:, y]) for x, y in zip(batches, labels, strict=True)]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("labels_left_behind", lambda o: with_labels(o, cut(o), cut(sorted(o)))),
        ("not_shuffled", lambda o: pairs(o, cut(sorted(o)))),
        ("scattered", lambda o: pairs(o, cut(np.argsort(o).tolist()))),
        ("last_missing", lambda o: pairs(o, cut(o)[:-1])),
        ("empty_last", lambda o: pairs(o, [*cut(o), []])),
        ("last_from_front", lambda o: pairs(o, [*cut(o)[:-1], o[: len(o) % SIZE]])),
        ("last_too_early", lambda o: pairs(o, [*cut(o)[:-1], o[-SIZE:]])),
        ("last_too_short", lambda o: pairs(o, [*cut(o)[:-1], cut(o)[-1][:-1]])),
        ("cut_elsewhere", lambda o: pairs(o, cut(o, 2))),
        ("dealt", lambda o: pairs(o, [o[k::3] for k in range(3)])),
        ("repeated", lambda o: pairs(o, cut([o[0], o[0], *o[2:]]))),
        ("other_order", lambda o: pairs(o, cut(o[::-1]))),
    ],
)
def test_what_is_wrong_with_the_batches_is_named(code, change):
    assert code_of(change) == [f"batches.{code}"]


def test_nothing_is_said_of_other_columns_or_forms():
    assert code_of(lambda o: [(X + 0.5, Y) for X, Y in pairs(o, cut(o))]) != ["batches.other_order"]
    for value in ("word", [1.0, 2.0], [(1.0, 2.0)] * 3, [(np.ones(3), np.ones(3))] * 3):
        assert not any(code.startswith("batches.") for code in code_of(lambda _, v=value: v))


def test_where_the_order_is_free_only_what_needs_none_is_said():
    def check(given, value):
        """Every example comes once."""
        del given
        return "Some come twice." if value else None

    def found(batches):
        order = ORDERS[0]
        judge = Holds(properties=("check",), shapes=False)
        one = exercise(case(pairs(order, cut(order)), inputs=inputs(order), judge=judge))
        outcomes = {("solve", "a case"): returned(pairs(order, batches))}
        return diagnose(one, judge_exercise(one, outcomes, {"check": check}))[0].code

    assert found(cut(ORDERS[0][::-1])) == "relation.property"
    assert found(cut([0, 0, 1, 2, 3, 4, 5])) == "batches.repeated"
