"""Draws the barcodes of ZPL and EPL files as a label printer would, for a scanner to read.

It shares nothing with the code that writes the files: the symbols come from the table of Code 128
in ISO/IEC 15417, the commands from the printers' manuals. Only what has to do with barcodes is
interpreted; measures are dots.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from PIL import Image, ImageDraw

_WIDTHS = re.findall(
    r"\d+",
    """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132
122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212
322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311
112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321
331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212
124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113
411311 113141 114131 311141 411131 211412 211214 211232 2331112
""",
)
_CODE_C, _CODE_B = 99, 100
_START_B, _START_C, _STOP = 104, 105, 106


class PrintedBars(NamedTuple):
    """A barcode as it lies on the label, in dots; ``widths`` alternate bar and space."""

    x: int
    y: int
    module: int
    height: int
    widths: str

    @property
    def width(self) -> int:
        """Dots from the first bar to the last one."""
        return self.module * sum(map(int, self.widths))


class Printed(NamedTuple):
    """One label: its size and its barcodes."""

    width: int
    height: int
    bars: tuple[PrintedBars, ...]

    def image(self) -> Image.Image:
        """Draw the barcodes, black on white."""
        image = Image.new("L", (self.width, self.height), 255)
        draw = ImageDraw.Draw(image)
        for printed in self.bars:
            x = printed.x
            for place, digit in enumerate(printed.widths):
                dots = int(digit) * printed.module
                if place % 2 == 0:
                    right, bottom = x + dots - 1, printed.y + printed.height - 1
                    draw.rectangle((x, printed.y, right, bottom), fill=0)
                x += dots
        return image


def print_zpl(content: bytes) -> list[Printed]:
    """Print every ``^XA ... ^XZ`` format."""
    text = content.decode()
    return [_zpl_label(label) for label in re.findall(r"\^XA(.*?)\^XZ", text, re.DOTALL)]


def print_epl(content: bytes) -> list[Printed]:
    """Print every form, from ``N`` to ``P1``."""
    text = content.decode("cp1250")
    return [_epl_label(form) for form in re.findall(r"^N$(.*?)^P1$", text, re.DOTALL | re.M)]


def _zpl_label(label: str) -> Printed:
    width = height = module = bar_height = 0
    origin = (0, 0)
    barcode = False
    bars: list[PrintedBars] = []
    for command in label.split("^")[1:]:
        name, arguments = command[:2], command[2:].rstrip("\n")
        match name:
            case "PW":
                width = int(arguments)
            case "LL":
                height = int(arguments)
            case "FO":
                x, y = arguments.split(",")
                origin = (int(x), int(y))
            case "BY":
                module = int(arguments.split(",")[0])
            case "BC":
                parts = arguments.split(",")
                assert (parts[0], parts[5]) == ("N", "N"), "only upright bars in plain mode"
                bar_height, barcode = int(parts[1]), True
            case "FD" if barcode:
                widths = _draw(_zpl_symbols(arguments))
                bars.append(PrintedBars(*origin, module, bar_height, widths))
            case "FS":
                barcode = False
    return Printed(width, height, tuple(bars))


def _zpl_symbols(content: str) -> list[int]:
    """Follow the invocation codes of ``^BC``; without one, a symbol starts in code set B."""
    starts = {">:": _START_B, ">;": _START_C}
    start = starts.get(content[:2], _START_B)
    rest = content[2:] if content[:2] in starts else content
    in_c = start == _START_C
    symbols = [start]
    while rest:
        if rest.startswith(">5"):
            symbols.append(_CODE_C)
            in_c, rest = True, rest[2:]
        elif rest.startswith(">6"):
            symbols.append(_CODE_B)
            in_c, rest = False, rest[2:]
        elif in_c:
            symbols += _pairs(rest[:2])
            rest = rest[2:]
        else:
            assert rest[0] != ">", f"unknown invocation {rest[:2]!r}"
            symbols.append(ord(rest[0]) - 32)
            rest = rest[1:]
    return symbols


def _epl_label(form: str) -> Printed:
    width = height = 0
    bars: list[PrintedBars] = []
    for line in form.splitlines():
        if line.startswith("q"):
            width = int(line[1:])
        elif line.startswith("Q"):
            height = int(line[1:].split(",")[0])
        elif line.startswith("B"):
            x, y, rotation, selection, narrow, _wide, tall, readable, quoted = line[1:].split(
                ",", 8
            )
            assert (rotation, readable) == ("0", "N")
            content = re.sub(r"\\(.)", r"\1", quoted[1:-1])
            match selection:
                case "1C":
                    symbols = [_START_C, *_pairs(content)]
                case "1":
                    symbols = _automatic(content)
                case _:
                    raise AssertionError(f"not a Code 128: {selection}")
            bars.append(PrintedBars(int(x), int(y), int(narrow), int(tall), _draw(symbols)))
    return Printed(width, height, tuple(bars))


def _automatic(content: str) -> list[int]:
    """Choose code sets as a modest printer does: only an end of four digits or more is in C."""
    tail = re.search(r"(?:[0-9]{2}){2,}$", content)
    head = content[: tail.start()] if tail else content
    symbols = [_START_B, *(ord(character) - 32 for character in head)]
    if tail is None:
        return symbols
    if not head:
        return [_START_C, *_pairs(tail.group())]
    return [*symbols, _CODE_C, *_pairs(tail.group())]


def _pairs(digits: str) -> list[int]:
    assert re.fullmatch(r"(?:[0-9]{2})+", digits), f"not pairs of digits: {digits!r}"
    return [int(digits[place : place + 2]) for place in range(0, len(digits), 2)]


def _draw(symbols: list[int]) -> str:
    start, *others = symbols
    check = (start + sum(place * symbol for place, symbol in enumerate(others, 1))) % 103
    return "".join(_WIDTHS[symbol] for symbol in [*symbols, check, _STOP])
