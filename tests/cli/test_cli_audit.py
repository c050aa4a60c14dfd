"""``grade audit``."""

from __future__ import annotations

import json

import pytest

from grader.authoring.audit_model import AssignmentAudit, Complaint, ExerciseAudit
from grader.course.mutants import MutantCounts
from grader.errors import CourseError


def row(**changed):
    values = {
        "name": "update_lr",
        "cases": 3,
        "mistakes": 2,
        "formulations": 1,
        "mutants": MutantCounts(made=33, equivalent=2, caught=30, surviving=1),
        "survivors": (),
        "noise": 1e-16,
        "nearest": 0.2,
        "nearest_is": "1 → 2",
        "tolerance": 1e-7,
        "margin": 6.3,
        "seconds": 0.0004,
        "limit": 0.5,
    }
    return ExerciseAudit(**(values | changed))


SURVIVOR = Complaint(
    exercise="update_lr",
    kind="survivor",
    message="line 3: a → b: passes every hidden case",
    help="add a case",
)
NOTE = Complaint(exercise="centre", kind="case", message="case 'wide' catches nothing", fails=False)


@pytest.fixture
def found(monkeypatch):
    """Return a function that sets what the audit finds."""

    def set_complaints(*complaints):
        def audit(root, name, *, sandbox):
            return AssignmentAudit(assignment=name, exercises=(row(),), complaints=complaints, seconds=2.4)

        monkeypatch.setattr("grader.cli.audit.audit_assignment", audit)

    return set_complaints


def test_an_audit_that_passes_prints_a_row(call, found):
    found()
    shown = call("audit")
    assert shown.exit_code == 0
    assert shown.output == (
        "warmup: exercises 1, cases 3, mistakes 2, mutants 33, equivalent 2, caught 30, surviving 1, "
        "margin 6.3, seconds 2\n"
    )


def test_what_fails_is_named_with_its_remedy_and_the_status_is_one(call, found):
    found(NOTE, SURVIVOR)
    shown = call("audit", "warmup")
    assert shown.exit_code == 1
    assert (
        "error: warmup update_lr: line 3: a → b: passes every hidden case\n  help: add a case\n"
        in shown.output
    )
    assert "catches nothing" not in shown.output
    assert "warmup: 1 notes; show them with --verbose" in shown.output


def test_notes_and_exercises_are_shown_when_asked_for(call, found):
    found(NOTE)
    shown = call("audit", "--verbose")
    assert shown.exit_code == 0
    assert "note: warmup centre: case 'wide' catches nothing" in shown.output
    assert (
        "  update_lr: tolerance 1e-07, noise 1e-16, nearest 2e-01 (1 → 2), margin 6.3 decades; "
        "reference 0.4 ms, limit 0.5 s; 33 mutants, 2 equivalent, 1 surviving" in shown.output
    )


def test_json_is_one_line_for_each_assignment(call, found):
    found(SURVIVOR)
    shown = call("audit", "--json")
    assert shown.exit_code == 1
    (line,) = shown.output.splitlines()
    audit = json.loads(line)
    assert audit["assignment"] == "warmup"
    assert audit["complaints"][0]["kind"] == "survivor"
    assert audit["exercises"][0]["mutants"]["surviving"] == 1


def test_an_assignment_that_cannot_be_audited_is_named_and_the_status_is_two(call, monkeypatch):
    def audit(root, name, *, sandbox):
        raise CourseError("warmup is stale.", help="grade build warmup")

    monkeypatch.setattr("grader.cli.audit.audit_assignment", audit)
    shown = call("audit")
    assert shown.exit_code == 2
    assert shown.stderr == "error: warmup is stale.\nhelp: grade build warmup\n"
