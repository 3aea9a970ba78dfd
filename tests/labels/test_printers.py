"""Labels in the printers' own languages, ZPL and EPL."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulator.labels import Dpi, LabelContent, Party, render_epl, render_zpl
from tests.labels.samples import (
    LOCKER_LABEL,
    OVERFULL_LABEL,
    alphanumerics,
    any_label,
    digits,
    scan,
)
from tests.support.printer_raster import Printed, print_epl, print_zpl

AWKWARD = 'a^FS~JR_5E \\& "N"\nP9'

Render = Callable[[LabelContent], list[Printed]]


def zpl_203(label: LabelContent) -> list[Printed]:
    return print_zpl(render_zpl([label], 203))


def zpl_300(label: LabelContent) -> list[Printed]:
    return print_zpl(render_zpl([label], 300))


def epl(label: LabelContent) -> list[Printed]:
    return print_epl(render_epl([label]))


PRINTERS = pytest.mark.parametrize("print_label", [zpl_203, zpl_300, epl])


@PRINTERS
@pytest.mark.parametrize("label", [LOCKER_LABEL, OVERFULL_LABEL], ids=["usual", "overfull"])
def test_a_scanner_reads_the_printed_barcode(print_label: Render, label: LabelContent) -> None:
    (printed,) = print_label(label)
    assert scan(printed.image()) == [("Code128", label.barcode)]


@pytest.mark.unmeasured
@PRINTERS
@settings(max_examples=50, deadline=None)
@given(
    barcode=digits
    | alphanumerics
    | st.from_regex(r"[0-9]{2,12}[A-Z%]{1,3}[0-9]{2,9}", fullmatch=True)
)
@example(barcode="12AB345678CD123")
@example(barcode="A")
@example(barcode="410000000A00A0010")
def test_any_barcode_reads_back_and_keeps_its_quiet_zones(
    print_label: Render, barcode: str
) -> None:
    (printed,) = print_label(msgspec.structs.replace(LOCKER_LABEL, barcode=barcode))
    (bars,) = printed.bars
    assert scan(printed.image()) == [("Code128", barcode)]
    assert bars.module >= 2
    assert bars.x >= 10 * bars.module
    assert printed.width - bars.x - bars.width >= 10 * bars.module


@settings(max_examples=40, deadline=None)
@given(label=any_label)
def test_no_text_escapes_from_its_field(label: LabelContent) -> None:
    (zpl,) = print_zpl(render_zpl([label], 203))
    (epl_label,) = print_epl(render_epl([label]))
    assert len(zpl.bars) == len(epl_label.bars) == 1
    zpl_text = render_zpl([label], 203).decode()
    assert "~" not in zpl_text
    assert zpl_text.count("^FO") == zpl_text.count("^FS")
    assert zpl_text.count("^XA") == zpl_text.count("^XZ") == 1


@pytest.mark.parametrize("dpi", [203, 300])
def test_zpl_is_utf_8_of_the_labels_size(dpi: Dpi) -> None:
    text = render_zpl([LOCKER_LABEL], dpi).decode()
    width, height = {203: (837, 1187), 300: (1238, 1754)}[dpi]
    assert text.startswith("^XA\n")
    assert text.endswith("^XZ\n")
    assert "\n^CI28\n" in text
    assert f"\n^PW{width}\n^LL{height}\n" in text
    assert "^FDGrażyna Źdźbło^FS" in text
    assert "^FDMaksymilian Brzęczysz^FS" in text
    assert "^FR^FH^FDSIMULATION - NOT FOR SHIPPING^FS" in text


def test_zpl_escapes_what_the_printer_would_obey() -> None:
    label = msgspec.structs.replace(LOCKER_LABEL, receiver=Party(street=AWKWARD), routing="A\\&B")
    text = render_zpl([label], 203).decode()
    assert '^FH^FDa_5EFS_7EJR_5F5E _5C& "N" P9^FS' in text
    assert "^FB758,1,0,C^FH^FDA_5C_5C&B^FS" in text


def test_zpl_and_epl_carry_the_2d_code() -> None:
    label = msgspec.structs.replace(LOCKER_LABEL, qr="P|1~2")
    assert "^BQN,2,3^FH^FDMA,P|1_7E2^FS" in render_zpl([label], 203).decode()
    assert 'Q,m2,s3,eM,iA,"P|1~2"' in render_epl([label]).decode("cp1250")


def test_epl_is_written_in_code_page_1250() -> None:
    lines = render_epl([LOCKER_LABEL]).decode("cp1250").split("\n")
    assert lines[:6] == [
        "",
        ";Simulation, not for shipping",
        "N",
        "q832",
        "Q1187,24",
        "I8,B,001",
    ]
    assert lines[-2:] == ["P1", ""]
    assert any(line.endswith('"Grażyna Źdźbło"') for line in lines)
    assert any(line.endswith('"Maksymilian Brzęczysz"') for line in lines)
    assert any(line.endswith('"SIMULATION - NOT FOR SHIPPING"') for line in lines)


def test_epl_escapes_quotes_and_folds_what_the_code_page_lacks() -> None:
    label = msgspec.structs.replace(
        LOCKER_LABEL, receiver=Party(name="Søren Åsgård Ñu 李", street=AWKWARD)
    )
    text = render_epl([label]).decode("cp1250")
    assert '"Soren Asgard Nu ?"' in text
    assert '"a^FS~JR_5E \\\\& \\"N\\" P9"' in text


def test_epl_texts_end_before_the_print_head_does() -> None:
    advances = {"1": 10, "2": 12, "3": 14, "4": 16, "5": 36}
    for line in render_epl([OVERFULL_LABEL, LOCKER_LABEL]).decode("cp1250").split("\n"):
        if line.startswith("A"):
            x, _y, _rotation, font, across, _down, _normal, quoted = line[1:].split(",", 7)
            letters = len(quoted[1:-1].replace("\\\\", "-").replace('\\"', "-"))
            assert int(x) + letters * advances[font] * int(across) <= 832


@pytest.mark.parametrize(
    "render", [lambda labels: render_zpl(labels, 203), render_epl], ids=["zpl", "epl"]
)
def test_several_labels_are_printed_one_after_the_other(
    render: Callable[[list[LabelContent]], bytes],
) -> None:
    second = msgspec.structs.replace(LOCKER_LABEL, barcode="3SMYPA012345678")
    content = render([LOCKER_LABEL, second])
    assert content == render([LOCKER_LABEL]) + render([second])
    assert content == render([LOCKER_LABEL, second])
    with pytest.raises(ValueError, match="at least one label"):
        render([])
