"""What is said of the course's mutants, and which mistakes they name."""

import re
from dataclasses import replace

import pytest
from in_process import assignment

from grader.course.mutants import unpack_mutants, unpack_words
from grader.judging.diagnosis import diagnose
from grader.judging.diagnosis.wording import say
from grader.judging.judge import judge_exercise
from grader.judging.properties import load_properties
from grader.results import Kind, Outcome

NAMES = (
    "batchnorm", "bias_variance", "gradient_checking", "hyperparameters", "initialization", "optimizers",
    "regularization", "softmax",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_sentences_about_edits_hold_no_code_and_no_name_that_students_do_not_know(name):
    for exercise in assignment(name).exercises:
        words = unpack_words(exercise.packed_mutants)
        said = {
            say(edit, words) for mutant in unpack_mutants(exercise.packed_mutants) for edit in mutant.edits
        }
        for one in said:
            text = " ".join((one.clause, one.place, *one.help))
            assert "np." not in text and "==" not in text and len(text) < 600, text
            assert one.clause == one.clause.strip() and ", ," not in text, text
            assert not any("  " in part for part in (one.clause, one.place, *one.help)), text
            for quoted in re.findall("`([^`]*)`", text):
                assert quoted.isidentifier() or quoted in ("not", "and", "or"), text


#: With the author's list switched off: assignment, exercise, mistake, and what is said of it.
NAMED = [
    ("optimizers", "update_parameters_with_adam", "uphill", "an addition stands where a subtraction belongs"),
    (
        "optimizers",
        "update_parameters_with_adam",
        "s_uncorrected",
        "the division by a value with `beta2` and `t`",
    ),
    ("optimizers", "update_parameters_with_momentum", "beta_fixed", "`beta` is 0.9 whatever is passed"),
    ("regularization", "backward_propagation_with_dropout", "dropback_no_mask", "the factor `D2` is missing"),
    ("batchnorm", "batchnorm_forward", "mean_not_taken_away", "the term `mean` is missing"),
    (
        "batchnorm",
        "layernorm_forward",
        "layer_over_everything",
        "the mean of a value with `x` is taken over all",
    ),
    ("softmax", "cross_entropy", "base_two", "the logarithm to base 2 of a value with `A` is taken where"),
    ("gradient_checking", "gradient_check", "epsilon_fixed", "`epsilon` is 1e-07 whatever is passed"),
    ("initialization", "initialize_parameters_he", "he_root_of_the_two_only", "the square root covers less"),
    ("hyperparameters", "expected_improvement", "improvement_density_alone", "the factor `sigma` is missing"),
]


@pytest.mark.parametrize(("name", "exercise", "mistake", "clause"), NAMED)
def test_mutants_name_mistakes_that_no_author_has_listed(name, exercise, mistake, clause):
    one = assignment(name).exercise(exercise)
    returns = next(each.returns for each in one.mistakes if each.name == mistake)
    outcomes = {(exercise, case): Outcome(Kind.RETURNED, value=value) for case, value in returns.items()}
    judged = judge_exercise(one, outcomes, load_properties(assignment(name).properties))
    found = diagnose(replace(one, mistakes=()), judged)
    assert found[0].code.startswith("mutant.") and clause in found[0].message
