"""Fonts, lines and barcode segments beneath the labels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.labels.printers.barcodes import Segment, modules, segments
from simulator.labels.text.fitting import cut, fit, one_line, shorten, wrap
from simulator.labels.text.fonts import Run, Typeface, typeface
from tests.labels.samples import any_text

FACE = typeface("regular")


def test_a_text_is_split_by_the_fonts_that_draw_it() -> None:
    chain = Typeface(["DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"])
    assert chain.runs("Łódź 李") == [Run("DejaVuSansCondensed", "Łódź ?")]
    assert chain.runs("") == []


def test_a_character_comes_from_the_first_font_of_the_chain_that_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from simulator.labels.text import fonts

    latin, greek = fonts._Font("Latin", {63: 500.0, 97: 600.0}), fonts._Font("Greek", {955: 700.0})
    monkeypatch.setattr(fonts, "_load", {"latin": latin, "greek": greek}.__getitem__)
    chain = Typeface(["latin", "greek"])
    assert chain.runs("aλλa李") == [Run("Latin", "a"), Run("Greek", "λλ"), Run("Latin", "a?")]
    assert chain.width("aλ李", 10) == pytest.approx(18)


def test_a_line_is_composed_and_has_no_breaks_or_invisible_marks() -> None:
    assert one_line("  Krako\u0301w\r\n\t\u200bGłówny\x00\ud800 ") == "Kraków Główny ?"
    assert one_line(None) == ""


def test_a_cut_counts_characters_and_leaves_no_space_at_the_end() -> None:
    assert cut("Jan Nowak", 4) == "Jan"
    assert cut("Jan Nowak", None) == "Jan Nowak"
    assert cut(None, 4) == ""


@settings(max_examples=50, deadline=None)
@given(text=any_text, width=st.floats(40, 300))
def test_a_fitted_line_is_never_wider_than_its_place(text: str, width: float) -> None:
    line = one_line(text)
    fitted = fit(FACE, line, width, 12, 5)
    assert FACE.width(fitted.text, fitted.size) <= width + 1e-6
    assert FACE.width(shorten(FACE, line, 9, width), 9) <= width + 1e-6
    wrapped = wrap(FACE, line, 9, width, 3)
    assert len(wrapped) <= 3
    assert all(FACE.width(part, 9) <= width + 1e-6 for part in wrapped)


def test_words_are_wrapped_and_the_last_line_is_marked_where_it_is_cut() -> None:
    assert wrap(FACE, "one two three four five", 10, 45, 2) == ["one two", "three fo…"]
    assert wrap(FACE, "", 10, 45, 2) == []


def test_a_word_that_is_wider_than_a_line_is_broken_within() -> None:
    assert wrap(FACE, "x" * 20, 10, 45, 4) == ["x" * 8, "x" * 8, "x" * 4]
    assert wrap(FACE, "a " + "x" * 10 + " b", 10, 45, 4) == ["a", "x" * 8, "xx b"]


def test_only_two_marks_stay_upon_a_letter() -> None:
    assert one_line("q\u0303\u0304\u0305\u0306A") == "q\u0303\u0304A"


def test_what_modifies_a_character_is_left_out_where_no_font_has_it() -> None:
    assert [run.text for run in FACE.runs("a\u20e3\U0001f44d\U0001f3fd")] == ["a?"]


@pytest.mark.parametrize(
    ("code", "split", "width"),
    [
        ("600000588200070112345678", [("C", "600000588200070112345678")], 167),
        ("1234567", [("C", "123456"), ("B", "7")], 90),
        ("A1234567", [("B", "A1"), ("C", "234567")], 101),
        ("A1234B", [("B", "A1234B")], 101),
        ("A123456B", [("B", "A"), ("C", "123456"), ("B", "B")], 112),
        ("123", [("B", "123")], 68),
    ],
)
def test_runs_of_digits_are_paired_where_that_saves_room(
    code: str, split: list[tuple[str, str]], width: int
) -> None:
    assert segments(code) == [Segment(*part) for part in split]  # type: ignore[arg-type]
    assert modules(code) == width
