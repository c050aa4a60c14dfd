"""``grade doctor`` and ``grade schema``."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from grader.cli import doctor as doctor_module
from grader.results import SubmissionResult
from grader.sandbox.layers import LayerState

HOLDS = LayerState("files", "reading files", True, True, (), ("read /etc/passwd",), "")
MISSING = LayerState("calls", "sockets", True, False, ("a socket could be made",), (), "install libseccomp")
OPTIONAL = LayerState("namespaces", "seeing others", False, False, ("not allowed",), (), "allow them")


@pytest.mark.parametrize(
    ("layers", "status"),
    [([HOLDS], 0), ([HOLDS, OPTIONAL], 0), ([HOLDS, MISSING], 2)],
    ids=["all", "optional missing", "required missing"],
)
def test_the_exit_status_says_whether_grading_would_refuse(call, monkeypatch, layers, status):
    monkeypatch.setattr(doctor_module, "examine", lambda: layers)
    assert call("doctor").exit_code == status


def test_each_layer_is_shown_with_what_was_tried_or_found(call, monkeypatch, golden):
    monkeypatch.setattr(doctor_module, "examine", lambda: [HOLDS, OPTIONAL, MISSING])
    golden("doctor.txt", call("doctor").output)


def test_json_has_every_field(call, monkeypatch):
    monkeypatch.setattr(doctor_module, "examine", lambda: [HOLDS])
    assert json.loads(call("doctor", "--json").stdout)[0]["tried"] == ["read /etc/passwd"]


def test_the_schema_is_that_of_a_line_of_results(call):
    schema = json.loads(call("schema").stdout)
    assert set(schema["properties"]) == {each.name for each in fields(SubmissionResult)}
    assert "submission_sha256" in schema["required"]
