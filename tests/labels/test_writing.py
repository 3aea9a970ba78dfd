"""Scripts that run from right to left, and letters that join."""

from __future__ import annotations

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.labels import Party, render_labels
from simulator.labels.text.writing import visual
from tests.labels.samples import LOCKER_LABEL, pages_of, text_of


def letters(text: str) -> str:
    """The letters behind the shapes in which they are drawn."""
    return unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Kruytgebouw 8", "Kruytgebouw 8"),
        ("\u05e9\u05dc\u05d5\u05dd", "\u05dd\u05d5\u05dc\u05e9"),
        ("abc \u05d0\u05d1 12 def", "abc 12 \u05d1\u05d0 def"),
        ("\u05d0\u05d1 12-14 abc", "abc 12-14 \u05d1\u05d0"),
        ("(\u05d0\u05d1) 5.50", "5.50 (\u05d1\u05d0)"),
        ("\u05d0\u05d1 \u20ac5", "\u20ac5 \u05d1\u05d0"),
        ("1012AB \u05d0\u05d1, x", "1012AB \u05d1\u05d0, x"),
    ],
)
def test_hebrew_runs_from_the_right_and_numbers_do_not(text: str, drawn: str) -> None:
    assert visual(text) == drawn


def test_arabic_letters_have_the_shape_of_their_place_in_the_word() -> None:
    # Muhammad: an initial meem, medial hah and meem, a final dal.
    assert visual("\u0645\u062d\u0645\u062f") == "\ufeaa\ufee4\ufea4\ufee3"
    # A dal joins to nothing behind it, so that the letter after it begins anew.
    assert visual("\u062f\u0645") == "\ufee1\ufea9"


def test_lam_and_alef_are_one_shape() -> None:
    assert visual("\u0644\u0627") == "\ufefb"
    assert visual("\u0628\u0644\u0627") == "\ufefc\ufe91"


def test_vowel_marks_stay_upon_their_letter_and_part_no_letters() -> None:
    assert visual("\u0628\u064e\u062a") == "\ufe96\ufe91\u064e"


def test_persian_letters_join_too() -> None:
    assert visual("\u06af\u0644") == "\ufede\ufb94"


@given(st.text("ab \u05d0\u05d1\u0628\u062a\u064412,.()+-/\u20ac\u0301", max_size=30))
def test_nothing_is_lost_or_added(text: str) -> None:
    mirrored = str.maketrans("()", "((")
    drawn = letters(visual(text)).translate(mirrored)
    assert sorted(drawn) == sorted(letters(text).translate(mirrored))


def test_a_label_shows_names_in_the_scripts_of_all_neighbours() -> None:
    names = (
        "\u05d3\u05d5\u05d3 \u05db\u05d4\u05df",
        "\u0623\u062d\u0645\u062f \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
        "\u0539\u0565\u0580\u0587\u0561\u0576",
        "\u10d7\u10d1\u10d8\u10da\u10d8\u10e1\u10d8",
        "\u1110",
    )
    for name in names[:-1]:
        label = msgspec.structs.replace(LOCKER_LABEL, receiver=Party(name=name))
        assert "?" not in text_of(pages_of(render_labels([label], "A6"))[0])
    korean = msgspec.structs.replace(LOCKER_LABEL, receiver=Party(name=names[-1]))
    assert "?" in text_of(pages_of(render_labels([korean], "A6"))[0])
