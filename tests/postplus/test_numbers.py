"""Parcel numbers of UPU S10: the check digit, and what is no number."""

from __future__ import annotations

import pytest

from simulator.carriers.postplus.rules import numbers
from simulator.core import s10


@pytest.mark.parametrize(
    ("prefix", "serial", "country", "number"),
    [
        ("RF", 2, "LT", "RF000000028LT"),
        ("RF", 3, "LT", "RF000000031LT"),
        ("RF", 4, "LT", "RF000000045LT"),
        ("RR", 7001, "EE", "RR000070015EE"),
        ("RR", 47312482, "GB", "RR473124829GB"),
    ],
)
def test_documented_numbers_have_the_check_digit_of_s10(
    prefix: str, serial: int, country: str, number: str
) -> None:
    assert s10.compose(prefix, serial, country) == number
    assert numbers.fault(number) is None
    assert numbers.serial(number) == serial


@pytest.mark.parametrize(("serial", "digit"), [(0, 5), (8, 0), (99_999_999, 5)])
def test_remainders_of_ten_and_eleven_have_digits_of_their_own(serial: int, digit: int) -> None:
    assert s10.check_digit(serial) == digit


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (
            "RF000000029LT",
            "Parcel number RF000000029LT has the check digit 9, it should be 8",
        ),
        (
            "RF000000028QQ",
            "Parcel number RF000000028QQ does not end in the code of a country",
        ),
        *(
            (
                number,
                f"Parcel number {number} is not a UPU S10 number: "
                "2 capital letters, 8 digits, a check digit, a country",
            )
            for number in (
                *("rf000000028lt", "RF00000028LT", "LP00000005PP", "RS12345678US"),
                *(
                    "RF000000028LT-C1",
                    "RF0000000288LT",
                    "R1000000028LT",
                    "RF\u0660\u06600000028LT",
                    "",
                ),
            )
        ),
    ],
)
def test_what_is_no_s10_number_is_told_why(number: str, sentence: str) -> None:
    assert numbers.fault(number) == sentence


def test_the_lenient_form_takes_eight_or_nine_digits_without_a_check() -> None:
    for number in ("LP00000005PP", "RS12345678US", "RF000000029LT", "RF000000028LT"):
        assert numbers.lenient_fault(number) is None
    for number in ("LP0000005PP", "LP0000000005PP", "lp00000005pp"):
        assert numbers.lenient_fault(number) == (
            f"Parcel number {number} is not a UPU number: "
            "2 capital letters, 8 or 9 digits, a country"
        )
