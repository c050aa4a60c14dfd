"""Misconceptions, equal wrong answers, files that are alike, the distribution of scores."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import report_fakes as fakes
from hypothesis import given
from hypothesis import strategies as st

from grader.course.model import Assignment
from grader.report.analysis import Analysis, Dashboard
from grader.report.analysis.alike import ALIKE, AlikeFiles
from grader.report.analysis.cohort import scores_of
from grader.report.analysis.rows import Row, Rows, decoded
from grader.report.analysis.tallies import Findings
from grader.results import Finding, SubmissionResult


def of(asked: Assignment, *works: fakes.Work) -> Dashboard:
    return fakes.analysed(asked, *works).dashboard()


def with_finding(student: str, code: str, message: str) -> fakes.Work:
    found = Finding(code=code, message=message, cases=fakes.CASE_NAMES)
    name = "update_parameters_with_adam"
    return fakes.Work(student, {name: fakes.adam_without_correction}, {name: (found,)})


@given(st.lists(st.floats(0, 100), max_size=50))
def test_every_score_is_in_one_bin(percents: list[float]) -> None:
    found = scores_of(percents)
    assert sum(found.bins) == found.count == len(percents)
    if percents:
        assert found.mean == pytest.approx(np.mean(percents), abs=1e-9)
        assert found.median == pytest.approx(np.median(percents), abs=1e-9)


def test_the_last_bin_holds_full_marks() -> None:
    assert scores_of([100, 95, 0, 9.99, 10]).bins == (2, 1, 0, 0, 0, 0, 0, 0, 0, 2)


def test_misconceptions_come_by_frequency_with_those_concerned(asked: Assignment) -> None:
    found = of(
        asked, fakes.several("c"), *(fakes.no_correction(n) for n in "ba"), fakes.right("d")
    ).misconceptions
    assert [each.count for each in found] == [3, 1, 1, 1]
    assert found[0].code == "known.missing_bias_correction"
    assert found[0].students == ("a", "b", "c")
    assert found[0].share == 0.75


def test_the_representative_has_the_fewest_other_findings(asked: Assignment) -> None:
    (first, *_) = of(
        asked, fakes.several("a"), fakes.no_correction("b"), fakes.no_correction("c")
    ).misconceptions
    assert (first.representative, first.page) == ("b", "instructor/b/optimizers.html")


@pytest.mark.parametrize("code", ["attempted.missing", "facts.number", "load.note", "stopped.timed_out"])
def test_what_names_no_mistake_is_no_misconception(asked: Assignment, code: str) -> None:
    assert of(asked, with_finding("a", code, "It happened.")).misconceptions == ()


def test_mutants_of_one_code_are_told_apart_by_what_they_say(asked: Assignment) -> None:
    works = [
        with_finding(name, "mutant.drop_operand", f"The {name[0]} is left out.") for name in ("xa", "xb", "y")
    ]
    assert [(each.count, each.varies) for each in of(asked, *works).misconceptions] == [
        (2, False),
        (1, False),
    ]


def test_other_codes_are_one_and_what_they_say_is_an_example(asked: Assignment) -> None:
    works = [with_finding(name, "structure.shape", f"W1 has shape {name}.") for name in "ab"]
    (found,) = of(asked, *works).misconceptions
    assert (found.count, found.varies, found.message) == (2, True, "W1 has shape a.")


def test_sentences_that_never_repeat_do_not_fill_the_memory() -> None:
    findings = Findings()
    for number in range(80):
        found = Finding(code="relation.factor", message=f"{number} times too large.")
        findings.add(number, "update_lr", found, 0)
    assert [len(each.members.numbers) for each in findings.tallies] == [1] * 50 + [30]
    assert findings.tallies[-1].varies


def test_equal_wrong_answers_are_one_cluster_with_what_explains_them(asked: Assignment) -> None:
    works = [fakes.several("c"), fakes.no_correction("b"), fakes.no_correction("a"), fakes.right("d")]
    (found,) = of(asked, *works).clusters
    assert (found.exercise, found.count, found.students) == (
        "update_parameters_with_adam",
        3,
        ("a", "b", "c"),
    )
    assert (found.code, found.representative) == ("known.missing_bias_correction", "b")
    assert (len(found.cases), found.of_cases) == (12, 12)


def test_a_cluster_that_only_facts_describe_has_no_explanation_yet(asked: Assignment) -> None:
    works = [with_finding(name, "facts.values", "All of W1 differ.") for name in "ab"]
    (found,) = of(asked, *works).clusters
    assert (found.code, found.message) == ("", "")


def test_a_finding_that_not_all_of_a_cluster_share_explains_it_not(asked: Assignment) -> None:
    works = [with_finding("a", "known.one", "One."), with_finding("b", "known.other", "Other.")]
    (found,) = of(asked, *works).clusters
    assert found.code == ""


def test_a_wrong_answer_of_one_student_is_no_cluster(asked: Assignment) -> None:
    assert of(asked, fakes.no_correction("a"), fakes.right("b")).clusters == ()


def sketched(
    result: SubmissionResult, student: str, sketch: tuple[int, ...], **more: Any
) -> SubmissionResult:
    digest = more.pop("digest", student.encode().hex().ljust(64, "0"))
    return result.model_copy(
        update={"student": student, "sketch": sketch, "submission_sha256": digest} | more
    )


def alike(asked: Assignment, *results: SubmissionResult) -> Dashboard:
    analysis = Analysis({asked.name: asked})
    for result in results:
        analysis.add(result)
    return analysis.dashboard()


def sketch(seed: int, like: tuple[int, ...] = (), share: float = 0.0) -> tuple[int, ...]:
    own = np.random.default_rng(seed).integers(0, 2**32, 64).tolist()
    kept = round(64 * share)
    return tuple(like[:kept]) + tuple(own[kept:])


def test_files_with_equal_wrong_answers_and_most_of_their_code_in_common_are_read_together(
    asked: Assignment,
) -> None:
    wrong = fakes.grade(fakes.no_correction(), asked).result
    first = sketch(1)
    found = alike(
        asked,
        sketched(wrong, "b", first),
        sketched(wrong, "a", sketch(2, first, 0.9)),
        sketched(wrong, "c", sketch(3, first, 0.5)),
        sketched(wrong, "d", sketch(4)),
    ).alike
    (group,) = found
    assert group.students == ("a", "b")
    assert group.pages == ("instructor/a/optimizers.html", "instructor/b/optimizers.html")
    assert group.exercises == ("update_parameters_with_adam",)
    assert group.similarity == pytest.approx(0.9, abs=0.02)
    assert not group.identical


def test_alike_files_with_other_answers_or_none_wrong_are_not(asked: Assignment) -> None:
    right, wrong = (fakes.grade(work, asked).result for work in (fakes.right(), fakes.no_correction()))
    other = fakes.grade(fakes.Work("x", {"update_lr": lambda *_, **__: 3.0}), asked).result
    same = sketch(1)
    results = [
        sketched(right, "a", same),
        sketched(right, "b", same),
        sketched(wrong, "c", same),
        sketched(other, "d", same),
    ]
    assert alike(asked, *results).alike == ()


def test_the_same_file_twice_is_read_together_though_all_is_right(asked: Assignment) -> None:
    right = fakes.grade(fakes.right(), asked).result
    (group,) = alike(
        asked,
        *(sketched(right, name, sketch(1), digest="ab" * 32) for name in "ab"),
        sketched(right, "c", sketch(1)),
    ).alike
    assert (group.students, group.identical, group.similarity) == (("a", "b"), True, 1.0)


def test_the_same_few_lines_twice_say_nothing(asked: Assignment) -> None:
    right = fakes.grade(fakes.right(), asked).result
    assert alike(asked, *(sketched(right, name, (), digest="ab" * 32) for name in "ab")).alike == ()


def test_a_chain_of_copies_is_one_group_and_found_without_comparing_all_pairs() -> None:
    files = AlikeFiles()
    first = sketch(1)
    for number in range(3000):
        files.add(number, f"{number:032x}" * 2, sketch(number + 2, first, 0.95), [0])
    (group,) = files.groups()
    assert len(group.members) == 3000
    assert group.similarity >= ALIKE


def test_strangers_are_not_grouped() -> None:
    files = AlikeFiles()
    for number in range(1000):
        files.add(number, f"{number:032x}" * 2, sketch(number, sketch(0), 0.15), [0])
    assert files.groups() == ()


@pytest.mark.parametrize("name", ["ada", fakes.HOSTILE, "ad\udcff", "a" * 300, ""], ids=ascii)
def test_a_row_holds_what_the_table_shows(asked: Assignment, name: str) -> None:
    rows = Rows({each.name: each.spec.points for each in asked.exercises})
    work = fakes.several(name)
    work.functions["update_lr"] = lambda learning_rate0, epoch_num, decay_rate: (
        learning_rate0 / (1 + decay_rate * min(epoch_num, 5))
    )
    rows.add(fakes.grade(work, asked).result, [3, 1], [0])
    (line,) = rows.by_name()
    row = decoded(line)
    assert "\n" not in line
    line.encode()
    assert row.verdicts == "pftpppepffpn"
    assert (row.scores[0], row.scores[9]) == (8, 2.86)
    assert (row.findings, row.answers) == ([1, 3], [0])
    assert [rows.reasons[each] for each in row.reasons] == ["event", "ran out of time"]


def test_a_row_without_parts_of_points_holds_no_points(asked: Assignment) -> None:
    rows = Rows({each.name: each.spec.points for each in asked.exercises})
    rows.add(fakes.grade(fakes.no_correction("a"), asked).result, [], [])
    assert decoded(next(rows.by_name())) == Row("a", "", 82.0, "ppppppppfppp", [], [], [], [])


def test_results_of_an_assignment_that_is_not_asked_for_are_left_out(asked: Assignment) -> None:
    analysis = Analysis({"another": asked})
    analysis.add(fakes.grade(fakes.right(), asked).result)
    assert analysis.dashboard().submissions == 0


def test_the_part_of_one_assignment_holds_it_alone(asked: Assignment) -> None:
    other = fakes.assignment(name="batchnorm", week=1)
    analysis = Analysis({each.name: each for each in (asked, other)})
    for each, work in (
        (asked, fakes.no_correction("a")),
        (other, fakes.several("a")),
        (other, fakes.several("b")),
    ):
        analysis.add(fakes.grade(work, each).result)
    whole = analysis.dashboard()
    part = whole.of("batchnorm")
    assert [each.name for each in whole.assignments] == ["batchnorm", "optimizers"]
    assert (whole.submissions, part.submissions, whole.students) == (3, 2, 2)
    for name in ("cases", "misconceptions", "clusters", "attention"):
        assert {each.assignment for each in getattr(part, name)} == {"batchnorm"}
    assert whole.assignments[1].missing == ("b",)
