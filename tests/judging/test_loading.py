import pytest
from test_diagnosis import text

from grader.judging.diagnosis import diagnose_load
from grader.results import Frame, Kind, Load, Raised


def raised(type_name, message, *frames, nearest=None):
    frames = tuple(Frame(*frame) for frame in frames)
    return Load(Kind.RAISED, raised=Raised(type_name, nearest or type_name, message, frames))


LOADS = {
    "syntax": raised("SyntaxError", "'(' was never closed", ("<file>", 12, "W = np.dot(a, b")),
    "indentation": raised("IndentationError", "unexpected indent", ("<file>", 3, "")),
    "syntax_of_a_notebook": raised("SyntaxError", "invalid syntax", ("<file>", 2, "%matplotlib inline")),
    "syntax_without_line": raised("SyntaxError", "source code string cannot contain null bytes"),
    "syntax_without_words": raised("SyntaxError", ""),
    "stopped": raised("NameError", "name 'plot' is not defined", ("<module>", 40, "plot(costs)")),
    "stopped_inside": raised(
        "KeyError", "'W9'", ("<module>", 40, "model(X)"), ("model", 12, 'W = parameters["W9"]')
    ),
    "stopped_without_frames": raised("RecursionError", ""),
    "stopped_of_own_kind": raised("Oops", "no", ("<module>", 1, "raise Oops('no')"), nearest="Exception"),
    "timed_out": Load(Kind.TIMED_OUT, reason="1 s"),
    "crashed": Load(Kind.CRASHED, reason="killed by SIGSEGV"),
    "too_large": Load(Kind.TOO_LARGE, reason="3 MiB"),
    "tampered": Load(Kind.TAMPERED),
    "not_run": Load(Kind.NOT_RUN),
    "notes": Load(
        Kind.RETURNED, notes=("The file is not UTF-8; it was read as Latin-1.", "tabs were expanded")
    ),
}


@pytest.mark.parametrize("name", LOADS)
def test_what_concerns_the_whole_file(name, golden):
    golden(f"load_{name}.txt", text(diagnose_load(LOADS[name])))


def test_a_file_that_loads_needs_no_words():
    assert diagnose_load(Load(Kind.RETURNED)) == ()
