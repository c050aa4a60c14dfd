"""Source is cut as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.source import Source, signature
from grader.errors import CourseError

TEXT = '''\
def plain(X, epsilon=1e-8):
    """Doc "é"."""
    # why
    y = X  # ü
    return y + epsilon


@decorated
def spread(
    X,
    # a comment
    epsilon=1e-8,
):
    """Doc."""
    return (X,
            epsilon)


def bare(x):
    y = x
    return y


def one_line(x=")"): return x


def only_doc():
    """Doc."""
'''


@pytest.fixture
def source() -> Source:
    return Source.parse(Path("solution.py"), TEXT)


def test_header_docstring_and_body_are_as_written(source: Source) -> None:
    node = source.function("plain")
    assert node is not None
    assert source.header(node) == "def plain(X, epsilon=1e-8):"
    assert source.docstring(node) == '"""Doc "é"."""'
    assert source.body(node) == "# why\ny = X  # ü\nreturn y + epsilon"


def test_a_definition_is_cut_without_decorators(source: Source) -> None:
    node = source.function("spread")
    assert node is not None
    assert source.cut(node).startswith("def spread(\n    X,\n")
    assert source.cut(node).endswith("            epsilon)")


def test_columns_are_those_of_characters_not_of_bytes() -> None:
    text = 'def f(): return "é"; x = 1  # more\n'
    source = Source.parse(Path("solution.py"), text)
    (node,) = source.tree.body
    assert source.cut(node) == 'def f(): return "é"; x = 1'


def test_a_header_over_several_lines_keeps_them_but_not_comments(source: Source) -> None:
    node = source.function("spread")
    assert node is not None
    assert source.header(node) == "def spread(\n    X,\n    epsilon=1e-8,\n):"


@pytest.mark.parametrize(
    ("name", "header", "body"),
    [
        ("bare", "def bare(x):", "y = x\nreturn y"),
        ("one_line", 'def one_line(x=")"):', "return x"),
        ("only_doc", "def only_doc():", "pass"),
    ],
)
def test_functions_of_every_form_are_taken_apart(source: Source, name: str, header: str, body: str) -> None:
    node = source.function(name)
    assert node is not None
    assert (source.header(node), source.body(node)) == (header, body)


def test_there_is_no_function_of_an_unknown_name(source: Source) -> None:
    assert source.function("absent") is None


def test_edits_replace_every_occurrence_at_once(source: Source) -> None:
    node = source.function("bare")
    assert node is not None
    assert source.edited(node, {"x": "y", "y": "x"}) == "def bare(y):\n    x = y\n    return x"


def test_the_longer_of_two_keys_wins(source: Source) -> None:
    node = source.function("plain")
    assert node is not None
    edited = source.edited(node, {"y": "z", "y + epsilon": "y"})
    assert edited.endswith("    z = X  # ü\n    return y")


def test_edits_leave_the_docstring_alone(source: Source) -> None:
    node = source.function("plain")
    assert node is not None
    assert '"""Doc "é"."""' in source.edited(node, {"o": "0"})


@pytest.mark.parametrize("key", ["Doc", "", "absent"], ids=["in the docstring only", "empty", "absent"])
def test_a_piece_that_does_not_occur_is_named(source: Source, key: str) -> None:
    node = source.function("plain")
    assert node is not None
    with pytest.raises(KeyError, match=f"^'{key}'$"):
        source.edited(node, {"y": "z", key: "x"})


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("def f():", "f()"),
        ("def f(a, b=1e-8):", "f(a, b=1e-8)"),
        ("def f(\n    a,\n    b=(1, 2),\n) -> float:", "f(a, b=(1, 2))"),
        ("def f(a):  # a comment", "f(a)"),
    ],
    ids=["no parameters", "defaults", "over lines", "comment"],
)
def test_a_signature_is_one_line(header: str, expected: str) -> None:
    assert signature(header) == expected


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"solution\.py: there is no such file"):
        Source.read(tmp_path / "solution.py")


def test_a_syntax_error_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "solution.py"
    path.write_text("x = 1\ndef f(:\n")
    with pytest.raises(CourseError, match=r"solution\.py, line 2: "):
        Source.read(path)


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "solution.py"
    path.write_bytes(b"# \xe9\n")
    with pytest.raises(CourseError, match=r"solution\.py: .*utf-8") as caught:
        Source.read(path)
    assert caught.value.help == "save it as UTF-8 text"
