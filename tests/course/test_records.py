"""Records: plain to make, checked where they are read, written as their schema says."""

from __future__ import annotations

import json
import math
import pickle
from dataclasses import FrozenInstanceError

import pytest
from pydantic import ValidationError

from grader.course.model import AtMost, CaseSpec, Equal, Holds, Limits, Tolerance
from grader.results import CaseResult, Finding, Kind, Verdict

CASE = CaseResult(
    name="a", visibility="public", verdict=Verdict.PASSED, weight=1, outcome=Kind.RETURNED, seconds=math.nan
)


def test_a_record_is_read_as_it_was_written() -> None:
    finding = Finding(code="known.x", message="It is.", help=("Look.", "Twice."))
    assert Finding.model_validate_json(finding.model_dump_json(), strict=True) == finding
    assert Finding.model_validate(finding.model_dump()) == finding


def test_whole_numbers_are_written_as_the_field_has_them() -> None:
    assert json.loads(CASE.model_dump_json())["weight"] == 1.0
    assert '"weight":1.0' in CASE.model_dump_json()


def test_a_number_that_is_none_is_null_in_results_and_refused_in_settings() -> None:
    assert json.loads(CASE.model_dump_json())["seconds"] is None
    with pytest.raises(ValidationError, match="finite"):
        Limits(case_seconds=math.inf).checked()


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="more"):
        Tolerance.model_validate_json('{"relative": 1e-7, "more": 1}')


@pytest.mark.parametrize(
    "wrong",
    [Tolerance(relative=-1.0), AtMost(bound=0.0), Holds(properties=()), Limits(max_bytes=2**31)],
    ids=lambda wrong: type(wrong).__name__,
)
def test_constraints_are_checked_when_it_is_asked_for(wrong: Tolerance | AtMost | Holds | Limits) -> None:
    with pytest.raises(ValidationError):
        wrong.checked()


def test_a_checked_record_has_the_types_of_its_fields() -> None:
    assert isinstance(Tolerance(relative=1, absolute=0).checked().relative, float)


@pytest.mark.parametrize("judge", [Equal(), AtMost(bound=0.5), Holds(properties=("p",))])
def test_the_kind_says_which_judge_it_is(judge: Equal | AtMost | Holds) -> None:
    spec = CaseSpec(name="a", visibility="hidden", weight=1.0, judge=judge)
    assert CaseSpec.model_validate_json(spec.model_dump_json(), strict=True).judge == judge


def test_an_unknown_kind_is_refused() -> None:
    text = '{"name": "a", "visibility": "hidden", "weight": 1.0, "judge": {"kind": "guess"}}'
    with pytest.raises(ValidationError, match="does not match any of the expected tags"):
        CaseSpec.model_validate_json(text)


def test_the_schema_describes_every_field() -> None:
    fields = CaseResult.model_json_schema()["properties"].values()
    assert all(field.get("description") for field in fields)


def test_a_copy_has_the_new_values_and_the_first_one_keeps_its_own() -> None:
    other = CASE.model_copy(update={"name": "b"})
    assert (other.name, other.verdict, CASE.name) == ("b", CASE.verdict, "a")


def test_a_record_cannot_be_changed_and_goes_to_other_processes() -> None:
    with pytest.raises(FrozenInstanceError):
        CASE.name = "b"  # type: ignore[misc]
    finding = Finding(code="x", message="y")
    assert pickle.loads(pickle.dumps(finding)) == finding
