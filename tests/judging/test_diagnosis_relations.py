"""What is said of how returned numbers follow from the expected ones, and of what nothing is said."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from judging_examples import TIGHT, returned

from grader.course.model import Case, Equal, Exercise, ExerciseSpec, Holds
from grader.judging.diagnosis import diagnose
from grader.judging.diagnosis.formulas import is_plain
from grader.judging.diagnosis.samples import MOST_NUMBERS
from grader.judging.judge import judge_exercise
from grader.values import encode

SIZES = ((2, 5), (3, 7), (4, 11), (6, 13))


def rng_of(*seed):
    return np.random.default_rng(list(seed))


def arrays(*names, seed=0, sizes=SIZES):
    """For each case a dict of arrays that have nothing to do with each other."""
    return [
        {name: rng_of(seed, index, place).normal(size=size) for place, name in enumerate(names)}
        for index, size in enumerate(sizes)
    ]


def numbers(**columns):
    """For each case a dict of arguments."""
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def found(inputs, expected, values, *, signature="solve(x)", names=None, judge=None, properties=None, tail=0):
    """Findings for cases with these inputs, answers and values; the first two are public."""
    known = list(dict.fromkeys(name for each in inputs for name in each))
    spec = ExerciseSpec(
        name="solve", title="Solve it", points=10.0, signature=signature, parameters=tuple(known),
        tolerance=TIGHT, cpu_seconds=0.5, names=names or {}, optional_tail=tail,
    )  # fmt: skip
    cases = tuple(
        Case(
            f"case {index}", "public" if index < 2 else "hidden", 1.0, judge or Equal(), each,
            encode(answer), encode(each),
        )
        for index, (each, answer) in enumerate(zip(inputs, expected, strict=True))
    )  # fmt: skip
    one = Exercise(spec, cases)
    outcomes = {("solve", case.name): returned(value) for case, value in zip(cases, values, strict=True)}
    return diagnose(one, judge_exercise(one, outcomes, properties or {}))


def said(*arguments, **options):
    """Code and sentence of the only finding."""
    (finding,) = found(*arguments, **options)
    return finding.code, finding.message.partition(": ")[2]


PLAIN = arrays("X", "Z")
ANSWERS = [each["X"] * 3 + each["Z"] ** 2 for each in PLAIN]


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        (lambda a: a * 0, "zeros", "the value returned is zero."),
        (lambda a: a * 0 + 4.5, "constant", "the value returned has one and the same number in all entries."),
        (lambda a: -a, "sign", "the value returned has the opposite sign."),
        (lambda a: 2 * a, "factor", "the value returned is twice the right value."),
        (lambda a: a / 2, "factor", "the value returned is half the right value."),
        (lambda a: a / 10, "factor", "the value returned is 10 times too small."),
        (lambda a: -3 * a, "factor", "the value returned is 3 times too large and has the opposite sign."),
        (lambda a: a * np.sqrt(2), "factor", "the value returned is √2 times too large."),
        (
            lambda a: a / np.log(2),
            "factor",
            "the value returned is as large as with logarithms to base 2 instead of natural ones.",
        ),
        (lambda a: a * 0.7391, "factor", "the value returned is off by one and the same factor."),
        (lambda a: a + 1, "offset", "the value returned is the right value plus 1."),
        (lambda a: a - 0.5, "offset", "the value returned is the right value minus 0.5."),
        (np.abs, "function", "the value returned is the absolute value of the right one."),
        (np.square, "function", "the value returned is the square of the right value."),
        (np.exp, "function", "the value returned is the exponential of the right value."),
        (np.reciprocal, "function", "the value returned is one over the right value."),
        (lambda a: 1 - a, "function", "the value returned is 1 minus the right value."),
        (
            lambda a: np.maximum(a, 0),
            "function",
            "the value returned is the right value with negative entries set to zero.",
        ),
        (lambda a: a - a.mean(), "function", "the value returned is the right value minus its mean."),
        (lambda a: np.round(a, 2), "rounded", "the value returned is rounded to 2 decimals."),
        (np.trunc, "rounded", "the value returned is cut to whole numbers."),
        (lambda a: a[::-1], "reversed", "the value returned has its rows in reverse order."),
        (lambda a: a[:, ::-1], "reversed", "the value returned has its columns in reverse order."),
        (
            lambda a: np.roll(a, 1, axis=1),
            "shifted",
            "the value returned has each column one place too far right.",
        ),
        (
            lambda a: a[:, rng_of(9).permutation(a.shape[1])],
            "reordered",
            "the value returned has the right columns in another order.",
        ),
    ],
)
def test_a_change_of_the_right_value_is_named(change, code, sentence):
    values = [change(answer) for answer in ANSWERS]
    assert said(PLAIN, ANSWERS, values) == (f"relation.{code}", sentence)


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ((slice(None), 0), "wrong in the first column alone"),
        ((slice(None), slice(1, None)), "right in the first column alone"),
        ((-1,), "wrong in the last row alone"),
        ((slice(-1),), "right in the last row alone"),
    ],
)
def test_the_only_wrong_part_is_named(where, sentence):
    inputs = arrays("X", sizes=((3, 5), (4, 7), (5, 6)))
    values = [each["X"].copy() for each in inputs]
    for index, value in enumerate(values):
        value[where] += rng_of(7, index).normal(size=value[where].shape)
    assert said(inputs, [each["X"] for each in inputs], values) == (
        "relation.part",
        f"the value returned is {sentence}.",
    )


def test_the_diagonal_and_single_entries_are_parts():
    inputs = arrays("X", sizes=((3, 3), (4, 4)))
    values = [each["X"] + np.diag(rng_of(7).normal(size=len(each["X"]))) for each in inputs]
    assert said(inputs, [each["X"] for each in inputs], values)[1] == (
        "the value returned is wrong on the diagonal alone."
    )
    lists = [rng_of(size).normal(size=size) for size in (4, 6)]
    values = [np.append(each[:-1], 77.7 + index * 3.3) for index, each in enumerate(lists)]
    assert said(numbers(n=[4, 6]), lists, values)[1] == "the value returned is wrong in the last entry alone."


def test_a_transposed_square_is_named():
    answers = [rng_of(size).normal(size=(size, size)) for size in (3, 4)]
    values = [answer.T for answer in answers]
    assert said(numbers(n=[3, 4]), answers, values) == (
        "relation.transposed",
        "the value returned is transposed.",
    )


TRACKED = [
    ("learning_rate", 0.3, lambda a, b, m: a, "the right value times `learning_rate`"),
    ("by rate", 0.3, lambda a, b, m: 1 / a, "the right value divided by `learning_rate`"),
    ("share left", 0.3, lambda a, b, m: 1 - b, "the right value times `1 - beta`"),
    ("by share left", 0.3, lambda a, b, m: 1 / (1 - b), "the right value divided by `1 - beta`"),
    ("quotient", 0.3, lambda a, b, m: a / m, "the right value times `learning_rate / m`"),
    ("product", 0.3, lambda a, b, m: a * b, "the right value times `learning_rate * beta`"),
    ("twice", 0.3, lambda a, b, m: 2 * a, "the right value times `2 * learning_rate`"),
    ("root", 0.3, lambda a, b, m: np.sqrt(m), "the right value times `sqrt(m)`"),
    ("square", 0.3, lambda a, b, m: m**2, "the right value times `m**2`"),
    ("half of a size", 0.3, lambda a, b, m: m / 2, "the right value times `m / 2`"),
    ("sign", 0.3, lambda a, b, m: -a, "the right value, with the opposite sign, times `learning_rate`"),
]
WORDED = numbers(learning_rate=[0.31, 0.017, 1.9, 0.77], beta=[0.83, 0.91, 0.35, 0.6])


@pytest.mark.parametrize(("_", "__", "factor", "sentence"), TRACKED, ids=[each[0] for each in TRACKED])
def test_a_factor_that_tracks_the_inputs_is_named(_, __, factor, sentence):
    inputs = [
        {**worded, "X": each["X"], "Y": each["X"][:1]} for worded, each in zip(WORDED, PLAIN, strict=True)
    ]
    values = [
        answer * factor(each["learning_rate"], each["beta"], each["X"].shape[1])
        for each, answer in zip(inputs, ANSWERS, strict=True)
    ]
    code, text = said(inputs, ANSWERS, values)
    gloss = " (`m` is the number of examples)" if "m" in sentence.partition("`")[2] and "m" in text else ""
    assert code == "relation.factor"
    assert text.startswith(f"the value returned is {sentence}")
    assert gloss in text


def test_powers_of_the_step_are_named():
    inputs = numbers(beta1=[0.9, 0.8, 0.7, 0.6], t=[3, 5, 4, 7])
    answers = [rng_of(index).normal(size=(3, 2)) for index in range(4)]
    values = [a * (1 - each["beta1"] ** each["t"]) for a, each in zip(answers, inputs, strict=True)]
    assert said(inputs, answers, values)[1] == ("the value returned is the right value times `1 - beta1**t`.")
    values = [
        a * (1 - each["beta1"] ** each["t"]) / (1 - each["beta1"])
        for a, each in zip(answers, inputs, strict=True)
    ]
    assert "times `(1 - beta1**t) / (1 - beta1)`" in said(inputs, answers, values)[1]


def test_the_names_of_layers_are_said_together():
    cases = [{"W1": (2, 3), "W2": (4, 2)}, {"W1": (5, 2), "W2": (3, 5), "W3": (2, 3), "W4": (6, 2)}]
    inputs, answers, values = [], [], []
    for index, layers in enumerate(cases):
        drawn = {
            name: rng_of(index, place).normal(size=size) for place, (name, size) in enumerate(layers.items())
        }
        grads = {
            f"d{name}": rng_of(7, index, place).normal(size=size)
            for place, (name, size) in enumerate(layers.items())
        }
        inputs.append({"parameters": drawn, "grads": grads, "rate": 0.3137 + index})
        answers.append({name: value - (0.3137 + index) * grads[f"d{name}"] for name, value in drawn.items()})
        values.append({name: value + (0.3137 + index) * grads[f"d{name}"] for name, value in drawn.items()})
    assert said(inputs, answers, values) == (
        "relation.term",
        '`W1`, `W2`, … are the right value plus `2 * rate` times `grads["dWl"]`.',
    )
    last = [
        {**answer, max(answer): each["parameters"][max(answer)]}
        for answer, each in zip(answers, inputs, strict=True)
    ]
    assert said(inputs, answers, last) == (
        "relation.unchanged_input",
        '`Wl` is what was given as `parameters["Wl"]` in the last layer.',
    )
    first = [{**answer, "W1": each["parameters"]["W1"]} for answer, each in zip(answers, inputs, strict=True)]
    assert said(inputs, answers, first)[1] == '`W1` is what was given as `parameters["W1"]`.'


def test_relations_of_one_name_alone_are_kept_where_others_differ_in_another_way():
    inputs = arrays("X", "Z")
    answers = [(each["X"] * 2, each["Z"] * 5) for each in inputs]
    values = [(-a, b + rng_of(3, len(a)).normal(size=b.shape)) for a, b in answers]
    code, text = said(inputs, answers, values, names={"": ("dx", "dgamma")})
    assert (code, text) == ("relation.sign", "`dx` has the opposite sign; `dgamma` differs in another way.")


def test_another_output_and_an_input_in_its_place_are_named():
    inputs = arrays("X", "Z")
    answers = [{"Z1": each["X"] * 2, "A1": np.tanh(each["X"] * 2)} for each in inputs]
    values = [{"Z1": each["Z1"], "A1": each["Z1"]} for each in answers]
    assert said(inputs, answers, values) == ("relation.another_output", "`A1` is what `Z1` should be.")
    values = [{**each, "A1": given["Z"]} for each, given in zip(answers, inputs, strict=True)]
    assert said(inputs, answers, values) == ("relation.unchanged_input", "`A1` is what was given as `Z`.")


def test_a_missing_term_and_one_that_is_there_twice_are_named():
    inputs = [{**each, "lambd": 0.7 + index, "b": each["X"][:, :1] * 3} for index, each in enumerate(PLAIN)]
    answers = [each["X"] ** 3 + each["lambd"] * each["Z"] + each["b"] for each in inputs]
    without = [answer - each["lambd"] * each["Z"] for answer, each in zip(answers, inputs, strict=True)]
    twice = [answer + each["b"] for answer, each in zip(answers, inputs, strict=True)]
    alone = [-each["lambd"] * each["Z"] for each in inputs]
    squares = [answer + each["Z"] ** 2 for answer, each in zip(answers, inputs, strict=True)]
    assert (
        said(inputs, answers, without)[1] == "the value returned is the right value minus `lambd` times `Z`."
    )
    assert said(inputs, answers, twice)[1] == "the value returned is the right value plus `b`."
    assert said(inputs, answers, alone)[1] == (
        "the value returned is minus `lambd` times `Z`, and nothing else."
    )
    assert said(inputs, answers, squares)[1] == (
        "the value returned is the right value plus the squares of `Z`."
    )


def test_a_factor_entry_by_entry_is_named():
    inputs = [{**each, "keep_prob": 0.3 + 0.1 * index} for index, each in enumerate(PLAIN)]
    often = [answer * each["Z"] for answer, each in zip(ANSWERS, inputs, strict=True)]
    assert said(inputs, ANSWERS, often) == (
        "relation.entrywise_factor",
        "the value returned is multiplied, entry by entry, by `Z` once too often.",
    )
    seldom = [answer / each["Z"] * each["keep_prob"] for answer, each in zip(ANSWERS, inputs, strict=True)]
    assert said(inputs, ANSWERS, seldom)[1] == (
        "the value returned is not multiplied, entry by entry, by `1 / keep_prob` times `Z`."
    )


def test_single_numbers_are_compared_with_the_arguments():
    inputs = numbers(x=[3.1, -2.7, 11.3, 0.41], theta=[5.3, 7.7, -0.31, 2.9])
    answers = [each["x"] * each["theta"] for each in inputs]
    assert (
        said(inputs, answers, [each["x"] for each in inputs])[1]
        == "the value returned is what was given as `x`."
    )
    assert said(inputs, answers, [1.0] * 4)[1] == "the value returned is the same number in all these cases."
    assert said(inputs, answers, [a + each["x"] for a, each in zip(answers, inputs, strict=True)])[1] == (
        "the value returned is the right value plus `x`."
    )
    odd = [np.sin(a) + 0.1 for a in answers]
    wrong = [each["x"] / each["theta"] for each in inputs]
    assert said(inputs, odd, wrong)[1] == "the value returned is `x / theta`."
    assert said(inputs, answers, [a * each["theta"] for a, each in zip(answers, inputs, strict=True)])[1] == (
        "the value returned is the right value times `theta`."
    )


def test_a_size_in_the_place_of_the_answer_is_no_argument():
    inputs = [{"X": each["X"], "Y": each["X"][:1]} for each in PLAIN]
    values = [float(each["X"].shape[1]) for each in inputs]
    assert said(inputs, [0.31, 0.77, 1.9, 4.4], values)[1] == (
        "the value returned is `m` (`m` is the number of examples)."
    )


def test_two_whole_factors_are_no_evidence_for_a_multiple_of_a_size():
    answers = [rng_of(size).normal(size=(size, 3)) for size in (2, 4)]
    values = [-answers[0], -2 * answers[1]]
    assert said(numbers(n=[0.3, 0.7]), answers, values)[0] == "facts.values_differ"


def test_only_a_small_offset_is_named():
    assert said(PLAIN, ANSWERS, [answer + 5 for answer in ANSWERS])[0] == "facts.values_differ"


def test_zeros_in_the_place_of_ones_are_zeros():
    answers = [np.eye(3), np.eye(4)]
    assert said(numbers(n=[3, 4]), answers, [a * 0 for a in answers])[0] == "relation.zeros"


def test_the_items_of_a_list_of_numbers_are_one_array():
    answers = [[1.5, 2.5, -3.0], [4.0, 7.5, 0.5, 2.0]]
    assert (
        said(numbers(n=[3, 4]), answers, [[-each for each in answer] for answer in answers])[0]
        == "relation.sign"
    )


def test_a_default_argument_has_its_value_where_it_is_left_out():
    inputs = [{"n": 3.0}, {"n": 4.0, "epsilon": 0.25}, {"n": 5.0, "epsilon": 0.7}]
    answers = [rng_of(index).normal(size=(2, 3)) for index in range(3)]
    values = [a * each.get("epsilon", 0.125) for a, each in zip(answers, inputs, strict=True)]
    assert said(inputs, answers, values, signature="solve(n, epsilon=0.125)")[1] == (
        "the value returned is the right value times `epsilon`."
    )


def test_a_factor_must_leave_the_passing_cases_as_they_are():
    inputs = numbers(lambd=[0.0, 0.7, 1.3, 2.1])
    answers = [rng_of(index).normal(size=(2, 3)) for index in range(4)]
    values = [answers[0], *(a * each["lambd"] for a, each in zip(answers[1:], inputs[1:], strict=True))]
    assert said(inputs, answers, values)[1] == (
        "the value returned is the right value times `lambd` where `lambd` is not 0."
    )
    inputs = numbers(lambd=[1.0, 0.7, 1.3, 2.1])
    assert said(inputs, answers, values)[1] == "the value returned is the right value times `lambd`."


def test_cases_in_which_nothing_was_seen_to_hold_are_not_claimed():
    inputs = [*PLAIN, {"X": PLAIN[0]["X"], "steps": 3}]
    answers = [*ANSWERS, ANSWERS[0]]
    values = [*(-answer for answer in ANSWERS), ANSWERS[0] * rng_of(5).normal(size=ANSWERS[0].shape)]
    known = list(PLAIN[0])
    spec = ExerciseSpec(
        name="solve", title="Solve", points=1.0, signature="solve(X, Z)", parameters=tuple(known),
        tolerance=TIGHT, cpu_seconds=0.5,
    )  # fmt: skip
    cases = tuple(
        Case(f"case {index}", "public", 1.0, Equal(), each, encode(answer), encode(each))
        for index, (each, answer) in enumerate(zip(inputs, answers, strict=True))
    )
    one = Exercise(spec, cases)
    outcomes = {("solve", case.name): returned(value) for case, value in zip(cases, values, strict=True)}
    first, second = diagnose(one, judge_exercise(one, outcomes, {}))
    assert (first.code, len(first.cases)) == ("relation.sign", 4)
    assert (second.code, second.cases) == ("facts.values_differ", ("case 4",))
    assert second.help[0].startswith("What is found in the other cases may be behind this")


def test_what_a_property_says_is_passed_on_without_numbers():
    def sums(note):
        def check(inputs, value):
            """Every column sums to one."""
            return note if value > 1 else None

        return check

    def of(note):
        one = found(
            numbers(x=[1.0, 2.0]), [1.0, 1.0], [2.0, 3.0], judge=Holds(properties=("check",)),
            properties={"check": sums(note)},
        )  # fmt: skip
        return one[0].code, one[0].message

    assert of("No image is ever mirrored.") == ("relation.property", "solve: No image is ever mirrored.")
    assert (
        of("dx is not the student's own slope: it is 0.5.")[1] == "solve: dx is not the student's own slope."
    )
    assert of("dx is no slope: it is 0.123.") == ("relation.property", "solve: dx is no slope.")
    assert of("Column 3 sums to 77.") == (
        "facts.property_does_not_hold",
        'solve: this does not hold: "Every column sums to one".',
    )
    assert of("The word 'secret' is none.")[0] == "facts.property_does_not_hold"


def test_nothing_is_said_of_answers_that_are_too_large_to_look_through():
    side = int(MOST_NUMBERS**0.5) + 1
    answer = np.arange(float(side * side)).reshape(side, side)
    assert found(numbers(n=[1.0]), [answer], [-answer])[0].code == "facts.values_differ"


def test_nothing_is_said_of_words():
    assert found(numbers(n=[1.0, 2.0]), ["saddle"] * 2, ["minimum"] * 2)[0].code == "facts.wrong_answer"


def test_one_case_with_a_whole_factor_is_no_evidence_for_a_size():
    inputs = arrays("X", sizes=((2, 5),))
    (finding,) = found(inputs, [inputs[0]["X"]], [inputs[0]["X"] * 5])
    assert finding.message == "solve: the value returned is 5 times too large."


def test_a_number_that_is_a_quotient_of_small_ones_is_plain():
    assert all(is_plain(number) for number in (1.0, 0.5, -2.0, 7 / 12, 3.25))
    assert not any(is_plain(number) for number in (0.7391, np.pi, 1 / 13))


finite = st.floats(0.05, 20.0, allow_nan=False).filter(lambda number: not is_plain(number))


@settings(max_examples=40, deadline=None)
@given(rates=st.lists(finite, min_size=4, max_size=4, unique=True), seed=st.integers(0, 10**6))
def test_a_planted_factor_is_found(rates, seed):
    assume(min(abs(a / b - 1) for i, a in enumerate(rates) for b in rates[:i]) > 1e-3)
    inputs = numbers(learning_rate=rates, other=[0.31, 0.77, 0.123, 0.456])
    answers = [rng_of(seed, index).normal(size=(2, 3)) for index in range(4)]
    values = [answer * rate for answer, rate in zip(answers, rates, strict=True)]
    assert said(inputs, answers, values)[1] == "the value returned is the right value times `learning_rate`."


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**9), scalar=st.booleans())
def test_noise_is_never_named(seed, scalar):
    rng = np.random.default_rng(seed)
    inputs = [
        {
            "X": rng.normal(size=size),
            "Y": rng.normal(size=(1, size[1])),
            "rate": rng.uniform(),
            "beta": rng.uniform(),
        }
        for size in SIZES
    ]
    answers = [float(rng.normal()) if scalar else rng.normal(size=each["X"].shape) for each in inputs]
    values = [float(rng.normal()) if scalar else rng.normal(size=each["X"].shape) for each in inputs]
    assert [each.code for each in found(inputs, answers, values)] == ["facts.values_differ"]
