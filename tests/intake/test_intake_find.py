"""Finding submissions: the layouts, and what is passed over."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from grader.errors import SubmissionsError
from grader.intake.find import close_match, find_submissions
from grader.intake.names import printable

NAMES = ("optimizers", "softmax", "gradient_checking", "checking")


def put(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")
    return root


def pairs(path: Path, only: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(file.student, file.assignment) for file in find_submissions(path, NAMES, only=only).submissions]


def reasons(path: Path) -> dict[str, str]:
    return {entry.path: entry.reason for entry in find_submissions(path, NAMES).passed_over}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            ["ana/softmax.py", "bo/softmax.py"], [("ana", "softmax"), ("bo", "softmax")], id="by student"
        ),
        pytest.param(
            ["softmax/ana.py", "optimizers/bo.py"],
            [("ana", "softmax"), ("bo", "optimizers")],
            id="by assignment",
        ),
        pytest.param(
            ["ana_softmax.py", "bo_lee_softmax.py"], [("ana", "softmax"), ("bo_lee", "softmax")], id="flat"
        ),
        pytest.param(["ana_gradient_checking.py"], [("ana", "gradient_checking")], id="longest ending wins"),
        pytest.param(
            ["ana/softmax.py", "optimizers/ana.py", "bo_softmax.py"],
            [("ana", "optimizers"), ("ana", "softmax"), ("bo", "softmax")],
            id="mixed",
        ),
        pytest.param(["ana/softmax.PY"], [("ana", "softmax")], id="capital ending"),
    ],
)
def test_each_layout_tells_student_and_assignment(tmp_path, files, expected):
    assert pairs(put(tmp_path, *files)) == expected
    assert reasons(tmp_path) == {}


def test_one_students_own_folder_is_that_students(tmp_path):
    put(tmp_path / "ana", "softmax.py", "optimizers.py")
    assert pairs(tmp_path / "ana") == [("ana", "optimizers"), ("ana", "softmax")]


def test_one_assignments_own_folder_holds_students(tmp_path):
    put(tmp_path / "softmax", "ana.py", "bo.py")
    assert pairs(tmp_path / "softmax") == [("ana", "softmax"), ("bo", "softmax")]


@pytest.mark.parametrize(
    ("name", "only", "expected"),
    [
        ("softmax.py", (), ("you", "softmax")),
        ("ana_softmax.py", (), ("ana", "softmax")),
        ("homework.py", ("softmax",), ("you", "softmax")),
        ("_softmax.py", (), ("you", "softmax")),
    ],
)
def test_a_single_file_is_one_submission(tmp_path, name, only, expected):
    assert pairs(put(tmp_path, name) / name, only) == [expected]


def test_a_single_file_of_no_known_assignment_is_refused_with_the_nearest_name(tmp_path):
    put(tmp_path, "ana_sofmax.py")
    with pytest.raises(SubmissionsError, match='did you mean "softmax"') as refused:
        find_submissions(tmp_path / "ana_sofmax.py", NAMES)
    assert "--assignment" in refused.value.help


def test_only_the_assignments_asked_for_are_found_and_the_others_are_not_complained_about(tmp_path):
    put(tmp_path, "ana/softmax.py", "ana/optimizers.py")
    found = find_submissions(tmp_path, NAMES, only=["softmax"])
    assert [file.assignment for file in found.submissions] == ["softmax"]
    assert found.passed_over == ()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ana/notes.txt", "not a .py file"),
        ("ana/softmax.ipynb", "not a .py file"),
        ("notes.md", "not a .py file"),
        ("ana/optimisers.py", 'no assignment is named "optimisers", did you mean "optimizers"?'),
        ("ana_optimisers.py", 'no assignment is named "ana_optimisers", did you mean "optimizers"?'),
        ("ana/zzz.py", 'no assignment is named "zzz"'),
        ("ana/.softmax.py", "hidden"),
        (".git/softmax.py", "hidden"),
        ("__pycache__/softmax.py", "made by Python, not by a student"),
        ("ana/__pycache__/softmax.py", "made by Python, not by a student"),
        ("ana/softmax.py/x.py", "a folder, not a file"),
        ("ana_softmax.py/x.py", "a folder, not a file"),
        ("ana/deeper/softmax.py", "a folder, not a file"),
    ],
)
def test_what_is_no_submission_is_passed_over_with_a_reason(tmp_path, name, reason):
    found = find_submissions(put(tmp_path, name), NAMES)
    assert found.submissions == ()
    assert [entry.reason for entry in found.passed_over] == [reason]
    assert name.startswith(found.passed_over[0].path)


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(path))


def make_link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def make_broken_link(path: Path) -> None:
    path.symlink_to("nowhere.py")


def make_link_to_folder(path: Path) -> None:
    path.symlink_to("/", target_is_directory=True)


def make_device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("making a device takes privileges")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (make_fifo, "a named pipe, not a file"),
        (make_socket, "a socket, not a file"),
        (make_link, "a symbolic link: links are not followed"),
        (make_broken_link, "a symbolic link: links are not followed"),
        (make_link_to_folder, "a symbolic link: links are not followed"),
        (make_device, "a device, not a file"),
    ],
)
@pytest.mark.parametrize("place", ["ana/softmax.py", "ana_softmax.py"])
def test_only_plain_files_are_taken(tmp_path, monkeypatch, make, reason, place):
    monkeypatch.chdir(tmp_path)  # a socket's path has to be short
    (tmp_path / place).parent.mkdir(exist_ok=True)
    make(tmp_path / place)
    assert reasons(tmp_path) == {place: reason}
    assert pairs(tmp_path) == []


def test_finding_opens_no_file(tmp_path, monkeypatch):
    put(tmp_path, "ana/softmax.py")
    monkeypatch.setattr(os, "open", None)
    monkeypatch.setattr("builtins.open", None)
    assert pairs(tmp_path) == [("ana", "softmax")]


def test_a_second_file_for_the_same_student_and_assignment_is_passed_over(tmp_path):
    put(tmp_path, "ana/softmax.py", "ana_softmax.py", "softmax/ana.py")
    assert pairs(tmp_path) == [("ana", "softmax")]
    assert reasons(tmp_path) == {
        "ana_softmax.py": "ana has handed in softmax already: ana/softmax.py",
        "softmax/ana.py": "ana has handed in softmax already: ana/softmax.py",
    }


def test_a_file_without_a_students_name_is_passed_over(tmp_path):
    assert reasons(put(tmp_path, "_softmax.py")) == {
        "_softmax.py": "no student's name before the assignment's"
    }


def test_a_folder_that_cannot_be_read_is_passed_over(tmp_path, monkeypatch):
    put(tmp_path, "ana/softmax.py", "bo/softmax.py")
    scandir = os.scandir

    def refuse(path):
        if isinstance(path, os.DirEntry) and path.name == "ana":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert pairs(tmp_path) == [("bo", "softmax")]
    assert reasons(tmp_path) == {"ana": "the folder cannot be read: Permission denied"}


@pytest.mark.parametrize("kind", ["missing", "pipe", "nul"])
def test_a_path_that_is_neither_folder_nor_file_is_an_operators_error(tmp_path, kind):
    path = Path("a\0b") if kind == "nul" else tmp_path / "x"
    if kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(SubmissionsError) as refused:
        find_submissions(path, NAMES)
    assert refused.value.help


def test_the_folder_itself_may_be_a_link(tmp_path):
    put(tmp_path / "real", "ana/softmax.py")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert pairs(tmp_path / "link") == [("ana", "softmax")]


NASTY = [
    b"O'Neil",
    b'say "hi"',
    b"a\nb",
    b"a\\x0ab",
    b"a..b",
    b"x=1",
    b"<b>bold<",
    b"caf\xe9",
    b"caf\xc3\xa9",
    b"caf\\xe9",
    b"\x1b[31mred",
    "\u202eevil".encode(),
    "Zoë 王".encode(),
    b"-rf",
    b" ",
]


def test_nasty_names_stay_distinct_printable_and_encodable(tmp_path):
    for name in NASTY:
        put(tmp_path / os.fsdecode(name), "softmax.py")
    found = find_submissions(tmp_path, NAMES)
    students = [file.student for file in found.submissions]
    assert len(set(students)) == len(NASTY)
    assert all(name.isprintable() and name.encode("utf-8") for name in students)
    assert all(file.shown.isprintable() and file.path.exists() for file in found.submissions)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Zoë O'Neil", "Zoë O'Neil"),
        ("a\nb", r"a\x0ab"),
        ("a\\x0ab", r"a\x5cx0ab"),
        (os.fsdecode(b"caf\xe9"), r"caf\xe9"),
        ("\x85", r"\u0085"),
        ("\u202eevil", r"\u202eevil"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_what_cannot_be_printed_is_written_as_an_escape(name, shown):
    assert printable(name) == shown


def test_the_order_is_by_student_then_assignment(tmp_path):
    put(tmp_path, "b/softmax.py", "a/softmax.py", "a/optimizers.py", "optimizers/c.py")
    assert pairs(tmp_path) == [("a", "optimizers"), ("a", "softmax"), ("b", "softmax"), ("c", "optimizers")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("optimizer", "optimizers"), ("Softmax", "softmax"), ("ana_bo_sofmax", "softmax"), ("pizza", "")],
)
def test_a_mistyped_name_finds_the_nearest_known_one(typed, meant):
    assert close_match(typed, NAMES) == meant
