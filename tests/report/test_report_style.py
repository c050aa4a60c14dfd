from __future__ import annotations

import re

import pytest

from grader.report.environment import FOLDERS, environment, squeeze

BASE = next(folder for folder in reversed(FOLDERS) if folder.is_dir()) / "style" / "base.css"

#: Text and what it stands on.
PAIRS = [
    *((text, ground) for text in ("ink", "soft", "accent") for ground in ("paper", "card", "wash")),
    *((tone, ground) for tone in ("good", "part", "bad") for ground in ("paper", "card", f"{tone}-wash")),
]


def scheme(name: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", BASE.read_text(), flags=re.DOTALL)[:2]
    return dict(re.findall(r"--([\w-]+): (#\w{6})", light if name == "light" else light + dark))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids="-on-".join)
def test_text_stands_out_from_its_ground(name: str, text: str, ground: str) -> None:
    """Contrast of at least 4.5 to 1, as WCAG 2.2 asks of small text."""
    colours = scheme(name)
    low, high = sorted((luminance(colours[text]), luminance(colours[ground])))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_a_squeezed_sheet_keeps_its_selectors_and_values() -> None:
    css = """/* why */ a :hover ,
        b > i::after { color : red; margin: 0 auto ; }
        @media (width < 1rem) { p { top: 0 } }"""
    assert squeeze(css) == "a :hover,b > i::after{color :red;margin:0 auto}@media (width < 1rem){p{top:0}}"


@pytest.mark.parametrize("page", ["submission", "dashboard"])
def test_no_page_can_reach_out(page: str) -> None:
    blocks = environment().globals["blocks"][page]
    assert "default-src 'none'" in blocks.policy
    assert "unsafe" not in blocks.policy
    assert not re.search(
        r"https?:|url\(|@import|fetch\(|XMLHttpRequest|innerHTML|eval\(", blocks.style + blocks.script
    )


def test_no_template_turns_escaping_off() -> None:
    for folder in FOLDERS:
        for template in folder.rglob("*.html"):
            assert not re.search(r"\|\s*safe|autoescape|style=|\son\w+=", template.read_text()), template
