"""What the bias_variance assignment accepts, what it refuses, and whether its reference is right."""

import numpy as np
import pytest
from in_process import (
    all_mistakes,
    assignment,
    failing,
    judged_as_returned,
    properties,
    reference,
    solution,
    verdicts,
)

from grader.course.model import Submission
from grader.grading import grade
from grader.results import Verdict
from grader.sandbox.box import open_box
from grader.values import decode

BIAS_VARIANCE = "bias_variance"

# As notebooks write it: the global generator, shuffles in place, explicit loops, prints, a harmless epsilon.
NOTEBOOK = """
import numpy as np

def train_dev_test_split(X, Y, dev_fraction, test_fraction, seed):
    np.random.seed(seed)
    m = X.shape[1]
    permutation = list(np.random.permutation(m))
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation].reshape((1, m))
    n_dev = int(np.floor(m * dev_fraction))
    n_test = int(np.floor(m * test_fraction))
    n_train = m - n_dev - n_test
    print("sizes:", n_train, n_dev, n_test)
    train = (shuffled_X[:, :n_train], shuffled_Y[:, :n_train])
    dev = (shuffled_X[:, n_train:n_train + n_dev], shuffled_Y[:, n_train:n_train + n_dev])
    test = (shuffled_X[:, n_train + n_dev:], shuffled_Y[:, n_train + n_dev:])
    return train, dev, test

def normalize_inputs(X_train, X_test):
    m = X_train.shape[1]
    mu = 1. / m * np.sum(X_train, axis=1, keepdims=True)
    X_train -= mu
    X_test -= mu
    sigma = np.sqrt(1. / m * np.sum(np.square(X_train), axis=1, keepdims=True))
    sigma[sigma == 0] = 1
    X_train /= sigma + 1e-8
    X_test /= sigma + 1e-8
    return X_train, X_test, mu, sigma

def diagnose(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    diagnosis = {"high_bias": False, "high_variance": False, "note": "more than was asked for"}
    if (train_error - bayes_error) > tolerance:
        diagnosis["high_bias"] = True
    if (dev_error - train_error) > tolerance:
        diagnosis["high_variance"] = True
    return diagnosis

def next_step(high_bias, high_variance):
    if high_bias == True:
        return "train longer"
    elif high_variance == True:
        return "regularization"
    else:
        return "done"

if __name__ == "__main__":
    print(next_step(True, False))
"""

# Python's generator, sets by membership, lists for tuples, one feature at a time, numbers for truth values.
UNUSUAL = """
import random
import statistics
import numpy as np

def train_dev_test_split(X, Y, dev_fraction, test_fraction, seed):
    m = Y.size
    rng = random.Random(seed)
    left = set(range(m))
    sets = []
    for fraction in (dev_fraction, test_fraction):
        chosen = rng.sample(sorted(left), int(fraction * m // 1))
        left -= set(chosen)
        sets.append(chosen)
    sets.insert(0, sorted(left))
    return [[X[:, np.array(s, dtype=int)], Y[:, np.array(s, dtype=int)]] for s in sets]

def normalize_inputs(X_train, X_test):
    rows = []
    for feature, other in zip(X_train.tolist(), X_test.tolist()):
        centre, spread = statistics.fmean(feature), statistics.pstdev(feature) or 1
        moved = ([(x - centre) / spread for x in values] for values in (feature, other))
        rows.append((*moved, centre, spread))
    train, test, mu, sigma = zip(*rows)
    return [list(train), list(test), np.array([mu]).T, np.array(sigma)[:, None]]

def diagnose(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    gaps = np.diff([bayes_error, train_error, dev_error])
    return dict(zip(("high_bias", "high_variance"), 1 * (gaps > tolerance)))

def next_step(high_bias, high_variance):
    return ["done", "More_Data", "Bigger-Network", "bigger  network"][2 * high_bias + high_variance]
"""

SPLITS = {
    "shuffled in place": (
        "np.random.seed(seed); both = np.vstack([X, Y]).T; np.random.shuffle(both); both = both.T; "
        "X, Y = both[:-1], both[-1:]; order = np.arange(m)"
    ),
    "sorted uniform numbers": "order = np.argsort(np.random.RandomState(seed).rand(m))",
    "choice": "order = np.random.default_rng(seed).choice(m, m, replace=False)",
    "Python's shuffle": "import random; order = list(range(m)); random.Random(seed).shuffle(order)",
    "shuffled again and again": (
        "rng = np.random.default_rng(seed); order = rng.permutation(m); order = order[rng.permutation(m)]"
    ),
}

CHEATS = {
    "in the given order": "order = np.arange(m)",
    "every other one": "order = np.argsort(np.arange(m) % 2, kind='stable')",
    "turned round": "order = np.roll(np.arange(m), seed)",
    "turned round by chance": "order = np.roll(np.arange(m), np.random.RandomState(seed).randint(m))",
    "forwards or backwards": "order = np.arange(m)[:: 1 if seed % 2 else -1]",
    "one order for all": "order = np.random.RandomState(0).permutation(m)",
    "one of two orders": "order = np.random.RandomState(seed % 2).permutation(m)",
    "whatever is left in the generator": "order = np.random.permutation(m)",
    "the last ones stay last": (
        "order = np.r_[np.random.RandomState(seed).permutation(m - n_test), np.arange(m - n_test, m)]"
    ),
}


def split(order):
    return f"""
import numpy as np
def train_dev_test_split(X, Y, dev_fraction, test_fraction, seed):
    m = X.shape[1]
    n_dev, n_test = int(dev_fraction * m), int(test_fraction * m)
    {order}
    order = np.asarray(order, dtype=int)
    parts = np.split(order, [m - n_dev - n_test, m - n_test])
    return tuple((X[:, part], Y[:, part]) for part in parts)
"""


def constant(exercise, arguments, value):
    return f"def {exercise}({arguments}):\n    return {value}\n"


def share(source, exercise):
    """Return which share of an exercise's points a submission earns."""
    wanted = assignment(BIAS_VARIANCE).exercise(exercise)
    found = verdicts(BIAS_VARIANCE, source, exercise)
    passed = sum(case.weight for case in wanted.cases if found[case.name] is Verdict.PASSED)
    return passed / sum(case.weight for case in wanted.cases)


def notes(exercise, mistake):
    """Return what the properties say of a known mistake's results, over all cases judged by properties."""
    wanted = assignment(BIAS_VARIANCE).exercise(exercise)
    (known,) = [each for each in wanted.mistakes if each.name == mistake]
    found = set()
    for case in wanted.cases:
        if case.judge.kind == "holds" and known.returns[case.name] is not None:
            returned = decode(known.returns[case.name])
            said = (properties(BIAS_VARIANCE)[name](case.inputs, returned) for name in case.judge.properties)
            found.add(next((note for note in said if note), None))
    return found - {None}


def test_the_points_add_up_to_a_hundred():
    assert assignment(BIAS_VARIANCE).max_score == 100


def test_the_reference_passes_every_case():
    assert failing(BIAS_VARIANCE, solution(BIAS_VARIANCE)) == {}


def test_the_untouched_stub_earns_nothing_and_counts_as_not_attempted():
    stub = assignment(BIAS_VARIANCE).stub.decode()
    for exercise in assignment(BIAS_VARIANCE).exercises:
        assert set(verdicts(BIAS_VARIANCE, stub, exercise.name).values()) == {Verdict.NOT_ATTEMPTED}


@pytest.mark.parametrize("source", [NOTEBOOK, UNUSUAL], ids=["notebook", "unusual"])
def test_another_right_formulation_passes_every_case(source):
    assert failing(BIAS_VARIANCE, source) == {}


def test_right_formulations_get_all_points_in_the_box_too():
    wanted = assignment(BIAS_VARIANCE)
    with open_box(wanted) as box:
        for source in (solution(BIAS_VARIANCE).replace("from grader", "# from grader"), NOTEBOOK, UNUSUAL):
            graded = grade(Submission("somebody", BIAS_VARIANCE, source.encode()), wanted, box)
            assert graded.result.score == 100


@pytest.mark.parametrize("order", SPLITS.values(), ids=SPLITS)
def test_examples_may_be_dealt_out_with_any_generator(order):
    assert set(verdicts(BIAS_VARIANCE, split(order), "train_dev_test_split").values()) == {Verdict.PASSED}


@pytest.mark.parametrize("shift", range(1, 21))
def test_right_splits_are_blamed_for_no_seed(shift):
    source = solution(BIAS_VARIANCE).replace("default_rng(seed)", f"default_rng(seed + {shift} * 10**6)")
    assert set(verdicts(BIAS_VARIANCE, source, "train_dev_test_split").values()) == {Verdict.PASSED}


@pytest.mark.parametrize("order", CHEATS.values(), ids=CHEATS)
def test_splits_that_are_not_left_to_chance_earn_little(order):
    assert share(split(order), "train_dev_test_split") < 0.35


@pytest.mark.parametrize("high_bias", [True, False])
@pytest.mark.parametrize("high_variance", [True, False])
def test_one_diagnosis_for_everything_does_not_pay(high_bias, high_variance):
    value = {"high_bias": high_bias, "high_variance": high_variance}
    source = constant("diagnose", "train_error, dev_error, bayes_error=0, tolerance=0.02", value)
    assert 0 < share(source, "diagnose") < 0.34


@pytest.mark.parametrize("name", ["bigger network", "train longer", "more data", "regularization", "done"])
def test_one_remedy_for_everything_does_not_pay(name):
    assert share(constant("next_step", "high_bias, high_variance", repr(name)), "next_step") < 0.15


@pytest.mark.parametrize("name", ["", "deploy", "network", "regularisation done", "None"])
def test_what_is_none_of_the_five_names_is_refused(name):
    source = constant("next_step", "high_bias, high_variance", repr(name))
    assert share(source, "next_step") == 0


@pytest.mark.parametrize(
    "name", ["Regularization", "regularisation", " more data ", "MORE_DATA", "more-data"]
)
def test_spelling_of_a_name_costs_nothing(name):
    wanted = properties(BIAS_VARIANCE)["remedy_suits_the_situation"]
    assert wanted({"high_bias": False, "high_variance": True}, name) is None


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        ("split_unshuffled", "nothing is shuffled"),
        ("split_labels_left_behind", "label of another one"),
        ("split_with_replacement", "more than once"),
        ("split_test_overlaps", "more than once"),
        ("split_seed_ignored", "same seed give different"),
        ("split_seed_fixed", "whatever the seed"),
        ("split_turned", "block of neighbouring columns"),
        ("split_test_first", "same examples are in the test set"),
    ],
)
def test_properties_say_what_is_wrong(mistake, words):
    assert any(words in note for note in notes("train_dev_test_split", mistake))


@pytest.mark.parametrize(("exercise", "mistake"), all_mistakes(BIAS_VARIANCE))
def test_every_known_mistake_fails_some_case(exercise, mistake):
    found = judged_as_returned(BIAS_VARIANCE, assignment(BIAS_VARIANCE).exercise(exercise), mistake)
    assert set(found.values()) != {Verdict.PASSED}


def test_no_size_of_a_set_hangs_on_rounding():
    for case in assignment(BIAS_VARIANCE).exercise("train_dev_test_split").cases:
        m = case.inputs["X"].shape[1]
        for fraction in (case.inputs["dev_fraction"], case.inputs["test_fraction"]):
            is_exact = (64 * fraction).is_integer()
            assert is_exact or 0.04 < fraction * m % 1 < 0.96, case.name


def test_normalised_features_have_mean_zero_and_spread_one():
    X = np.random.default_rng(3).normal(4, 7, (3, 50))
    train, test, mu, sigma = reference(BIAS_VARIANCE).module().normalize_inputs(X, X[:, :5] + 1)
    np.testing.assert_allclose(train.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(train.std(axis=1), 1, atol=1e-12)
    np.testing.assert_allclose(test * sigma + mu, X[:, :5] + 1)


def test_public_cases_are_worth_little():
    for exercise in assignment(BIAS_VARIANCE).exercises:
        assert len(exercise.cases) >= 6
        public = sum(case.weight for case in exercise.cases if case.visibility == "public")
        assert public <= 0.3 * sum(case.weight for case in exercise.cases)


def test_every_hint_is_one_sentence_with_steps_of_help():
    for exercise in assignment(BIAS_VARIANCE).exercises:
        assert len(exercise.mistakes) >= 3
        for mistake in exercise.mistakes:
            assert mistake.message.endswith(".")
            assert ". " not in mistake.message
            assert len(mistake.help) >= 2
