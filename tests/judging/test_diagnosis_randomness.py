"""What is said of random numbers that are not the ones asked for."""

import numpy as np
import pytest
from judging_examples import case, exercise, returned

from grader.judging.diagnosis import diagnose
from grader.judging.diagnosis.naming import part_name
from grader.judging.judge import judge_exercise

LAYERS = ([4, 12, 9], [7, 11, 3, 5], [13, 8, 6])


def drawn(dims, seed, draw=None):
    rng = np.random.RandomState(seed)
    draw = draw or rng.standard_normal
    return {f"W{i}": draw((dims[i], dims[i - 1])) * np.sqrt(2 / dims[i - 1]) for i in range(1, len(dims))}


def said(inputs, expected, values):
    cases = [
        case(answer, f"case {i}", inputs=given)
        for i, (given, answer) in enumerate(zip(inputs, expected, strict=True))
    ]
    one = exercise(*cases)
    outcomes = {("solve", each.name): returned(value) for each, value in zip(cases, values, strict=True)}
    (finding,) = diagnose(one, judge_exercise(one, outcomes, {}))
    return finding.code, finding.message.partition(": ")[2]


INPUTS = [{"layers_dims": dims} for dims in LAYERS]
ANSWERS = [drawn(dims, 3) for dims in LAYERS]


def test_another_seed_is_found():
    assert said(INPUTS, ANSWERS, [drawn(dims, 4) for dims in LAYERS]) == (
        "relation.other_draws",
        "`W1`, `W2` and `W3` have other random numbers than those asked, as large.",
    )


def test_other_numbers_of_another_size_or_none_of_chance_are_not_called_so():
    large = [{name: 3 * array for name, array in drawn(dims, 4).items()} for dims in LAYERS]
    assert said(INPUTS, ANSWERS, large)[0] == "facts.values_differ"
    shifted = [{name: array + 0.7 for name, array in drawn(dims, 4).items()} for dims in LAYERS]
    assert said(INPUTS, ANSWERS, shifted)[0] == "facts.values_differ"
    computed = [{**given, "X": np.ones((2, 2))} for given in INPUTS]
    assert said(computed, ANSWERS, [drawn(dims, 4) for dims in LAYERS])[0] == "facts.values_differ"


def test_a_seed_inside_the_loop_is_found():
    def again(dims):
        return {
            f"W{i}": np.random.RandomState(3).standard_normal((dims[i], dims[i - 1]))
            * np.sqrt(2 / dims[i - 1])
            for i in range(1, len(dims))
        }

    assert said(INPUTS, ANSWERS, [again(dims) for dims in LAYERS])[0] == "relation.seeded_anew"


@pytest.mark.parametrize(
    ("keeps", "code", "words"),
    [
        (lambda draw, keep: draw(keep) < keep, "other_draws", "has other entries kept than those asked"),
        (
            lambda draw, keep: draw(keep) > keep,
            "kept_fraction",
            "has entries kept as often as they should be dropped",
        ),
        (lambda draw, keep: draw(keep) < 0.5, "kept_fraction", "has half of the entries kept, whatever"),
    ],
)
def test_masks_tell_with_which_chance_they_keep(keeps, code, words):
    chances = [0.9, 0.85, 0.8]
    inputs = [{"X": np.ones((30, 40)), "keep_prob": chance} for chance in chances]
    masks = [np.random.RandomState(1).rand(30, 40) < chance for chance in chances]
    other = np.random.RandomState(2)
    values = [keeps(lambda _: other.rand(30, 40), chance) for chance in chances]
    found = said(inputs, masks, values)
    assert found[0] == f"relation.{code}"
    assert words in found[1]


@pytest.mark.parametrize(
    ("path", "names", "name"),
    [
        ("", {}, "the value returned"),
        ('["dW1"]', {}, "`dW1`"),
        ('["2"]', {}, 'item `["2"]`'),
        ("[1]", {}, "item `[1]`"),
        ("[1]", {"": ("cost", "cache")}, "`cache`"),
        ("[1][2]", {"": ("cost", "cache"), "cache": ("Z1", "A1", "W1")}, "`W1`"),
        ('[1]["dW1"]', {"": ("parameters", "v")}, '`v["dW1"]`'),
        ('["grads"]["dW1"]', {}, '`grads["dW1"]`'),
        ("cache[1]", {"cache": ("Z1", "A1")}, "`A1`"),
        ("[2]", {"": ("a", "b")}, "item `[2]`"),
    ],
)
def test_parts_go_by_the_names_of_the_docstring(path, names, name):
    assert part_name(path, names) == name
