"""The layers of the strong box: each holds alone, each is missed, and grading refuses without it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.course.model import Submission
from grader.errors import BoxFailure, SandboxUnavailable
from grader.results import Kind
from grader.sandbox.box import open_box
from tests.sandbox.conftest import small_assignment, value

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the strong box needs Linux")

if sys.platform.startswith("linux"):
    from grader.sandbox import layers, strong
    from grader.sandbox.inside import confine


def try_layers(*names: str) -> dict[str, dict[str, str]]:
    parent = strong.StrongParent(layers._EMPTY, names)
    try:
        return parent.try_layers()
    finally:
        parent.close()


def test_without_layers_every_attempt_but_those_the_parent_prevents_succeeds():
    """The probes can fail: what they call held back is held back by a layer."""
    found = try_layers()
    succeeded = {name for probes in found.values() for name, what in probes.items() if what}
    everything = {name for probes in found.values() for name in probes}
    prevented_by_the_parent = {"read the environment", "use inherited descriptors"}
    if os.getuid() != 0:
        prevented_by_the_parent |= {"use capabilities", "read /etc/passwd"} - succeeded
    assert succeeded == everything - prevented_by_the_parent


@pytest.mark.parametrize("layer", ["limits", "files", "calls", "privileges"])
def test_each_layer_alone_holds_back_what_it_forbids(layer: str):
    assert set(try_layers(layer)[layer].values()) == {""}


def test_all_layers_together_hold():
    found = try_layers(*confine.REQUIRED)
    assert {what for layer in confine.REQUIRED for what in found[layer].values()} == {""}


@pytest.mark.parametrize("layer", ["limits", "files", "calls", "privileges"])
def test_grading_refuses_when_a_layer_does_not_hold(layer: str, monkeypatch: pytest.MonkeyPatch):
    remaining = tuple(name for name in confine.LAYERS if name != layer)
    # seccomp and Landlock bring no_new_privs along; the privileges probes must still miss their own layer
    monkeypatch.setattr(layers, "StrongParent", lambda plan, **_: strong.StrongParent(plan, remaining))
    with pytest.raises(SandboxUnavailable, match=layer) as refusal:
        open_box(small_assignment())
    assert refusal.value.help


def test_grading_refuses_when_the_course_is_readable_from_the_box(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(layers, "readable_folders", lambda: [str(tmp_path)])
    course = tmp_path / "course"
    course.mkdir()
    with pytest.raises(SandboxUnavailable, match="readable"):
        open_box(small_assignment(), private=[course])


def test_a_machine_without_namespaces_is_graded_on_and_says_so(monkeypatch: pytest.MonkeyPatch):
    only_required = strong.StrongParent
    monkeypatch.setattr(layers, "StrongParent", lambda plan, **_: _without_namespaces(only_required(plan)))
    with open_box(small_assignment()) as box:
        assert box.name == "strong without namespaces"


def _without_namespaces(parent: strong.StrongParent) -> strong.StrongParent:
    parent.missing_namespaces = "unshare: Operation not permitted"
    return parent


def test_the_doctor_finds_every_layer_here():
    states = layers.examine()
    assert [state.name for state in states] == list(confine.LAYERS)
    for state in states:
        assert state.holds or not state.required, state
        assert state.tried or not state.holds


def test_a_broken_layer_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch):
    real = strong.StrongParent
    monkeypatch.setattr(layers, "StrongParent", lambda plan, names: real(plan, []))
    states = layers.examine()
    assert not any(state.holds for state in states)
    assert all(state.remedy and state.found for state in states)


def test_a_box_parent_that_dies_is_replaced_and_the_submission_graded():
    with open_box(small_assignment()) as box:
        assert isinstance(box._parent, strong.StrongParent)
        box._parent._process.kill()
        box._parent._process.wait()
        run = box.run(Submission("someone", "small", b"def add(x, y=2):\n    return x + y\n"))
    assert value(run.outcomes["add", "defaults"]) == 3.0


def test_calls_py_that_does_not_run_is_the_authors_to_mend():
    import dataclasses

    broken = dataclasses.replace(small_assignment(), calls=b"import nonsense_that_is_not_there\n")
    with pytest.raises(BoxFailure, match="nonsense_that_is_not_there") as failure:
        open_box(broken)
    assert "calls.py" in failure.value.help


SECRETS = """
import os
def add(x, y=2):
    try:
        return open({path!r}).read()
    except OSError as error:
        return type(error).__name__
def scale(x, *, factor=1):
    found = []
    for descriptor in range(3, 64):
        try:
            os.fstat(descriptor)
            found.append(descriptor)
        except OSError:
            pass
    return len(found), dict(os.environ), os.getppid()
def driven(x):
    import socket
    try:
        socket.socket()
    except OSError as error:
        return error.errno
"""


def test_a_submission_reads_neither_files_nor_environment_nor_network(tmp_path: Path):
    secret = tmp_path / "hidden.h5"
    secret.write_text("answers")
    with open_box(small_assignment()) as box:
        run = box.run(Submission("someone", "small", SECRETS.format(path=str(secret)).encode()))
    assert value(run.outcomes["add", "defaults"]) == "PermissionError"
    descriptors, environment, _ = value(run.outcomes["scale", "negative"])
    assert descriptors == 1
    assert environment == {}
    assert value(run.outcomes["driven", "one"]) == 1  # EPERM


def test_memory_over_the_limit_is_refused():
    with open_box(small_assignment(memory_mib=64)) as box:
        source = b"import numpy as np\ndef add(x, y=2):\n    return np.ones(10**8).sum()\n"
        run = box.run(Submission("someone", "small", source))
    raised = run.outcomes["add", "defaults"].raised
    assert raised is not None
    assert raised.nearest == "MemoryError"
    assert run.outcomes["add", "defaults"].kind is Kind.RAISED


LOOP_FOR_EVER = """
from grader.course.model import Submission
from grader.sandbox.box import open_box
from tests.sandbox.conftest import small_assignment
with open_box(small_assignment()) as box:
    print(box._parent._process.pid, flush=True)
    while True:
        box.run(Submission("someone", "small", b"while True: pass"))
"""


def test_everything_ends_with_the_grader_even_where_that_is_killed():
    grader = subprocess.Popen(
        [sys.executable, "-c", LOOP_FOR_EVER], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert grader.stdout is not None
    family = [int(grader.stdout.readline())]
    for number in family:  # grows as it goes
        family += map(int, Path(f"/proc/{number}/task/{number}/children").read_text().split())
    grader.kill()
    grader.communicate()
    deadline = time.monotonic() + 5
    while any(map(_runs, family)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(map(_runs, family))


def _runs(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_nothing_is_left_running_after_the_box_is_closed():
    box = open_box(small_assignment())
    assert isinstance(box._parent, strong.StrongParent)
    pid = box._parent._process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    box.close()
    assert not any(map(_runs, (pid, *map(int, children))))
