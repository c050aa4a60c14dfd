from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.paths import page_link, page_path, safe_name

NAMES = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
LOOKALIKES = [
    *(
        "ada",
        "Ada",
        "ADA",
        "ada ",
        " ada",
        "ada.",
        ".ada",
        "ad\u0061\u0301",
        "ad\u00e1",
        "ada\n",
        "ada/",
        "ada\\",
    ),
    *(
        "",
        " ",
        ".",
        "..",
        "...",
        "../ada",
        "~",
        "-",
        "student",
        "con",
        "CON",
        "con.html",
        "nul",
        "=ada",
        "<ada>",
    ),
    *("a" * 80, "a" * 81, "a" * 5000, "a" * 5001, "\udcff", "\udcfe", "'", '"', "ada~aaaaaaaaaaaaaaaa"),
]


@given(NAMES)
def test_a_name_is_one_file_name_of_at_most_200_bytes(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= 200
    assert safe not in {".", ".."}
    assert not set(safe) & set('/\\\0<>:"|?*=\n\r\t')
    assert safe[0] not in ".-~"
    assert safe[-1] != "."


@given(NAMES, NAMES)
def test_two_names_are_two_files_even_where_case_is_ignored(one: str, other: str) -> None:
    assert (safe_name(one).casefold() == safe_name(other).casefold()) == (one == other)


def test_names_that_look_alike_are_different_files() -> None:
    safe = sorted(safe_name(name).casefold() for name in LOOKALIKES)
    assert all(one != other for one, other in pairwise(safe))


@pytest.mark.parametrize("name", ["ada", "ada_lovelace", "s1234567", "ada.lovelace", "ada-2"])
def test_an_ordinary_name_is_its_own_file_name(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("Ada Lovelace", "Ada-Lovelace"),
        ("李明", "李明"),
        ("Émilie", "Émilie"),
        ("../../x", "x"),
        ("", "student"),
    ],
)
def test_any_other_name_stays_readable(name: str, readable: str) -> None:
    assert safe_name(name).partition("~")[0] == readable


def test_a_page_lies_two_folders_deep_and_its_link_is_quoted() -> None:
    assert str(page_path("student", "ada", "optimizers")) == "students/ada/optimizers.html"
    assert page_link("instructor", "李", "x").startswith("instructor/%E6%9D%8E~")
