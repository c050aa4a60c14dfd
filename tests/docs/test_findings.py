"""The catalogue of findings and the grader say the same.

Every code has an entry, every entry a code; every example is handed in, and is told what the catalogue says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import findings_course as course
import pytest
from markdown_it import MarkdownIt

from grader.authoring.mutants.edit import OPERATORS
from grader.course.load import load_assignment
from grader.course.model import Submission
from grader.course.mutants import unpack_mutants, unpack_words
from grader.grading import grade
from grader.judging.diagnosis import CODES
from grader.judging.diagnosis.wording import say
from grader.results import Finding
from grader.sandbox.box import open_box

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "docs" / "findings.md"

#: Assignments whose references the examples of edits are of.
COURSE = (
    "initialization",
    "regularization",
    "gradient_checking",
    "optimizers",
    "hyperparameters",
    "batchnorm",
    "softmax",
)

#: What no file by itself brings about: faults of the grader's, and a file beyond the size limit.
WITHOUT_EXAMPLE = ("file.nothing_to_run", "load.not_run", "load.too_large", "stopped.not_run")

#: What the build finds out of the reference: the examples have none.
FROM_THE_BUILD = ("known.", "mutant.", "helpers.")


@dataclass(frozen=True)
class Entry:
    """One code of the catalogue: the finding's sentence, and a file that is told it ("" without)."""

    code: str
    sentence: str
    source: str
    text: str


def entries() -> Iterator[Entry]:
    for part in re.split(r"^### ", CATALOGUE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        text = re.split(r"^## ", text, flags=re.MULTILINE)[0]
        code = heading.strip("`")
        quoted = " ".join(line[2:] for line in text.splitlines() if line.startswith("> "))
        fences = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
        yield Entry(code, quoted, fences[0].content if fences else "", text)


ENTRIES = list(entries())
EXAMPLES = [entry for entry in ENTRIES if entry.source]


def test_every_code_has_an_entry_and_every_entry_a_code() -> None:
    named = [entry.code for entry in ENTRIES]
    assert sorted(named) == sorted(set(named)), "a code has two entries"
    assert sorted(CODES) == sorted(named)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_an_entry_says_why_and_how_to_find_it(entry: Entry) -> None:
    assert entry.sentence, "no example sentence"
    assert "*Why.*" in entry.text
    assert "*Find it.*" in entry.text


def test_whatever_can_have_an_example_has_one() -> None:
    without = {
        entry.code for entry in ENTRIES if not entry.source and not entry.code.startswith(FROM_THE_BUILD)
    }
    assert without == set(WITHOUT_EXAMPLE)


@pytest.fixture(scope="module")
def told(quiz_course: Path) -> Iterator[Callable[[str], list[Finding]]]:
    """Hand in a source and return what it is told; answers are for the quiz of the tests."""
    asked, quiz = course.assignment(), load_assignment(quiz_course, "check_up")
    key = course.key(asked)
    with open_box(asked, "weak", ahead=True) as box, open_box(quiz, "weak") as quiz_box:

        def hand_in(source: str) -> list[Finding]:
            if re.match(r"Q\d", source):
                graded = grade(Submission("you", quiz.name, source.encode()), quiz, quiz_box)
            else:
                graded = grade(Submission("you", asked.name, source.encode()), asked, box, key)
            of_exercises = [found for each in graded.result.exercises for found in each.findings]
            return [*graded.result.findings, *of_exercises]

        yield hand_in


@pytest.mark.parametrize("entry", EXAMPLES, ids=lambda entry: entry.code)
def test_an_example_is_told_what_the_catalogue_says(
    entry: Entry, told: Callable[[str], list[Finding]]
) -> None:
    code = re.escape(entry.code).replace(r"\*", r"\w+")
    sentences = [found.message for found in told(entry.source) if re.fullmatch(code, found.code)]
    wanted = ".*".join(re.escape(part) for part in entry.sentence.split("…"))
    assert any(re.fullmatch(wanted, sentence) for sentence in sentences), sentences


@pytest.fixture(scope="module")
def edits() -> set[tuple[str, str, str]]:
    """Return what is said of every small edit of the course's references: exercise, operator, sentence."""
    said = set()
    for name in COURSE:
        for exercise in load_assignment(ROOT, name).exercises:
            words = unpack_words(exercise.packed_mutants)
            for mutant in unpack_mutants(exercise.packed_mutants):
                for edit in mutant.edits:
                    told = say(edit, words)
                    said.add((exercise.name, edit.operator, f"{told.clause}{told.place}."))
    return said


@pytest.mark.parametrize(
    "entry", [each for each in ENTRIES if each.code.startswith("mutant.")], ids=lambda each: each.code
)
def test_a_sentence_about_an_edit_is_one_that_the_grader_says(
    entry: Entry, edits: set[tuple[str, str, str]]
) -> None:
    exercise, _, sentence = entry.sentence.partition(": … ")
    operator = entry.code.removeprefix("mutant.")
    wanted = ".*".join(re.escape(part) for part in sentence.split("…"))
    own = [said for name, kind, said in edits if (name, kind) == (exercise, operator)]
    assert any(re.fullmatch(wanted, said) for said in own), sorted(own)


def test_every_operator_of_mutants_has_a_code() -> None:
    assert {f"mutant.{operator}" for operator in OPERATORS} <= set(CODES)
