"""Labels in ZPL II, for printers that draw them themselves (Zebra, ZPL II Programming Guide)."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.labels.layout import arrangement, frame
from simulator.labels.layout.elements import QUIET_MODULES, Band, Bars, Element, Matrix, Rule, Text
from simulator.labels.model import Dpi, LabelContent
from simulator.labels.printers.barcodes import modules, segments

_WIDEST_MODULE: dict[Dpi, int] = {203: 4, 300: 6}
"""Dots of a barcode's module, about half a millimetre."""

_QR_MODULES = 65
"""Modules, quiet zones included, of the QR code that the longest permitted content needs."""

_INVOKE = {"B": ">6", "C": ">5"}
_START = {"B": ">:", "C": ">;"}
_ESCAPED = {character: f"_{ord(character):02X}" for character in "_^~\\"}


def render_zpl(labels: Sequence[LabelContent], dpi: Dpi) -> bytes:
    """Render labels as one UTF-8 ``^XA ... ^XZ`` format each, for a printer of 203 or 300 dpi.

    No labels raise ``ValueError``.
    """
    return "".join(_format(elements, dpi) for elements in arrangement.arrange_all(labels)).encode()


def _format(elements: Sequence[Element], dpi: Dpi) -> str:
    setup = [
        "^XA",
        "^FX Simulation, not for shipping",
        "^CI28",
        f"^PW{_dots(frame.WIDTH, dpi)}",
        f"^LL{_dots(frame.HEIGHT, dpi)}",
        "^LH0,0",
    ]
    fields = [_field(element, dpi) for element in elements]
    return "\n".join([*setup, *fields, "^XZ", ""])


def _dots(points: float, dpi: Dpi) -> int:
    return round(points * dpi / 72)


def _origin(x: float, top: float, dpi: Dpi) -> str:
    return f"^FO{_dots(x, dpi)},{_dots(top, dpi)}"


def _escape(text: str) -> str:
    """Write what ``^FD`` would take for a command as hexadecimal, which ``^FH`` announces."""
    return "".join(_ESCAPED.get(character, character) for character in text)


def _field(element: Element, dpi: Dpi) -> str:
    match element:
        case Text():
            return _text(element, dpi)
        case Rule(x, top, width, height):
            return _filled(x, top, width, height, dpi)
        case Band(x, top, width, height, size, text):
            line = Text(x, top + (height - size) / 2, width, size, text, "bold", "center")
            white = _text(line, dpi).replace("^FH", "^FR^FH")
            return f"{_filled(x, top, width, height, dpi)}\n{white}"
        case Bars():
            return _bars(element, dpi)
        case Matrix(x, top, side, code):
            magnification = max(1, _dots(side, dpi) // _QR_MODULES)
            inset = side / 20
            return (
                f"{_origin(x + inset, top + inset, dpi)}^BQN,2,{magnification}"
                f"^FH^FDMA,{_escape(code)}^FS"
            )


def _filled(x: float, top: float, width: float, height: float, dpi: Dpi) -> str:
    across, down = max(1, _dots(width, dpi)), max(1, _dots(height, dpi))
    return f"{_origin(x, top, dpi)}^GB{across},{down},{min(across, down)}^FS"


def _text(text: Text, dpi: Dpi) -> str:
    height = _dots(text.size, dpi)
    font = f"{_origin(text.x, text.top, dpi)}^A0N,{height},{height}"
    if text.align == "left":
        return f"{font}^FH^FD{_escape(text.text)}^FS"
    # In a field block a single backslash starts a command of its own.
    content = _escape(text.text.replace("\\", "\\\\"))
    alignment = {"center": "C", "right": "R"}[text.align]
    return f"{font}^FB{_dots(text.width, dpi)},1,0,{alignment}^FH^FD{content}^FS"


def _bars(bars: Bars, dpi: Dpi) -> str:
    width = _dots(bars.width, dpi)
    count = modules(bars.code)
    module = min(_WIDEST_MODULE[dpi], width // (count + 2 * QUIET_MODULES))
    left = _dots(bars.x, dpi) + (width - module * count) // 2
    first, *others = segments(bars.code)
    content = f"{_START[first.code_set]}{first.text}" + "".join(
        f"{_INVOKE[other.code_set]}{other.text}" for other in others
    )
    return (
        f"^FO{left},{_dots(bars.top, dpi)}^BY{module}"
        f"^BCN,{_dots(bars.height, dpi)},N,N,N,N^FD{content}^FS"
    )
