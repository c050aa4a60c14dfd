"""The pages as a browser sees them: nothing asked of a network, nothing refused, tables that work."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
import report_fakes as fakes
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from grader.course.model import Assignment
from grader.report.write import write_cohort

PAGES = (
    "index.html",
    "students/grace_hopper/optimizers.html",
    "instructor/grace_hopper/optimizers.html",
    "students/blaise/optimizers.html",
)


def opened(browser: webdriver.Chrome, path: Path, fragment: str = "") -> None:
    browser.get_log("performance")
    browser.get_log("browser")
    browser.get("about:blank")
    browser.get(path.as_uri() + fragment)


def requested(browser: webdriver.Chrome) -> list[str]:
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    # The browser's own first page may still be loading when ours is opened.
    ours = [each for each in sent if not each["documentURL"].startswith("chrome")]
    return [each["request"]["url"] for each in ours]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_but_itself(browser: webdriver.Chrome, cohort: Path, name: str) -> None:
    opened(browser, cohort / name)
    others = {
        url for url in requested(browser) if not url.startswith(((cohort / name).as_uri(), "data:", "about:"))
    }
    assert not others
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_lets_our_own_style_through(browser: webdriver.Chrome, cohort: Path, name: str) -> None:
    opened(browser, cohort / name)
    assert browser.execute_script("return getComputedStyle(document.body).margin") == "0px"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_narrow_screen(browser: webdriver.Chrome, cohort: Path, name: str) -> None:
    size = {"width": 360, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    opened(browser, cohort / name)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 360
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_no_script_that_a_student_smuggled_in_would_run(browser: webdriver.Chrome, cohort: Path) -> None:
    opened(browser, cohort / "index.html")
    browser.execute_script(
        "const s = document.createElement('script'); s.textContent = 'document.title = \"owned\"';"
        "document.body.append(s)"
    )
    assert browser.title != "owned"


def students(browser: webdriver.Chrome) -> list[str]:
    script = "return [...document.querySelectorAll('#optimizers .grades tbody bdi')].map(n => n.textContent)"
    return browser.execute_script(script)


def test_the_table_filters_by_name_whatever_the_accents(browser: webdriver.Chrome, cohort: Path) -> None:
    opened(browser, cohort / "index.html", "#optimizers")
    browser.find_element(By.CSS_SELECTOR, "#optimizers--students .find").send_keys("emilie")
    assert students(browser) == ["Émilie du Châtelet"]
    assert "1 of 6" in browser.find_element(By.CSS_SELECTOR, "#optimizers--students .shown").text


def test_the_table_filters_by_what_needs_attention(browser: webdriver.Chrome, cohort: Path) -> None:
    opened(browser, cohort / "index.html", "#optimizers")
    Select(browser.find_element(By.CSS_SELECTOR, "#optimizers--students .show")).select_by_value("attention")
    assert students(browser) == ["blaise", "kurt", "Émilie du Châtelet"]


def test_the_table_filters_by_one_finding_and_back(browser: webdriver.Chrome, cohort: Path) -> None:
    opened(browser, cohort / "index.html", "#optimizers")
    finding = (
        "//section[@id='optimizers--mistakes']//li[contains(., 'bias_correction')]//button[@class='only']"
    )
    browser.find_element(By.XPATH, finding).click()
    assert students(browser) == ["grace_hopper", "Émilie du Châtelet"]
    browser.find_element(By.CSS_SELECTOR, "#optimizers--students .clear").click()
    assert len(students(browser)) == 6


def test_the_table_filters_by_one_wrong_answer_and_shows_its_students(
    browser: webdriver.Chrome, asked: Assignment, tmp_path: Path
) -> None:
    works = [*(fakes.no_correction(name) for name in "dca"), fakes.right("b")]
    write_cohort(tmp_path, [fakes.grade(work, asked).result for work in works], {asked.name: asked})
    opened(browser, tmp_path / "index.html")
    browser.find_element(By.CSS_SELECTOR, "#optimizers--answers .only").click()
    assert students(browser) == ["a", "c", "d"]
    assert browser.switch_to.active_element.text == "Only: equal answers to update_parameters_with_adam ✕"
    browser.switch_to.active_element.click()
    assert students(browser) == ["a", "b", "c", "d"]


def listed(browser: webdriver.Chrome, part: str, column: int) -> list[str]:
    script = "return [...document.querySelectorAll(arguments[0])].map(n => n.cells[arguments[1]].innerText)"
    return browser.execute_script(script, f"#optimizers--{part} tbody tr", column)


def test_cases_are_searched_filtered_sorted_and_shown_on_demand(
    browser: webdriver.Chrome, cohort: Path
) -> None:
    opened(browser, cohort / "index.html", "#optimizers")
    part = "#optimizers--cases"
    assert len(listed(browser, "cases", 0)) == 12
    browser.find_element(By.CSS_SELECTOR, f"{part} .more").click()
    assert len(listed(browser, "cases", 0)) == 60
    Select(browser.find_element(By.CSS_SELECTOR, f"{part} .show")).select_by_value("public")
    browser.find_element(By.CSS_SELECTOR, f"{part} .find").send_keys("with_adam")
    assert listed(browser, "cases", 1) == ["two layers by hand public", "the next step by hand public"]
    browser.find_element(By.CSS_SELECTOR, f"{part} .find").clear()
    browser.find_element(By.CSS_SELECTOR, f"{part} .find").send_keys("by hand")
    exercise = browser.find_element(By.CSS_SELECTOR, f"{part} thead button")
    exercise.click()
    names = listed(browser, "cases", 0)
    assert names == sorted(names)


def test_what_was_drawn_by_the_page_and_what_the_script_draws_is_the_same(
    browser: webdriver.Chrome, cohort: Path
) -> None:
    text = (cohort / "index.html").read_text()
    body = text[text.index('id="optimizers--students"') :].partition("<tbody>")[2].partition("</tbody>")[0]
    opened(browser, cohort / "index.html", "#optimizers")
    drawn = browser.execute_script("return document.querySelector('#optimizers .grades tbody').innerHTML")
    seen = [unescape(unquote(re.sub(r"\s*\n\s*", "", html))) for html in (body, drawn)]
    assert seen[0] == seen[1]


def test_the_table_sorts_by_score_and_by_name(browser: webdriver.Chrome, cohort: Path) -> None:
    opened(browser, cohort / "index.html", "#optimizers")
    name, score = browser.find_elements(By.CSS_SELECTOR, "#optimizers .grades thead button")[:2]
    score.click()
    assert students(browser)[-2:] == ["blaise", "kurt"]
    score.click()
    assert students(browser)[:2] == ["kurt", "blaise"]
    assert score.find_element(By.XPATH, "..").get_attribute("aria-sort") == "ascending"
    name.click()
    assert students(browser)[1:4] == ["ada_lovelace", "blaise", "Émilie du Châtelet"]


def test_tabs_show_one_assignment_at_a_time(browser: webdriver.Chrome, cohort: Path) -> None:
    opened(browser, cohort / "index.html")
    visible = "return [...document.querySelectorAll('.panel')].filter(p => !p.hidden).map(p => p.id)"
    assert browser.execute_script(visible) == ["overview"]
    browser.find_element(By.CSS_SELECTOR, ".tabs a[href='#batchnorm']").click()
    assert browser.execute_script(visible) == ["batchnorm"]


def test_hints_open_with_the_keyboard_one_after_the_other(browser: webdriver.Chrome, cohort: Path) -> None:
    opened(browser, cohort / "students/grace_hopper/optimizers.html")
    first, second = browser.find_elements(By.CSS_SELECTOR, ".step > summary")
    assert not second.is_displayed()
    first.send_keys("\n")
    assert second.is_displayed()


def test_a_row_beyond_the_first_hundreds_is_found_and_shown_on_demand(
    browser: webdriver.Chrome, asked: Assignment, tmp_path: Path
) -> None:
    result = fakes.grade(fakes.right(), asked).result
    many = (result.model_copy(update={"student": f"s{number:03d}"}) for number in range(230))
    write_cohort(tmp_path, many, {asked.name: asked})
    opened(browser, tmp_path / "index.html")
    assert len(students(browser)) == 200
    browser.find_element(By.CSS_SELECTOR, "#optimizers--students .find").send_keys("s229")
    assert students(browser) == ["s229"]
    browser.find_element(By.CSS_SELECTOR, "#optimizers--students .find").clear()
    browser.find_element(By.CSS_SELECTOR, "#optimizers--students .find").send_keys("s")
    browser.find_element(By.CSS_SELECTOR, "#optimizers--students .more").click()
    assert len(students(browser)) == 230


def blocked(browser: webdriver.Chrome) -> set[str]:
    """Return what was asked for and refused by the policy; an error where any of it was not refused."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = {
        event["params"]["requestId"]: event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    }
    failed = [event["params"] for event in events if event["method"] == "Network.loadingFailed"]
    refused = {each["requestId"] for each in failed if each.get("blockedReason") == "csp"}
    assert not [url for number, url in sent.items() if ":9/" in url and number not in refused]
    return {sent[number] for number in refused if number in sent}


def test_whatever_found_its_way_into_a_page_neither_runs_nor_loads(
    browser: webdriver.Chrome, cohort: Path, tmp_path: Path
) -> None:
    intruders = (
        "<script>document.title = 'in'</script><p id=red style='color: rgb(255, 0, 0)' onclick='1'>x</p>"
        "<style>#red { color: rgb(255, 0, 0) }</style><img src='http://127.0.0.1:9/a.png' onerror='in()'>"
        "<iframe src='http://127.0.0.1:9/b'></iframe><link rel=stylesheet href='http://127.0.0.1:9/c.css'>"
        "<form action='http://127.0.0.1:9/d'><button id=go>go</button></form><base href='http://127.0.0.1:9/'>"
    )  # fmt: skip
    for name in ("index.html", "students/grace_hopper/optimizers.html"):
        page = tmp_path / "page.html"
        text = (cohort / name).read_text(encoding="utf-8")
        page.write_text(text.replace("</body>", f"{intruders}</body>"), encoding="utf-8")
        opened(browser, page)
        title = browser.title
        browser.execute_script("document.getElementById('go').click()")
        assert browser.title == title != "in"
        red = browser.find_element(By.ID, "red")
        assert red.value_of_css_property("color") not in ("rgb(255, 0, 0)", "rgba(255, 0, 0, 1)")
        assert blocked(browser) >= {"http://127.0.0.1:9/a.png", "http://127.0.0.1:9/c.css"}
        refused = [entry["message"] for entry in browser.get_log("browser")]
        assert len([message for message in refused if "Content Security Policy" in message]) >= 5, refused
