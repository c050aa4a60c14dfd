"""Charts as inline SVG that wears the page's colours and type.

Figures are drawn with stand-in colours; the SVG names the style sheet's custom properties in their place, so
one drawing is right in light, in dark and on paper. It has no style attributes, which a page's policy would
refuse, and its text is text.
"""

from __future__ import annotations

import hashlib
import os
import re
import warnings
from collections.abc import Iterator
from enum import StrEnum
from io import StringIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

# Text is measured in matplotlib's own font and set in the page's; to look through a machine's takes seconds.
os.environ.setdefault("MPL_IGNORE_SYSTEM_FONTS", "1")

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter, MaxNLocator, NullLocator

#: Units of the view box: about CSS pixels on a wide screen, a little less on a phone.
WIDTH, HEIGHT, TEXT = 320.0, 240.0, 12.0
#: Room around an axes, in the same units: left, right, above, below.
MARGINS = (46.0, 10.0, 28.0, 40.0)


class Colour(StrEnum):
    """Stand-ins for the style sheet's colours: to be used wherever matplotlib takes a colour."""

    INK = "#010001"
    SOFT = "#010002"
    LINE = "#010003"
    WASH = "#010004"
    CARD = "#010005"
    ACCENT = "#010006"
    YOURS = "#010007"
    REFERENCE = "#010008"
    GOOD = "#010009"
    PART = "#01000a"
    BAD = "#01000b"
    MUTE = "#01000c"


_PROPERTIES: dict[str, str] = {
    Colour.INK: "--ink",
    Colour.SOFT: "--soft",
    Colour.LINE: "--line",
    Colour.WASH: "--wash",
    Colour.CARD: "--card",
    Colour.ACCENT: "--accent",
    Colour.YOURS: "--yours",
    Colour.REFERENCE: "--reference",
    Colour.GOOD: "--good-bar",
    Colour.PART: "--part-bar",
    Colour.BAD: "--bad-bar",
    Colour.MUTE: "--mute-bar",
}

_NOTHING = {"Date": None, "Creator": None, "Format": None, "Type": None}
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def figure(width: float = WIDTH, height: float = HEIGHT) -> Figure:
    """Return an empty figure.

    Parameters
    ----------
    width, height : float
        Of the view box. Text is set at 12 units: a figure wider than 360 is hard to read on a phone.
    """
    made = Figure(figsize=(width / 72, height / 72), dpi=72, frameon=False)
    FigureCanvasSVG(made)
    return made


def axes(
    drawn: Figure,
    *,
    x: str = "",
    y: str = "",
    margins: tuple[float, float, float, float] = MARGINS,
    grid: str = "",
) -> Axes:
    """Add the one axes of a figure: hair lines, few ticks, no box.

    Parameters
    ----------
    drawn : Figure
    x, y : str
        Labels.
    margins : tuple of float
        Left, right, above, below, in units of the view box.
    grid : {"", "x", "y", "both"}
        Which grid lines there are.
    """
    width, height = drawn.get_size_inches() * 72
    left, right, above, below = margins
    box = (left / width, below / height, 1 - (left + right) / width, 1 - (above + below) / height)
    made = drawn.add_axes(box)
    made.patch.set_visible(False)
    for side, spine in made.spines.items():
        spine.set(color=Colour.LINE, linewidth=1, visible=side in ("left", "bottom"))
    made.tick_params(length=0, pad=4, labelsize=TEXT, labelcolor=Colour.SOFT)
    for axis in (made.xaxis, made.yaxis):
        axis.set_major_locator(MaxNLocator(4))
        axis.set_minor_locator(NullLocator())
        axis.label.set(fontsize=TEXT, color=Colour.SOFT)
    made.set(xlabel=x, ylabel=y)
    # where they stand whatever the ticks say, which need not be measured then
    made.xaxis.set_label_coords(0.5, (15 - below) / (height - above - below))
    made.yaxis.set_label_coords((12 - left) / (width - left - right), 0.5)
    if grid:
        made.set_axisbelow(True)
        made.grid(axis=grid, color=Colour.LINE, linewidth=0.7)  # type: ignore[arg-type]
    return made


class Powers(Formatter):
    """Writes ticks of a logarithmic axis as powers of ten: 10⁻⁷."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the label of a tick."""
        return power_of_ten(x, 0)


def power_of_ten(x: float, decimals: int) -> str:
    """Write a number as a power of ten with so many decimals before it: 3.4 · 10⁻⁸, or 10⁻⁷ for just that."""
    digits, power = f"{x:.{decimals}e}".replace("-", "−", 1 if x < 0 else 0).split("e")
    sign = f"{digits} · " if float(digits.replace("−", "-")) != 1 else ""
    return sign + "10" + str(int(power)).translate(_SUPERSCRIPTS)


def svg(drawn: Figure, alt: str) -> Markup:
    """Return a figure as inline SVG.

    Parameters
    ----------
    drawn : Figure
        From `figure`, with colours from `Colour`.
    alt : str
        What is to be seen, in words, for those who do not see it.
    """
    raw = StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": ""}), warnings.catch_warnings():
        # Glyphs that matplotlib's own font lacks are measured as another's; the page has them.
        warnings.simplefilter("ignore")
        drawn.savefig(raw, format="svg", metadata=_NOTHING)
    text = raw.getvalue()
    root = ElementTree.fromstring(text[text.index("<svg") :])
    width, height = drawn.get_size_inches() * 72
    names = _Names(hashlib.sha256(text.encode()).hexdigest()[:8])
    inner = "".join(piece for child in root for piece in _written(child, names))
    return Markup(
        '<svg class="plot" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}" fill="none" '
        'stroke-linejoin="round">{}</svg>'
    ).format(width, height, alt, Markup(inner))


class _Names:
    """Short names for what is used again, which no other picture of the page has."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._known: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        return self._known.setdefault(name, f"p{self._prefix}{len(self._known)}")


def _written(node: Element, names: _Names) -> Iterator[str]:
    """Write an element and what is in it; of groups that say nothing only what is in them."""
    tag = node.tag.rpartition("}")[2]
    if tag in ("style", "metadata"):
        return
    attributes = dict(_attributes(tag, node, names))
    inner = "".join(piece for child in node for piece in _written(child, names))
    text = str(escape(node.text)) if tag in ("text", "tspan") and node.text else ""
    if (tag in ("g", "defs") and not (inner or text)) or (tag == "path" and not attributes.get("d")):
        return
    if tag == "g" and not attributes:
        yield inner
        return
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    yield f"<{tag}{written}>{text}{inner}</{tag}>" if text or inner else f"<{tag}{written}/>"


def _attributes(tag: str, node: Element, names: _Names) -> Iterator[tuple[str, str]]:
    for full, value in node.items():
        name = full.rpartition("}")[2]
        if name == "style":
            yield from _presentation(value)
        elif name == "id":
            if tag not in ("g", "text"):
                yield "id", names[value]
        elif name == "href":
            yield "href", value if value.startswith("data:") else "#" + names[value[1:]]
        elif name == "clip-path":
            yield name, f"url(#{names[value[5:-1]]})"
        elif name == "d":
            yield name, _path(value)
        elif not (name == "transform" and value.startswith("rotate(-0 ")):
            yield name, _rounded(value)


def _presentation(style: str) -> Iterator[tuple[str, str]]:
    """Yield what a style attribute says as attributes of their own, in the style sheet's colours."""
    for part in style.split(";"):
        name, _, value = (piece.strip() for piece in part.partition(":"))
        if name == "font":
            name, value = "font-size", value.split("px")[0]
        if name == "font-size":
            yield name, _rounded(value.removesuffix("px"))
        elif value in _PROPERTIES:
            yield name, f"var({_PROPERTIES[value]})"
        elif name and name not in _LEFT_OUT and (name, value) not in _USUAL:
            yield name, _rounded(value)


#: What is the page's to say, or what is so anyway.
_LEFT_OUT = frozenset({"font-family", "stroke-linejoin", "stroke-miterlimit"})
_USUAL = frozenset({("fill", "none"), ("stroke-dashoffset", "0"), ("text-anchor", "start")})
_NUMBER = re.compile(r"-?\d+\.\d+")


def _rounded(text: str) -> str:
    return _NUMBER.sub(lambda found: f"{round(float(found[0]), 1) + 0.0:g}", text)


def _path(data: str) -> str:
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", _rounded(data)).strip()
