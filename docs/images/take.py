"""Take the pictures of the documentation anew: ``python docs/images/take.py``.

Before it: ``grade run submissions/`` and ``grade release --notes``.

Needs Chromium with its driver (``apt-get install chromium chromium-driver``).
"""

from __future__ import annotations

import base64
import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

HERE = Path(__file__).parent
REPORTS = HERE.parents[1] / "reports"

#: Picture, page, width, height, what to scroll to, colour scheme.
PICTURES = (
    ("student.png", "students/jonas/optimizers.html", 1000, 860, "#update_parameters_with_adam", "light"),
    ("student-dark.png", "students/jonas/optimizers.html", 1000, 860, "#update_parameters_with_adam", "dark"),
    ("score.png", "students/chiara/optimizers.html", 1000, 560, "", "light"),
    ("dashboard.png", "index.html#optimizers", 1200, 860, "", "light"),
    ("handout.png", "../release/notes/optimizers.html", 1100, 760, "#bias-correction", "light"),
    ("students.png", "index.html#optimizers", 1200, 700, "#optimizers > h2:last-of-type", "light"),
)


def main(reports: Path) -> None:
    """Open each page from its file and save what is seen of it."""
    with tempfile.TemporaryDirectory() as profile:
        browser = _browser(profile)
        try:
            for name, page, width, height, target, scheme in PICTURES:
                _take(browser, reports, HERE / name, page, (width, height), target, scheme)
        finally:
            browser.quit()


def _browser(profile: str) -> webdriver.Chrome:
    options = Options()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("--headless=new", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={profile}"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def _take(
    browser: webdriver.Chrome,
    reports: Path,
    picture: Path,
    page: str,
    size: tuple[int, int],
    target: str,
    scheme: str,
) -> None:
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1.5, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get("about:blank")
    browser.get(reports.resolve().as_uri() + "/" + page)
    if target:
        script = (
            "scrollTo(0, document.querySelector(arguments[0]).getBoundingClientRect().top + scrollY - 24)"
        )
        browser.execute_script("document.querySelectorAll('.step').forEach(step => step.open = true)")
        browser.execute_script(script, target)
    seen = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    # A page has few colours: half the bytes, and nobody sees it.
    Image.open(io.BytesIO(base64.b64decode(seen["data"]))).convert("RGB").quantize(128).save(
        picture, optimize=True
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPORTS)
