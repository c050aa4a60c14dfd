"""The audit: what it proves, and what it complains of."""

import pytest

from grader.authoring import audit_box
from grader.authoring.audit import audit_assignment
from grader.authoring.audit_box import audit_through_box
from grader.authoring.audit_exercise import accepted_survivors, audit_exercise
from grader.authoring.audit_submissions import submission
from grader.authoring.build import build_assignment
from grader.authoring.calling import student_module
from grader.authoring.exercises import Workshop
from grader.authoring.reference import read_reference
from grader.course.load import load_assignment
from grader.errors import CourseError
from grader.judging.properties import load_properties

ALTERNATIVES = """
import numpy as np

from grader.course.declare import alternative

from .solution import mean_of_rows


@alternative("update_lr")
def as_a_power(learning_rate0, epoch_num, decay_rate=0.1):
    return learning_rate0 * growth(epoch_num, decay_rate) ** -1


@alternative("update_lr")
def by_its_inverse(learning_rate0, epoch_num, decay_rate=0.1):
    return 1 / (growth(epoch_num, decay_rate) / learning_rate0)


@alternative("centre")
def in_place(X):
    mu = mean_of_rows(X)
    X -= mu
    return X, mu


@alternative("centre")
def by_a_matrix(X):
    return X @ (IDENTITY(X.shape[1]) - 1 / X.shape[1]), X.mean(axis=1)[:, None]


IDENTITY = np.eye


def growth(epoch_num, decay_rate):
    return 1 + epoch_num * decay_rate
"""


def looked_at(root, exercise, accepted=None):
    """Audit one exercise without the box: its row, and its complaints by kind."""
    reference, assignment = read_reference(root, "warmup"), load_assignment(root, "warmup")
    (declared,) = [each for each in reference.exercises if each.name == exercise]
    shop = Workshop(reference, assignment.file.limits, load_properties(assignment.properties))
    row, complaints = audit_exercise(shop, declared, assignment.exercise(exercise), accepted or {})
    return row, {kind: [each for each in complaints if each.kind == kind] for kind in KINDS}


KINDS = ("mistake", "survivor", "acceptance", "margin", "case", "formulations", "worked", "limit", "build")


def only_rates_of_one(edit):
    for rate in ("0.3", "0.5", "0.7"):
        edit("reference/warmup/cases.py", f'"learning_rate0": {rate}', '"learning_rate0": 1.0')


def test_a_good_assignment_passes_and_says_by_how_much(course, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADE_GRADEBOOK", str(tmp_path / "of_students.sqlite"))
    found = audit_assignment(course, "warmup")
    assert found.passed
    first, second = found.exercises
    assert (first.name, first.cases, first.mistakes) == ("update_lr", 3, 2)
    assert first.mutants.made == first.mutants.caught > 20
    assert first.noise < 1e-14 < first.tolerance < first.nearest
    assert first.margin > 5
    assert 0 < first.seconds < first.limit
    assert found.counts.made == first.mutants.made + second.mutants.made
    assert {each.kind for each in found.complaints} == {"formulations", "worked"}
    assert list(tmp_path.iterdir()) == []


def test_an_exercise_that_is_not_worked_by_hand_is_a_note(course):
    _, complaints = looked_at(course, "update_lr")
    assert complaints["worked"] == []
    _, complaints = looked_at(course, "centre")
    (note,) = complaints["worked"]
    assert (note.message, note.fails) == ("no case is worked by hand", False)


def test_a_stale_build_is_no_audit(own_course, edit):
    edit("reference/warmup/cases.py", "977", "978")
    with pytest.raises(CourseError, match="stale"):
        audit_assignment(own_course, "warmup")


def test_a_survivor_is_a_failure_with_its_edit(own_course, edit):
    only_rates_of_one(edit)
    build_assignment(own_course, "warmup")
    row, complaints = looked_at(own_course, "update_lr")
    assert [each.edit.after for each in row.survivors if each.edit.operator == "freeze_parameter"] == ["1.0"]
    assert row.mutants.surviving == len(row.survivors)
    (frozen,) = [each for each in complaints["survivor"] if "freeze_parameter" in each.message]
    assert frozen.fails
    assert "of update_lr, freeze_parameter: learning_rate0 → 1.0: passes every hidden case" in frozen.message
    assert "accepted_survivors" in frozen.help


def test_a_survivor_that_its_author_accepts_is_a_note_with_the_reason(own_course, edit):
    only_rates_of_one(edit)
    build_assignment(own_course, "warmup")
    _, complaints = looked_at(own_course, "update_lr", {"learning_rate0 → 1.0": "rates are one here"})
    (accepted,) = [each for each in complaints["survivor"] if "freeze_parameter" in each.message]
    assert not accepted.fails
    assert accepted.message.endswith("accepted: rates are one here")


def test_an_acceptance_of_what_does_not_survive_is_a_failure(course):
    _, complaints = looked_at(course, "update_lr", {"a → b": "why not"})
    assert [each.message for each in complaints["acceptance"]] == [
        "accepted_survivors has 'a → b', which is no survivor"
    ]


@pytest.mark.parametrize(
    "given", ["{'update_lr': {'a → b': ''}}", "{'update_lr': ['a → b']}", "{'other': {'a → b': 'why'}}", "3"]
)
def test_acceptances_that_cannot_be_read_are_refused(own_course, given):
    path = own_course / "reference" / "warmup" / "cases.py"
    path.write_text(path.read_text() + f"\n\naccepted_survivors = {given}\n")
    with pytest.raises(CourseError, match=r"cases\.py: accepted_survivors has"):
        accepted_survivors(read_reference(own_course, "warmup"))


def test_what_only_public_cases_catch_survives(own_course, edit):
    # without a hidden case that has a decay rate of its own
    edit("reference/warmup/cases.py", '"epoch_num": 977, "decay_rate": 0.07', '"epoch_num": 977')
    build_assignment(own_course, "warmup")
    row, _ = looked_at(own_course, "update_lr")
    frozen = [each for each in row.survivors if (each.edit.before, each.edit.after) == ("decay_rate", "0.1")]
    assert [each.difference for each in frozen] == ["fails public cases only"]


def test_a_mistake_that_no_hidden_case_catches_is_a_failure(own_course, edit):
    edit("reference/warmup/cases.py", 'cases.public("two rows", {"X": np', 'cases.public("two", {"X": np')
    path = own_course / "reference" / "warmup" / "mistakes.py"
    text = (
        "\n\n@mistake('centre', 'Whole numbers.', 'idea', 'look')\ndef whole(X):\n    mu = mean_of_rows(X)\n"
    )
    path.write_text(path.read_text() + text + "    return X - mu + (X == X.round()), mu\n")
    build_assignment(own_course, "warmup")
    _, complaints = looked_at(own_course, "centre")
    assert [each.message for each in complaints["mistake"]] == ["mistake whole passes every hidden case"]


def test_a_thin_margin_is_a_failure(own_course, edit):
    edit("reference/warmup/cases.py", "@exercise(points=40)", "@exercise(points=40, tolerance=WIDE)")
    edit("reference/warmup/cases.py", "import Cases", "import Tolerance, Cases")
    edit(
        "reference/warmup/cases.py",
        "@exercise(points=40",
        "WIDE = Tolerance(relative=0.1)\n\n\n@exercise(points=40",
    )
    build_assignment(own_course, "warmup")
    row, complaints = looked_at(own_course, "update_lr")
    assert row.margin < 1
    (thin,) = complaints["margin"]
    assert thin.message.startswith("tolerance 1e-01 lies 0.")


def test_cases_that_catch_nothing_or_the_same_are_pointed_out(own_course, edit):
    more = '    cases.hidden("again", {"X": rng.normal(2, 3, (2, 7))})\n    cases.hidden("any"'
    edit("reference/warmup/cases.py", '    cases.hidden("any"', more)
    build_assignment(own_course, "warmup")
    _, complaints = looked_at(own_course, "centre")
    messages = [each.message for each in complaints["case"]]
    assert "these hidden cases catch the same: 'wide', 'again'" in messages
    assert not any(each.fails for each in complaints["case"])


def test_a_limit_that_leaves_the_reference_little_room_is_a_failure(course, monkeypatch):
    monkeypatch.setattr("grader.authoring.audit_exercise._seconds", lambda reference, exercise: 0.1)
    _, complaints = looked_at(course, "update_lr")
    assert [each.message for each in complaints["limit"]] == [
        "a case is given 0.5 s and the reference takes 0.1 s"
    ]


def test_mutants_that_are_not_those_stored_are_a_failure(course, monkeypatch):
    monkeypatch.setattr("grader.authoring.mutants.make.VERSION", -1)
    _, complaints = looked_at(course, "update_lr")
    assert [each.help for each in complaints["build"]] == ["grade build --force"]


# --- alternatives


def with_alternatives(root, text=ALTERNATIVES):
    (root / "reference" / "warmup" / "alternatives.py").write_text(text)
    return root


def test_alternatives_are_part_of_the_build_and_of_the_audit(own_course):
    build_assignment(with_alternatives(own_course), "warmup")
    row, complaints = looked_at(own_course, "update_lr")
    assert row.formulations == 3
    assert complaints["formulations"] == []


def test_an_alternative_that_is_wrong_is_refused_by_the_build(own_course):
    with_alternatives(own_course, ALTERNATIVES.replace("** -1", "** -2"))
    with pytest.raises(
        CourseError, match="alternative as_a_power of update_lr does not pass case 'three epochs'"
    ):
        build_assignment(own_course, "warmup")


def test_an_alternative_of_no_exercise_is_refused(own_course):
    with_alternatives(own_course, ALTERNATIVES.replace('@alternative("centre")', '@alternative("center")'))
    with pytest.raises(CourseError, match="alternative in_place: 'center' is no exercise"):
        build_assignment(own_course, "warmup")


def test_every_variant_makes_a_submission_of_plain_python(own_course):
    reference = read_reference(with_alternatives(own_course), "warmup")
    for variant in (None, *reference.mistakes, *reference.alternatives):
        source = submission(reference, variant)
        assert b"grader" not in source and b"import ." not in source
        module, ours = student_module(b"", source), reference.module(variant)
        arguments = {"learning_rate0": 0.3, "epoch_num": 7, "decay_rate": 0.2}
        assert module.update_lr(**arguments) == ours.update_lr(**arguments)


# --- through the box


def line(score, **changed):
    return {"score": score, "max_score": 100.0, "graded": True, "events": [], "exercises": []} | changed


@pytest.fixture
def through_box(course, monkeypatch):
    """Return a function that audits with made-up results: by way, then by submission."""

    def audit(results):
        def graded(root, assignment, sources, way, sandbox):
            return {name: results(name, way) for name in sources}

        monkeypatch.setattr(audit_box, "_graded", graded)
        assignment, reference = load_assignment(course, "warmup"), read_reference(course, "warmup")
        return [each.message for each in audit_through_box(course, assignment, reference)]

    return audit


def right(name, way):
    return line({"reference": 100.0, "stub": 0.0}.get(name, 40.0))


def test_results_that_are_right_and_always_the_same_are_no_complaint(through_box):
    assert through_box(right) == []


@pytest.mark.parametrize(
    ("name", "score", "said"),
    [
        ("reference", 99.0, "reference: gets 99 of 100, and should get 100"),
        ("stub", 5.0, "stub: gets 5 of 100, and should get 0"),
        ("mistake grows of update_lr", 100.0, "gets 100 of 100, and should get less than 100"),
    ],
)
def test_a_score_that_is_wrong_is_a_failure(through_box, name, score, said):
    messages = through_box(lambda other, way: line(score) if other == name else right(other, way))
    assert [message for message in messages if said in message] == messages
    assert len(messages) == 1


def test_a_submission_that_could_not_be_graded_is_a_failure(through_box):
    ungraded = line(0.0, graded=False, events=["the box broke"])
    messages = through_box(lambda name, way: ungraded if name == "stub" else right(name, way))
    assert messages == ["stub: gets 0 of 100 (the box broke), and should get a score"]


def test_an_event_is_a_failure(through_box):
    messages = through_box(
        lambda name, way: right(name, way) | {"events": ["odd"] * name.startswith("mistake grows")}
    )
    assert messages == ["mistake grows of update_lr: odd"]


@pytest.mark.parametrize(
    ("differs", "said"),
    [
        (lambda way: way.workers == 2, "with two workers and in reverse order"),
        (lambda way: way.threads == 2, "with two BLAS threads"),
        (lambda way: way.said == "a second time", "a second time"),
    ],
)
def test_a_result_that_depends_on_how_it_was_come_by_is_a_failure(through_box, differs, said):
    def results(name, way):
        changed = {"events": ["odd"]} if name == "reference" and differs(way) else {}
        return right(name, way) | changed

    assert through_box(results) == [f"reference: another result {said} than with one worker: events"]


def test_a_box_that_does_not_work_is_told(course, monkeypatch):
    from grader.errors import GraderError

    assignment, reference = load_assignment(course, "warmup"), read_reference(course, "warmup")
    with pytest.raises(GraderError, match="Invalid value for '--sandbox'"):
        list(audit_through_box(course, assignment, reference, "broken"))
