"""Every page can be used by everybody: axe-core finds nothing, and the keyboard reaches everything.

The pages are those of the sample cohort, with pictures, worked examples and a quiz, and those of made-up
results, which have every verdict. Light and dark, wide and narrow, all that opens opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import axe
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from grader.authoring.release import release_notes
from grader.course.load import load_assignment
from grader.grading import AnswerKey, grade
from grader.intake.find import SubmissionFile
from grader.intake.read import read_submission
from grader.report.submission import write_submission
from grader.report.write import write_cohort
from grader.sandbox.box import open_box

ROOT = Path(__file__).parents[2]

#: One of each assignment, and where a picture, a worked example or a table of every kind is.
SAMPLES = (
    ("bjorn", "bias_variance"),
    ("dmitri", "initialization"),
    ("elif", "regularization"),
    ("dmitri", "gradient_checking"),
    ("chiara", "optimizers"),
    ("dmitri", "hyperparameters"),
    ("chiara", "batchnorm"),
    ("gwen", "softmax"),
    ("chiara", "quiz_week1"),
)

MADE_UP = (
    "index.html",
    "index.html#optimizers",
    "students/grace_hopper/optimizers.html",
    "students/blaise/optimizers.html",
    "instructor/kurt/optimizers.html",
)
REAL = (
    "index.html",
    "index.html#optimizers",
    *(f"students/{student}/{name}.html" for student, name in SAMPLES),
    "instructor/chiara/optimizers.html",
    "instructor/chiara/quiz_week1.html",
    "notes/index.html",
    "notes/optimizers.html",
    "notes/gradient_checking.html",
)

#: Colour scheme and width; what is made of colours and what of widths do not depend on one another.
SCREENS = (("light", 1280), ("dark", 360))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade a part of the sample cohort and write the notes; return the folder of pages."""
    out = tmp_path_factory.mktemp("sample")
    assignments, results = {}, []
    for student, name in SAMPLES:
        assignment = assignments[name] = load_assignment(ROOT, name)
        path = ROOT / "submissions" / student / f"{name}.py"
        submission = read_submission(SubmissionFile(student, name, path, path.name), 2**20)
        with open_box(assignment, "weak") as box:
            graded = grade(submission, assignment, box, AnswerKey.of(assignment))
        write_submission(out, graded, assignment)
        results.append(graded.result)
    write_cohort(out, iter(results), assignments)
    (out / "notes").mkdir()
    for place, page in release_notes(ROOT, ["optimizers", "gradient_checking"]).items():
        (out / "notes" / place).write_bytes(page)
    return out


@pytest.fixture
def screen(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """Return a browser whose screen and colours a test may change."""
    yield browser
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def show(browser: webdriver.Chrome, scheme: str, width: int) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def opened(browser: webdriver.Chrome, folder: Path, name: str) -> None:
    """Open a page, and on it all that opens."""
    file, _, fragment = name.partition("#")
    browser.get("about:blank")
    browser.get((folder / file).as_uri() + (f"#{fragment}" if fragment else ""))
    browser.execute_script("document.querySelectorAll('details').forEach(each => each.open = true)")


def looked_at(browser: webdriver.Chrome, folder: Path, name: str) -> list[str]:
    opened(browser, folder, name)
    found = []
    for scheme, width in SCREENS:
        show(browser, scheme, width)
        found += [f"{scheme} {width}: {line}" for line in axe.violations(browser)]
    return found


@pytest.mark.parametrize("name", MADE_UP)
def test_axe_finds_nothing_on_a_page_of_made_up_results(screen, cohort: Path, name: str) -> None:
    assert looked_at(screen, cohort, name) == []


@pytest.mark.parametrize("name", REAL)
def test_axe_finds_nothing_on_a_page_of_the_sample(screen, sample: Path, name: str) -> None:
    assert looked_at(screen, sample, name) == []


@pytest.mark.parametrize("name", ["index.html", "students/grace_hopper/optimizers.html"])
def test_colours_have_contrast_on_every_screen(screen, cohort: Path, name: str) -> None:
    opened(screen, cohort, name)
    for scheme, width in (("light", 360), ("dark", 1280)):
        show(screen, scheme, width)
        assert axe.violations(screen, "color-contrast") == []


def test_axe_finds_what_is_wrong(screen, tmp_path: Path) -> None:
    page = "<!doctype html><title>x</title><main><h1>x</h1><p style='color: #ddd'>pale<img src=''></main>"
    (tmp_path / "bad.html").write_text(page)
    found = looked_at(screen, tmp_path, "bad.html")
    assert {line.split(": ")[1] for line in found} >= {"color-contrast", "image-alt", "html-has-lang"}


#: Whatever is there to be used, in the order of the page.
_CONTROLS = """
const all = 'a[href], button, summary, input, select, textarea, [tabindex="0"]';
const shown = each => each.checkVisibility({visibilityProperty: true}) && !each.disabled;
return [...document.querySelectorAll(all)].filter(shown);
"""
_FOCUSED = """
const at = document.activeElement, style = getComputedStyle(at);
const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
return [at, outlined || style.boxShadow !== 'none'];
"""


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("index.html", 1280),
        ("index.html#optimizers", 360),
        ("students/chiara/optimizers.html", 1280),
        ("notes/optimizers.html", 360),
    ],
)
def test_tab_reaches_every_control_once_and_shows_where_it_is(screen, sample: Path, name: str, width: int):
    show(screen, "light", width)
    opened(screen, sample, name)
    controls = screen.execute_script(_CONTROLS)
    stops = tabbed(screen, most=4 * len(controls) + 100)
    reached = [at for at, _ in stops]
    assert [outer(each) for each in controls if each not in reached] == []
    assert [outer(at) for at, is_visible in stops if not is_visible] == []


def tabbed(browser: webdriver.Chrome, most: int) -> list[tuple[WebElement, bool]]:
    """Go once around with Tab; return where it stops, and whether one sees that it does.

    It begins wherever the address led to, and comes by the top of the page once. Places that scroll are stops
    of the browser's own.
    """
    stops, rounds = [], 0
    for _ in range(most):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        at, is_visible = browser.execute_script(_FOCUSED)
        rounds += at.tag_name == "body"
        if rounds == 2:
            return stops
        if at.tag_name != "body":
            stops.append((at, is_visible))
    raise AssertionError(f"Tab does not lead out of {outer(stops[-1][0])}")


def outer(element: WebElement) -> str:
    return str(element.get_attribute("outerHTML"))[:200]


def test_a_table_is_sorted_by_the_keyboard(screen, cohort: Path) -> None:
    opened(screen, cohort, "index.html#optimizers")
    heads = screen.find_elements(By.CSS_SELECTOR, "#optimizers .grades thead button")
    for head in heads:
        head.send_keys(Keys.ENTER)
        first = head.find_element(By.XPATH, "..").get_attribute("aria-sort")
        head.send_keys(Keys.SPACE)
        second = head.find_element(By.XPATH, "..").get_attribute("aria-sort")
        assert {first, second} == {"ascending", "descending"}


def test_every_page_tells_its_language_and_has_one_heading_of_the_first_rank(screen, sample: Path) -> None:
    for name in ("index.html", "students/chiara/optimizers.html", "notes/index.html"):
        opened(screen, sample, name)
        assert screen.execute_script("return document.documentElement.lang") == "en"
        assert screen.execute_script("return document.querySelectorAll('h1').length") == 1
