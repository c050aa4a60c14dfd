"""Mutants as evidence: what they explain, what they must not, and what is said of them."""

import numpy as np
import pytest
from judging_examples import case, ended, exercise, mistake, raised, returned

from grader.authoring.mutants.edit import OPERATORS
from grader.course.model import AtMost, Holds, Magnitude, Mutant, MutantEdit, Question
from grader.course.mutants import pack_mutants
from grader.course.signatures import sign
from grader.judging.diagnosis import CODES, diagnose
from grader.judging.diagnosis.lookup import LEAST, Table, lookup
from grader.judging.diagnosis.once import said_once
from grader.judging.diagnosis.wording import CLAUSES, say
from grader.judging.judge import judge_exercise
from grader.results import Finding, Kind
from grader.values import Opaque, decode

A = np.array([[1.5, 2.25, 3.0], [4.0, 5.5, 6.75]])
B = np.array([[0.5, -2.0], [3.5, 7.25], [1.5, 2.5]])
C = np.array([[2.125], [0.75]])

WORDS = {name: f"`{name}`" for name in ("m", "beta1", "beta2", "W1", "W2", "dW1", "x", "t", "helper", "eps")}


def edit(before="beta1", after="beta2", operator="swap_variable", **options):
    fields = {"function": "solve", "line": 7, "scope": "one", "target": "dW1", "near": ""} | options
    return MutantEdit(operator=operator, before=before, after=after, **fields)


def mutant(returns, *edits):
    """A mutant that returns these, by case; an exception class stands for raising."""
    signatures = {name: None if isinstance(value, type) else sign(value) for name, value in returns.items()}
    return Mutant(edits or (edit(),), signatures)


def packed(one, *mutants, words=None):
    names = list(mutants[0].signatures)
    expected = {each.name: sign(decode(each.expected)) for each in one.cases if each.name in names}
    block = pack_mutants(expected, mutants, words=WORDS if words is None else words)
    return type(one)(one.spec, one.cases, one.mistakes, block)


def two(public=A, hidden=B, **options):
    return exercise(case(public, "small"), case(hidden, "large", visibility="hidden"), **options)


def diagnosed(one, outcomes, **options):
    """Findings for outcomes in the order of the cases, or for the values returned."""
    outcomes = [each if hasattr(each, "kind") else returned(each) for each in outcomes]
    pairs = {(one.name, each.name): outcome for each, outcome in zip(one.cases, outcomes, strict=True)}
    return diagnose(one, judge_exercise(one, pairs, options.pop("properties", {})), **options)


def codes(findings):
    return [one.code for one in findings]


# --- the same in every case


def test_outputs_of_a_mutant_in_every_case_are_put_down_to_it():
    one = packed(two(), mutant({"small": A * 1.3, "large": B * 1.3}))
    (found,) = diagnosed(one, [A * 1.3, B * 1.3])
    assert found.code == "mutant.swap_variable" and set(found.cases) == {"small", "large"}
    assert found.message == (
        "solve: the values returned are those of a computation in which `beta2` stands where `beta1` "
        "belongs, in the part that computes `dW1`."
    )
    assert found.details == "solve, line 7: beta1 -> beta2"


def test_a_mutant_explains_the_cases_that_pass_as_well():
    one = packed(two(), mutant({"small": A * 1.3, "large": B}))
    assert codes(diagnosed(one, [A * 1.3, B])) == ["mutant.swap_variable"]
    contradicted = packed(two(), mutant({"small": A * 1.3, "large": B * 1.3}))
    assert not any(code.startswith("mutant") for code in codes(diagnosed(contradicted, [A * 1.3, B])))


def test_a_mutant_that_differs_in_one_case_explains_nothing():
    one = packed(two(), mutant({"small": A * 1.3, "large": B * 1.3}))
    assert not any(code.startswith("mutant") for code in codes(diagnosed(one, [A * 1.3, B * 1.4])))


def test_the_last_digits_of_single_precision_do_not_count_and_others_do():
    one = packed(two(), mutant({"small": A * 1.3, "large": B * 1.3}))
    near = 1 + 1e-9
    assert codes(diagnosed(one, [A * 1.3 * near, B * 1.3])) == ["mutant.swap_variable"]
    assert "mutant.swap_variable" not in codes(diagnosed(one, [A * 1.30001, B * 1.3]))


def test_a_case_that_raises_has_to_raise_in_the_mutant():
    raising = packed(two(), mutant({"small": A * 1.3, "large": ValueError}))
    assert codes(diagnosed(raising, [A * 1.3, raised("ValueError", "no")])) == [
        "mutant.swap_variable",
        "raised.value_error",
    ]
    other = packed(two(), mutant({"small": A * 1.3, "large": B * 1.3}))
    found = diagnosed(other, [A * 1.3, raised("ValueError", "no")])
    assert codes(found) == ["raised.value_error", "mutant.swap_variable"] and found[1].cases == ("small",)
    assert "mutant.swap_variable" in codes(diagnosed(other, [A * 1.3, ended(Kind.SKIPPED)]))
    assert "mutant.swap_variable" in codes(diagnosed(other, [A * 1.3, ended(Kind.TOO_LARGE)]))


def test_mistakes_come_before_mutants_and_mutants_before_facts():
    returns = {"small": A * 1.3, "large": B * 1.3}
    one = packed(two(mistakes=(mistake("own", returns),)), mutant(returns))
    assert codes(diagnosed(one, [A * 1.3, B * 1.3])) == ["known.own"]


def test_the_likelier_mutant_is_told():
    near = mutant({"small": A * 1.3 * (1 + 1e-7), "large": B * 1.3}, edit("x", "x * m", "scale_by_count"))
    one = packed(two(), mutant({"small": A * 1.3, "large": B * 1.3}), near)
    assert codes(diagnosed(one, [A * 1.3, B * 1.3])) == ["mutant.swap_variable"]


def test_an_exercise_without_mutants_and_a_question_are_left_alone():
    assert "mutant.swap_variable" not in codes(diagnosed(two(), [A * 1.3, B]))
    assert lookup(two()) == ((), {})
    one = two(1.0, 2.0)
    spec = one.spec.model_copy(update={"question": Question(text="What?")})
    asked = packed(type(one)(spec, one.cases), mutant({"small": 3.125, "large": 4.25}))
    assert not any(code.startswith("mutant") for code in codes(diagnosed(asked, [3.125, 4.25])))


def test_cases_that_are_not_signed_are_left_to_others():
    one = two(hidden=B)
    one = type(one)(one.spec, (*one.cases, case(C, "random", judge=Holds(properties=("holds",)))))
    one = packed(one, mutant({"small": A * 1.3, "large": B * 1.3}))
    found = diagnosed(one, [A * 1.3, B * 1.3, C], properties={"holds": lambda inputs, value: "It does not."})
    assert codes(found)[0] == "mutant.swap_variable" and found[0].cases == ("small", "large")
    only = packed(one, mutant({"small": A * 1.3, "large": B * 1.3}))
    found = diagnosed(only, [A, B, C], properties={"holds": lambda inputs, value: "No."})
    assert not any(code.startswith("mutant") for code in codes(found))


def test_where_a_property_is_judged_what_passed_has_to_agree_too():
    one = exercise(case(A, "small"), case(B, "any", judge=Holds(properties=("holds",))))
    one = packed(one, mutant({"small": A * 1.3, "any": B * 1.3}))
    holds = {"holds": lambda inputs, value: None}
    assert codes(diagnosed(one, [A * 1.3, B * 1.3], properties=holds)) == ["mutant.swap_variable"]
    assert "mutant.swap_variable" not in codes(diagnosed(one, [A * 1.3, B], properties=holds))


def test_noise_is_compared_by_its_size():
    one = exercise(
        case(A, "small"),
        case(1e-9, "noise", judge=Magnitude(decades=1)),
        case(0.0, "zero", judge=AtMost(bound=1e-7)),
    )
    one = packed(one, mutant({"small": A * 1.3, "noise": 3e-5, "zero": 0.4}))
    assert codes(diagnosed(one, [A * 1.3, 2e-5, 0.5])) == ["mutant.swap_variable"]
    assert "mutant.swap_variable" not in codes(diagnosed(one, [A * 1.3, 3e-9, 0.5]))
    assert "mutant.swap_variable" not in codes(diagnosed(one, [A * 1.3, 2e-5, 1e-8]))
    fine = packed(one, mutant({"small": A * 1.3, "noise": 3e-9, "zero": 1e-9}))
    assert codes(diagnosed(fine, [A * 1.3, 2e-9, 1e-8])) == ["mutant.swap_variable"]


# --- what may agree by chance


@pytest.mark.parametrize("value", [np.zeros_like(A), A * np.nan, A * (1 + 2e-5)])
def test_zeros_and_what_is_not_finite_or_near_the_expected_tell_no_mutant(value):
    one = packed(exercise(case(A, "small")), mutant({"small": value}))
    assert not any(code.startswith("mutant") for code in codes(diagnosed(one, [value])))


def test_one_single_number_tells_no_mutant_and_two_do():
    alone = packed(exercise(case(1.25, "small")), mutant({"small": 1.625}))
    assert not any(code.startswith("mutant") for code in codes(diagnosed(alone, [1.625])))
    both = packed(two(1.25, 2.5), mutant({"small": 1.625, "large": 3.75}))
    (found,) = diagnosed(both, [1.625, 3.75])
    assert found.message.startswith(
        "solve: the value returned is that of a computation in which `beta2` stands"
    )


def words_of(answers, wrong):
    cases = [case(answer, f"case {number}") for number, answer in enumerate(answers)]
    one = exercise(*cases)
    return packed(one, mutant({each.name: value for each, value in zip(cases, wrong, strict=True)}))


def test_words_and_whole_numbers_tell_a_mutant_with_care_where_there_are_several():
    (found,) = diagnosed(words_of(["a", "b", "c"], ["b", "c", "a"]), ["b", "c", "a"])
    assert "in which, for example, `beta2` stands" in found.message
    assert not any(code.startswith("mutant") for code in codes(diagnosed(words_of("ab", "ba"), ["b", "a"])))
    (found,) = diagnosed(words_of([1, 2, 3], [2, 3, 4]), [2, 3, 4])
    assert found.code == "mutant.swap_variable" and "for example" in found.message


def test_numbers_beyond_single_precision_agree_with_none():
    huge = np.array([1e60, 1e70])
    one = packed(exercise(case(huge * 2, "small")), mutant({"small": huge}))
    assert not any(code.startswith("mutant") for code in codes(diagnosed(one, [huge * 5])))
    table = Table.of(sign(A), [sign(huge)], 1e-6)
    assert not table.agreeing(sign(np.array([1.0, 2.0]))).any() and LEAST > 0


# --- other forms


def test_lists_for_arrays_and_tuples_are_looked_up_as_what_they_stand_for():
    one = packed(two((A, B), (B, A)), mutant({"small": (A * 1.3, B), "large": (B * 1.3, A)}))
    assert codes(diagnosed(one, [[(A * 1.3).tolist(), B.tolist()], (B * 1.3, A)])) == ["mutant.swap_variable"]


def test_an_optional_tail_may_be_left_out():
    one = two((A, B, C), (B, A, C), optional_tail=1)
    one = packed(one, mutant({"small": (A * 1.3, B, C), "large": (B, A, C)}))
    assert codes(diagnosed(one, [(A * 1.3, B), (B, A)])) == ["mutant.swap_variable"]
    tail = packed(one, mutant({"small": (A * 1.3, B, C), "large": (B, A, C * 2)}))
    assert codes(diagnosed(tail, [(A * 1.3, B), (B, A)])) == ["mutant.swap_variable"]
    (found,) = diagnosed(tail, [(A * 1.3, B, C), (B, A, C)])
    assert "the values in item `[0]` are those" in found.message


def test_another_structure_agrees_with_the_same_structure_alone():
    expected, lacking = {"W": A, "b": C}, {"W": A * 1.3}
    one = packed(two(expected, expected), mutant({"small": expected | lacking, "large": expected | lacking}))
    assert codes(diagnosed(one, [lacking, lacking])) == ["structure.missing_key"]


def test_what_structure_says_surely_is_left_to_it_and_a_wrong_axis_is_not():
    lost = packed(two(C, A), mutant({"small": C[:, 0], "large": A}))
    assert codes(diagnosed(lost, [C[:, 0], A])) == ["structure.lost_axis"]
    along = packed(two(C, A), mutant({"small": np.array([[3.5], [1.25], [9.0]]), "large": A}))
    assert codes(diagnosed(along, [np.array([[3.5], [1.25], [9.0]]), A])) == ["mutant.swap_variable"]


def test_an_object_that_holds_no_numbers_is_said_to_be_one_whatever_else_returns_it():
    found = Opaque("Opaque")  # the name of what is encoded here
    one = words_of([1.0, 2.0, 3.0], [found] * 3)
    assert codes(diagnosed(one, [found] * 3)) == ["structure.not_plain"]


# --- parts, pairs, conditions


GRADS = {"dW1": A, "db1": C}
BY_W = mutant({name: {"dW1": A * 1.3, "db1": C * 9} for name in ("small", "large")}, edit(target="grads"))
BY_B = mutant(
    {name: {"dW1": A * 7, "db1": C * 0.7} for name in ("small", "large")}, edit("m", "t", target="")
)


def test_a_mutant_may_explain_the_outputs_that_are_wrong_while_others_are_right():
    one = packed(two(GRADS, GRADS), BY_W)
    (found,) = diagnosed(one, [GRADS | {"dW1": A * 1.3}] * 2)
    assert found.message.startswith("solve: the values in `dW1` are those of a computation in which `beta2`")


def test_a_step_whose_result_is_right_explains_nothing():
    one = packed(
        two(GRADS, GRADS),
        mutant({name: {"dW1": A * 1.3, "db1": C * 9} for name in ("small", "large")}, edit(target="db1")),
    )
    assert "mutant.swap_variable" not in codes(diagnosed(one, [GRADS | {"dW1": A * 1.3}] * 2))


def test_two_mistakes_in_different_outputs_are_found_as_a_pair():
    one = packed(two(GRADS, GRADS), BY_W, BY_B)
    found = diagnosed(one, [{"dW1": A * 1.3, "db1": C * 0.7}] * 2)
    assert codes(found) == ["mutant.swap_variable"] * 2
    assert "the values in `dW1` are those" in found[0].message and "`beta2` stands" in found[0].message
    assert "the values in `db1` are those" in found[1].message and "`t` stands" in found[1].message
    assert found[0].cases == found[1].cases == ("small", "large")


def test_a_pair_may_be_a_mistake_of_the_authors_and_a_mutant():
    own = mistake("halved", {name: {"dW1": A * 5, "db1": C / 2} for name in ("small", "large")})
    one = packed(two(GRADS, GRADS, mistakes=(own,)), BY_W)
    found = diagnosed(one, [{"dW1": A * 1.3, "db1": C / 2}] * 2)
    assert codes(found) == ["known.halved", "mutant.swap_variable"]


def test_half_a_pair_is_no_explanation():
    one = packed(two(GRADS, GRADS), BY_W, BY_B)
    found = diagnosed(one, [{"dW1": A * 1.3, "db1": C * 0.8 + 0.01}] * 2)
    assert not any(code.startswith("mutant") for code in codes(found))


STEPS = (1, 2, 3, 5)


def by_step(**options):
    cases = [case(A * t, f"step {t}", inputs={"x": 0.5, "t": t}) for t in STEPS]
    return packed(exercise(*cases), mutant({f"step {t}": A * t * 1.3 for t in STEPS}), **options)


def test_a_mutant_in_certain_cases_only_is_told_with_what_they_have_in_common():
    (found,) = diagnosed(by_step(), [A * t if t < 3 else A * t * 1.3 for t in STEPS])
    assert found.code == "mutant.swap_variable" and set(found.cases) == {"step 3", "step 5"}
    assert found.message.startswith(
        "solve, 2 of 4 cases: where `t` is above 2, the values returned are those"
    )


def test_a_mutant_in_cases_that_have_nothing_in_common_is_not_told():
    found = diagnosed(by_step(), [A * t if t in (1, 5) else A * t * 1.3 for t in STEPS])
    assert not any(code.startswith("mutant") for code in codes(found))


def test_a_mistake_of_the_authors_in_certain_cases_keeps_its_words():
    one = by_step()
    own = mistake("scaled", {f"step {t}": A * t * 1.6 for t in STEPS}, "The step is scaled.")
    one = type(one)(one.spec, one.cases, (own,), one.packed_mutants)
    (found,) = diagnosed(one, [A * t if t < 3 else A * t * 1.6 for t in STEPS])
    assert found.code == "known.scaled" and ": where `t` is above 2, the step is scaled." in found.message


# --- functions that others ask for


FOREIGN = mutant({"small": A * 1.3, "large": B * 1.3}, edit(function="helper", target=""))


def test_an_edit_of_a_wrong_helper_says_to_mend_that_first():
    found = diagnosed(packed(two(), FOREIGN), [A * 1.3, B * 1.3], helpers=("helper",))
    assert found[0].message == (
        "solve: the values returned are those that follow from a `helper` in which `beta2` stands where "
        "`beta1` belongs."
    )
    assert found[0].help[0].startswith("Mend `helper` first")


def test_an_edit_of_a_helper_that_is_right_names_the_part_alone():
    (found,) = diagnosed(packed(two(), FOREIGN), [A * 1.3, B * 1.3])
    assert "a computation in which, in the part that `helper` is for, `beta2` stands" in found.message
    private = packed(two(), FOREIGN, words={"beta1": "`beta1`"})
    assert "helper" not in diagnosed(private, [A * 1.3, B * 1.3])[0].message


def test_what_nothing_else_explains_is_put_down_to_helpers_that_are_wrong():
    found = diagnosed(two(), [A + B.sum(), B + 3.21], helpers=("first", "second"))
    assert codes(found) == ["helpers.first"]
    assert "it works with `first` and `second`, which are not right yet" in found[0].message
    assert found[0].help[0] == "Mend `first` and `second` first."
    assert "helpers.first" not in codes(diagnosed(two(), [raised("ValueError"), B], helpers=("first",)))
    assert (
        "which is not right yet" in diagnosed(two(), [A + B.sum(), B + 3.21], helpers=("first",))[0].message
    )


def judged(one, values):
    pairs = {(one.name, each.name): returned(value) for each, value in zip(one.cases, values, strict=True)}
    return judge_exercise(one, pairs, {})


def test_what_passes_with_the_references_helpers_comes_from_these_and_the_rest_is_ones_own():
    one = packed(two(), mutant({"small": A, "large": B * 1.3}))
    found = diagnosed(one, [A + 1, B + 1], helpers=("helper",), again=judged(one, [A, B * 1.3]))
    assert codes(found) == ["helpers.alone", "mutant.swap_variable"]
    assert found[0].cases == ("small",) and found[1].cases == ("large",)
    assert "comes from `helper`; with right results of that it passes" in found[0].message
    several = diagnosed(one, [A + 1, B], helpers=("helper", "other"), again=judged(one, [A, B]))
    assert "`helper` and `other`; with right results of those it passes" in several[0].message
    alone = diagnosed(one, [A, B * 1.3], helpers=("helper",), again=judged(one, [A, B * 1.3]))
    assert codes(alone) == ["mutant.swap_variable"]


def test_a_run_with_the_references_helpers_that_fails_elsewhere_explains_nothing():
    one = packed(two(), mutant({"small": A * 1.3, "large": B}))
    found = diagnosed(one, [A * 1.3, B], helpers=("helper",), again=judged(one, [A * 1.3, B + 1]))
    assert codes(found) == ["mutant.swap_variable"]


# --- said once


def said(exercise_name, code, sentence):
    return (
        Finding(code=code, message=f"{exercise_name}, 2 of 3 cases: {sentence}", help=("Idea.", "Place.")),
    )


def test_the_same_cause_in_several_exercises_is_explained_once():
    sentence = "Epsilon is added under the root."
    found = said_once({name: said(name, "known.inside", sentence) for name in ("rmsprop", "adam")})
    assert found["rmsprop"] == said("rmsprop", "known.inside", sentence)
    (second,) = found["adam"]
    assert second.message == "adam, 2 of 3 cases: the same as in `rmsprop`: epsilon is added under the root."
    assert second.code == "known.inside" and len(second.help) == 1 and "`rmsprop`" in second.help[0]


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("known.sign", "The cost has the wrong sign.", "The slope has the wrong sign."),
        ("mutant.drop_operand", "a term is missing.", "a term is missing."),
        ("structure.lost_axis", "`b1` lacks an axis.", "`b1` lacks an axis."),
    ],
)
def test_what_may_have_several_causes_is_said_every_time(code, one, other):
    findings = {"first": said("first", code, one), "second": said("second", code, other)}
    assert said_once(findings) == findings


def test_a_name_at_the_beginning_of_a_sentence_keeps_its_letters():
    found = said_once({name: said(name, "known.same", "dW is halved.") for name in ("one", "two")})
    assert found["two"][0].message.endswith(": dW is halved.")
    found = said_once({name: said(name, "known.same", "X1 is halved.") for name in ("one", "two")})
    assert found["two"][0].message.endswith(": X1 is halved.")


# --- words


def test_every_kind_of_edit_has_a_clause_and_a_code():
    assert set(CLAUSES) == set(OPERATORS)
    assert {f"mutant.{operator}" for operator in OPERATORS} <= set(CODES)


@pytest.mark.parametrize(
    ("operator", "before", "after", "clause"),
    [
        ("drop_operand", "x + W1 * m", "x", "a term with `W1` and `m` is missing"),
        ("drop_operand", "x + hidden", "x", "a term is missing"),
        ("drop_operand", "x - W1", "x", "the term `W1` is missing"),
        (
            "drop_operand",
            "1 - beta1",
            "beta1",
            "`beta1` stands itself where its difference from a constant belongs",
        ),
        (
            "drop_operand",
            "1 - beta1 * x",
            "beta1 * x",
            "a value with `beta1` and `x` stands itself where its",
        ),
        ("drop_operand", "1 - beta1", "1", "`beta1` is not taken from a constant"),
        ("drop_operand", "1 - hidden * x", "1", "a value with `x` is not taken from a constant"),
        ("drop_operand", "t - 1", "t", "`t` is used as it is where it should be shifted by a constant"),
        ("drop_operand", "x * m", "x", "the factor `m` is missing"),
        ("drop_operand", "x * -m", "x", "the factor `m` is missing"),
        ("drop_operand", "x + m ** 2", "x", "a term, the square of `m`, is missing"),
        ("drop_operand", "x + beta1 ** t", "x", "the term `beta1` to the power `t` is missing"),
        ("drop_operand", "x + hidden ** t", "x", "a term with `t` is missing"),
        ("drop_operand", "x + m * p[f'W{l}'] * t", "x", "a term with `m`, `Wl` and `t` is missing"),
        ("drop_operand", "x * np.sum(m)", "x", "a factor, the sum of `m`, is missing"),
        ("drop_operand", "0.5 * x", "x", "a constant factor is missing"),
        ("drop_operand", "x / m", "x", "the division by `m` is missing"),
        ("drop_operand", "x / (m + t)", "x", "the division by a value with `m` and `t` is missing"),
        ("drop_operand", "x / 2", "x", "the division by a constant is missing"),
        ("drop_operand", "x / m", "m", "the divisor with `m` stands alone"),
        ("drop_operand", "x ** 2", "x", "`x` stands itself where a power of it belongs"),
        ("drop_operand", "x ** 2", "2", "a power is missing"),
        ("drop_operand", "-x", "x", "a minus sign is missing before `x`"),
        ("drop_operand", "not x", "x", "a `not` is missing before `x`"),
        ("drop_operand", "x and m", "x", "one of several conditions is left out with `x` and `m`"),
        (
            "scope_of_call",
            "np.sqrt(x) + eps",
            "np.sqrt(x + eps)",
            "the square root covers more than it should of an",
        ),
        (
            "scope_of_call",
            "np.sqrt(x + eps)",
            "np.sqrt(x) + eps",
            "the square root covers less than it should of an",
        ),
        ("scope_of_call", "1 - beta1 ** t", "(1 - beta1) ** t", "the power covers more than it should"),
        ("scope_of_call", "f(x + m)", "f(x) + m", "a function covers less than it should"),
        ("delete_statement", "dW1 = x", "pass", "the step that computes `dW1` is left out"),
        ("delete_statement", "dW1 += x", "pass", "a step that changes `dW1` is left out"),
        ("delete_statement", "break", "pass", "a loop goes on where it should stop"),
        (
            "swap_function",
            "np.sum(x)",
            "np.mean(x)",
            "the mean of a value with `x` is taken where the sum belongs",
        ),
        ("swap_function", "np.zeros(x)", "np.ones(x)", "ones stand where zeros belong"),
        (
            "swap_function",
            "np.random.randn(m)",
            "np.random.rand(m)",
            "`rand` is called where another function belongs",
        ),
        ("swap_variable", "hidden", "x", "`x` stands where another value belongs"),
        ("swap_variable", "x", "hidden", "another value stands where `x` belongs"),
        ("swap_variable", "hidden", "other", "one intermediate result stands where another belongs"),
        (
            "change_operator",
            "x + m",
            "x - m",
            "a subtraction stands where an addition belongs, between values with",
        ),
        ("change_operator", "x - m", "m - x", "a subtraction is carried out the wrong way round, between"),
        (
            "change_operator",
            "x @ m",
            "x * m",
            "a product entry by entry stands where a matrix product belongs",
        ),
        ("change_operator", "x", "m", "another operation is carried out with `x`"),
        (
            "move_statement",
            "x = 1\nm = 2",
            "move_statement: exchange 0",
            "two steps are done in the wrong order, one",
        ),
        (
            "move_statement",
            "for t in x\nm = 2",
            "move_statement: into 0",
            "a step that belongs behind a loop is done",
        ),
        (
            "move_statement",
            "for t in x\nreturn m",
            "move_statement: into 0",
            "the loop ends in its first round",
        ),
        ("freeze_parameter", "beta1", "0.9", "`beta1` is 0.9 whatever is passed"),
        (
            "change_axis",
            "x.sum(axis=0)",
            "x.sum(axis=1)",
            "the sum of a value with `x` is taken along the other axis",
        ),
        (
            "change_axis",
            "x.sum(axis=0)",
            "x.sum()",
            "the sum of a value with `x` is taken over all entries at once",
        ),
        (
            "change_axis",
            "x.sum(axis=0, keepdims=True)",
            "x.sum(axis=0)",
            "the sum of a value with `x` does not keep",
        ),
        ("change_axis", "x", "m", "a reduction of a value with `x` is taken along another axis"),
        ("change_constant", "2", "3", "3 stands where another constant belongs"),
        ("change_constant", "True", "False", "a switch is set to False where the other is asked"),
        ("complement", "beta1", "1 - beta1", "1 - `beta1` stands where `beta1` belongs"),
        ("drop_call", "np.sqrt(x)", "x", "the square root of a value with `x` is not taken"),
        ("drop_call", "f(x)", "x", "a function is not applied to a value with `x`"),
        ("drop_index", "x[:, t]", "x", "the whole of `x` is used where a part of it"),
        ("freeze_option", "options.get('eps', 1e-5)", "1e-5", "`eps` has its default whatever is passed"),
        ("freeze_option", "options.get(name, 1e-5)", "1e-5", "an option has its default whatever is passed"),
        ("insert_epsilon", "np.sqrt(x)", "np.sqrt(x + eps)", "epsilon is added inside the square root"),
        (
            "insert_epsilon",
            "x / m",
            "x / (m + eps)",
            "epsilon is added to a divisor that has none, beside `x` and `m`",
        ),
        (
            "leave_loop",
            "m = x\nfor t in x",
            "leave_loop: last behind",
            "a step of a loop is done once, behind it, one",
        ),
        (
            "leave_loop",
            "m = x\nfor t in x",
            "leave_loop: first before",
            "a step of a loop is done once, before it, one",
        ),
        (
            "swap_key",
            "{'W1': 1, 'W2': 2}",
            "{'W2': 1, 'W1': 2}",
            "the values of `W1` and `W2` are stored under each",
        ),
        ("swap_key", "p['W1']", "p['b1']", "`b1` is read where `W1` belongs"),
        ("swap_key", "p[f'W{l}']", "p[f'b{l}']", "`bl` is read where `Wl` belongs"),
        (
            "scale_by_count",
            "x @ W1",
            "x @ W1 / m",
            "a value with `x` and `W1` is divided by `m` once too often",
        ),
        (
            "scale_by_count",
            "np.sum(x)",
            "np.sum(x) * m",
            "the sum of `x` is multiplied by `m` once too often",
        ),
        (
            "change_update",
            "dW1 += x",
            "dW1 -= x",
            "a value is taken from `dW1` where it should be added to it",
        ),
        (
            "change_update",
            "dW1 -= x",
            "dW1 += x",
            "a value is added to `dW1` where it should be taken from it",
        ),
        (
            "change_update",
            "dW1 += x",
            "dW1 = x",
            "`dW1` is overwritten where it should be changed by an amount",
        ),
        (
            "change_comparison",
            "x < m",
            "x <= m",
            "equal values are counted on the other side of a comparison",
        ),
        (
            "change_comparison",
            "x < m",
            "x > m",
            "a comparison is made the other way round, between values with",
        ),
        ("change_comparison", "x and m", "x or m", "two conditions are joined the other way"),
        (
            "fix_branch",
            "if x > m",
            "fix_branch: always",
            "the branch of a condition on `x` and `m` is taken, whatever",
        ),
        (
            "fix_branch",
            "if x > m",
            "fix_branch: never",
            "the branch of a condition on `x` and `m` is never taken",
        ),
        ("fix_condition", "x if m else t", "x", "one of two ways is always taken, whatever `m` is"),
        ("fix_condition", "x if hidden else t", "x", "one of two ways is always taken, whatever comes in"),
        (
            "off_by_one",
            "range(1, m)",
            "range(m)",
            "a loop begins or ends one round too early or too late with `m`",
        ),
        (
            "off_by_one",
            "beta1 ** t",
            "beta1 ** (t + 1)",
            "the exponent of a power with `beta1` and `t` is off by one",
        ),
        ("off_by_one", "x[t]", "x[t + 1]", "an index or number is off by one with `x` and `t`"),
        ("transpose", "x.T", "x", "`x` is not transposed where it should be"),
        ("change_slice", "t:t + m", "t:", "a slice with `t` and `m` begins or ends in the wrong place"),
        ("swap_items", "(W1, W2)", "(W2, W1)", "`W1` and `W2` stand in each other's place"),
        ("swap_items", "(hidden, W2)", "(W2, hidden)", "two items stand in each other's place"),
        ("swap_items", "f(x, m)", "f(m, x)", "two arguments of a call change places, among `x` and `m`"),
        (
            "precedence",
            "x / (m * t)",
            "x / m * t",
            "the operations are grouped otherwise, as by other parentheses",
        ),
    ],
)
def test_each_edit_is_said_by_the_names_that_students_know(operator, before, after, clause):
    told = say(edit(before, after, operator), WORDS)
    assert told.clause.startswith(clause) and "hidden" not in told.clause
    assert len(told.help) == 2 and all(step[0].isupper() and step[-1] in ".?" for step in told.help)


def test_what_is_right_is_not_told():
    told = say(edit("np.sum(W1 * W1) / (2 * m)", "np.sum(W1 * W1) / m", "drop_operand"), WORDS)
    assert not any("2 * m" in text or "np." in text for text in (told.clause, told.place, *told.help))


@pytest.mark.parametrize(
    ("options", "place", "where"),
    [
        (
            {"target": "dW1"},
            ", in the part that computes `dW1`",
            "Look at the lines that compute `dW1`, at `beta1`.",
        ),
        ({"target": "hidden[key]", "near": "beta1 * x"}, "", "Look at the lines with `beta1` and `x`."),
        ({"target": "return", "scope": "equal"}, ", wherever it occurs", "Look at the lines with `beta1`."),
        ({"target": "(W1, W2)"}, ", in the part that computes `W1` and `W2`", None),
        ({"target": "(W1, hidden)", "scope": "siblings"}, ", and in the same way elsewhere", None),
        ({"target": "cache['W1']"}, ", in the part that computes `W1`", None),
        ({"target": "cache['hidden']"}, "", None),
    ],
)
def test_the_place_is_named_where_students_have_a_name_for_it(options, place, where):
    told = say(edit(**options), WORDS)
    assert told.place == place and where in (None, told.help[1])


def test_without_any_known_name_the_help_is_to_compare_with_the_docstring():
    told = say(edit("hidden", "other", target=""), {})
    assert told.help[1].startswith("Put the formula of the docstring beside your lines")


def test_names_are_listed_up_to_four_and_sizes_are_sizes():
    told = say(edit("y + W1 * W2 * m * t * x", "y", "drop_operand"), WORDS)
    assert "`W1`, `W2`, `m` and others" in told.clause
    told = say(edit("y * x.shape[0]", "y", "drop_operand"), WORDS)
    assert "a factor, a size of `x`, is missing" in told.clause
    told = say(edit("y + len(x) * m", "y", "drop_operand"), WORDS)
    assert "a term with a size of `x` and `m`" in told.clause


def test_a_step_without_a_result_is_told_by_the_names_in_it():
    told = say(edit("x.append(m)", "pass", "delete_statement", target=""), WORDS)
    assert told.clause == "a step is left out, one with `x` and `m`"


def test_an_axis_that_is_counted_wrongly_is_no_constant():
    told = say(edit("1", "0", "change_constant", near="x.shape[1]"), WORDS)
    assert told.clause == "the wrong one is taken of the sizes of `x`"


def test_edits_with_equal_results_are_told_by_what_they_share():
    returns = {"small": A * 1.3, "large": B * 1.3}
    here, there = edit(target="dW1"), edit(target="W1")
    (found,) = diagnosed(packed(two(), mutant(returns, here, there)), [A * 1.3, B * 1.3])
    assert found.message.endswith("in which `beta2` stands where `beta1` belongs.")
    (found,) = diagnosed(packed(two(), mutant(returns, here, edit("m", "t"))), [A * 1.3, B * 1.3])
    assert "in which, for example, `beta2` stands" in found.message and found.details.count("\n") == 1


def test_of_edits_with_equal_results_one_with_a_name_is_told_the_likeliest_kind_first():
    returns = {"small": A * 1.3, "large": B * 1.3}
    nameless, other = edit("hidden", "private"), edit("x", "x * m", "scale_by_count")
    (found,) = diagnosed(packed(two(), mutant(returns, nameless, other, edit())), [A * 1.3, B * 1.3])
    assert "`beta2` stands where `beta1` belongs" in found.message
    (found,) = diagnosed(packed(two(), mutant(returns, nameless, other)), [A * 1.3, B * 1.3])
    assert found.code == "mutant.scale_by_count"
    (found,) = diagnosed(packed(two(), mutant(returns, nameless)), [A * 1.3, B * 1.3])
    assert "one intermediate result stands" in found.message


def test_a_place_without_a_name_is_told_by_the_output_that_comes_out_wrong():
    one = two((A, C), (B, C))
    one = packed(one, mutant({"small": (A * 1.3, C), "large": (B * 1.3, C)}, edit(target="hidden")))
    (found,) = diagnosed(one, [(A * 1.3, C), (B * 1.3, C)])
    assert found.message.endswith("`beta2` stands where `beta1` belongs, on the way to item `[0]`.")
    frozen = edit("beta1", "0.9", "freeze_parameter", target="")
    one = packed(one, mutant({"small": (A * 1.3, C), "large": (B * 1.3, C)}, frozen))
    (found,) = diagnosed(one, [(A * 1.3, C), (B * 1.3, C)])
    assert found.message.endswith("`beta1` is 0.9 whatever is passed.")
    both = packed(
        two((A, C), (B, C)), mutant({"small": (A * 2, C * 2), "large": (B * 2, C * 2)}, edit(target=""))
    )
    (found,) = diagnosed(both, [(A * 2, C * 2), (B * 2, C * 2)])
    assert found.message.endswith("`beta2` stands where `beta1` belongs.")
