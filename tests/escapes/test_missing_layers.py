"""What `grade run` does where a layer is missing: each is really taken away, from the whole process tree.

A filter of system calls around `grade` has the kernel refuse what a layer is made of, as a kernel without it
would; or say that all is well, and do nothing.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.build import build_assignment
from grader.report.paths import page_path

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the strong box needs Linux")

RIGHT = """
def update_lr(learning_rate0, epoch_num, decay_rate=0.1):
    return learning_rate0 / (1 + decay_rate * epoch_num)

def centre(X):
    mu = mean_of_rows(X)
    return X - mu, mu
"""

#: Starts `grade` behind a filter: pairs of a system call and, where it has them, an argument and its value.
BEHIND_A_FILTER = """
import runpy, sys
import pyseccomp as seccomp
rules = seccomp.SyscallFilter(seccomp.ALLOW)
for name, comparisons in {calls!r}:
    rules.add_rule(seccomp.ERRNO({error}), name, *(seccomp.Arg(n, getattr(seccomp, how), what)
                                                  for n, how, what in comparisons))
rules.load()
sys.argv[0] = "grade"
runpy.run_module("grader", run_name="__main__")
"""

LANDLOCK, ENTER = ("landlock_create_ruleset", ()), ("landlock_restrict_self", ())
FILTER, TRACEABLE = ("prctl", ((0, "EQ", 22),)), ("prctl", ((0, "EQ", 4),))
LIMITS = ("prlimit64", ((2, "NE", 0),))

EPERM, EINVAL, ENOSYS, NOTHING = 1, 22, 38, 0

#: What is taken away, with which error, and what `grade run` says.
MISSING = {
    "files: not in this kernel": ([LANDLOCK], ENOSYS, "layer 'files' of the box is missing"),
    "files: does nothing": (
        [ENTER],
        NOTHING,
        "layer 'files' of the box does not hold: /etc/passwd can be read",
    ),
    "calls: not in this kernel": ([FILTER], EINVAL, "a layer of the box is missing"),
    "calls: does nothing": (
        [FILTER],
        NOTHING,
        "layer 'calls' of the box does not hold: a socket can be made",
    ),
    "limits: refused": ([LIMITS], EPERM, "layer of the box is missing"),
    "limits: does nothing": ([LIMITS], NOTHING, "layer 'limits' of the box does not hold"),
    "privileges: refused": ([TRACEABLE], EPERM, "a layer of the box is missing"),
    "privileges: does nothing": ([TRACEABLE], NOTHING, "layer 'privileges' of the box does not hold"),
    "capabilities: refused": ([("capset", ())], EPERM, "layer 'privileges' of the box is missing: capset"),
}

GradeRun = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(own_course: Path, tmp_path: Path) -> GradeRun:
    """Run ``grade run`` on one right submission, behind a filter."""
    handed_in = tmp_path / "submissions" / "ana"
    handed_in.mkdir(parents=True)
    (handed_in / "warmup.py").write_text(RIGHT)

    def behind(calls: object, error: int, *words: str) -> subprocess.CompletedProcess[str]:
        source = BEHIND_A_FILTER.format(calls=calls, error=error)
        command = [
            sys.executable,
            "-c",
            source,
            "run",
            str(handed_in.parent),
            "--workers",
            "1",
            "--out",
            str(tmp_path / "reports"),
        ]
        return subprocess.run([*command, *words], cwd=own_course, capture_output=True, text=True, check=False)

    return behind


@pytest.mark.parametrize("name", MISSING)
def test_without_a_layer_nothing_is_graded_and_the_layer_is_named(run: GradeRun, tmp_path: Path, name: str):
    calls, error, message = MISSING[name]
    done = run(calls, error)
    assert done.returncode != 0
    assert message in done.stderr
    assert name.partition(":")[0].replace("capabilities", "privileges") in done.stderr
    assert "help:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "reports" / "students").exists()


@pytest.mark.parametrize("refused", ["unshare", "mount_setattr"])
def test_without_namespaces_it_is_graded_and_said(run: GradeRun, tmp_path: Path, refused: str):
    done = run([(refused, ())], EPERM)
    assert done.returncode == 0, done.stderr
    results = (tmp_path / "reports" / "results.jsonl").read_text()
    assert '"sandbox":"strong without namespaces"' in results
    assert '"score":100.0' in results


def test_the_weak_box_goes_on_without_any_and_says_so(run: GradeRun, tmp_path: Path):
    done = run([LANDLOCK, FILTER, ("unshare", ())], ENOSYS, "--sandbox", "weak")
    assert done.returncode == 0, done.stderr
    assert '"sandbox":"weak"' in (tmp_path / "reports" / "results.jsonl").read_text()
    page = (tmp_path / "reports" / page_path("instructor", "ana", "warmup")).read_text()
    assert "Weak sandbox" in page


def test_a_value_on_which_a_property_raises_costs_nobody_else_a_grade(
    run: GradeRun, own_course: Path, tmp_path: Path
):
    """Who finds such a value must not stop the run, nor have it tell what the exception says."""
    properties = own_course / "assignments" / "warmup" / "properties.py"
    trap = "    if abs(returned['X']).max() > 1e100:\n        raise ValueError('LEAK', inputs)\n"
    properties.write_text(properties.read_text().replace("    mean = ", trap + "    mean = "))
    build_assignment(own_course, "warmup")
    hostile = tmp_path / "submissions" / "aaron"
    hostile.mkdir()
    (hostile / "warmup.py").write_text(RIGHT.replace("return X - mu, mu", "return X * 1e200, mu"))
    done = run([], 0)
    assert done.returncode == 1
    lines = (tmp_path / "reports" / "results.jsonl").read_text().splitlines()
    assert sorted('"score":100.0' in line for line in lines) == [False, True]
    assert "property 'has_mean_zero' raises ValueError" in "".join(lines)
    for page in (tmp_path / "reports").rglob("*.html"):
        assert "LEAK" not in page.read_text()
