"""The templates, compiled once per process, and the style and script blocks that pages carry.

Every page is one file that asks for nothing: its style and script are inline, and its Content-Security-Policy
names them by hash, so whatever else found its way into a page would neither run nor load.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

#: In an installed package the templates lie beside this file, in a clone at its root.
FOLDERS = (Path(__file__).parent / "templates", Path(__file__).parents[2] / "templates")

#: Templates of what is made once for a whole cohort, or for a release.
_OTHERS = frozenset({"dashboard.html", "handout.html", "handouts.html"})


@dataclass(frozen=True, slots=True)
class Blocks:
    """The inline style and script of one kind of page, and the policy that allows these and nothing else."""

    style: Markup
    script: Markup
    policy: str


@cache
def environment() -> Environment:
    """Return the templates' environment; called before forking, it is compiled once for all children."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in FOLDERS]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["blocks"] = {
        "submission": _blocks(made, ["style/base.css", "style/submission.css"], []),
        "dashboard": _blocks(made, ["style/base.css", "style/dashboard.css"], ["script/dashboard.js"]),
        "handout": _blocks(made, ["style/base.css", "style/handout.css"], []),
    }
    return made


def render(template: str, **context: object) -> str:
    """Fill in one of the templates."""
    return _template(template).render(context)


def stream(template: str, **context: object) -> Iterator[str]:
    """Fill in one of the templates piece by piece: a page of thousands of rows is never held whole."""
    yield from _template(template).generate(context)


def compile_pages() -> None:
    """Compile what pages of submissions are made from, for all processes that are forked from this one."""
    for name in environment().list_templates(extensions=["html"]):
        if name not in _OTHERS:
            _template(name)


@cache
def _template(name: str) -> Template:
    return environment().get_template(name)


def _blocks(made: Environment, styles: list[str], scripts: list[str]) -> Blocks:
    style = squeeze("\n".join(_source(made, name) for name in styles))
    script = "\n".join(_source(made, name) for name in scripts)
    allowed = _hash(script) if script else "'none'"
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {allowed}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    # Our own files, read from the package: the only text that enters a page unescaped.
    return Blocks(Markup(style), Markup(script), policy)


def _source(made: Environment, name: str) -> str:
    assert made.loader is not None
    return made.loader.get_source(made, name)[0].replace("\r\n", "\n")


def _hash(block: str) -> str:
    digest = hashlib.sha256(block.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def squeeze(css: str) -> str:
    """Take comments and needless white space out of a style sheet; thousands of pages carry it."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r": (?=[^{}]*[;}])", ":", css)
    return css.replace(";}", "}").strip()
