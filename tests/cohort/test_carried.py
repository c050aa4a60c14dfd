"""Exercises that use others, from the file to the result: one mistake is paid for once, and never earns."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader import grading
from grader.authoring.build import build_assignment
from grader.course.load import load_assignment
from grader.course.model import Assignment, Submission
from grader.errors import BoxFailure
from grader.grading import AnswerKey, grade, mark
from grader.results import ExerciseResult, Graded, Kind, Verdict
from grader.sandbox.box import Box, open_box
from grader.sandbox.oracle import Oracle

RIGHT = """
import numpy as np
def half(x): return x / 2
def quarter(x):
    quartered = half(half(x))
    return quartered - np.mean(quartered)
def eighth(x): return half(quarter(x)) + 1
def norm(x): return float(np.sqrt(np.sum(x ** 2)))
"""
DOUBLED = ("return x / 2", "return x * 2")

Grade = Callable[..., Graded]


def edited(*edits: tuple[str, str]) -> str:
    source = RIGHT
    for old, new in edits:
        assert old in source
        source = source.replace(old, new)
    return source


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    source = Path(__file__).parents[1] / "courses" / "chain"
    root = shutil.copytree(source, tmp_path_factory.mktemp("course") / "chain")
    build_assignment(root, "steps")
    return load_assignment(root, "steps")


@pytest.fixture(scope="module")
def box(chain: Assignment) -> Iterator[Box]:
    """One box for all: the strong one where there is one; `tests/sandbox` holds both kinds to the same."""
    with open_box(chain, "strong" if sys.platform.startswith("linux") else "weak") as opened:
        yield opened


@pytest.fixture
def graded(chain: Assignment, box: Box) -> Grade:
    def grade_source(source: str, assignment: Assignment = chain) -> Graded:
        return grade(Submission("ana", "steps", source.encode()), assignment, box)

    return grade_source


def exercises(graded: Graded) -> dict[str, ExerciseResult]:
    return {each.name: each for each in graded.result.exercises}


def scores(graded: Graded) -> dict[str, float]:
    return {each.name: each.score for each in graded.result.exercises}


def shown(assignment: Assignment) -> Assignment:
    return replace(assignment, file=assignment.file.model_copy(update={"carried_errors": "shown"}))


def test_one_mistake_is_paid_for_once(graded: Grade):
    found = graded(edited(DOUBLED))
    assert scores(found) == {"half": 0, "quarter": 40, "eighth": 40, "norm": 10}
    assert found.result.score == 90


def test_the_weak_box_gives_the_same(chain: Assignment):
    with open_box(chain, "weak") as opened:
        found = grade(Submission("ana", "steps", edited(DOUBLED).encode()), chain, opened)
    assert scores(found) == {"half": 0, "quarter": 40, "eighth": 40, "norm": 10}


def test_both_scores_stand_beside_each_other(graded: Grade):
    quarter = exercises(graded(edited(DOUBLED)))["quarter"]
    assert quarter.verdict is Verdict.FAILED
    assert {case.verdict for case in quarter.cases} > {Verdict.FAILED}
    carried = quarter.carried
    assert carried is not None
    assert (carried.helpers, carried.alone, carried.score, carried.counted) == (("half",), 10, 40, True)
    assert carried.verdict is Verdict.PASSED
    assert [case.name for case in carried.cases] == [case.name for case in quarter.cases]


def test_helpers_of_helpers_are_answered_for_too(graded: Grade):
    carried = exercises(graded(edited(DOUBLED)))["eighth"].carried
    assert carried is not None
    assert carried.helpers == ("half", "quarter")


def test_where_the_better_score_is_only_shown_it_does_not_count(chain: Assignment, graded: Grade):
    found = graded(edited(DOUBLED), shown(chain))
    assert scores(found) == {"half": 0, "quarter": 10, "eighth": 10, "norm": 10}
    carried = exercises(found)["quarter"].carried
    assert carried is not None
    assert (carried.alone, carried.score, carried.counted) == (10, 40, False)


def test_who_is_right_is_run_once(graded: Grade, box: Box):
    found = graded(RIGHT)
    assert found.result.score == 100
    assert found.run.again == {}


def test_who_does_not_call_the_wrong_helper_is_run_once(graded: Grade):
    own = edited(DOUBLED, ("half(half(x))", "x / 4"), ("half(quarter(x))", "quarter(x) / 2"))
    found = graded(own)
    assert found.run.again == {}
    assert scores(found) == {"half": 0, "quarter": 40, "eighth": 40, "norm": 10}


def test_a_mistake_of_its_own_is_still_paid_for(graded: Grade):
    found = graded(edited(DOUBLED, (" + 1", " + 2")))
    assert scores(found)["eighth"] == 0
    assert exercises(found)["eighth"].carried is None


def test_an_unwritten_helper_does_not_hold_up_who_uses_it(graded: Grade):
    found = graded(edited(("return x / 2", "raise NotImplementedError")))
    assert scores(found) == {"half": 0, "quarter": 40, "eighth": 40, "norm": 10}
    assert exercises(found)["half"].verdict is Verdict.NOT_ATTEMPTED


def test_what_is_not_begun_is_not_run_again(graded: Grade):
    found = graded("def half(x): return x * 2\ndef quarter(x): raise NotImplementedError\n")
    assert found.run.again == {}
    assert found.result.score == 0


def test_who_makes_up_for_a_wrong_helper_is_right_and_stays_so(graded: Grade):
    found = graded(edited(DOUBLED, ("half(half(x))", "half(half(x)) / 16")))
    assert scores(found)["quarter"] == 40
    assert set(found.run.again) == {"eighth"}


def test_a_score_that_the_reference_would_lower_stays(graded: Grade):
    wrong = ("return x / 2", "return x / 2 if len(x) != 7 else x")
    dependent = ("half(half(x))", "half(half(x)) if len(x) == 7 else x / 4 + 0 * half(x * 1)")
    only_with_own = (
        "quartered - np.mean(quartered)",
        "quartered - np.mean(quartered) if half(np.ones(7))[0] == 1 else None",
    )
    quarter = exercises(graded(edited(wrong, dependent, only_with_own)))["quarter"]
    assert (quarter.score, quarter.carried) == (30, None)


@pytest.mark.parametrize(
    "quarter",
    [
        "import builtins; builtins.kept = [half(x), half(x / 2)]; return half(half(x))",
        "globals()['half'] = half; return half(half(x))",
        "np.kept = half; return half(half(x))",
    ],
    ids=["builtins", "globals", "numpy"],
)
def test_the_references_answers_earn_the_helper_nothing(graded: Grade, quarter: str):
    steals = """
import builtins
import numpy as np
def half(x):
    if hasattr(np, "kept"): return np.kept(x)
    if hasattr(builtins, "kept"): return builtins.kept[0]
    raise RuntimeError("the reference, please")
def quarter(x):
    QUARTER
def norm(x): return float(np.sqrt(np.sum(x ** 2)))
"""
    found = graded(steals.replace("QUARTER", quarter))
    assert scores(found)["half"] == 0
    assert exercises(found)["half"].carried is None


def test_handing_on_the_helpers_answer_is_no_answer(graded: Grade):
    found = graded(
        "def half(x): raise ValueError\ndef quarter(x): return half(half(x))\ndef norm(x): return half(x)\n"
    )
    assert scores(found) == {"half": 0, "quarter": 0, "eighth": 0, "norm": 0}


def test_who_uses_nothing_is_never_answered_for(graded: Grade):
    found = graded(edited(DOUBLED, ("float(np.sqrt(np.sum(x ** 2)))", "half(2 * x)")))
    assert set(found.run.again) == {"quarter", "eighth"}


def test_without_the_solution_nothing_is_run_again(chain: Assignment, box: Box):
    public = load_assignment(chain.root, "steps", public_only=True)
    with open_box(public, box.kind) as opened:
        found = grade(Submission("ana", "steps", edited(DOUBLED).encode()), public, opened)
    assert found.run.again == {}
    assert not found.result.events


def test_the_same_file_is_graded_again_the_same(graded: Grade):
    def timeless(found: Graded) -> object:
        exercises = found.result.model_dump()["exercises"]
        for cases in [each["cases"] for each in exercises] + [
            each["carried"]["cases"] for each in exercises if each["carried"]
        ]:
            for case in cases:
                del case["seconds"]
        return exercises

    source = edited(DOUBLED, ("return quartered -", "return 0 * np.random.rand() + quartered -"))
    assert timeless(graded(source)) == timeless(graded(source))


def test_judging_what_was_kept_gives_the_same_result(chain: Assignment, graded: Grade):
    found = graded(edited(DOUBLED))
    submission = Submission("ana", "steps", edited(DOUBLED).encode())
    again = mark(submission, chain, found.run, AnswerKey.of(chain))
    assert again.result.exercises == found.result.exercises


@pytest.mark.parametrize("error", [BoxFailure("the box is gone"), RuntimeError("odd"), KeyError("x")])
def test_a_fault_of_ours_is_told_and_costs_nothing(
    graded: Grade, box: Box, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Box, "run_again", fails)
    found = graded(edited(DOUBLED))
    assert scores(found) == {"half": 0, "quarter": 10, "eighth": 10, "norm": 10}
    assert found.result.graded
    assert len(found.result.events) == 2
    assert "quarter, graded again" in found.result.events[0]


def test_a_reference_that_does_not_load_is_told_and_costs_nothing(chain: Assignment, box: Box):
    broken = replace(chain, solution=b"import what_nobody_has")
    with open_box(broken, box.kind) as opened:
        found = grade(Submission("ana", "steps", edited(DOUBLED).encode()), broken, opened)
        after = grade(Submission("ben", "steps", RIGHT.encode()), broken, opened)
    assert scores(found)["norm"] == 10
    assert "reference's file" in found.result.events[0]
    assert after.result.score == 100


def test_tampering_while_run_again_is_told(chain: Assignment, box: Box, graded: Grade):
    source = edited(DOUBLED, ("quartered = half(half(x))", "quartered = half(half(x)); forge(x)"))
    source += """
import os
def forge(x):
    if half(np.ones(1))[0] == 0.5:
        for descriptor in range(3, 32):
            try: os.write(descriptor, b"\\x04" * 99)
            except OSError: pass
"""
    found = graded(source)
    assert scores(found)["quarter"] == 10
    assert [event.partition(":")[0] for event in found.result.events] == [
        "quarter, graded again without the mistakes of half",
    ]


def test_diagnosis_is_told_of_helpers_that_are_wrong(graded: Grade, monkeypatch: pytest.MonkeyPatch):
    told = {}
    honest = grading.diagnose

    def diagnose(exercise, *about, helpers, **more):
        told[exercise.name] = helpers
        return honest(exercise, *about, helpers=helpers, **more)

    monkeypatch.setattr(grading, "diagnose", diagnose)
    graded(edited(DOUBLED))
    assert told == {"half": (), "quarter": ("half",), "eighth": ("half", "quarter"), "norm": ()}


def test_who_has_used_up_the_submissions_seconds_is_not_run_again(chain: Assignment):
    limits = chain.file.limits.model_copy(update={"submission_seconds": 0.9})
    short = replace(chain, file=chain.file.model_copy(update={"limits": limits}))
    source = edited(DOUBLED, ("quartered = half(half(x))", "while True: pass"))
    with open_box(short, "weak") as opened:
        again = grade(Submission("ana", "steps", source.encode()), short, opened).run.again
    assert {outcome.kind for outcome in again["quarter"].run.outcomes.values()} == {Kind.SKIPPED}


@pytest.mark.parametrize(
    "tells", ["raise ValueError(half(np.array([6173.0])))", "return half(np.array([6173.0]))"]
)
def test_findings_tell_nothing_that_the_reference_answered(graded: Grade, tells: str):
    source = edited(DOUBLED, ("quartered = half(half(x))", tells))
    for each in exercises(graded(source)).values():
        for finding in each.findings:
            assert "3086" not in finding.message + " ".join(finding.help)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the strong box needs Linux")
@pytest.mark.parametrize("victim", ["child", "parent"])
@pytest.mark.parametrize("kills", [1, 99], ids=["once", "again and again"])
def test_a_reference_that_is_killed_is_asked_again_or_costs_nothing(
    graded: Grade, box: Box, monkeypatch: pytest.MonkeyPatch, victim: str, kills: int
):
    killed: list[int] = []
    answer = Oracle.answer

    def killing(oracle: Oracle, *question: Any) -> Any:
        oracle._talk = talk = oracle._talk or oracle._start()
        if len(killed) < kills:
            process = talk.child._pid if victim == "child" else box._reference._process.pid
            os.kill(process, signal.SIGKILL)
            killed.append(process)
            if victim == "parent":
                box._reference._process.wait()
        return answer(oracle, *question)

    undisturbed = graded(edited(DOUBLED))
    with monkeypatch.context() as patch:
        patch.setattr(Oracle, "answer", killing)
        found = graded(edited(DOUBLED))
    assert found.result.graded
    if kills == 1:
        assert killed
        assert (scores(found), found.result.events) == (scores(undisturbed), ())
    else:
        assert scores(found) == {"half": 0, "quarter": 10, "eighth": 10, "norm": 10}
        assert "quarter, graded again without the mistakes of half: not run" in found.result.events[0]
    assert scores(graded(edited(DOUBLED))) == scores(undisturbed)
