"""Labels in EPL2, for the older desktop printers of 203 dpi (Zebra, EPL2 Programming Manual)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from simulator.labels.layout import arrangement, frame
from simulator.labels.layout.elements import QUIET_MODULES, Band, Bars, Element, Matrix, Rule, Text
from simulator.labels.model import LabelContent
from simulator.labels.printers.barcodes import MODULES_PER_SYMBOL, modules

DPI = 203
CODE_PAGE = "cp1250"

_SELECT_CODE_PAGE = "I8,B,001"
_HEAD_WIDTH = 832
"""Dots of a four inch print head; the layout ends before them."""

_GAP = 24
_WIDEST_MODULE = 4
_QR_SCALE = 3
_TALLER = 1.15
"""A bitmap font may be this much taller than asked for: lines stand 1.22 sizes apart."""

_FOLDED = str.maketrans(
    {"ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ð": "d", "þ": "th"}
    | {"Þ": "Th", "ħ": "h", "Ħ": "H", "\u0131": "i", "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T"}
)
"""Letters that Unicode does not decompose into a base letter and an accent."""


class _Font(NamedTuple):
    number: int
    advance: int
    height: int


_FONTS = (_Font(4, 16, 24), _Font(3, 14, 20), _Font(2, 12, 16), _Font(1, 10, 12))
"""The built-in fonts, largest first: dots from letter to letter and of a letter's height."""

_CAPITALS = _Font(5, 36, 48)
"""Has digits and capital letters only."""


def render_epl(labels: Sequence[LabelContent]) -> bytes:
    """Render labels as EPL2 in code page 1250, each ending in its own ``P1``.

    Letters outside the code page lose their accents, other characters become ``?``. No labels
    raise ``ValueError``.
    """
    return b"".join(_form(elements) for elements in arrangement.arrange_all(labels))


def transcode(text: str) -> str:
    """Return a text that code page 1250 can express, as near to the given one as possible."""
    return "".join(_expressible(character) for character in text)


def _expressible(character: str) -> str:
    if _has(character):
        return character
    folded = unicodedata.normalize("NFKD", character.translate(_FOLDED))
    kept = "".join(part for part in folded if not unicodedata.combining(part) and _has(part))
    return kept or "?"


def _has(character: str) -> bool:
    try:
        character.encode(CODE_PAGE)
    except UnicodeEncodeError:
        return False
    return True


def _form(elements: Sequence[Element]) -> bytes:
    length = _dots(frame.HEIGHT)
    # The empty line ends whatever a broken earlier job may have left in the printer's buffer.
    setup = [
        "",
        ";Simulation, not for shipping",
        "N",
        f"q{_HEAD_WIDTH}",
        f"Q{length},{_GAP}",
        _SELECT_CODE_PAGE,
    ]
    commands = [_command(element) for element in elements]
    return "\n".join([*setup, *commands, "P1", ""]).encode(CODE_PAGE)


def _dots(points: float) -> int:
    return round(points * DPI / 72)


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _command(element: Element) -> str:
    match element:
        case Text():
            return _text(element)
        case Rule(x, top, width, height):
            return f"LO{_dots(x)},{_dots(top)},{max(1, _dots(width))},{max(1, _dots(height))}"
        case Band(x, top, width, height, size, text):
            line = Text(x, top + (height - size) / 2, width, size, text, "bold", "center")
            # An exclusive-or bar over black text leaves white text on black.
            inverted = f"LE{_dots(x)},{_dots(top)},{_dots(width)},{_dots(height)}"
            return f"{_text(line)}\n{inverted}"
        case Bars():
            return _bars(element)
        case Matrix(x, top, side, code):
            inset = side / 20
            content = _quote(transcode(code))
            return f"b{_dots(x + inset)},{_dots(top + inset)},Q,m2,s{_QR_SCALE},eM,iA,{content}"


def _text(text: Text) -> str:
    content = transcode(text.text)
    width, size = _dots(text.width), _dots(text.size)
    font, factor = _choose(content, width, size)
    content = content[: width // (font.advance * factor)]
    spare = width - len(content) * font.advance * factor
    left = _dots(text.x) + {"left": 0, "center": spare // 2, "right": spare}[text.align]
    top = _dots(text.top) + max(0, size - font.height * factor) // 2
    return f"A{left},{top},0,{font.number},{factor},{factor},N,{_quote(content)}"


def _choose(content: str, width: int, size: int) -> tuple[_Font, int]:
    """Return the largest font and magnification that fit, else the smallest font."""
    capitals = all(
        letter.isascii() and (letter.isupper() or letter.isdigit()) for letter in content
    )
    fonts = (_CAPITALS, *_FONTS) if capitals else _FONTS
    fitting = [
        (font.height * factor, -factor, font)
        for font in fonts
        for factor in (1, 2, 3, 4)
        if font.height * factor <= size * _TALLER and len(content) * font.advance * factor <= width
    ]
    if not fitting:
        return _FONTS[-1], 1
    _, factor, font = max(fitting)
    return font, -factor


def _bars(bars: Bars) -> str:
    pairs = bars.code.isdigit() and len(bars.code) % 2 == 0
    # Where the printer chooses the code sets itself, the plainest choice must fit as well.
    longest = modules(bars.code) if pairs else MODULES_PER_SYMBOL * (len(bars.code) + 3) + 2
    width = _dots(bars.width)
    module = min(_WIDEST_MODULE, width // (longest + 2 * QUIET_MODULES))
    left = _dots(bars.x) + (width - module * longest) // 2
    selection = "1C" if pairs else "1"
    return (
        f"B{left},{_dots(bars.top)},0,{selection},{module},{module},{_dots(bars.height)},N,"
        f"{_quote(bars.code)}"
    )
