"""What all tests share.

Goldens are texts pinned in files, which ``pytest --update-goldens`` writes anew.
"""

import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.build import build_assignment

SMALL = Path(__file__).parent / "courses" / "small"
QUIZ = Path(__file__).parent / "courses" / "quiz"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens", action="store_true", help="write the pinned texts anew; then read the diff"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with ``goldens/<name>`` beside the test's file."""

    def check(name: str, text: str) -> None:
        path = Path(request.path).parent / "goldens" / name
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path} is missing: write it with --update-goldens"
        assert text == path.read_text(encoding="utf-8")

    return check


@pytest.fixture(autouse=True)
def own_gradebook(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a gradebook of its own: courses are shared."""
    folder = tmp_path_factory.getbasetemp() / "gradebooks" / uuid.uuid4().hex
    monkeypatch.setenv("GRADE_GRADEBOOK", str(folder / "gradebook.sqlite"))


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a built course of one assignment, ``warmup``; for reading only."""
    root = shutil.copytree(SMALL, tmp_path_factory.mktemp("course") / "small")
    build_assignment(root, "warmup")
    return root


@pytest.fixture
def own_course(course: Path, tmp_path: Path) -> Path:
    """Return the root of a copy of `course` that the test may change."""
    return shutil.copytree(course, tmp_path / "own")


@pytest.fixture(scope="session")
def quiz_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a built course of one quiz, ``check_up``; for reading only."""
    root = shutil.copytree(QUIZ, tmp_path_factory.mktemp("course") / "quiz")
    build_assignment(root, "check_up")
    return root


@pytest.fixture
def own_quiz(quiz_course: Path, tmp_path: Path) -> Path:
    """Return the root of a copy of `quiz_course` that the test may change."""
    return shutil.copytree(quiz_course, tmp_path / "own_quiz")
