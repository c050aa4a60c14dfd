"""Mutants: which edits are made, at which places, and what becomes of them."""

import ast
import os
import time

import numpy as np
import pytest

from grader.authoring.build import build_assignment
from grader.authoring.exercises import Workshop
from grader.authoring.mutants.edit import OPERATORS, Variant, variants
from grader.authoring.mutants.glossary import glossary
from grader.authoring.mutants.make import mutate, mutated, packed_mutants
from grader.authoring.mutants.names import Names, Observed
from grader.authoring.mutants.pool import TooLong, counting, in_processes, within
from grader.authoring.mutants.probes import probes
from grader.authoring.mutants.trial import Fate, Trials
from grader.authoring.reference import read_reference
from grader.course.load import load_assignment, load_file
from grader.course.model import Case, Equal, Exercise, ExerciseSpec, MutantEdit
from grader.course.mutants import read_head, unpack_mutants, unpack_words
from grader.course.seal import sealed
from grader.course.vectors import read_mutants
from grader.judging.properties import load_properties
from grader.values import encode

NAMES = Names(
    kinds={"a": "number", "b": "number", "m": "number", "p": "number", "W1": "array", "W2": "array"},
    shares=("p",),
    counts=("m",),
    published={"b": (0.5,)},
    epsilon="epsilon",
)


def labels(source, operator=None, scope="one", names=NAMES):
    (function,) = ast.parse(source).body
    found = [variant.edit for variant in variants(function, names)]
    return {
        (edit.before, edit.after)
        for edit in found
        if edit.scope == scope and (operator is None or edit.operator == operator)
    }


@pytest.mark.parametrize(
    ("operator", "body", "before", "after"),
    [
        ("drop_operand", "return a + b", "a + b", "b"),
        ("drop_operand", "return -a", "-a", "a"),
        ("drop_operand", "return a and b", "a and b", "b"),
        ("scope_of_call", "return np.sqrt(a) + b", "np.sqrt(a) + b", "np.sqrt(a + b)"),
        ("scope_of_call", "return np.sqrt(a + b)", "np.sqrt(a + b)", "np.sqrt(a) + b"),
        ("scope_of_call", "return (a * b).sum(axis=0)", "(a * b).sum(axis=0)", "a.sum(axis=0) * b"),
        ("scope_of_call", "return (a + b) ** 2", "(a + b) ** 2", "a + b ** 2"),
        ("delete_statement", "a = b\n    return a", "a = b", "pass"),
        ("swap_function", "return np.sum(a)", "np.sum(a)", "np.mean(a)"),
        ("swap_function", "return a.std()", "a.std()", "a.var()"),
        ("swap_variable", "return W1 @ a", "W1", "W2"),
        ("change_operator", "return a - b", "a - b", "a + b"),
        ("change_operator", "return a - b", "a - b", "b - a"),
        ("freeze_parameter", "return a * b", "b", "0.5"),
        ("change_constant", "return a ** 2", "2", "3"),
        ("change_constant", "return f(True)", "True", "False"),
        ("complement", "return a * p", "p", "1 - p"),
        ("drop_call", "return np.sqrt(a)", "np.sqrt(a)", "a"),
        ("drop_index", "return W1[:, a]", "W1[:, a]", "W1"),
        ("freeze_option", "return a.get('eps', 0.1)", "a.get('eps', 0.1)", "0.1"),
        ("insert_epsilon", "return a / b", "a / b", "a / (b + epsilon)"),
        ("swap_key", "return d[f'dW{m}']", "d[f'dW{m}']", "d[f'db{m}']"),
        ("swap_key", "return d['W1']", "d['W1']", "d['b1']"),
        ("scale_by_count", "return np.sum(a)", "np.sum(a)", "np.sum(a) / m"),
        ("change_update", "a += b\n    return a", "a += b", "a -= b"),
        ("change_update", "a += b\n    return a", "a += b", "a = b"),
        ("change_comparison", "return a < b", "a < b", "a <= b"),
        ("fix_condition", "return a if b else p", "a if b else p", "p"),
        ("off_by_one", "return W1[m]", "W1[m]", "W1[m - 1]"),
        ("off_by_one", "return a ** m", "a ** m", "a ** (m + 1)"),
        ("off_by_one", "return range(1, m)", "range(1, m)", "range(1, m - 1)"),
        ("off_by_one", "return d[f'W{m}']", "m", "m - 1"),
        ("change_axis", "return np.sum(a, axis=1)", "np.sum(a, axis=1)", "np.sum(a, axis=0)"),
        ("change_axis", "return f(a, keepdims=True)", "f(a, keepdims=True)", "f(a)"),
        ("transpose", "return W1.T", "W1.T", "W1"),
        ("change_slice", "return W1[a:b]", "a:b", "a:b - 1"),
        ("swap_items", "return (a, b)", "(a, b)", "(b, a)"),
        ("precedence", "return a / (b * p)", "a / (b * p)", "a / b * p"),
    ],
)
def test_an_edit_is_made(operator, body, before, after):
    assert (before, after) in labels(f"def f(a, b):\n    {body}\n", operator)


@pytest.mark.parametrize(
    ("operator", "body", "after"),
    [
        ("move_statement", "a = b\n    b = a\n    return a", "b = a\n    a = b\n    return a"),
        (
            "move_statement",
            "for a in b:\n        b = a\n    return a",
            "for a in b:\n        b = a\n        return a",
        ),
        (
            "leave_loop",
            "for a in b:\n        b = a\n        a = b\n    return a",
            "for a in b:\n        b = a\n    a = b\n    return a",
        ),
        ("fix_branch", "if a:\n        b = a\n    return b", "b = a\n    return b"),
    ],
)
def test_a_statement_is_moved(operator, body, after):
    (function,) = ast.parse(f"def f(a, b):\n    {body}\n").body
    sources = [each.source for each in variants(function, NAMES) if each.edit.operator == operator]
    assert f"def f(a, b):\n    {after}" in sources


def test_an_edit_is_made_at_all_equal_expressions_and_at_all_siblings():
    source = (
        "def f(a, b):\n    x = a / m\n    y = a / m\n    dW1 = W1 * 2\n    dW2 = W2 * 2\n    return x, y\n"
    )
    (function,) = ast.parse(source).body
    made = {each.source: each.edit.scope for each in variants(function, NAMES)}
    assert made[ast.unparse(ast.parse(source.replace("a / m", "a")))] == "equal"
    siblings = source.replace("W1 * 2", "W1 / 2").replace("W2 * 2", "W2 / 2")
    assert made[ast.unparse(ast.parse(siblings))] == "siblings"


def test_a_function_is_swapped_wherever_it_is_called_too():
    source = "def f(a, b):\n    return np.zeros((a, b)), np.zeros(a)\n"
    (function,) = ast.parse(source).body
    made = {each.source: each.edit.scope for each in variants(function, NAMES)}
    assert made[ast.unparse(ast.parse(source.replace("zeros", "ones")))] == "siblings"


def test_what_divides_everywhere_is_dropped_everywhere():
    source = "def f(a, b):\n    x = np.sum(a) / m\n    y = (a + b) / m\n    return x, y\n"
    (function,) = ast.parse(source).body
    wanted = ast.unparse(ast.parse(source.replace(" / m", "").replace("(a + b)", "a + b")))
    assert {each.source: each.edit.scope for each in variants(function, NAMES)}[wanted] == "siblings"


def test_the_input_is_a_sibling_of_activations():
    source = "def f(a, b):\n    dW2 = dZ2 @ A1.T + W2\n    dW1 = dZ1 @ X.T + W1\n    return dW1, dW2\n"
    (function,) = ast.parse(source).body
    wanted = ast.unparse(ast.parse(source.replace(" + W2", "").replace(" + W1", "")))
    assert wanted in [each.source for each in variants(function, NAMES)]


def test_no_two_variants_are_the_same_and_none_is_the_function_itself():
    source = "def f(a, b):\n    return a * b + a * b\n"
    (function,) = ast.parse(source).body
    sources = [variant.source for variant in variants(function, NAMES)]
    assert len(set(sources)) == len(sources)
    assert source.strip() not in sources


def test_likely_operators_come_first_and_a_cap_holds():
    (function,) = ast.parse("def f(a, b):\n    return np.sqrt(a + b) / (a - b)\n").body
    found = variants(function, NAMES)
    order = [OPERATORS.index(variant.edit.operator) for variant in found]
    assert order == sorted(order)
    assert variants(function, NAMES, most=3) == found[:3]


def test_docstring_and_decorators_are_left_alone():
    (function,) = ast.parse('@given\ndef f(a):\n    """a + b"""\n    return a + 1\n').body
    found = variants(function, NAMES)
    assert found
    assert not any("given" in variant.source or '"""' in variant.source for variant in found)
    assert ast.get_docstring(function) == "a + b"


def test_a_variant_says_what_its_statement_assigns():
    (function,) = ast.parse("def f(a, b):\n    scale = a + b\n    return scale * b\n").body
    targets = {variant.edit.before: variant.edit.target for variant in variants(function, NAMES)}
    assert targets["a + b"] == "scale"
    assert targets["scale * b"] == "return"


def test_names_are_sorted_by_what_they_were_seen_to_be():
    (function,) = ast.parse("def f(a, beta=0.9, epsilon=1e-8): ...").body
    observed = Observed()
    observed.add({"a": 3, "beta": 0.0, "epsilon": 0.1, "n": 1, "zero": 0, ".0": iter([])})
    observed.add({"a": 4, "beta": 0.7, "epsilon": 0.2, "n": 2, "zero": 1, "changing": 1})
    observed.add({"changing": "text"})
    names = Names.of(function, observed)
    assert "changing" not in names.kinds and ".0" not in names.kinds
    assert names.shares == ("beta", "epsilon")
    assert names.counts == ("a", "n")
    assert names.published == {"a": (3,), "beta": (0.9,), "epsilon": (1e-8, 1e-7)}
    assert names.epsilon == "epsilon"


# --- running them


def test_work_that_kills_its_process_costs_the_other_work_nothing():
    def work(number):
        if number in (2, 3):
            os._exit(1)
        return number * number

    assert in_processes(work, 7, workers=2) == [0, 1, None, None, 16, 25, 36]


def test_work_that_eats_all_memory_is_stopped():
    def work(number):
        try:
            return len(bytearray(2**34))
        except MemoryError:
            return -1

    assert in_processes(work, 1, workers=1) == [-1]


def test_work_that_loops_is_stopped_even_where_it_catches_exceptions():
    start = time.process_time()
    with pytest.raises(TooLong), within(0.05):
        while True:
            try:
                sum(range(1000))
            except Exception:
                continue
    assert time.process_time() - start < 1


def test_calls_are_counted_and_cut_off():
    with counting() as counted:
        [abs(number) for number in range(10)]
    assert 10 < counted() < 50
    with pytest.raises(TooLong), counting(100):
        while True:
            abs(-1)


def test_a_mutant_that_takes_far_longer_is_stopped_by_a_count_not_by_a_clock(own_course, edit):
    sums = "sum(abs(decay_rate) for _ in range(epoch_num))"
    edit("reference/warmup/solution.py", "1 + decay_rate * epoch_num)\n", f"1 + {sums})\n")
    edit("reference/warmup/mistakes.py", "decay_rate * epoch_num", "range(epoch_num)")
    edit("reference/warmup/mistakes.py", '"decay_rate"}', '"range(1)"}')
    huge = Variant(
        MutantEdit(function="update_lr", operator="", line=1, scope="one", before="", after=""),
        "def update_lr(learning_rate0, epoch_num, decay_rate=0.1):\n"
        "    return learning_rate0 / (1 + sum(abs(decay_rate) for _ in range(50 * epoch_num)))",
    )
    build_assignment(own_course, "warmup")
    exercise = load_assignment(own_course, "warmup").exercise("update_lr")
    trials = Trials(read_reference(own_course, "warmup"), exercise, {}, [], {"update_lr"})
    assert trials.run(huge).signatures["far along"] is None


def mutation_of(root, exercise):
    reference, file = read_reference(root, "warmup"), load_file(root, "warmup")
    (declared,) = [each for each in reference.exercises if each.name == exercise]
    properties = load_properties(root / "assignments" / "warmup" / "properties.py")
    made, _ = Workshop(reference, file.limits, properties).make(declared)
    return mutate(reference, declared, made, properties)


def fates(mutation):
    return {(each.edit.before, each.edit.after): trial for each, trial in mutation.own}


def test_mutants_of_a_good_exercise_are_caught_and_say_by_which_case(course):
    found = fates(mutation_of(course, "update_lr"))
    assert {trial.fate for trial in found.values()} == {Fate.CAUGHT}
    frozen = found["decay_rate", "0.1"]
    assert frozen.caught_by == ("three epochs", "far along")


def test_an_equivalent_mutant_is_recognised(own_course, edit):
    edit("reference/warmup/solution.py", "return learning_rate0 /", "return abs(learning_rate0) /")
    found = fates(mutation_of(own_course, "update_lr"))
    assert found["abs(learning_rate0)", "learning_rate0"].fate is Fate.EQUIVALENT


def test_more_inputs_are_drawn_anew_or_moved_and_are_the_same_each_time(course):
    reference = read_reference(course, "warmup")
    (declared,) = [each for each in reference.exercises if each.name == "centre"]
    exercise = load_assignment(course, "warmup").exercise("centre")
    wide = {case.name: case for case in exercise.cases}["wide"].inputs["X"]
    found = {case.name: case.inputs["X"] for case in probes(reference, declared, exercise)}
    assert list(found) == [
        "two rows, 2",
        "wide, 2",
        "two rows, 3",
        "wide, 3",
        "two rows, moved",
        "wide, moved",
    ]
    assert all(
        X.shape == wide.shape and not np.isclose(X, wide).any() for X in (found["wide, 2"], found["wide, 3"])
    )
    assert np.allclose(found["wide, moved"], wide, rtol=0.1) and (found["wide, moved"] != wide).all()
    again = {case.name: case.inputs["X"] for case in probes(reference, declared, exercise)}
    assert all((again[name] == X).all() for name, X in found.items())


def test_weak_cases_let_a_mutant_survive_that_is_not_equivalent(own_course, edit):
    for rate in ("0.3", "0.5", "0.7"):
        edit("reference/warmup/cases.py", f'"learning_rate0": {rate}', '"learning_rate0": 1.0')
    found = fates(mutation_of(own_course, "update_lr"))
    survivor = found["learning_rate0", "1.0"]
    assert survivor.fate is Fate.SURVIVING
    assert survivor.difference.startswith("differs on inputs like case 'three epochs")


def test_a_mutant_that_does_not_end_is_caught(own_course, edit):
    loop = (
        "k = 0\n    while k < epoch_num:\n        k += 1\n    return learning_rate0 / (1 + decay_rate * k)\n"
    )
    edit("reference/warmup/solution.py", "return learning_rate0 / (1 + decay_rate * epoch_num)\n", loop)
    edit("reference/warmup/mistakes.py", 'replace={"decay_rate * epoch_num"', 'replace={"decay_rate * k"')
    endless = fates(mutation_of(own_course, "update_lr"))["k += 1", "pass"]
    assert endless.fate is Fate.CAUGHT
    assert set(endless.caught_by) == {"three epochs", "far along", "default decay"}
    assert set(endless.signatures.values()) == {None}


def test_helpers_that_are_given_have_no_mutants_and_private_ones_have(own_course, edit):
    edit("reference/warmup/solution.py", "    return X - mu, mu\n", "    return less(X, mu), mu\n")
    path = own_course / "reference" / "warmup" / "solution.py"
    path.write_text(path.read_text() + "\n\ndef less(a, b):\n    return a - b\n")
    functions = {variant.edit.function for variant, _ in mutation_of(own_course, "centre").own}
    assert functions == {"centre", "less"}


# --- storing them


def stored(root):
    path = root / "reference" / "warmup" / "hidden.h5"
    return read_mutants(sealed(path.read_bytes(), path))


def test_what_is_stored_is_what_the_mutants_returned(course):
    mutation = mutation_of(course, "update_lr")
    unpacked = unpack_mutants(load_assignment(course, "warmup").exercise("update_lr").packed_mutants)
    assert [each.edits for each in unpacked] == [each.edits for each in mutated(mutation)]
    for ours, theirs in zip(unpacked, mutated(mutation), strict=True):
        for name, signature in theirs.signatures.items():
            assert (ours.signatures[name] is None) == (signature is None)
            if signature is not None:
                assert ours.signatures[name].form == signature.form
                assert ours.signatures[name].numbers.tobytes() == signature.numbers.tobytes()


def test_edits_that_return_the_same_are_stored_once(course):
    unpacked = unpack_mutants(stored(course)["update_lr"])
    _, counts = read_head(stored(course)["update_lr"])
    assert len(unpacked) < counts.caught == sum(len(each.edits) for each in unpacked)


def test_signatures_are_of_the_cases_whose_answer_hangs_on_no_random_number(own_course, edit):
    for mutant in unpack_mutants(stored(own_course)["centre"]):
        assert set(mutant.signatures) == {"two rows", "wide", "any"}
    random = "    return X - mu, mu + 1e-11 * np.random.rand() * (len(X) == 3)\n"
    edit("reference/warmup/solution.py", "    return X - mu, mu\n", random)
    assert set(mutation_of(own_course, "centre").expected) == {"two rows", "wide"}


def parsed(source):
    return ast.parse(source).body[0]


def edits_of(source):
    names = Names(kinds=dict.fromkeys(("x", "y", "m"), "number"))
    return {(each.edit.operator, each.edit.after): each.edit for each in variants(parsed(source), names)}


def test_an_edit_tells_what_is_near_it_and_what_changes_places():
    found = edits_of("def f(x, m):\n    y = x\n    return 2 * abs(y - 1) / m\n")
    assert found["change_constant", "2"].near == "y - 1"
    assert found["change_constant", "4"].near == "2 * abs(y - 1)"
    assert found["swap_variable", "m"].near == "2 * abs(y - 1) / m"
    assert found["delete_statement", "pass"].near == ""
    assert found["drop_operand", "y"].near == "2 * abs(y - 1) / m"
    loop = "def f(x, m):\n    for y in x:\n        m = y\n        x = m\n    return m\n"
    found = edits_of(loop)
    assert found["move_statement", "move_statement: exchange 0"].before == "m = y\nx = m"
    assert found["move_statement", "move_statement: into 0"].before == "for y in x\nreturn m"
    assert found["leave_loop", "leave_loop: last behind"].before == "x = m\nfor y in x"
    assert found["leave_loop", "leave_loop: first before"].before == "m = y\nfor y in x"


def test_the_names_that_students_know_are_stored(course):
    words = unpack_words(load_assignment(course, "warmup").exercise("update_lr").packed_mutants)
    assert words == {name: f"`{name}`" for name in sorted(words)}
    assert {"learning_rate0", "epoch_num", "decay_rate", "update_lr"} == set(words)
    assert unpack_words(b"") == {}


def test_a_name_is_known_from_formulas_sections_keys_and_quotes():
    own = parsed(
        'def f(v, cache):\n    """Of the mean and a mass, with `scale`.\n\n        mean = sum / N\n\n'
        "    Parameters\n    ----------\n    v : dict\n        Of shape (n, 2).\n\n    Returns\n    -------\n"
        '    v : dict\n    dW1, total : float\n        The sum.\n    """\n'
        '    mean, mass, scale, n, own, parts, dW = 0, 0, 0, 0, 0, 0, cache["key"]\n'
        "    def inner():\n        return 3\n    return own, parts, dW\n"
    )
    helper = parsed('def g(x):\n    """Of b_total."""\n    b_total, x, y, hidden = 0\n    return y\n')
    spec = ExerciseSpec(
        name="f", title="F", points=1, signature="f(v, cache)", parameters=("v", "cache"), cpu_seconds=1
    )
    inputs = {"v": 1, "cache": [{"key": 1}]}
    one = Exercise(spec, (Case("a", "public", 1, Equal(), inputs, encode(1), encode(inputs)),))
    words = glossary([own, helper], one, [own])
    assert {"v", "cache", "mean", "scale", "n", "key", "f"} <= set(words)
    assert words["own"] == "the new `v`" and words["parts"] == "`dW1`" and words["dW"] == "`total`"
    assert not {"mass", "x", "y", "hidden", "b_total", "g", "inner"} & set(words)
    assert {"b_total", "x", "g"} <= set(glossary([own, helper], one, [own, helper]))


def test_a_build_from_nothing_gives_the_bytes_of_a_build_that_kept_mutants(own_course):
    path = own_course / "reference" / "warmup" / "hidden.h5"
    before = path.read_bytes()
    path.unlink()
    build_assignment(own_course, "warmup")
    assert path.read_bytes() == before


def test_mutants_of_a_function_that_did_not_change_are_kept(own_course, edit, monkeypatch):
    edit("reference/warmup/solution.py", "1 + decay_rate * epoch_num)\n", "decay_rate * epoch_num + 1)\n")
    ran = []
    monkeypatch.setattr(
        "grader.authoring.mutants.make.mutate",
        lambda reference, declared, exercise, properties: (
            ran.append(exercise.name) or mutate(reference, declared, exercise, properties)
        ),
    )
    build_assignment(own_course, "warmup")
    assert ran == ["update_lr"]


def test_mutants_are_made_again_where_that_is_asked_for(own_course, monkeypatch):
    monkeypatch.setattr("grader.authoring.mutants.edit.MOST_OF_ONE", 1)
    before = stored(own_course)
    build_assignment(own_course, "warmup")
    assert stored(own_course) == before
    build_assignment(own_course, "warmup", anew=True)
    assert stored(own_course) != before


def test_a_changed_call_makes_mutants_anew(own_course, edit):
    before = stored(own_course)
    edit("assignments/warmup/calls.py", 'return {"X": centred', 'return {"X": centred + 0')
    build_assignment(own_course, "warmup")
    assert stored(own_course)["update_lr"] == before["update_lr"]
    assert stored(own_course)["centre"] != before["centre"]


def test_a_question_has_no_mutants():
    class Reference:
        def is_function(self, name):
            return False

    class Exercise:
        name = "q1"

    assert packed_mutants(Reference(), None, Exercise(), {}) == b""
