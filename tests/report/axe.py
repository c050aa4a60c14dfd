"""Runs axe-core, which looks for what keeps people from using a page, in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import pytest
from selenium import webdriver

#: What the Web Content Accessibility Guidelines 2.2 ask for, levels A and AA, and what axe-core adds to them.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_RUN = """
const [runOnly, done] = arguments;
axe.run(document, {runOnly, resultTypes: ['violations']})
   .then(found => ({violations: found.violations, passes: found.passes.length}))
   .then(done, error => done(String(error)));
"""


def source() -> str:
    """Return axe-core itself; skip where the package that carries it is not installed."""
    try:
        package = resources.files("axe_playwright_python")
    except ModuleNotFoundError:
        pytest.skip("no axe-core: pip install --no-deps axe-playwright-python")
    return package.joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(browser: webdriver.Chrome, *rules: str) -> list[str]:
    """Return what is wrong with the page as it is shown now: one line for each element."""
    browser.set_script_timeout(300)  # a busy machine takes its time over a long page
    if not browser.execute_script("return 'axe' in window"):
        browser.execute_script(source())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found = browser.execute_async_script(_RUN, only)
    assert isinstance(found, dict), found
    assert found["passes"], "axe-core has looked at nothing"
    return list(_lines(found["violations"]))


def _lines(found: list[dict]) -> Iterator[str]:
    for rule in found:
        for node in rule["nodes"]:
            why = node["failureSummary"].partition("\n")[2].strip().replace("\n", ";")
            yield f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['html'][:160]}: {why}"
